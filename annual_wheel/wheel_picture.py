"""The picture of a wheel: rings from the middle and out, deadlines as pins on the rim, a thread to today.

`picture_of` gives what `templates/annual_wheel/_picture.svg.html` draws, on a page and on paper alike. Lengths are in
the units of the drawing (1108 across, the centre at 0, 0). The list beside the picture says the same in words, and the
numbers are those of the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from annual_wheel import wheel_shapes as draw
from annual_wheel.asked import Asked
from annual_wheel.models import EntryKind
from annual_wheel.period import Length, Part, Period
from annual_wheel.phrases import language, shortened, when_of
from annual_wheel.rows import in_order, state_of
from annual_wheel.wheel_rings import FILL, RIM, Numbered, Placed, Ring, Span, figure_length, figure_of, laid_out
from annual_wheel.wheel_shapes import Scale
from annual_wheel.when.words import dated_span, span_words
from annual_wheel.year_editions import YearEdition
from config.lib.ui import KINDS, STATES

NAMES = 526.0  # the names of the months
HALF = 554.0
LARGEST_HUB = 236.0
WORDS_PITCH, WORDS_LEAST = 23.0, 120.0  # from here on words stand in the lanes
LETTER = 8.6  # the width of a letter of those words
FEW = 16
TIP_WIDTH, TIP_LINES, TIP_HEIGHT = 23, 5, 23


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words at a height."""

    text: str
    y: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One or several editions drawn as one. `done` is the part that is ticked off, `strike` a line through it all.

    `numbers` are those of the list; `words` stand along `along` where there is room, else `figure` stands at `spot`.
    """

    numbers: str
    url: str
    label: str
    kind: str
    state: str
    path: str
    done: str
    strike: str
    stem: str
    spot: str
    figure: str
    sign: str
    along: str
    words: str
    tip: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sector:
    name: str
    place: str
    area: str
    divider: str
    url: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class Picture:
    label: str
    summary: str
    title: str
    kicker: str
    box: str
    hub: str
    rim: str
    sectors: tuple[Sector, ...]
    ticks: str
    edges: tuple[str, ...]
    rings: tuple[Ring, ...]
    letters: tuple[tuple[str, str], ...]
    marks: tuple[Mark, ...]
    stems: str  # of the pins
    hand: str
    hand_end: tuple[str, str]
    hand_label: str


def picture_of(editions: Sequence[YearEdition], asked: Asked, today: date, *, is_paper: bool = False) -> Picture:
    """Draw editions that meet the days asked for, with words in the lanes where there are few.

    Paper gets no words: what sets it cannot bend them.
    """
    period = asked.period
    scale = Scale(period.first, period.last)
    ordered = in_order(editions, is_whole=period.length is Length.YEAR)
    layout = laid_out(ordered, scale, by=asked.rings)
    hub = min(layout.hub, LARGEST_HUB)
    drawing = _Drawing(asked, scale, today, has_words=not is_paper and len(editions) <= FEW)
    language = get_language()
    marks = [_drawn(drawing, placed, None, language) for placed in layout.lanes]
    marks += [_drawn(drawing, placed, hub, language) for placed in layout.pins]
    marks.sort(key=_first)
    title, kicker = period.short_title
    hand = (scale.start(today) + scale.end(today)) / 2
    return Picture(
        label=_("Årshjulet %(period)s som bilde") % {"period": _in_sentence(period)},
        summary=_summary(editions),
        title=title,
        kicker=kicker,
        box=f"{-HALF:g} {-HALF:g} {2 * HALF:g} {2 * HALF:g}",
        hub=draw.number(hub),
        rim=draw.number(RIM),
        sectors=tuple(_sector(part, asked, scale, hub, today) for part in period.parts()),
        ticks=_ticks(period, scale),
        edges=tuple(draw.number(edge + 6) for edge in layout.edges[:-1]),
        rings=layout.rings,
        letters=tuple(
            (ring.letter, draw.number(6 - edge)) for ring, edge in zip(layout.rings, layout.edges, strict=True)
        ),
        marks=tuple(marks),
        stems="".join(mark.stem for mark in marks),
        hand=f"M{draw.at(hub, hand)}L{draw.at(RIM, hand)}" if period.holds(today) else "",
        hand_end=_spot(RIM, hand),
        hand_label=_("I dag"),
    )


def _first(mark: Mark) -> int:
    return int(mark.numbers.split()[0])


@lru_cache(maxsize=4096)
def _drawn(drawing: _Drawing, placed: Placed, hub: float | None, _language: str | None) -> Mark:
    """A mark, drawn once for what it is drawn from: a tick changes one of two hundred. Pins stand on a hub."""
    return drawing.mark(placed) if hub is None else drawing.pin(placed, hub)


@dataclass(frozen=True, slots=True)
class _Drawing:
    asked: Asked
    scale: Scale
    today: date
    has_words: bool

    def mark(self, placed: Placed) -> Mark:
        span, middle, pitch = placed.span, placed.middle, placed.pitch
        total, done = _ticked(span.editions)
        width, share = pitch * FILL, done / total if total else 0.0
        centre = (span.start + span.end) / 2
        length = (span.end - span.start) * 3.1416 / 180 * middle
        words = self._words(span.editions, length, pitch) if self.has_words else ""
        path, part = _shapes(span, middle, width, share)
        centre = 180.0 if span.is_whole else centre
        room = draw.room(width, length, span.ends) if not span.is_whole else length
        figure = _figure_in(room, span.editions)
        return self._mark(
            span.editions,
            path=path,
            done=part,
            strike=f"M{draw.at(middle, span.start)}{draw.arc(middle, span.start, min(span.end, 359.9))}",
            spot=_turned(middle, centre),
            figure="" if words or pitch < 13 else figure,
            sign=_turned(middle, centre + _beside(centre) * (16 + 4.5 * len(figure)) / middle) if length > 64 else "",
            along=draw.line(middle, span.start, min(span.end, 359.9)) if words else "",
            words=words,
        )

    def pin(self, placed: Placed, hub: float) -> Mark:
        span, height, size = placed.span, placed.middle, placed.pitch
        angle = (span.start + span.end) / 2
        x, y = draw.point(height, placed.head)
        return self._mark(
            span.editions,
            path=draw.pin(height, placed.head, size, RIM, angle),
            strike=f"M{draw.number(x - 15)} {draw.number(y)}h30",
            stem=f"M{draw.at(hub, angle)}L{draw.at(RIM, angle)}",
            spot=f"translate({' '.join(_spot(height, placed.head))})",
            figure=_figure_in(2 * size - 3, span.editions),
        )

    def _mark(
        self, editions: tuple[Numbered, ...], *, strike: str, sign: str = "", done: str = "", stem: str = "",
        along: str = "", words: str = "", **drawn: object,
    ) -> Mark:  # fmt: skip
        state = _state(editions, self.today)
        is_struck = all(one.edition.is_cancelled for one in editions)
        return Mark(
            numbers=" ".join(str(one.number) for one in editions),
            url=self._url(editions),
            label=_label(editions, self.today),
            kind=editions[0].edition.entry.kind,
            state=state,
            strike=strike if is_struck else "",
            sign=sign if state in ("done", "late") and not words else "",
            done="" if is_struck else done,
            stem=stem,
            along=along,
            words=words,
            tip=_tip(editions, self.today),
            **drawn,  # type: ignore[arg-type]
        )

    def _url(self, editions: tuple[Numbered, ...]) -> str:
        """One edition opens its own page; several open the month that holds them, where they are drawn one by one."""
        edition = editions[0].edition
        if len(editions) == 1:
            address = edition.entry.get_absolute_url()
            return address if edition.year == self.today.year else f"{address}?aar={edition.year}"
        first, last = _window(editions)
        if self.asked.period.length is Length.YEAR and (first.year, first.month) == (last.year, last.month):
            return self.asked.url(month=first.month)
        return f"#p{editions[0].number}"

    def _words(self, editions: tuple[Numbered, ...], length: float, pitch: float) -> str:
        """The number and as many words as the lane holds; nothing where that would say too little."""
        if pitch < WORDS_PITCH or length < WORDS_LEAST or len(editions) > 1:
            return ""
        text = f"{editions[0].number}  {editions[0].edition.entry.text.rstrip('.')}"
        return shortened(text, min(64, int((length - 24) / LETTER)))


def _shapes(span: Span, middle: float, width: float, share: float) -> tuple[str, str]:
    """The piece of the lane, and the part of it that is done."""
    if not span.is_whole:
        cut = None if share >= 1 else span.start + (span.end - span.start) * share
        path = draw.petal(middle, width, span.start, span.end, span.ends)
        return path, draw.petal(middle, width, span.start, span.end, span.ends, cut) if share else ""
    path = draw.ring(middle, width)
    if share >= 1:
        return path, path
    return path, draw.sector(middle - width / 2, middle + width / 2, 0, 360 * share) if share else ""


def _turned(radius: float, angle: float) -> str:
    """A place on a circle, turned so that what stands there follows the lane and is never upside down."""
    turn = angle + 180 if 90 < angle % 360 < 270 else angle
    return f"translate({' '.join(_spot(radius, angle))}) rotate({draw.number(turn)})"


def _beside(angle: float) -> float:
    """Which way along the lane the right-hand side lies, in degrees for each unit of length at radius 1."""
    return -57.3 if 90 < angle % 360 < 270 else 57.3


def _figure_in(room: float, editions: tuple[Numbered, ...]) -> str:
    """The fullest figure that the room holds, and the first number where it holds none."""
    first = str(editions[0].number)
    fuller = [figure_of(editions), f"{first}+"] if len(editions) > 1 else []
    return next((figure for figure in fuller if figure_length(figure) <= room), first)


def _state(editions: tuple[Numbered, ...], today: date) -> str:
    """Of several the state that asks most: late, else what is open, else what they all are."""
    states = {state_of(one.edition, today=today) for one in editions}
    if len(states) == 1:
        return states.pop()
    return "late" if "late" in states else "in_progress"


def _ticked(editions: tuple[Numbered, ...]) -> tuple[int, int]:
    return sum(one.edition.task_count for one in editions), sum(one.edition.done_count for one in editions)


def _label(editions: tuple[Numbered, ...], today: date) -> str:
    """The name of the link, with everything that the drawing says."""
    edition = editions[0].edition
    said = when_of(edition)
    if len(editions) > 1:
        head = _("%(count)d punkter, nummer %(numbers)s") % {"count": len(editions), "numbers": figure_of(editions)}
        return f"{head}. {_days(editions)}. {_status(editions, today)}".removesuffix(". ")
    head = f"{editions[0].number}. {KINDS[edition.entry.kind][1]}: {edition.entry.text.rstrip('.')}"
    return ". ".join(word for word in (head, said.phrase, said.days, said.bound, _status(editions, today)) if word)


def _window(editions: tuple[Numbered, ...]) -> tuple[date, date]:
    return min(one.edition.earliest_on for one in editions), max(one.edition.latest_on for one in editions)


def _days(editions: tuple[Numbered, ...]) -> str:
    """When several are: as the first of them says where they are the same days, else from the first to the last."""
    first, last = _window(editions)
    edition = editions[0].edition
    if all((one.edition.earliest_on, one.edition.latest_on) == (first, last) for one in editions):
        said = when_of(edition)
        return said.days or said.phrase
    return dated_span(first, last, language()) if first.year != last.year else span_words(first, last, language())


def _status(editions: tuple[Numbered, ...], today: date) -> str:
    """Where it stands in words: the cancellation, else how many have ticked, and whether it is late."""
    total, done = _ticked(editions)
    state = _state(editions, today)
    ticked = _("%(done)d av %(total)d gjort") % {"done": done, "total": total} if total else ""
    if state in ("cancelled", "partly_cancelled", "late"):
        word = str(STATES[state][1])
        return f"{word}, {ticked}" if ticked and state != "cancelled" else word
    return ticked


def _tip(editions: tuple[Numbered, ...], today: date) -> tuple[Line, ...]:
    """What the middle says of a mark that is pointed at: number, kind and day, the text, where it stands."""
    edition = editions[0].edition
    said = when_of(edition)
    day = said.days if said.days and edition.entry.kind != EntryKind.ONGOING else said.phrase
    if len(editions) > 1:
        text, day = (
            ngettext("%(count)d punkt", "%(count)d punkter", len(editions)) % {"count": len(editions)},
            _days(editions),
        )
    else:
        text = edition.entry.text
    status = _status(editions, today)
    rows = [f"{figure_of(editions)} · {shortened(day, 18)}", *draw.broken(text, TIP_WIDTH, TIP_LINES)]
    rows += [status] if status else []
    top = -(len(rows) - 1) * TIP_HEIGHT / 2
    return tuple(Line(row, draw.number(top + TIP_HEIGHT * number + 6)) for number, row in enumerate(rows))


def _sector(part: Part, asked: Asked, scale: Scale, hub: float, today: date) -> Sector:
    start, end = scale.start(part.first), scale.end(part.last)
    middle = (start + end) / 2
    is_low = 90 < middle < 270
    x, y = draw.point(NAMES, middle)
    opens = asked.url(month=part.month, week=None) if part.month else asked.url(week=part.week, month=0)
    # A piece of a week at a month's end has no room for its name.
    name = part.name if end - start > 1.5 * len(part.name) else part.name.partition(" · ")[0].rsplit(" ", 1)[-1]
    return Sector(
        name=name,
        place=f"translate({draw.number(x)} {draw.number(y)}) rotate({draw.number(middle + 180 if is_low else middle)})",
        area=draw.sector(hub, RIM, start, end),
        divider=f"M{draw.at(hub, start)}L{draw.at(RIM + 6, start)}",
        url=opens if part.month or part.week else "",
        is_now=part.first <= today <= part.last,
    )


def _ticks(period: Period, scale: Scale) -> str:
    """A tick on the rim for every Monday of a year, for every day of a month."""
    step = 7 if period.length is Length.YEAR else 1
    day = period.first + timedelta(days=-period.first.weekday() % 7 if step == 7 else 0)
    ticks = []
    while day <= period.last:
        angle = scale.start(day)
        ticks.append(f"M{draw.at(RIM, angle)}L{draw.at(RIM + 5, angle)}")
        day += timedelta(days=step)
    return "".join(ticks)


def _spot(radius: float, angle: float) -> tuple[str, str]:
    x, y = draw.point(radius, angle)
    return draw.number(x), draw.number(y)


def _in_sentence(period: Period) -> str:
    return period.title if period.length is Length.YEAR else period.title.lower()


def _summary(editions: Sequence[YearEdition]) -> str:
    count = len(editions)
    return ngettext("%(count)d punkt", "%(count)d punkter", count) % {"count": count}
