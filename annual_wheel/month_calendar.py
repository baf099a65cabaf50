"""A month as a calendar with ISO weeks: what has its days stands on them, what has only a month stands above."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annual_wheel.asked import Asked
from annual_wheel.models import EntryKind, Precision
from annual_wheel.period import WEEKDAYS, WEEKDAYS_EN, Period, days_words, week_period
from annual_wheel.phrases import language
from annual_wheel.rows import EditionRow, Month
from annual_wheel.when.days_off import public_holidays
from annual_wheel.when.words import day_words
from annual_wheel.year_editions import YearEdition

ON_DAYS = (Precision.DAY, Precision.DAYS, Precision.WEEK, Precision.PART_OF_MONTH)


@dataclass(frozen=True, slots=True)
class Day:
    number: int
    name: str
    words: str
    is_today: bool
    is_outside: bool
    is_free: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """An edition on the days of one week: the first of them (1 is Monday) and how many."""

    row: EditionRow
    column: int
    days: int
    is_soft: bool
    comes_before: bool
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Week:
    number: int
    url: str
    words: str
    is_now: bool
    days: tuple[Day, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class MonthCalendar:
    weekdays: tuple[str, ...]
    weeks: tuple[Week, ...]
    above: tuple[EditionRow, ...]


def calendar_of(
    editions: Sequence[YearEdition], months: Iterable[Month], asked: Asked, *, today: dt.date
) -> MonthCalendar:
    rows = {(row.key, row.year): row for month in months for row in month.rows}
    period = asked.calendar_period(today=today)
    pairs = [(edition, rows[edition.entry.key, edition.year]) for edition in editions]
    on_days = [pair for pair in pairs if _has_days(pair[0])]
    return MonthCalendar(
        weekdays=WEEKDAYS_EN if language() == "en" else WEEKDAYS,
        weeks=tuple(_week(week, period, on_days, asked, today) for week in _weeks(period)),
        above=tuple(sorted((row for edition, row in pairs if not _has_days(edition)), key=lambda row: row.number)),
    )


def _has_days(edition: YearEdition) -> bool:
    return edition.precision in ON_DAYS and edition.entry.kind != EntryKind.ONGOING


def _weeks(period: Period) -> list[Period]:
    """Whole ISO weeks that cover the days."""
    found, day = [], period.first
    while day <= period.last:
        week = week_period(day)
        found.append(week)
        day = week.last + dt.timedelta(days=1)
    return found


def _week(
    week: Period, period: Period, pairs: list[tuple[YearEdition, EditionRow]], asked: Asked, today: dt.date
) -> Week:
    bars = [_bar(edition, row, week) for edition, row in pairs if week.meets(edition.earliest_on, edition.latest_on)]
    return Week(
        number=week.first.isocalendar().week,
        url=asked.url(week=week.first, month=0),
        words=days_words(week),
        is_now=week.holds(today),
        days=tuple(_day(week.first + dt.timedelta(days=step), period, today) for step in range(7)),
        bars=tuple(sorted(bars, key=lambda bar: (bar.column, -bar.days, bar.row.number))),
    )


def _day(day: dt.date, period: Period, today: dt.date) -> Day:
    return Day(
        number=day.day,
        name=(WEEKDAYS_EN if language() == "en" else WEEKDAYS)[day.weekday()],
        words=day_words(day, language()),
        is_today=day == today,
        is_outside=not period.holds(day),
        is_free=day.weekday() == 6 or day in public_holidays(day.year),
    )


def _bar(edition: YearEdition, row: EditionRow, week: Period) -> Bar:
    first, last = max(edition.earliest_on, week.first), min(edition.latest_on, week.last)
    return Bar(
        row=row,
        column=first.weekday() + 1,
        days=(last - first).days + 1,
        is_soft=edition.precision == Precision.PART_OF_MONTH,
        comes_before=edition.earliest_on < week.first,
        goes_on=edition.latest_on > week.last,
    )
