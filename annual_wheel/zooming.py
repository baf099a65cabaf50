"""The way in and out among the days of a year: months, weeks, and the ones before and after."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from annual_wheel.asked import CALENDAR, Asked
from annual_wheel.period import Length, Period, days_words, months_from, week_period
from annual_wheel.phrases import language
from annual_wheel.when.words import month_name


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    url: str
    is_current: bool = False
    named: str = ""  # where the label is cut short


@dataclass(frozen=True, slots=True)
class Zoom:
    """`title` and `days` say which days are shown, `whole` leads out to the year, `within` to the weeks of a month."""

    title: str
    days: str
    months: tuple[Step, ...]
    within: tuple[Step, ...]
    whole: Step
    before: Step | None
    after: Step | None


def zoom_of(asked: Asked, *, today: dt.date) -> Zoom:
    is_calendar = asked.view == CALENDAR
    period = asked.calendar_period(today=today) if is_calendar else asked.period
    is_year = period.length is Length.YEAR
    # The month that a week ends in, of those there are.
    shown = period.last if period.length is Length.WEEK and asked.whole.holds(period.last) else period.first
    months = [
        Step(name[:3], asked.url(month=first.month, week=None), not is_year and first.month == shown.month, name)
        for first in months_from(asked.whole.first)
        if (name := month_name(first.month, language()))
    ]
    return Zoom(
        title=period.title,
        days="" if is_year else days_words(period),
        months=tuple(months),
        within=_weeks(asked, shown) if not is_year else (),
        whole=Step(_("Hele året"), asked.url(month=0, week=None), is_year),
        before=_beside(asked, period, period.first - dt.timedelta(days=1)),
        after=_beside(asked, period, period.last + dt.timedelta(days=1)),
    )


def _weeks(asked: Asked, shown: dt.date) -> tuple[Step, ...]:
    """The ISO weeks that the month has days of."""
    first = shown.replace(day=1)
    days = [first + dt.timedelta(days=number) for number in range(0, 31)]
    weeks = dict.fromkeys(week_period(day).first for day in days if day.month == first.month)
    return tuple(_week_step(asked, week, is_current=week == asked.week) for week in weeks)


def _week_step(asked: Asked, day: dt.date, *, is_current: bool = False) -> Step:
    words = _("Uke %(week)d") % {"week": day.isocalendar().week}
    return Step(words, asked.url(week=day, month=0), is_current)


def _beside(asked: Asked, period: Period, day: dt.date) -> Step | None:
    """The month or the week of a day just outside; None at the ends of the year."""
    if period.length is Length.YEAR or not asked.whole.holds(day):
        return None
    if period.length is Length.MONTH:
        return Step(month_name(day.month, language()).capitalize(), asked.url(month=day.month, week=None))
    return _week_step(asked, day)
