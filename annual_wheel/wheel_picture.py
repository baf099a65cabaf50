"""The picture of a year: rings by kind from the middle and out, deadlines as pins on the rim, a thread to today.

`picture_of` gives what `templates/annual_wheel/_picture.svg.html` draws, on a page and on paper alike. Lengths are in
the units of the drawing (1024 across, the centre at 0, 0). The list beside the picture says the same in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annual_wheel import wheel_shapes as draw
from annual_wheel.models import Edition, EntryKind, Precision
from annual_wheel.phrases import language, shortened, when_of
from annual_wheel.rows import state_of
from annual_wheel.when.words import month_name
from config.lib.ui import KINDS, STATES

HUB = 152.0  # the middle, where the year stands
RIM = 414.0  # where the rings end
PINS = 432.0  # the lowest row of pins
MONTHS = 484.0  # the names of the months
HALF = 512.0
ONGOING_PITCH, WIDEST_PITCH, PIN_PITCH = 14.0, 30.0, 19.0
FILL = 0.74  # how much of its lane an item takes
BETWEEN_RINGS = 9.0
EXACT = (Precision.DAY, Precision.DAYS, Precision.WEEK)
TIP_WIDTH, TIP_LINES = 24, 5


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words at a height."""

    text: str
    y: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One edition drawn. `done` is the part that is ticked off, `strike` the line through what is cancelled."""

    key: str
    url: str
    label: str
    kind: str
    state: str
    path: str
    done: str
    strike: str
    stem: str
    spot: str
    tip: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class MonthMark:
    number: int
    name: str
    place: str
    sector: str
    divider: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class Picture:
    year: int
    label: str
    summary: str
    box: str
    hub: str
    rim: str
    months: tuple[MonthMark, ...]
    weeks: str
    guides: tuple[str, ...]
    marks: tuple[Mark, ...]
    hand: str
    hand_end: tuple[str, str]
    hand_label: str


@dataclass(frozen=True, slots=True)
class Span:
    """An edition with the angles it covers, widened to what can be seen."""

    edition: Edition
    start: float
    end: float
    is_soft: bool


def picture_of(editions: Sequence[Edition], year: int, today: date) -> Picture:
    """Draw a year's editions; they come from `EditionVerbs.for_rows`, so that what is done can be seen."""
    by_kind: dict[str, list[Edition]] = {kind: [] for kind in EntryKind.values}
    for edition in editions:
        by_kind[edition.entry.kind].append(edition)
    rings = _Rings(by_kind, year, today)
    middle = _middle_of(today, year)
    return Picture(
        year=year,
        label=_("Årshjulet %(year)s som bilde") % {"year": year},
        summary=_summary(editions),
        box=f"{-HALF:g} {-HALF:g} {2 * HALF:g} {2 * HALF:g}",
        hub=_number(HUB),
        rim=_number(RIM),
        months=tuple(_month(number, year, today) for number in range(1, 13)),
        weeks=_weeks(year),
        guides=tuple(rings.guides),
        marks=tuple(mark for _due, mark in sorted(rings.marks, key=lambda pair: pair[0])),
        hand=f"M{draw.at(HUB, middle)}L{draw.at(RIM, middle)}" if today.year == year else "",
        hand_end=(_number(draw.point(RIM, middle)[0]), _number(draw.point(RIM, middle)[1])),
        hand_label=_("I dag"),
    )


class _Rings:
    """Lays the kinds out from the middle: what goes on all year, tasks, events; then the pins on the rim."""

    def __init__(self, by_kind: dict[str, list[Edition]], year: int, today: date) -> None:
        self.year, self.today = year, today
        self.marks: list[tuple[date, Mark]] = []
        self.guides: list[str] = []
        self.radius = HUB + BETWEEN_RINGS
        tasks = by_kind[EntryKind.TASK]
        any_time = [edition for edition in tasks if edition.precision == Precision.YEAR]
        dated = [edition for edition in tasks if edition.precision != Precision.YEAR]
        self._whole_rings(by_kind[EntryKind.ONGOING])
        self._lanes([any_time, dated, by_kind[EntryKind.EVENT]])
        self._pins(by_kind[EntryKind.DEADLINE])

    def _whole_rings(self, editions: list[Edition]) -> None:
        pitch = min(ONGOING_PITCH, 60 / max(1, len(editions)))
        for edition in editions:
            middle = self.radius + pitch / 2
            if edition.precision == Precision.YEAR:
                path, (x, y) = draw.ring(middle, pitch * FILL), draw.point(middle, 0)
            else:
                span = self._span(edition, middle, pitch)
                path, (x, y) = self._petal(span, middle, pitch), draw.point(middle, (span.start + span.end) / 2)
            self._add(edition, path=path, x=x, y=y)
            self.radius += pitch
        self._close_ring(bool(editions))

    def _lanes(self, groups: list[list[Edition]]) -> None:
        """Pack each group into as few lanes as it needs, all of one width, from the outside where room is most."""
        shown = [group for group in groups if group]
        packed = [self._packed(group, 10.0) for group in shown]
        count = sum(1 + max(lanes) for _spans, lanes in packed)
        room = RIM - self.radius - BETWEEN_RINGS * len(shown)
        pitch = min(WIDEST_PITCH, room / max(1, count))
        for spans, lanes in packed:
            outermost = self.radius + pitch * (1 + max(lanes))
            for span, lane in zip(spans, lanes, strict=True):
                self._place(span, outermost - pitch * (lane + 0.5), pitch)
            self.radius = outermost
            self._close_ring(is_drawn=True)

    def _packed(self, group: list[Edition], pitch: float) -> tuple[list[Span], list[int]]:
        """Spans in the order of the year, each with its lane. Measured near the middle, where room is least."""
        spans = sorted(
            (self._span(edition, self.radius + 30, pitch + 8) for edition in group),
            key=lambda span: (span.start, -span.end),
        )
        return spans, draw.lanes([(span.start, span.end) for span in spans], gap=0.4)

    def _span(self, edition: Edition, middle: float, pitch: float) -> Span:
        """The angles of an edition's window, never less than a dot."""
        start = draw.start_angle(edition.earliest_on, self.year)
        end = draw.end_angle(edition.latest_on, self.year)
        least = pitch * FILL * 360 / (2 * 3.1416 * middle)
        if end - start < least:
            centre = min(max((start + end) / 2, least / 2), 360 - least / 2)
            start, end = centre - least / 2, centre + least / 2
        is_soft = edition.precision not in EXACT
        return Span(edition, start + 0.35 * is_soft, end - 0.35 * is_soft, is_soft)

    def _petal(self, span: Span, middle: float, pitch: float, cut: float | None = None) -> str:
        return draw.petal(middle, pitch * FILL, span.start, span.end, soft=span.is_soft, cut=cut)

    def _place(self, span: Span, middle: float, pitch: float) -> None:
        edition = span.edition
        total, done = getattr(edition, "task_count", 0), getattr(edition, "done_count", 0)
        cut = None if done == total else span.start + (span.end - span.start) * done / total
        x, y = draw.point(middle, (span.start + span.end) / 2)
        self._add(
            edition,
            path=self._petal(span, middle, pitch),
            done=self._petal(span, middle, pitch, cut) if done else "",
            strike=f"M{draw.at(middle, span.start)}{draw.arc(middle, span.start, span.end)}",
            x=x,
            y=y,
        )

    def _pins(self, editions: list[Edition]) -> None:
        spans = sorted((self._span(edition, PINS, 24.0) for edition in editions), key=lambda span: span.start)
        rows = draw.lanes([(span.start, span.end) for span in spans])
        pitch = min(PIN_PITCH, (MONTHS - 18 - PINS) / max(1, max(rows, default=0)))
        for span, row in zip(spans, rows, strict=True):
            angle, height = (span.start + span.end) / 2, PINS + pitch * row
            x, y = draw.point(height, angle)
            self._add(
                span.edition,
                path=draw.diamond(height, angle, 9.5),
                strike=f"M{x - 12:.1f} {y:.1f}L{x + 12:.1f} {y:.1f}",
                stem=f"M{draw.at(HUB, angle)}L{draw.at(PINS, angle)}" if row == 0 else "",
                x=x,
                y=y,
            )

    def _close_ring(self, is_drawn: bool) -> None:
        if is_drawn:
            self.guides.append(_number(self.radius + BETWEEN_RINGS / 2))
            self.radius += BETWEEN_RINGS

    def _add(self, edition: Edition, *, path: str, x: float, y: float, **parts: str) -> None:
        state = state_of(edition, today=self.today)
        if not edition.is_cancelled:
            parts["strike"] = ""
        mark = _mark(edition, state, path=path, spot=f"{_number(x)} {_number(y)}", parts=parts)
        self.marks.append((edition.due_on, mark))


def _mark(edition: Edition, state: str, *, path: str, spot: str, parts: dict[str, str]) -> Mark:
    said = when_of(edition)
    kind = str(KINDS[edition.entry.kind][1])
    status = _status(edition, state)
    day = said.days if said.days and edition.entry.kind != EntryKind.ONGOING else said.phrase
    words = [f"{kind}: {edition.said.text.rstrip('.')}", said.phrase, said.days, said.bound, status]
    return Mark(
        key=edition.entry.key,
        url=edition.entry.get_absolute_url(),
        label=". ".join(word for word in words if word),
        kind=edition.entry.kind,
        state=state,
        path=path,
        spot=spot,
        done=parts.get("done", ""),
        strike=parts.get("strike", ""),
        stem=parts.get("stem", ""),
        tip=_tip(f"{kind} · {shortened(day, 22)}", edition.said.text, status),
    )


def _status(edition: Edition, state: str) -> str:
    """Where it stands in words: the cancellation, else how many have ticked, and whether it is late."""
    total, done = getattr(edition, "task_count", 0), getattr(edition, "done_count", 0)
    ticked = _("%(done)d av %(total)d gjort") % {"done": done, "total": total} if total else ""
    if state in ("cancelled", "partly_cancelled", "late"):
        word = str(STATES[state][1])
        return f"{word}, {ticked}" if ticked and state != "cancelled" else word
    return ticked


def _tip(head: str, text: str, status: str) -> tuple[Line, ...]:
    """What the middle says of a mark that is pointed at: kind and day, the text, where it stands."""
    rows = [head, *draw.broken(text, TIP_WIDTH, TIP_LINES), *([status] if status else [])]
    top = -(len(rows) - 1) * 24 / 2
    return tuple(Line(row, _number(top + 24 * number + 6)) for number, row in enumerate(rows))


def _month(number: int, year: int, today: date) -> MonthMark:
    first = date(year, number, 1)
    last = date(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)
    start, end = draw.start_angle(first, year), draw.end_angle(last, year)
    middle = (start + end) / 2
    is_low = 90 < middle < 270
    x, y = draw.point(MONTHS, middle)
    return MonthMark(
        number=number,
        name=month_name(number, language()),
        place=f"translate({_number(x)} {_number(y)}) rotate({_number(middle + 180 if is_low else middle)})",
        sector=draw.sector(HUB, RIM, start, end),
        divider=f"M{draw.at(HUB, start)}L{draw.at(RIM + 6, start)}",
        is_now=(today.year, today.month) == (year, number),
    )


def _weeks(year: int) -> str:
    """A tick on the rim for every Monday."""
    monday = date(year, 1, 1) + timedelta(days=-date(year, 1, 1).weekday() % 7)
    ticks = []
    while monday.year == year:
        angle = draw.start_angle(monday, year)
        ticks.append(f"M{draw.at(RIM, angle)}L{draw.at(RIM + 4, angle)}")
        monday += timedelta(days=7)
    return "".join(ticks)


def _number(value: float) -> str:
    """A length or an angle as the drawing takes it, in whatever language the page is."""
    return f"{value:.1f}"


def _middle_of(day: date, year: int) -> float:
    return (draw.start_angle(day, year) + draw.end_angle(day, year)) / 2


def _summary(editions: Sequence[Edition]) -> str:
    count = len(editions)
    return ngettext("%(count)d punkt", "%(count)d punkter", count) % {"count": count}
