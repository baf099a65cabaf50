"""A wheel's year as it stands on paper: month by month, with the picture beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from annual_wheel.models import Edition, EditionState, Wheel
from annual_wheel.when.words import month_name
from reports.in_words import capital, language
from reports.plan_areas import LinePart, line_parts, modality_words
from strategy.outline import lines_outline


@dataclass(frozen=True)
class EditionPart:
    when: str
    text: str
    kind: str
    is_cancelled: bool
    notes: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    lines: tuple[LinePart, ...]


@dataclass(frozen=True)
class MonthPart:
    name: str
    editions: tuple[EditionPart, ...]


@dataclass(frozen=True)
class WheelPart:
    id: str
    title: str
    year: int
    months: tuple[MonthPart, ...]


def nearest_year(years: Sequence[int], *, today: date) -> int | None:
    """The current year where it is opened, else the nearest one, of two the later; None where none is."""
    return min(years, key=lambda year: (abs(year - today.year), -year), default=None)


def wheel_part(wheel: Wheel, *, today: date) -> WheelPart | None:
    """Return the wheel's current or nearest opened year; None for a wheel where no year has been opened."""
    year = nearest_year([opened.year for opened in wheel.years.all()], today=today)
    if year is None:
        return None
    editions = (
        Edition.objects.filter(entry__wheel=wheel, year=year)
        .select_related("entry")
        .prefetch_related(
            "entry__responsibilities__unit", "entry__responsibilities__group", "entry__responsibilities__function"
        )
        .order_by("entry__month", "entry__position", "pk")
    )
    return WheelPart(f"hjul-{wheel.slug}", wheel.title, year, _months(list(editions)))


def _months(editions: list[Edition]) -> tuple[MonthPart, ...]:
    by_month: dict[int, list[EditionPart]] = {}
    for edition in editions:
        by_month.setdefault(edition.entry.month, []).append(edition_part(edition))
    return tuple(
        MonthPart(capital(month_name(month, language())), tuple(parts)) for month, parts in sorted(by_month.items())
    )


def edition_part(edition: Edition) -> EditionPart:
    entry = edition.entry
    return EditionPart(
        when=capital(edition.as_written),
        text=entry.text,
        kind=capital(entry.get_kind_display()),
        is_cancelled=edition.is_cancelled,
        notes=tuple(_notes(edition)),
        links=tuple((link.get("label") or link["url"], link["url"]) for link in entry.links),
        lines=tuple(line_parts(lines_outline(entry.responsibilities.all()))),
    )


def _notes(edition: Edition) -> list[str]:
    """What else must be known: why it is cancelled, what it should come before, how it is held, what it gave."""
    words = []
    if edition.state != EditionState.PLANNED:
        state = capital(edition.get_state_display())
        words.append(_("%(state)s: %(reason)s") % {"state": state, "reason": edition.reason})
    if edition.is_moved:
        words.append(_("Flyttet i år"))
    words += [edition.entry.bound_words, *modality_words(edition.entry.modality), edition.get_form_display()]
    words.append(edition.outcome)
    return [capital(note) for note in words if note]
