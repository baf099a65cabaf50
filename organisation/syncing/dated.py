"""Rows of a file that say who has something from a day to a day, laid beside those that stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from organisation.models import Membership
from organisation.syncing.columns import FROM, TO, Record
from organisation.syncing.plan import Outcome, Planned, Scope, read_day


@dataclass
class Wanted:
    """What one row of the file says. An empty first day says nothing; an empty last day says that there is none."""

    planned: Planned
    from_on: date | None
    to_on: date | None
    says_to: bool

    @classmethod
    def of(cls, planned: Planned, record: Record) -> Wanted:
        first = read_day(planned, record.said("from"), FROM.heading)
        last = read_day(planned, record.said("to"), TO.heading)
        if first and last and last < first:
            planned.fail(_("Siste dag kan ikke være før den første."))
        return cls(planned, first, last, record.get("to") is not None)

    @property
    def is_right(self) -> bool:
        return self.planned.outcome != Outcome.ERROR

    def is_exactly(self, row: Any) -> bool:
        return bool(self.from_on == row.from_on) and self._ends_with(row)

    def is_said_by(self, row: Any) -> bool:
        return self.from_on in (None, row.from_on) and self._ends_with(row)

    def _ends_with(self, row: Any) -> bool:
        return not self.says_to or bool(self.to_on == row.to_on)

    def overlaps(self, first: date | None, last: date | None) -> bool:
        starts_in_time = self.from_on is None or last is None or self.from_on <= last
        return starts_in_time and (self.to_on is None or first is None or first <= self.to_on)


def lay_beside(wanted: Sequence[Wanted], standing: Sequence[Any], make: Callable[[], Any], scope: Scope) -> list[Any]:
    """Plan the file's rows for one and the same thing, and return what stands that none of them names.

    Nothing counts as unnamed where a row has an error: what it meant is not known.
    """
    left = list(standing)
    rest = [one for one in wanted if one.is_right]
    done: list[Wanted] = []
    for is_said in (Wanted.is_exactly, Wanted.is_said_by):
        for one in list(rest):
            same = next((row for row in left if is_said(one, row)), None)
            if same is not None:
                left.remove(same)
                rest.remove(one)
                done.append(one)
                one.from_on = one.from_on or same.from_on
    for one in rest:
        twice = next((other for other in done if one.overlaps(other.from_on, other.to_on)), None)
        if twice:
            one.planned.fail(_("Det samme står i rad %(number)d.") % {"number": twice.planned.number})
            continue
        done.append(one)
        changed = next((row for row in left if one.overlaps(row.from_on, row.to_on)), None)
        if changed is not None:
            left.remove(changed)
            _change(one, changed, scope)
        else:
            _make(one, make, scope)
    return left if all(one.is_right for one in wanted) else []


def _change(one: Wanted, row: Any, scope: Scope) -> None:
    if _refused(one.planned, row, scope):
        return
    if one.says_to and one.to_on and scope.is_own_key(row):
        one.planned.fail(_("Du kan ikke ta fra deg selv rollen som administrator. Be en annen administrator."))
        return
    first = one.from_on or row.from_on
    if first and one.to_on and one.to_on < first:
        one.planned.fail(_("Siste dag kan ikke være før den første."))
        return
    if one.from_on:
        one.planned.set(row, "from_on", one.from_on)
    if one.says_to:
        one.planned.set(row, "to_on", one.to_on)


def _make(one: Wanted, make: Callable[[], Any], scope: Scope) -> None:
    if one.to_on and one.to_on < scope.today:
        one.planned.outcome = Outcome.LEFT
        one.planned.errors.append(_("Siste dag er passert, så det er ingenting å føre opp."))
        return
    row = make()
    if _refused(one.planned, row, scope):
        return
    one.planned.make(row)
    one.planned.set(row, "from_on", one.from_on or scope.today, is_new=True)
    one.planned.set(row, "to_on", one.to_on, is_new=True)


def _refused(planned: Planned, row: Any, scope: Scope) -> bool:
    words = scope.refusal(row) if isinstance(row, Membership) else ""
    if words:
        planned.fail(words)
    return bool(words)


def ended(row: Any, title: str, scope: Scope) -> Planned | None:
    """Plan the end of what the file does not name: from tomorrow on. None where it ends by then anyway."""
    if row.to_on is not None and row.to_on <= scope.today:
        return None
    planned = Planned(0, title, Outcome.ENDS)
    if row.from_on is not None and row.from_on > scope.today:
        planned.outcome = Outcome.LEFT
        planned.errors.append(_("Det har ikke begynt ennå. Endre det på siden til personen."))
    elif scope.is_own_key(row):
        planned.outcome = Outcome.LEFT
        planned.errors.append(_("Du kan ikke ta fra deg selv rollen som administrator. Be en annen administrator."))
    elif words := scope.refusal(row) if isinstance(row, Membership) else "":
        planned.outcome = Outcome.LEFT
        planned.errors.append(words)
    else:
        planned.set(row, "to_on", scope.today)
        planned.outcome = Outcome.ENDS
    return planned
