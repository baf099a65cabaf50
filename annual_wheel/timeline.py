"""The selection along a line: a row for each edition, grouped as the rings of the picture are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annual_wheel import wheel_rings
from annual_wheel.asked import Asked
from annual_wheel.models import EntryKind
from annual_wheel.period import Length, Part, Period
from annual_wheel.rows import EditionRow, Month, in_order
from annual_wheel.wheel_rings import EXACT, Numbered
from annual_wheel.year_editions import YearEdition
from config.lib.ui import KINDS

WIDTH = 1200  # of the whole line; each part of it is as wide as the others
LEAST = 10  # the shortest that can be seen


@dataclass(frozen=True, slots=True)
class Bar:
    """A row, and where its days lie along the line."""

    row: EditionRow
    x: int
    width: int
    is_soft: bool

    @property
    def soft(self) -> int:
        """The straight part of one whose ends taper."""
        return max(0, self.width - 16)


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    name: str
    url: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    parts: tuple[Tick, ...]
    groups: tuple[Group, ...]
    today_x: int | None


def timeline_of(editions: Sequence[YearEdition], months: Iterable[Month], asked: Asked, *, today: dt.date) -> Timeline:
    rows = {row.number: row for month in months for row in month.rows}
    period = asked.period
    parts, is_whole = _columns(period), period.length is Length.YEAR
    numbered = [Numbered(number, edition) for number, edition in enumerate(in_order(editions, is_whole=is_whole), 1)]
    groups = [
        Group(name, tuple(_bar(one, rows[one.number], parts) for one in ones))
        for name, ones in _groups(numbered, asked.rings)
    ]
    return Timeline(
        parts=tuple(Tick(_short(part), _url(part, asked), part.first <= today <= part.last) for part in parts),
        groups=tuple(groups),
        today_x=round(_place(today, parts, 0.5)) if period.holds(today) else None,
    )


def _groups(numbered: list[Numbered], by: str) -> list[tuple[str, list[Numbered]]]:
    """The rings from the outside in, and the deadlines first."""
    deadlines = [one for one in numbered if one.edition.entry.kind == EntryKind.DEADLINE]
    rings = [(ring.name, ring.editions) for ring in reversed(wheel_rings.rings_of(numbered, by))]
    return [*([(str(KINDS["deadline"][1]), deadlines)] if deadlines else []), *rings]


def _columns(period: Period) -> list[Part]:
    """Months of a year; days of a month or of a week."""
    if period.length is not Length.MONTH:
        return period.parts()
    days = [period.first + dt.timedelta(days=number) for number in range(period.days)]
    return [Part(day, day, str(day.day)) for day in days]


def _short(part: Part) -> str:
    return part.name[:3] if part.month else part.name


def _url(part: Part, asked: Asked) -> str:
    return asked.url(month=part.month, week=None) if part.month else ""


def _place(day: dt.date, parts: list[Part], share: float) -> float:
    """Where a day lies, with `share` 0 its morning and 1 its night."""
    if day < parts[0].first:
        return 0
    for number, part in enumerate(parts):
        if day <= part.last:
            days = (part.last - part.first).days + 1
            return WIDTH / len(parts) * (number + ((day - part.first).days + share) / days)
    return WIDTH


def _bar(one: Numbered, row: EditionRow, parts: list[Part]) -> Bar:
    edition = one.edition
    start, end = _place(edition.earliest_on, parts, 0), _place(edition.latest_on, parts, 1)
    width = max(end - start, LEAST)
    return Bar(row, round(min(start, WIDTH - width)), round(width), edition.precision not in EXACT)
