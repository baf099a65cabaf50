"""Which years a wheel has, and which of them one may open next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from annual_wheel.asked import Asked
from annual_wheel.models import Wheel, WheelYear
from annual_wheel.period import year_period
from config.lib.ready_query import ReadyColumns


@dataclass(frozen=True, slots=True)
class YearTab:
    year: str
    url: str
    is_current: bool
    note: str


def opened_years(wheel: Wheel) -> list[int]:
    """Return the years that have been opened, oldest first."""
    return sorted(year for (year,) in OPENED.rows(wheel=wheel.pk))


def _opened(*, wheel: int) -> QuerySet[WheelYear, Any]:
    return WheelYear.objects.filter(wheel=wheel).order_by().values_list("year")


OPENED: Final = ReadyColumns(_opened, wheel=int)


def nearest_year(opened: Collection[int], *, today: date) -> int:
    """This year, else the opened year nearest to it (the later of two as near), else this year, still to be opened."""
    return min(opened, key=lambda year: (abs(year - today.year), -year), default=today.year)


def openable_years(opened: Collection[int], *, today: date) -> list[int]:
    """Years that may be opened: this one, the next, and those beside the opened ones."""
    beside = {year + step for year in opened for step in (-1, 1)}
    return sorted(year for year in {today.year, today.year + 1, *beside} if year not in opened and 2000 <= year <= 2100)


def coming_year(wheel: Wheel, *, today: date) -> int:
    """The year that is opened next: the one after the last, this year where none is."""
    return max(opened_years(wheel), default=today.year - 1) + 1


def year_tabs(wheel: Wheel, opened: Collection[int], asked: Asked, *, may_edit: bool, today: date) -> list[YearTab]:
    """The opened years, this one and the next, for switching between; for editors the next that may be opened too.

    The other years are shown the way this one is, but for a week, which is not the same one in another year.
    """
    year, query = asked.year, asked.url(week=None).removesuffix("?")
    coming = {max(opened) + 1} if may_edit and opened else set()
    shown = sorted({*opened, year, today.year, today.year + 1, *coming})
    return [
        YearTab(
            year=year_period(other, asked.start_month).title,
            url=reverse("wheel_year", args=[wheel.slug, other]) + query,
            is_current=other == year,
            note="" if other in opened else _("ikke åpnet"),
        )
        for other in shown
    ]
