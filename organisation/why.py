"""Whether a person may do a thing at a unit, and why or why not, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.lib.days import day_words
from organisation.models import Membership, Unit, User
from organisation.people import because_of
from organisation.permissions import ALSO_UPWARDS, PERMISSIONS, Permission, Role

REQUIRES = {
    Permission.READ_DRAFTS: gettext_lazy("Å lese utkast krever %(roles)s ved %(unit)s eller en enhet over."),
    Permission.TICK: gettext_lazy("Å kvittere ut krever %(roles)s ved %(unit)s eller en enhet over."),
    Permission.EDIT: gettext_lazy("Å skrive krever %(roles)s ved %(unit)s eller en enhet over."),
    Permission.DECIDE: gettext_lazy("Å vedta krever %(roles)s ved %(unit)s eller en enhet over."),
    Permission.ADMINISTER: gettext_lazy("Å administrere krever %(roles)s ved %(unit)s eller en enhet over."),
    Permission.BE_HEARD: gettext_lazy(
        "Å gi innspill krever en rolle ved %(unit)s, en enhet over eller en enhet under."
    ),
    Permission.NOTE: gettext_lazy(
        "Å skrive interne kommentarer krever %(roles)s ved %(unit)s, en enhet over eller en under."
    ),
}


@dataclass(frozen=True)
class Answer:
    is_yes: bool
    words: str
    requires: str = ""
    near_misses: Sequence[str] = ()  # roles that would have given it, at another time or place


def why(person: User, permission: Permission, unit: Unit, *, today: date) -> Answer:
    """Answer for today. A role counts at its unit and at all below it, for what goes upwards at those above as well."""
    if not person.is_active:
        return Answer(False, _("Nei: kontoen til %(name)s er stengt.") % {"name": person.name})
    if person.is_superuser:
        words = _("Ja: %(name)s har teknisk ansvar for hele installasjonen.")
        return Answer(True, words % {"name": person.name})
    parent_of = person.parent_of_units()
    at = _with_above(unit.pk, parent_of)
    if permission in ALSO_UPWARDS:
        at |= {below for below in parent_of if unit.pk in _with_above(below, parent_of)}
    counting = person.memberships_on(today)
    here = [row for row in counting if row.unit_id in at]
    giving = [row for row in here if permission in PERMISSIONS[Role(row.role)]]
    said = {"name": person.name, "unit": unit.label}
    if giving:
        return Answer(True, _("Ja: %(name)s er %(roles)s.") % {**said, "roles": _all_of(map(because_of, giving))})
    if here:
        words = _("Nei: %(name)s er bare %(roles)s.") % {**said, "roles": _all_of(map(because_of, here))}
    else:
        words = _("Nei: %(name)s har ingen rolle ved %(unit)s eller en enhet over.") % said
    return Answer(False, words, required(permission, [unit]), _near_misses(person, permission, at, counting, today))


def required(permission: Permission, units: Sequence[Unit]) -> str:
    """What it takes to have a permission at one of the units."""
    roles = [str(role.label) for role in Role if permission in PERMISSIONS[role]]
    return str(REQUIRES[permission]) % {"roles": _one_of(roles), "unit": _one_of([unit.label for unit in units])}


def _with_above(unit: int, parent_of: dict[int, int | None]) -> set[int]:
    found: set[int] = set()
    above: int | None = unit
    while above is not None:
        found.add(above)
        above = parent_of[above]
    return found


def _near_misses(
    person: User, permission: Permission, at: set[int], counting: Sequence[Membership], today: date
) -> list[str]:
    able = [row for row in _ever_held(person) if permission in PERMISSIONS[Role(row.role)]]
    counts = {row.pk for row in counting}
    return [_near_miss(row, at, is_counting=row.pk in counts, today=today) for row in able]


def _ever_held(person: User) -> list[Membership]:
    """Every role, whenever it holds; asked of the database once per object."""
    if "_ever_held" not in person.__dict__:
        rows = person.memberships.select_related("unit", "through__user").order_by("unit__name", "pk")  # type: ignore[attr-defined]
        person.__dict__["_ever_held"] = list(rows)
    return person.__dict__["_ever_held"]  # type: ignore[no-any-return]


def _near_miss(row: Membership, at: set[int], *, is_counting: bool, today: date) -> str:
    words = {"role": because_of(row), "unit": row.unit.label}
    if row.to_on and row.to_on < today:
        text = _("%(role)s: tok slutt %(day)s.") % {**words, "day": day_words(row.to_on)}
    elif row.from_on and row.from_on > today:
        text = _("%(role)s: begynner %(day)s.") % {**words, "day": day_words(row.from_on)}
    elif not is_counting:
        text = _("%(role)s: gjelder ikke, for den som lånte bort rollen, har den ikke lenger eller har stengt konto.")
        text %= words
    else:
        text = _("%(role)s: gjelder bare ved %(unit)s og enheter under.") % words
    return capfirst(text)


def _one_of(words: Sequence[str]) -> str:
    return _joined(words, _("eller"))


def _all_of(words: object) -> str:
    return _joined(list(words), _("og"))  # type: ignore[call-overload]


def _joined(words: Sequence[str], last: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
