"""What a year says otherwise than its entry: kept from before a change, or written for that year alone.

A change to an entry reaches one year, the years from one on, or all of them (ADR 0004). Nothing here saves an entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from annual_wheel.models import OWN_WORDS, Edition, EditionResponsibility, Entry, Wheel
from annual_wheel.opening import fan_out, refresh_followers, set_dates
from config.lib.saving import save_changed, sign
from organisation.lines import Line, save_lines
from organisation.models import Responsibility, User

DATE_WORDS = frozenset(OWN_WORDS) - {"text"}
KEPT = gettext_noop("Beholdt ordene fra før endringen.")
OWN = gettext_noop("Endret bare for dette året.")
FOLLOWS = gettext_noop("Følger punktet igjen.")


class Reach(StrEnum):
    ONLY = "only"
    FROM = "from"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Years:
    """Which years a change is for; `year` counts for nothing where it is for all of them."""

    reach: Reach
    year: int

    @classmethod
    def read(cls, code: str) -> Years:
        """From a form's choice, as `code` writes it; ValueError for anything else."""
        reach, _dash, year = code.partition("-")
        return cls(Reach(reach), int(year or 0))

    @property
    def code(self) -> str:
        return self.reach if self.reach is Reach.ALL else f"{self.reach}-{self.year}"


@dataclass(frozen=True)
class Change:
    """What is about to be other than it was: the old words by field, and the old lines where they change."""

    before: Mapping[str, Any]
    lines: Sequence[Line] | None

    @classmethod
    def between(cls, stored: Entry, entry: Entry, lines: Sequence[Line]) -> Change:
        before = {name: old for name in OWN_WORDS if (old := getattr(stored, name)) != getattr(entry, name)}
        old_lines = as_lines(stored.responsibilities.all())  # type: ignore[attr-defined]
        return cls(before, None if plain(old_lines) == plain(lines) else old_lines)

    def __bool__(self) -> bool:
        return bool(self.before) or self.lines is not None


def as_lines(rows: Iterable[Responsibility]) -> list[Line]:
    """Stored lines as ones to be stored elsewhere, in the same order and under each other as before."""
    stored: list[Any] = list(rows)
    place = {row.pk: number for number, row in enumerate(stored)}
    return [Line(None, row.party, row.function, row.relation, row.wording, place.get(row.under_id)) for row in stored]


def plain(lines: Iterable[Line]) -> list[Line]:
    return [replace(line, pk=None) for line in lines]


def keep_before(entry: Entry, change: Change, *, year: int, by: User) -> None:
    """Let the years before `year` say what they said, and those from it on follow the entry in what has changed."""
    for edition in _locked(entry):
        if edition.year < year:
            edition.own_words = {**change.before, **edition.own_words}
            if change.lines is not None and not edition.has_own_lines:
                _take_lines(edition, change.lines, by=by)
            _save(edition, by=by, why=KEPT)
        elif _let_go(edition, change):
            _save(edition, by=by, why=FOLLOWS)


def correct_all(entry: Entry, change: Change, *, by: User) -> None:
    """Mend the same words wherever they stand, the dates of years gone by included; who had tasks then, stays."""
    for edition in _locked(entry):
        same = {name for name, old in change.before.items() if edition.own_words.get(name, old) == old}
        edition.own_words = {name: own for name, own in edition.own_words.items() if name not in same}
        if change.lines is not None and edition.has_own_lines and as_lines(edition.lines) == plain(change.lines):
            _drop_lines(edition)
        if same & DATE_WORDS and not edition.is_moved:
            set_dates(edition)
        _save(edition, by=by, why=gettext_noop("Skrivefeil rettet."))


def write_only(
    edition: Edition, wanted: Entry, change: Change, lines: Sequence[Line], *, by: User, today: date
) -> None:
    """Say for one year alone what has been changed in `wanted`; a date of its own is a moved date."""
    own = {name: getattr(wanted, name) for name in change.before if name != "when_words"}
    edition.own_words = {**edition.own_words, **own}
    if "when_words" in change.before:
        edition.is_moved, edition.as_written = True, wanted.when_words
    if change.lines is not None:
        _take_lines(edition, plain(lines), by=by)
    set_dates(edition)
    _save(edition, by=by, why=OWN)
    fan_out(edition, today=today)
    refresh_followers(edition, today=today)


@transaction.atomic
def follow_again(edition: Edition, *, by: User, today: date, expected: int) -> None:
    """Drop what the year says of its own, its moved date apart; StaleEdit where somebody was first."""
    Wheel.objects.select_for_update(no_key=True).get(pk=edition.entry.wheel_id)
    edition.own_words, edition.has_own_lines = {}, False
    set_dates(edition)
    save_changed(edition, by=by, expected=expected, why=FOLLOWS)
    EditionResponsibility.objects.filter(edition=edition).delete()
    fan_out(edition, today=today)
    refresh_followers(edition, today=today)


def _locked(entry: Entry) -> Iterable[Edition]:
    return entry.editions.select_for_update(of=("self",)).select_related("entry__wheel").order_by("year")


def _let_go(edition: Edition, change: Change) -> bool:
    """Whether the year had words or lines of its own in what has changed; it has them no longer."""
    kept = {name: own for name, own in edition.own_words.items() if name not in change.before}
    had_words, had_lines = kept != edition.own_words, change.lines is not None and edition.has_own_lines
    edition.own_words = kept
    if had_lines:
        _drop_lines(edition)
    return had_words or had_lines


def _take_lines(edition: Edition, lines: Sequence[Line], *, by: User) -> None:
    edition.has_own_lines = True
    save_lines(edition, lines, by=by)


def _drop_lines(edition: Edition) -> None:
    edition.has_own_lines = False
    EditionResponsibility.objects.filter(edition=edition).delete()


def _save(edition: Edition, *, by: User, why: str) -> None:
    sign(edition, by=by, why=why)
    edition.lock_version += 1
    edition.save()
