"""A wheel's year as it stands on paper: month by month, with the picture beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from annual_wheel.asked import Asked
from annual_wheel.models import Edition, EditionState, Wheel
from annual_wheel.phrases import bound_of
from annual_wheel.rows import in_order, month_of, month_words
from annual_wheel.wheel_picture import Picture, picture_of
from annual_wheel.year_editions import editions_of, lines_of, raw_of
from annual_wheel.years import nearest_year
from reports.in_words import capital
from reports.plan_areas import LinePart, line_parts, modality_words
from strategy.outline import lines_outline


@dataclass(frozen=True)
class EditionPart:
    number: int  # in the picture
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
    picture: Picture

    @property
    def picture_title(self) -> SafeString:
        """What a screen reader says of the drawing: a PDF takes it from the title inside."""
        return format_html("<title>{}: {}</title>", self.picture.label, self.picture.summary)


def wheel_part(wheel: Wheel, *, today: date) -> WheelPart | None:
    """Return the wheel's current or nearest opened year; None for a wheel where no year has been opened."""
    opened = [opened.year for opened in wheel.years.all()]
    if not opened:
        return None
    year = nearest_year(opened, today=today)
    of_year = Edition.objects.of_wheel(wheel, year)
    drawn = in_order(editions_of(raw_of(of_year, lines=lines_of(wheel))))
    numbers = {edition.pk: number for number, edition in enumerate(drawn, 1)}
    editions = sorted(of_year.for_rows(), key=lambda edition: numbers[edition.pk])
    return WheelPart(
        id=f"hjul-{wheel.slug}",
        title=wheel.title,
        year=year,
        months=_months(editions, numbers),
        picture=picture_of(drawn, Asked(year), today, is_paper=True),
    )


def _months(editions: list[Edition], numbers: dict[int, int]) -> tuple[MonthPart, ...]:
    by_month: dict[int, list[EditionPart]] = {}
    for edition in editions:
        by_month.setdefault(month_of(edition), []).append(edition_part(edition, numbers[edition.pk]))
    return tuple(MonthPart(month_words(month), tuple(parts)) for month, parts in by_month.items())


def edition_part(edition: Edition, number: int) -> EditionPart:
    entry = edition.entry
    return EditionPart(
        number=number,
        when=capital(edition.as_written),
        text=edition.said.text,
        kind=capital(entry.get_kind_display()),
        is_cancelled=edition.is_cancelled,
        notes=tuple(_notes(edition)),
        links=tuple((link.get("label") or link["url"], link["url"]) for link in entry.links),
        lines=tuple(line_parts(lines_outline(edition.lines))),
    )


def form_words(edition: Edition) -> str:
    if edition.is_form_likely:
        return _("trolig %(form)s") % {"form": edition.get_form_display()}
    return str(edition.get_form_display())


def _notes(edition: Edition) -> list[str]:
    """What else must be known: why it is cancelled, what it should come before, how it is held, what it gave."""
    words = []
    if edition.state != EditionState.PLANNED:
        state = capital(edition.get_state_display())
        words.append(_("%(state)s: %(reason)s") % {"state": state, "reason": edition.reason_words})
    if edition.is_moved:
        words.append(_("Flyttet i år"))
    words += [bound_of(edition), *modality_words(edition.entry.modality), form_words(edition)]
    words.append(edition.outcome)
    return [capital(note) for note in words if note]
