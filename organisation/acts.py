"""What can be done with a thing, and who may: which permission at which unit each act takes.

A part above says which acts its things have; here they are answered for one person, and for all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.lib.norwegian import sort_key
from organisation.models import Membership, Unit, User
from organisation.people import because_of
from organisation.permissions import ALSO_UPWARDS, PERMISSIONS, Permission, Role
from organisation.why import Answer, required, why

MOST_NAMED: Final = 8  # people of one act


@dataclass(frozen=True)
class Way:
    """A permission at a unit that is enough, and what the unit has to do with the thing."""

    permission: Permission
    unit: Unit
    because: str = ""


@dataclass(frozen=True)
class Act:
    """Something one can do, by any one of its ways.

    `sees` are the ways to see the thing, where a way to the act need not be one: it takes one of them as well.
    `open_to` says who may without having a role, `closed` why nobody may just now.
    """

    label: str
    ways: Sequence[Way] = ()
    sees: Sequence[Way] = ()
    open_to: str = ""
    closed: str = ""

    @property
    def takes(self) -> list[str]:
        """What it takes, in words."""
        takes = _required(self.ways)
        if self.sees:
            takes.append(_("Og en må kunne lese det. %(words)s") % {"words": " ".join(_required(self.sees))})
        return takes


def _required(ways: Sequence[Way]) -> list[str]:
    units: dict[Permission, list[Unit]] = defaultdict(list)
    for way in ways:
        units[way.permission].append(way.unit)
    return [required(permission, of_one) for permission, of_one in units.items()]


@dataclass(frozen=True)
class Verdict:
    """Whether one person may, and why or why not."""

    is_yes: bool
    words: str
    more: Sequence[str] = ()


def verdict(act: Act, person: User, *, today: date) -> Verdict:
    """What `why` says of each way, put together: one that is open is enough, for whoever sees the thing."""
    if not person.is_active:
        return Verdict(False, _("Nei: kontoen til %(name)s er stengt.") % {"name": person.name})
    if act.open_to and not act.closed:
        return Verdict(True, _("Ja: %(words)s") % {"words": act.open_to})
    answers, seeing = _answers(act.ways, person, today), _answers(act.sees, person, today)
    giving = [(way, answer) for way, answer in answers if answer.is_yes]
    if giving and seeing and not any(answer.is_yes for _way, answer in seeing):
        answers, giving = seeing, []
    if act.closed:
        no = _("Nei, det er ingen som kan det nå: %(words)s") % {"words": act.closed}
        said = [_("Ellers hadde svaret vært «%(words)s»") % {"words": answer.words} for _way, answer in giving[:1]]
        return Verdict(False, no, said)
    if giving:
        words = list(dict.fromkeys(answer.words for _way, answer in giving))
        return Verdict(True, words[0], [*words[1:], *(way.because for way, _answer in giving if way.because)])
    misses = dict.fromkeys(miss for _way, answer in answers for miss in answer.near_misses)
    return Verdict(False, _refusal(person, [answer.words for _way, answer in answers]), [*act.takes, *misses])


def _answers(ways: Sequence[Way], person: User, today: date) -> list[tuple[Way, Answer]]:
    return [(way, why(person, way.permission, way.unit, today=today)) for way in ways]


def _refusal(person: User, words: Sequence[str]) -> str:
    """What is said of the one unit; of several, that none of them gives it."""
    if len(set(words)) == 1:
        return words[0]
    return _("Nei: %(name)s har ingen rolle som gir lov til det.") % {"name": person.name}


@dataclass(frozen=True)
class Named:
    """Who may, by name, each with the role that gives it."""

    people: Sequence[tuple[User, str]]
    rest: str = ""


class Everyone:
    """All who hold a role today: asked for once, for however many acts."""

    def __init__(self, reached: QuerySet[User], *, today: date) -> None:
        """`reached` are those whose names may be told."""
        self.parent_of: Mapping[int, int | None] = dict(
            Unit.objects.without_tree_fields().order_by().values_list("pk", "parent_id")
        )
        held = Membership.objects.on(today).filter(user__is_active=True, user__is_superuser=False)
        self.held = list(held.select_related("user", "unit", "through__user").order_by("pk"))
        self.able = list(User.objects.filter(is_active=True, is_superuser=True))
        self.reached = set(reached.values_list("pk", flat=True))

    def who_may(self, act: Act) -> Named:
        found: dict[User, str] = dict.fromkeys(self.able, _("har teknisk ansvar for hele installasjonen"))
        seers = {row.user for way in act.sees for row in self._giving(way)}
        for way in act.ways:
            for row in self._giving(way):
                if row.user in seers or not act.sees:
                    found.setdefault(row.user, because_of(row))
        told = [(user, words) for user, words in found.items() if user.pk in self.reached]
        told.sort(key=lambda each: sort_key(str(each[0])))
        return Named(told[:MOST_NAMED], _rest(len(told) - MOST_NAMED, len(found) - len(told)))

    def _giving(self, way: Way) -> list[Membership]:
        at = self._at(way)
        return [row for row in self.held if row.unit_id in at and way.permission in PERMISSIONS[Role(row.role)]]

    def _at(self, way: Way) -> set[int]:
        """The units where a role gives it."""
        at = set(self._way_up(way.unit.pk))
        if way.permission in ALSO_UPWARDS:
            at |= {below for below in self.parent_of if way.unit.pk in self._way_up(below)}
        return at

    def _way_up(self, unit: int | None) -> list[int]:
        way = []
        while unit is not None:
            way.append(unit)
            unit = self.parent_of[unit]
        return way


def _rest(more: int, others: int) -> str:
    words = []
    if more > 0:
        words.append(ngettext("og %(count)d til", "og %(count)d til", more) % {"count": more})
    if others:
        said = ngettext(
            "og %(count)d person du ikke administrerer", "og %(count)d personer du ikke administrerer", others
        )
        words.append(said % {"count": others})
    return ", ".join(words)
