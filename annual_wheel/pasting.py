"""Entries made from a pasted table: each row as it would become, and all of them made at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from annual_wheel.models import Edition, EditionState, Entry, Ticks, Wheel, WheelYear
from annual_wheel.opening import open_year
from annual_wheel.services import cancel
from config.lib.saving import save_new
from organisation.lines import Line, save_lines
from organisation.models import Relation, User
from organisation.phrase_reader import ReadLine
from strategy.order import next_position

WHY = gettext_noop("Limt inn fra en tabell.")


@dataclass(frozen=True)
class NewEntry:
    """An entry to be made, its lines, and the year it falls away in with the words that said so."""

    entry: Entry
    lines: Sequence[Line]
    gone_in: int | None = None
    gone_words: str = ""


@transaction.atomic
def add_entries(wheel: Wheel, new: Iterable[NewEntry], *, by: User, now: datetime, today: date) -> list[Entry]:
    """Make the entries in their order, and give the opened years that are not over their editions. All or none."""
    made = list(new)
    for one in made:
        one.entry.position = next_position(one.entry)
        save_new(one.entry, by=by, why=WHY)
        save_lines(one.entry, one.lines, by=by)
    for opened in WheelYear.objects.filter(wheel=wheel, year__gte=today.year):
        open_year(wheel, year=opened.year, by=by, now=now, today=today)
    for one in made:
        _cancel(one, by=by, today=today)
    return [one.entry for one in made]


def _cancel(one: NewEntry, *, by: User, today: date) -> None:
    """Let the one edition fall away that the words said would, where its year is open."""
    planned = Edition.objects.filter(entry=one.entry, state=EditionState.PLANNED)
    edition = planned.filter(year=one.gone_in or 0).first()
    if edition:
        cancel(edition, by=by, reason=one.gone_words, is_partly=False, today=today, expected=edition.lock_version)


def lines_to_store(read: Iterable[ReadLine]) -> list[Line]:
    """The lines as they are stored. Every one of them must have been placed."""
    return [
        Line(None, line.party, line.function, str(line.relation), line.wording, line.under)
        for line in read
        if line.party is not None
    ]


def ticks_of(read: Sequence[ReadLine]) -> str:
    """Who ticks when nobody has said: each of those who lead, or none where nobody who leads has an account."""
    leads = [line.party for line in read if line.relation == Relation.LEAD and line.party is not None]
    has_account = any(getattr(party, "is_participating", True) for party in leads)
    return Ticks.EACH if has_account else Ticks.NONE
