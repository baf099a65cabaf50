"""A year that is not opened yet, worked out as opening it would: each entry's date, or why it has none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annual_wheel import when
from annual_wheel.models import Edition, Entry
from annual_wheel.opening import in_order_of_dependence, set_dates
from annual_wheel.understood import day_off_words, missing_in
from annual_wheel.when_words import explain


@dataclass(frozen=True)
class Coming:
    """An entry in the year that comes: its edition with its days, or the error that stands in the way of opening."""

    entry: Entry
    edition: Edition | None
    error: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What is good to know of the date: a week the year lacks, a last day that is no working day."""
        if self.edition is None:
            return ()
        missing = "" if self.edition.is_moved else missing_in(self.entry, self.edition.year)
        return tuple(filter(None, (missing, day_off_words(self.edition))))


def coming_year(entries: Iterable[Entry], year: int, *, stored: Mapping[int, Edition] | None = None) -> list[Coming]:
    """Work out a year without asking the database: `stored` are the editions it has already, by entry.

    What hangs on another entry finds it among these. The entries must come with their anchors and bounds.
    """
    made = dict(stored or {})
    ordered, wrong = _ordered(list(entries))
    found = [Coming(entry, None, error) for entry, error in wrong]
    for entry in ordered:
        if entry.pk not in made:
            edition = Edition(entry=entry, year=year)
            try:
                set_dates(edition, find=lambda other, _year: made.get(other.pk) if other else None)
            except when.Unreadable as error:
                found.append(Coming(entry, None, explain(error)))
                continue
            made[entry.pk] = edition
        found.append(Coming(entry, made[entry.pk]))
    return found


def _ordered(entries: list[Entry]) -> tuple[list[Entry], list[tuple[Entry, str]]]:
    """The entries in the order their dates hang on each other, and apart from them those that hang in a ring."""
    wrong: list[tuple[Entry, str]] = []
    while True:
        try:
            return in_order_of_dependence(entries), wrong
        except when.AnchorCircle as circle:
            by_key = {entry.key: entry for entry in entries}
            ring = [by_key[str(key)] for key in circle.chain]
            error = explain(when.AnchorCircle(tuple(f"«{entry}»" for entry in ring)))
            wrong += [(entry, error) for entry in ring[:-1]]
            entries = [entry for entry in entries if entry not in ring]
