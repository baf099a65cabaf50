"""Pure geometry of the wheel: days to angles, angles to points, points to paths, spans to lanes.

The year runs clockwise from the top. Lengths are in the units of the drawing, with the centre at 0, 0.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Scale:
    """Days laid out evenly on a whole turn; days outside are at its ends."""

    first: date
    last: date

    @property
    def day(self) -> float:
        """The degrees of one day."""
        return 360 / ((self.last - self.first).days + 1)

    def twelfth(self, angle: float) -> float:
        """Which twelfth an angle is in: the month, where the turn is a year."""
        if (self.last - self.first).days < 300:
            return angle // 30
        day = self.first + timedelta(days=int(min(angle, 359.9) / self.day + 1e-6))
        return day.year * 12.0 + day.month

    def start(self, day: date) -> float:
        """Degrees from the top to the morning of a day."""
        return min(max((day - self.first).days * self.day, 0.0), 360.0)

    def end(self, day: date) -> float:
        """Degrees from the top to the night after a day."""
        return min(max(((day - self.first).days + 1) * self.day, 0.0), 360.0)


def number(value: float) -> str:
    """A length or an angle as short as the drawing takes it, in whatever language the page is."""
    words = f"{value:.1f}".removesuffix(".0")
    return "0" if words == "-0" else words


def point(radius: float, angle: float) -> tuple[float, float]:
    turn = math.radians(angle)
    return radius * math.sin(turn), -radius * math.cos(turn)


def at(radius: float, angle: float) -> str:
    x, y = point(radius, angle)
    return f"{number(x)} {number(y)}"


def arc(radius: float, start: float, end: float) -> str:
    """The rest of a path from a point on the circle, at `start`, to `end`; backwards where `end` is the smaller."""
    large = int(abs(end - start) > 180)
    return f"A{number(radius)} {number(radius)} 0 {large} {int(end > start)} {at(radius, end)}"


def sector(inner: float, outer: float, start: float, end: float) -> str:
    """A piece of a ring."""
    return f"M{at(inner, start)}L{at(outer, start)}{arc(outer, start, end)}L{at(inner, end)}{arc(inner, end, start)}Z"


@dataclass(frozen=True, slots=True)
class Ends:
    """How a piece of a lane ends on either side: round, soft (no exact day), or flat where it goes on beyond."""

    start: str = "round"
    end: str = "round"


REACH = {"flat": 0.0, "round": 1.0, "soft": 2.6}
BEND = {"flat": 0.0, "round": 0.0, "soft": 0.4}
MOST = {"flat": 0.0, "round": 0.5, "soft": 0.32}  # of the piece that an end may take: what is short is still no point
LOST = {"flat": 0.0, "round": 0.3, "soft": 0.5}  # of an end that is too narrow for a figure


def petal(middle: float, width: float, start: float, end: float, ends: Ends, cut: float | None = None) -> str:
    """A piece of a lane. With `cut` it stops straight across at that angle; empty where that leaves nothing."""
    inner, outer = middle - width / 2, middle + width / 2
    first, last = _ends(math.degrees(width / 2 / middle), end - start, ends)
    left, right = start + first, end - last
    before, after = start + (left - start) * BEND[ends.start], end - (end - right) * BEND[ends.end]
    if cut is not None and cut <= left:
        return ""
    path = f"M{at(middle, start)}Q{at(outer, before)} {at(outer, left)}" if left > start else f"M{at(outer, left)}"
    if cut is not None and cut < right:
        path += f"{arc(outer, left, cut)}L{at(inner, cut)}{arc(inner, cut, left)}"
    else:
        tip = f"Q{at(outer, after)} {at(middle, end)}Q{at(inner, after)} {at(inner, right)}"
        path += f"{arc(outer, left, right)}{tip if right < end else f'L{at(inner, right)}'}{arc(inner, right, left)}"
    return f"{path}Q{at(inner, before)} {at(middle, start)}Z" if left > start else f"{path}Z"


def _ends(half: float, length: float, ends: Ends) -> tuple[float, float]:
    """How much of a piece its ends take, in the unit of half its width and of its length."""
    first, last = (min(MOST[end] * length, half * REACH[end]) for end in (ends.start, ends.end))
    return first, last


def room(width: float, length: float, ends: Ends) -> float:
    """The length within a piece of a lane where a figure may stand."""
    first, last = _ends(width / 2, length, ends)
    return length - first * LOST[ends.start] - last * LOST[ends.end]


def line(radius: float, start: float, end: float) -> str:
    """An open arc, for words to stand on: read from left to right also in the lower half."""
    first, last = (end, start) if 90 < (start + end) / 2 % 360 < 270 else (start, end)
    return f"M{at(radius, first)}{arc(radius, first, last)}"


def ring(middle: float, width: float) -> str:
    """A whole ring, to be filled by the even-odd rule."""
    return "".join(
        f"M{at(radius, 0)}{arc(radius, 0, 180)}{arc(radius, 180, 360)}Z"
        for radius in (middle + width / 2, middle - width / 2)
    )


def pin(radius: float, head: float, size: float, foot: float, angle: float) -> str:
    """A drop with a round head on the circle at `head`, its point at the radius `foot` and the angle it is about."""
    x, y = point(radius, head)
    tip_x, tip_y = point(foot, angle)
    away = math.atan2(y - tip_y, x - tip_x)
    sides = [(x + size * math.cos(away + turn), y + size * math.sin(away + turn)) for turn in (-2.2, 2.2)]
    left, right = (f"{number(a)} {number(b)}" for a, b in sides)
    return f"M{number(tip_x)} {number(tip_y)}L{left}A{number(size)} {number(size)} 0 1 1 {right}Z"


def apart(angles: Sequence[float], least: float) -> list[float]:
    """Move angles in rising order as little as it takes for each to be `least` from the next."""
    groups: list[list[float]] = []  # the middle and the count of those that stand close together
    for angle in angles:
        groups.append([angle, 1])
        while len(groups) > 1 and groups[-1][0] - groups[-2][0] < least * (groups[-1][1] + groups[-2][1]) / 2:
            last, before = groups.pop(), groups.pop()
            count = last[1] + before[1]
            groups.append([(last[0] * last[1] + before[0] * before[1]) / count, count])
    return [middle + least * (place - (count - 1) / 2) for middle, count in groups for place in range(int(count))]


def lanes(spans: Sequence[tuple[float, float]], gap: float = 0.0) -> list[int]:
    """Give each span the first lane that is free where it starts; longer ones are placed before shorter ones."""
    order = sorted(range(len(spans)), key=lambda index: (spans[index][0], -spans[index][1], index))
    free_from: list[float] = []
    chosen = [0] * len(spans)
    for index in order:
        start, end = spans[index]
        lane = next((number for number, free in enumerate(free_from) if free + gap <= start), len(free_from))
        if lane == len(free_from):
            free_from.append(end)
        free_from[lane] = end
        chosen[index] = lane
    return chosen


def broken(text: str, width: int, most: int) -> tuple[str, ...]:
    """The text in lines of at most `width` signs, ending in … where it does not fit."""
    rows = [""]
    for word in text.split():
        if rows[-1] and len(rows[-1]) + 1 + len(word) > width:
            rows.append(word)
        else:
            rows[-1] = f"{rows[-1]} {word}".strip()
    if len(rows) > most:
        rows = [*rows[: most - 1], f"{rows[most - 1].rstrip(',;:.–')} …"]
    return tuple(rows)
