"""A year's page, set once for what the database gave and the address asked for: picture, list, calendar or timeline."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from annual_wheel import year_facts
from annual_wheel.asked import CALENDAR, LIST, TIMELINE, VIEWS, Asked
from annual_wheel.filters import takes
from annual_wheel.month_calendar import calendar_of
from annual_wheel.period import Length, Period
from annual_wheel.rows import Month, by_month, is_late
from annual_wheel.timeline import timeline_of
from annual_wheel.wheel_picture import picture_of
from annual_wheel.year_editions import Raw, YearEdition, editions_of, forget_editions
from annual_wheel.zooming import zoom_of


@dataclass(frozen=True, slots=True)
class YearPage:
    count: str
    figures: tuple[tuple[str, str, str], ...]
    body: SafeString
    is_empty: bool


def views_of(asked: Asked) -> list[dict[str, Any]]:
    """The ways to look at the same selection."""
    return [
        {"label": str(label), "url": asked.url(view=view), "is_current": view == asked.view} for view, label in VIEWS
    ]


def years_of(asked: Asked, opened: Collection[int]) -> list[int]:
    """The years whose editions may stand among the days shown."""
    return sorted({asked.year, asked.whole.last.year} & set(opened))


def page_of(raw: Raw, asked: Asked, *, title: str, today: date) -> YearPage:
    return _page(raw, asked, title, today, get_language())


def days_of(asked: Asked, today: date) -> Period:
    return asked.calendar_period(today=today) if asked.view == CALENDAR else asked.period


def chosen(raw: Raw, asked: Asked, *, today: date) -> list[YearEdition]:
    """The editions that stand as asked for, among the days that are shown."""
    period = days_of(asked, today)
    status = dict(asked.filters).get("status", "")
    is_plain_year = period.length is Length.YEAR and asked.start_month == 1
    return [
        edition
        for edition in editions_of(raw)
        if (is_plain_year or period.meets(edition.earliest_on, edition.latest_on))
        and takes(edition, status, today=today)
    ]


@lru_cache(maxsize=24)
def _page(raw: Raw, asked: Asked, title: str, today: date, _language: str | None) -> YearPage:
    editions = chosen(raw, asked, today=today)
    is_whole = days_of(asked, today).length is Length.YEAR
    months = tuple(by_month(editions, year=asked.year, today=today, is_whole=is_whole))
    return YearPage(
        count=count_words(editions),
        figures=tuple(figures(editions, asked, today=today)),
        body=_body(editions, months, asked, title, today),
        is_empty=not editions,
    )


def forget() -> None:
    """Let go of what the process keeps of pages, to see what it costs to set them."""
    _page.cache_clear()
    forget_editions()
    year_facts.forget()


def _body(
    editions: Sequence[YearEdition], months: tuple[Month, ...], asked: Asked, title: str, today: date
) -> SafeString:
    context: dict[str, Any] = {"months": months, "title": title, "zoom": zoom_of(asked, today=today)}
    if asked.view == LIST:
        name = "list"
    elif asked.view == CALENDAR:
        name, context["calendar"] = "calendar", calendar_of(editions, months, asked, today=today)
    elif asked.view == TIMELINE:
        name, context["timeline"] = "timeline", timeline_of(editions, months, asked, today=today)
    else:
        name, context["picture"] = "wheel", picture_of(editions, asked, today)
    context["count"] = count_words(editions)
    return render_to_string(f"annual_wheel/_view_{name}.html", context)


def count_words(editions: Sequence[YearEdition]) -> str:
    return ngettext("%(count)d punkt", "%(count)d punkter", len(editions)) % {"count": len(editions)}


def figures(editions: Sequence[YearEdition], asked: Asked, *, today: date) -> list[tuple[str, str, str]]:
    """The numbers of what is shown, each with the address that opens it: what, how many, where."""
    done = sum(edition.done_count for edition in editions)
    total = sum(edition.task_count for edition in editions)
    late = sum(is_late(edition, today=today) for edition in editions)
    cancelled = sum(edition.state != "planned" for edition in editions)
    ticked = _("%(done)d av %(total)d") % {"done": done, "total": total}
    found = [(_("gjort"), ticked, "done"), (_("forsinket"), str(late), "late")]
    if cancelled:
        found.append((_("utgår helt eller delvis"), str(cancelled), "cancelled"))
    return [(words, number, _with_status(asked, status)) for words, number, status in found]


def _with_status(asked: Asked, status: str) -> str:
    others = tuple(pair for pair in asked.filters if pair[0] != "status")
    return asked.url(filters=(*others, ("status", status)))
