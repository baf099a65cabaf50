"""A wheel's year as a poster: the picture with a numbered list, on one sheet where the list fits beside or below it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annual_wheel import year_page, years
from annual_wheel.aims import aims_of
from annual_wheel.asked import Asked
from annual_wheel.filters import WheelFilter
from annual_wheel.period import Length
from annual_wheel.phrases import day_phrase
from annual_wheel.rows import EditionRow, Month, by_month
from annual_wheel.wheel_picture import Picture, picture_of
from annual_wheel.year_facts import editions_in, facts_of
from organisation.models import Unit
from reports.models import Paper, Rendering

LETTER, LINE, BETWEEN, HEADING = 1.36, 3.9, 1.2, 8.2  # millimetres in the type of the list: 8 points
NUMBER = 7.0  # the width that a number takes
ONGOING = "løpende"  # as people write it


@dataclass(frozen=True)
class Sheet:
    """The room for the list on the sheet that has the picture: how many columns, how wide and how high, in mm."""

    columns: int
    width: float
    height: float

    def holds(self, months: tuple[Month, ...]) -> bool:
        """Whether the list fits, counted with some room to spare, since columns never end quite even."""
        return sum(HEADING + sum(self._height(row, month) for row in month.rows) for month in months) < self._room

    @property
    def _room(self) -> float:
        return self.columns * (self.height - 3 * LINE)

    def _height(self, row: EditionRow, month: Month) -> float:
        signs = len(row.text) + len(when_beside(row, month)) + 3
        return math.ceil(signs * LETTER / (self.width - NUMBER)) * LINE + BETWEEN


def when_beside(row: EditionRow, month: Month) -> str:
    """The date beside a row; empty where the heading above it says the same, with or without its year.

    What goes on in both of the years of a poster is told by its year.
    """
    said = row.when.phrase.casefold()
    if month.number == 0 and said == ONGOING:
        return str(row.year) if len({other.year for other in month.rows}) > 1 else ""
    return "" if said in (month.name.casefold(), month.name.partition(" ")[0].casefold()) else row.when.phrase


SHEETS: Final[dict[str, Sheet]] = {
    Paper.A3_LANDSCAPE: Sheet(3, 65, 250),
    Paper.A3_PORTRAIT: Sheet(4, 62, 196),
    Paper.A4_LANDSCAPE: Sheet(2, 53, 168),
    Paper.A4_PORTRAIT: Sheet(3, 58, 78),
}


@dataclass(frozen=True)
class Poster:
    title: str
    period: str
    owner: str
    made_on: str
    shown: str
    paper: str
    language: str
    text_language: str
    months: tuple[Month, ...]
    picture: Picture
    is_one_sheet: bool

    @property
    def lists(self) -> list[tuple[str, list[tuple[EditionRow, str]]]]:
        """Each heading with its rows, and the date beside each."""
        return [(month.name, [(row, when_beside(row, month)) for row in month.rows]) for month in self.months]

    @property
    def picture_title(self) -> SafeString:
        """What a screen reader says of the drawing: a PDF takes it from the title inside."""
        return format_html("<title>{}: {}</title>", self.picture.label, self.picture.summary)


def poster_of(order: Rendering, *, reader: Any, today: date) -> Poster:
    """Gather what the order selects, as its owner sees it today."""
    wheel = order.wheel
    if wheel is None or order.year is None:
        raise ValueError("only a wheel can be made a poster of")
    query = QueryDict(order.selection)
    asked = Asked.of(query, order.year)
    shown, aims = year_page.years_of(asked, years.opened_years(wheel)), aims_of(wheel, reader, today=today)
    facts = facts_of(wheel, shown)
    own = [membership.unit for membership in reader.memberships_on(today)]
    form = WheelFilter(query, wheel=wheel, parties=facts.parties, aims=aims, asked=asked, with_mine=bool(own))
    asked = replace(asked, filters=form.pairs)
    raw = form.take(facts, editions_in(wheel, shown), own=[unit.pk for unit in own])
    chosen = year_page.chosen(replace(raw, aims=aims), asked, today=today)
    is_whole = asked.period.length is Length.YEAR
    months = tuple(by_month(chosen, year=asked.year, today=today, is_whole=is_whole))
    return Poster(
        title=wheel.title,
        period=asked.period.title,
        owner=str(wheel.owner),
        made_on=_("Laget %(day)s") % {"day": f"{day_phrase(today, today=today)} {today.year}"},
        shown=", ".join(filter(None, (form.in_words, _mine(own) if form.chosen("mine") else ""))),
        paper=order.paper,
        language=get_language() or settings.LANGUAGE_CODE,
        text_language=settings.LANGUAGE_CODE,
        months=months,
        picture=picture_of(chosen, asked, today, is_paper=True),
        is_one_sheet=SHEETS[order.paper].holds(months),
    )


def _mine(units: Iterable[Unit]) -> str:
    labels = list(dict.fromkeys(unit.label for unit in units))
    *some, last = labels
    named = _("%(first)s og %(last)s") % {"first": ", ".join(some), "last": last} if some else last
    return _("Bare det %(units)s skal gjøre") % {"units": named}
