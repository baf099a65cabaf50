"""Laying a year's editions out: which ring, which lane of it, which angles; and gathering what would be too many.

Rings lie from the middle and out, each with as few lanes as its editions need. Where the lanes would be too thin for
their numbers, editions of one ring that cover the same days are drawn as one; where that is not enough, those that are
short and of one month; and at last all of one month.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import lru_cache
from itertools import groupby

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annual_wheel import wheel_shapes as draw
from annual_wheel.models import EntryKind, Precision
from annual_wheel.phrases import shortened
from annual_wheel.wheel_shapes import Ends, Scale
from annual_wheel.year_editions import YearEdition
from config.lib.ui import KINDS

HUB = 126.0  # the middle, where the year stands
RIM = 440.0  # where the rings end
BETWEEN_RINGS = 12.0
WIDEST, LEGIBLE = 34.0, 19.0  # the thickest a lane is drawn, and the thinnest that holds a number
PINS, PIN_SIZE = 474.0, 14.5  # where the heads of the pins stand
NARROW = 260.0  # a radius near the middle, where room is least
DIGIT = 8.5  # the width of a sign of a figure
FARTHEST = 6.0  # degrees that a head may stand from its day
FILL = 0.84  # how much of its lane an edition takes
MOST_RINGS = 6
EXACT = (Precision.DAY, Precision.DAYS, Precision.WEEK)
KIND_RINGS = (EntryKind.ONGOING, EntryKind.TASK, EntryKind.EVENT)


@dataclass(frozen=True, slots=True)
class Numbered:
    number: int
    edition: YearEdition


@dataclass(frozen=True, slots=True)
class Span:
    """Editions drawn as one, with the angles they cover; `least` is the shortest arc that can be seen, in lengths."""

    editions: tuple[Numbered, ...]
    start: float
    end: float
    ends: Ends

    @property
    def is_whole(self) -> bool:
        return self.end - self.start > 359.9


@dataclass(frozen=True, slots=True)
class Ring:
    name: str
    letter: str
    count: int


@dataclass(frozen=True, slots=True)
class Placed:
    span: Span
    middle: float
    pitch: float
    head: float = 0.0  # of a pin: the angle of its head


@dataclass(frozen=True, slots=True)
class Layout:
    rings: tuple[Ring, ...]
    hub: float  # where the innermost ring begins
    edges: tuple[float, ...]  # the outer edge of each ring
    lanes: tuple[Placed, ...]
    pins: tuple[Placed, ...]


@dataclass
class Sorted:
    """What goes in one ring, before it is packed."""

    name: str
    editions: list[Numbered] = field(default_factory=list)


def laid_out(editions: Sequence[YearEdition], scale: Scale, *, by: str) -> Layout:
    """Lay editions out that stand in the order of the year's list; they are numbered in that order.

    Where each lies is worked out once, whatever is ticked off in it.
    """
    layout = _laid_out(tuple(edition.unticked() for edition in editions), scale, by, get_language())

    def ticked(placed: Placed) -> Placed:
        own = tuple(Numbered(one.number, editions[one.number - 1]) for one in placed.span.editions)
        return replace(placed, span=replace(placed.span, editions=own))

    return replace(layout, lanes=tuple(map(ticked, layout.lanes)), pins=tuple(map(ticked, layout.pins)))


@lru_cache(maxsize=64)
def _laid_out(editions: tuple[YearEdition, ...], scale: Scale, by: str, _language: str | None) -> Layout:
    numbered = [Numbered(number, edition) for number, edition in enumerate(editions, 1)]
    numbered = _ongoing_once(numbered)
    groups = rings_of(numbered, by)
    for gathering in GATHERINGS:
        packed = [_packed(group.editions, scale, gathering) for group in groups]
        if _pitch(packed) >= LEGIBLE:
            break
    lettered = [Ring(group.name, chr(65 + number), len(group.editions)) for number, group in enumerate(groups)]
    deadlines = [one for one in numbered if one.edition.entry.kind == EntryKind.DEADLINE]
    return Layout(tuple(lettered), *_placed(packed), pins=tuple(_pins(deadlines, scale)))


def _ongoing_once(numbered: list[Numbered]) -> list[Numbered]:
    """What goes on all year is one ring, also where the days shown belong to two years of it."""
    seen: set[int] = set()
    kept = []
    for one in numbered:
        edition = one.edition
        if edition.entry.kind == EntryKind.ONGOING and edition.precision == Precision.YEAR:
            if edition.entry_id in seen:
                continue
            seen.add(edition.entry_id)
        kept.append(one)
    return kept


def rings_of(numbered: list[Numbered], by: str) -> list[Sorted]:
    """The rings that have something, from the middle and out. Deadlines are pins and in no ring."""
    inside = [one for one in numbered if one.edition.entry.kind != EntryKind.DEADLINE]
    if by == "type":
        rings = [
            Sorted(str(KINDS[kind][1]), [one for one in inside if one.edition.entry.kind == kind])
            for kind in KIND_RINGS
        ]
        return [ring for ring in rings if ring.editions]
    found: dict[str, Sorted] = {}
    for one in inside:
        key, name = _lead(one.edition) if by == "ansvar" else _goal(one.edition)
        found.setdefault(key, Sorted(name)).editions.append(one)
    nobody = found.pop("", None)
    largest = sorted(found.values(), key=lambda ring: (len(ring.editions), ring.name))
    room = MOST_RINGS - bool(nobody)
    rest = [one for ring in largest[:-room] for one in ring.editions]
    others = [Sorted(_("Andre"), sorted(rest, key=lambda one: one.number))] if len(largest) > room else []
    return [*([nobody] if nobody else []), *others, *largest[-room:]]


def _lead(edition: YearEdition) -> tuple[str, str]:
    slug, name = edition.lead
    return (slug, name) if slug else ("", _("Uten ansvarlig"))


def _goal(edition: YearEdition) -> tuple[str, str]:
    goals = [goal for aim in edition.aims for goal in aim.goals]
    return (goals[0][0], shortened(goals[0][1], 60)) if goals else ("", _("Uten mål"))


Lanes = tuple[list[Span], list[int]]


class Gathering(Enum):
    """What is drawn as one: nothing, the same days, what is short and of one month, or all of one month."""

    NONE = auto()
    DAYS = auto()
    SHORT = auto()
    MONTH = auto()


GATHERINGS = tuple(Gathering)
SHORTER = {Gathering.NONE: -1.0, Gathering.DAYS: -1.0, Gathering.SHORT: 25.0, Gathering.MONTH: 45.0}  # degrees


def _packed(editions: Sequence[Numbered], scale: Scale, gathering: Gathering) -> Lanes:
    """Spans in the order of the year, each with its lane. Measured near the middle, where room is least."""
    room = 26 if len(str(max((one.number for one in editions), default=0))) < 3 else 34
    spans = [span_of((one,), scale, least=_angle(room)) for one in editions]
    if gathering is not Gathering.NONE:
        spans = _gathered(spans, scale, gathering)
    spans.sort(key=lambda span: (span.start, -span.end, span.editions[0].number))
    return spans, draw.lanes([(span.start, span.end) for span in spans], gap=0.4)


def _gathered(spans: list[Span], scale: Scale, gathering: Gathering) -> list[Span]:
    """One span for all that belong together, from the beginning of the first to the end of the last."""

    def group(span: Span) -> tuple[float, float]:
        if span.end - span.start <= SHORTER[gathering]:
            return -1.0, scale.twelfth((span.start + span.end) / 2)
        return span.start, span.end

    found = []
    for _group, same in groupby(sorted(spans, key=lambda span: (group(span), span.editions[0].number)), key=group):
        together = list(same)
        first, last = min(together, key=lambda span: span.start), max(together, key=lambda span: span.end)
        editions = tuple(one for span in together for one in span.editions)
        found.append(_wide_enough(Span(editions, first.start, last.end, Ends(first.ends.start, last.ends.end))))
    return found


def _wide_enough(span: Span) -> Span:
    """A span of several made wide enough for the least that can be said of them."""
    if len(span.editions) == 1:
        return span
    start, end = at_least(span.start, span.end, _angle(figure_length(f"{span.editions[0].number}+") + 22))
    return replace(span, start=start, end=end)


def _angle(length: float) -> float:
    """The angle of a length near the middle, where room is least."""
    return length * 360 / (2 * math.pi * NARROW)


def at_least(start: float, end: float, least: float) -> tuple[float, float]:
    """The same angles, or the least that can be seen about their middle, within the turn."""
    if end - start >= least:
        return start, end
    centre = min(max((start + end) / 2, least / 2), 360 - least / 2)
    return centre - least / 2, centre + least / 2


def figure_of(editions: tuple[Numbered, ...]) -> str:
    """The number, or from the first to the last of several."""
    first, last = editions[0].number, editions[-1].number
    if first == last:
        return str(first)
    return f"{first}–{last}" if last - first + 1 == len(editions) else f"{first}+{len(editions) - 1}"


def figure_length(figure: str) -> float:
    return DIGIT * len(figure)


def span_of(editions: tuple[Numbered, ...], scale: Scale, *, least: float) -> Span:
    """The angles of a window, never less than can be seen and never more than the turn."""
    edition = editions[0].edition
    start, end = scale.start(edition.earliest_on), scale.end(edition.latest_on)
    if edition.entry.kind == EntryKind.ONGOING and edition.precision == Precision.YEAR:
        start, end = 0.0, 360.0
    start, end = at_least(start, end, least)
    own = "round" if edition.precision in EXACT else "soft"
    ends = Ends("flat" if edition.earliest_on < scale.first else own, "flat" if edition.latest_on > scale.last else own)
    gap = 0.3 if own == "soft" and end - start < 359 else 0.0
    return Span(editions, start + gap * (ends.start != "flat"), end - gap * (ends.end != "flat"), ends)


def _pitch(packed: list[Lanes]) -> float:
    count = sum(1 + max(lanes) for _spans, lanes in packed)
    room = RIM - HUB - BETWEEN_RINGS * (len(packed) + 1)
    return min(WIDEST, room / max(1, count))


def _placed(packed: list[Lanes]) -> tuple[float, tuple[float, ...], tuple[Placed, ...]]:
    """Lanes of one width, filled from the outside of each ring, where room is most; the rings lie against the rim."""
    pitch = _pitch(packed)
    used = sum(pitch * (1 + max(lanes)) + BETWEEN_RINGS for _spans, lanes in packed)
    radius = hub = RIM - used
    edges, placed = [], []
    for spans, lanes in packed:
        radius += BETWEEN_RINGS + pitch * (1 + max(lanes))
        edges.append(radius)
        placed += [Placed(span, radius - pitch * (lane + 0.5), pitch) for span, lane in zip(spans, lanes, strict=True)]
    return hub, tuple(edges), tuple(placed)


def _pins(deadlines: list[Numbered], scale: Scale) -> list[Placed]:
    """Pins that point at their day. Heads that would cover each other are moved apart; too many on a day are one."""
    least = 2.15 * PIN_SIZE * 360 / (2 * math.pi * PINS)
    spans = sorted((span_of((one,), scale, least=0) for one in deadlines), key=_middle)
    heads = draw.apart([_middle(span) for span in spans], least)
    if any(abs(_middle(span) - head) > FARTHEST for span, head in zip(spans, heads, strict=True)):
        spans = sorted(_gathered(spans, scale, Gathering.DAYS), key=_middle)
        heads = draw.apart([_middle(span) for span in spans], least)
    return [Placed(span, PINS, PIN_SIZE, head) for span, head in zip(spans, heads, strict=True)]


def _middle(span: Span) -> float:
    return (span.start + span.end) / 2
