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
from config.lib.numbers import whole_number

WHEEL, LIST, CALENDAR, TIMELINE = "hjul", "liste", "kalender", "tidslinje"
VIEWS = ((WHEEL, _("Hjul")), (LIST, _("Liste")), (CALENDAR, _("Kalender")), (TIMELINE, _("Tidslinje")))
RINGS = (("type", _("Type")), ("ansvar", _("Ansvar")), ("maal", _("Mål")))
FILTERS = ("type", "ansvar", "maal", "maalgruppe", "status", "mine")


@dataclass(frozen=True, slots=True)
class Asked:
    """Where the whole year is shown, `month` is 0 and `week` None; `filters` are the pairs that narrow what is listed.

    A week is any day of it: its number alone is not the same week in another year, and around 1 January not even in
    the same one.
    """

    year: int
    view: str = WHEEL
    rings: str = "type"
    start_month: int = 1
    month: int = 0
    week: dt.date | None = None
    filters: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, query: Any, year: int) -> Asked:
        """Read an address; what it does not understand is left out."""
        asked = cls(
            year=year,
            view=_one_of(VIEWS, query.get("vis")),
            rings=_one_of(RINGS, query.get("ringer")),
            start_month=whole_number(query.get("fra"), 12) or 1,
            filters=tuple((name, query[name]) for name in FILTERS if query.get(name)),
        )
        if week := asked.week_of(query.get("uke", "")):
            return replace(asked, week=week)
        return replace(asked, month=whole_number(query.get("maaned"), 12) or 0)

    @property
    def whole(self) -> Period:
        """The year the page is of."""
        return year_period(self.year, self.start_month)

    @property
    def period(self) -> Period:
        """The days that are shown."""
        if self.week:
            return week_period(self.week)
        return month_period(self.year_of(self.month), self.month) if self.month else self.whole

    def week_of(self, text: str) -> dt.date | None:
        """The Monday of "2026-53" where that week has days among the twelve months, else None.

        A number alone is the page's own year's week, else the next one's, else the one's before.
        """
        written, dash, number = text.rpartition("-")
        years = (whole_number(written, 9999),) if dash else (self.year, self.year + 1, self.year - 1)
        for year in years:
            monday = _monday(year or 0, whole_number(number, 53) or 0)
            if monday and monday <= self.whole.last and monday + dt.timedelta(days=6) >= self.whole.first:
                return monday
        return None

    @property
    def week_code(self) -> str:
        """The week as an address says it: "2026-53"."""
        if self.week is None:
            return ""
        year, number, _weekday = self.week.isocalendar()
        return f"{year}-{number}"

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
            ("uke", other.week_code),
            *other.filters,
        ]
        return "?" + urlencode([(name, value) for name, value in pairs if value])


def _one_of(choices: tuple[tuple[str, Any], ...], value: str | None) -> str:
    return value if value and value in dict(choices) else str(choices[0][0])


def _monday(year: int, week: int) -> dt.date | None:
    """The first day of an ISO week; None where the year has none of that number."""
    try:
        return dt.date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
