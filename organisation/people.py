"""Which people an administrator looks after, and why a person may do what they may."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.models import Membership, Unit, User
from organisation.permissions import PERMISSIONS, Permission, Role
from organisation.standing_in import as_stand_in

PERMISSION_WORDS = {
    Permission.READ_DRAFTS: gettext_lazy("Lese utkast, arbeidstekster og merknader"),
    Permission.BE_HEARD: gettext_lazy("Gi innspill i høringer, også hos enhetene over"),
    Permission.TICK: gettext_lazy("Kvittere ut enhetens oppgaver"),
    Permission.NOTE: gettext_lazy("Lese og skrive interne kommentarer, også hos enhetene over"),
    Permission.EDIT: gettext_lazy("Skrive enhetens planer og årshjul"),
    Permission.DECIDE: gettext_lazy("Vedta enhetens planer"),
    Permission.ADMINISTER: gettext_lazy("Administrere enheter, grupper, funksjoner, personer og roller"),
}


def role_choices() -> list[tuple[str, str]]:
    """Each role with what it may do; one that may all that an earlier one may, is told by what it adds."""
    return [(role.value, _role_line(role, list(Role)[:place])) for place, role in enumerate(Role)]


def _role_line(role: Role, before: list[Role]) -> SafeString:
    less = next((each for each in reversed(before) if PERMISSIONS[each] < PERMISSIONS[role]), None)
    added = PERMISSIONS[role] - (PERMISSIONS[less] if less else frozenset())
    told = "; ".join(_inside(str(words)) for permission, words in PERMISSION_WORDS.items() if permission in added)
    said = _("kan det samme som en %(less)s, og %(what)s") if less else _("kan %(what)s")
    words = {"less": less.label if less else "", "what": told}
    return format_html("<strong>{}</strong> {}", capfirst(role.label), said % words)


def _inside(words: str) -> str:
    """A sentence's beginning as it stands inside another."""
    return words[:1].lower() + words[1:]


def reaches_everything(by: User, *, today: date) -> bool:
    """Whether somebody administers every unit there is."""
    outside = Unit.objects.without_tree_fields().exclude(pk__in=by.reach(today)[Permission.ADMINISTER])
    return by.is_superuser or not outside.exists()


def administered_by(by: User, *, today: date) -> QuerySet[User]:
    """People with a role or a function at a unit that `by` administers; everyone for who administers it all."""
    if reaches_everything(by, today=today):
        return User.objects.all()
    units = by.reach(today)[Permission.ADMINISTER]
    here = Q(memberships__unit__in=units) | Q(functions__unit__in=units)
    return User.objects.filter(here).distinct()


def may_change_person(by: User, person: User, *, today: date) -> bool:
    """Whether `by` may change a person's details.

    Only where they administer all of the person's roles: who can change an address can take the account over, and so
    must not be able to reach further by it. Standing in for an administrator does not open an administrator's account.
    """
    if (person.is_superuser or person.is_staff) and not by.is_superuser:
        return False
    standing = Membership.objects.standing(today).filter(user=person).values_list("unit_id", "role")
    return all(may_reach_role(by, unit, role, today=today) for unit, role in standing)


def may_reach_role(by: User, unit: int, role: str, *, today: date) -> bool:
    """Whether taking over somebody's role would give `by` nothing that they do not have to give."""
    reach = by.own_reach(today) if role == Role.ADMINISTRATOR else by.reach(today)
    return unit in reach[Permission.ADMINISTER]


@dataclass(frozen=True)
class Power:
    """One thing a person may do: where, and which role gives it."""

    words: str
    places: list[tuple[str, str]]


def powers_of(person: User, *, today: date) -> list[Power]:
    """Return what a person may do today, each with its units and the role that gives it; nothing where closed."""
    if not person.is_active:
        return []
    places: dict[Permission, list[tuple[str, str]]] = defaultdict(list)
    if person.is_superuser:
        for permission in Permission:
            places[permission].append((_("Alle enheter"), _("har teknisk ansvar for hele installasjonen")))
    below = _counts_below()
    for membership in person.memberships_on(today):
        because = because_of(membership)
        for permission in PERMISSIONS[Role(membership.role)]:
            places[permission].append((_where(membership.unit, below.get(membership.unit_id, 0)), because))
    return [
        Power(str(words), places[permission]) for permission, words in PERMISSION_WORDS.items() if places[permission]
    ]


def because_of(membership: Membership) -> str:
    """Say which role it is and where, and for whom it is held by a stand-in."""
    words = _("%(role)s ved %(unit)s") % {"role": membership.get_role_display(), "unit": membership.unit.label}
    return ", ".join(filter(None, (words, as_stand_in(membership))))


def _where(unit: Unit, below: int) -> str:
    if below == 0:
        return unit.name
    if below == 1:
        return _("%(unit)s og enheten under") % {"unit": unit.name}
    return _("%(unit)s og de %(count)d enhetene under") % {"unit": unit.name, "count": below}


def _counts_below() -> dict[int, int]:
    """Count the units below each unit (one query)."""
    parent_of = dict(Unit.objects.without_tree_fields().order_by().values_list("pk", "parent_id"))
    counts: dict[int, int] = defaultdict(int)
    for parent in parent_of.values():
        while parent is not None:
            counts[parent] += 1
            parent = parent_of[parent]
    return counts
