"""What an address asks a wheel's page for: which view, how the rings are sorted, and which days.

Everything lives in the address, so that whatever one sees can be shared, and every link keeps the rest of it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from annual_wheel.period import Length, Period, month_period, week_period, year_period

WHEEL, LIST, CALENDAR, TIMELINE = "hjul", "liste", "kalender", "tidslinje"
VIEWS = ((WHEEL, _("Hjul")), (LIST, _("Liste")), (CALENDAR, _("Kalender")), (TIMELINE, _("Tidslinje")))
RINGS = (("type", _("Type")), ("ansvar", _("Ansvar")), ("maal", _("Mål")))
FILTERS = ("type", "ansvar", "maal", "maalgruppe", "status", "mine")


@dataclass(frozen=True, slots=True)
class Asked:
    """`month` and `week` are 0 where the whole year is shown; `filters` are the pairs that narrow what is listed."""

    year: int
    view: str = WHEEL
    rings: str = "type"
    start_month: int = 1
    month: int = 0
    week: int = 0
    filters: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, query: Any, year: int) -> Asked:
        """Read an address; what it does not understand is left out."""
        month, week = _number(query.get("maaned"), 12), _number(query.get("uke"), 53)
        asked = cls(
            year=year,
            view=_one_of(VIEWS, query.get("vis")),
            rings=_one_of(RINGS, query.get("ringer")),
            start_month=_number(query.get("fra"), 12) or 1,
            month=0 if week else month,
            week=week,
            filters=tuple((name, query[name]) for name in FILTERS if query.get(name)),
        )
        return asked if not week or asked.week_in_year() else replace(asked, week=0)

    @property
    def whole(self) -> Period:
        """The year the page is of."""
        return year_period(self.year, self.start_month)

    @property
    def period(self) -> Period:
        """The days that are shown."""
        if self.week:
            return self.week_in_year() or self.whole
        return month_period(self.year_of(self.month), self.month) if self.month else self.whole

    def week_in_year(self) -> Period | None:
        """The week of that number within the twelve months; the first week may begin in the year before."""
        for year in (self.year, self.year + 1):
            period = week_period(year, self.week)
            if period and period.meets(self.whole.first, self.whole.last):
                return period
        return None

    def year_of(self, month: int) -> int:
        return self.year if month >= self.start_month else self.year + 1

    def calendar_period(self, *, today: dt.date) -> Period:
        """What a calendar shows: the month or week asked for, else the month that is, else the first one."""
        if self.period.length is not Length.YEAR:
            return self.period
        if self.whole.holds(today):
            return month_period(today.year, today.month)
        return month_period(self.year, self.start_month)

    def url(self, **changes: Any) -> str:
        """The address of the same with changes, as a query; what stands by itself is left out of it."""
        other = replace(self, **changes)
        pairs = [
            ("vis", other.view if other.view != WHEEL else ""),
            ("ringer", other.rings if other.rings != "type" else ""),
            ("fra", other.start_month if other.start_month != 1 else ""),
            ("maaned", other.month or ""),
            ("uke", other.week or ""),
            *other.filters,
        ]
        return "?" + urlencode([(name, value) for name, value in pairs if value])


def _one_of(choices: tuple[tuple[str, Any], ...], value: str | None) -> str:
    return value if value and value in dict(choices) else str(choices[0][0])


def _number(value: str | None, most: int) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 3 and int(value) <= most else 0
