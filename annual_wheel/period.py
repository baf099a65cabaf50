"""The days a view of a wheel shows: a year from any month, a month of it or a week, and the parts it is drawn in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from annual_wheel.phrases import language
from annual_wheel.when.words import day_words, month_name, span_words

WEEKDAYS = ("man.", "tir.", "ons.", "tor.", "fre.", "lør.", "søn.")
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Length(StrEnum):
    YEAR = "year"
    MONTH = "month"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Part:
    """A sector: a month of a year, a week of a month or a day of a week; `month` or `week` is what it opens into."""

    first: dt.date
    last: dt.date
    name: str
    month: int = 0
    week: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Period:
    first: dt.date
    last: dt.date
    length: Length

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def holds(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    def meets(self, first: dt.date, last: dt.date) -> bool:
        return first <= self.last and last >= self.first

    @property
    def title(self) -> str:
        """What it is called on its own: "2026", "2026/27", "August 2026", "Uke 33, 2026"."""
        if self.length is Length.WEEK:
            week = self.first.isocalendar()
            return _("Uke %(week)d, %(year)d") % {"week": week.week, "year": week.year}
        if self.length is Length.MONTH:
            return f"{month_name(self.first.month, language()).capitalize()} {self.first.year}"
        if self.first.year == self.last.year:
            return str(self.first.year)
        return f"{self.first.year}/{self.last.year % 100:02d}"

    @property
    def short_title(self) -> tuple[str, str]:
        """For the middle of the picture: what is set large, and what stands above it."""
        if self.length is Length.WEEK:
            week = self.first.isocalendar()
            return str(week.week), _("uke")
        if self.length is Length.MONTH:
            return month_name(self.first.month, language())[:3], str(self.first.year)
        return self.title, ""

    def parts(self) -> list[Part]:
        if self.length is Length.YEAR:
            return [_month_part(first) for first in months_from(self.first)]
        if self.length is Length.MONTH:
            return _weeks_of(self)
        return [_day_part(self.first + dt.timedelta(days=number)) for number in range(7)]


def months_from(first: dt.date) -> list[dt.date]:
    """The first day of each of twelve months."""
    return [_add_months(first, number) for number in range(12)]


def year_period(year: int, start_month: int = 1) -> Period:
    first = dt.date(year, start_month, 1)
    return Period(first, _add_months(first, 12) - dt.timedelta(days=1), Length.YEAR)


def month_period(year: int, month: int) -> Period:
    first = dt.date(year, month, 1)
    return Period(first, _last_of(first), Length.MONTH)


def week_period(day: dt.date) -> Period:
    """The ISO week that the day is in."""
    first = day - dt.timedelta(days=day.weekday())
    return Period(first, first + dt.timedelta(days=6), Length.WEEK)


def _add_months(first: dt.date, count: int) -> dt.date:
    months = first.month - 1 + count
    return dt.date(first.year + months // 12, months % 12 + 1, 1)


def _last_of(first: dt.date) -> dt.date:
    return _add_months(first, 1) - dt.timedelta(days=1)


def _month_part(first: dt.date) -> Part:
    return Part(first, _last_of(first), month_name(first.month, language()), month=first.month)


def _weeks_of(period: Period) -> list[Part]:
    parts, first = [], period.first
    while first <= period.last:
        last = min(first + dt.timedelta(days=6 - first.weekday()), period.last)
        week = first.isocalendar().week
        days = f"{first.day}–{last.day}" if first < last else str(first.day)
        parts.append(Part(first, last, _("uke %(week)d") % {"week": week} + f" · {days}", week=first))
        first = last + dt.timedelta(days=1)
    return parts


def _day_part(day: dt.date) -> Part:
    names = WEEKDAYS_EN if language() == "en" else WEEKDAYS
    return Part(day, day, f"{names[day.weekday()]} {day.day}{'' if language() == 'en' else '.'}")


def days_words(period: Period) -> str:
    return span_words(period.first, period.last, language()) if period.days > 1 else day_words(period.first, language())
