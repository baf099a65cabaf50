"""Pure geometry of the wheel: days to angles, angles to points, points to paths, spans to lanes.

The year runs clockwise from the top. Lengths are in the units of the drawing, with the centre at 0, 0.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Sequence
from datetime import date


def days_in(year: int) -> int:
    return 366 if calendar.isleap(year) else 365


def start_angle(day: date, year: int) -> float:
    """Degrees from the top to the morning of a day; days outside the year are at its ends."""
    if day.year != year:
        return 0.0 if day.year < year else 360.0
    return (day.timetuple().tm_yday - 1) * 360 / days_in(year)


def end_angle(day: date, year: int) -> float:
    """Degrees from the top to the night after a day."""
    if day.year != year:
        return 0.0 if day.year < year else 360.0
    return day.timetuple().tm_yday * 360 / days_in(year)


def point(radius: float, angle: float) -> tuple[float, float]:
    turn = math.radians(angle)
    return radius * math.sin(turn), -radius * math.cos(turn)


def at(radius: float, angle: float) -> str:
    x, y = point(radius, angle)
    return f"{x:.1f} {y:.1f}"


def arc(radius: float, start: float, end: float) -> str:
    """The rest of a path from a point on the circle, at `start`, to `end`; backwards where `end` is the smaller."""
    large = int(abs(end - start) > 180)
    return f"A{radius:.1f} {radius:.1f} 0 {large} {int(end > start)} {at(radius, end)}"


def sector(inner: float, outer: float, start: float, end: float) -> str:
    """A piece of a ring."""
    return f"M{at(inner, start)}L{at(outer, start)}{arc(outer, start, end)}L{at(inner, end)}{arc(inner, end, start)}Z"


def petal(middle: float, width: float, start: float, end: float, *, soft: bool, cut: float | None = None) -> str:
    """A piece of a lane, round at its ends; soft ends taper slowly, for what has no exact first and last day.

    With `cut` the piece stops straight across at that angle; empty where that leaves nothing.
    """
    inner, outer = middle - width / 2, middle + width / 2
    reach = math.degrees(width / 2 / middle)
    shoulder = min((end - start) / 2, reach * (2.6 if soft else 1))
    left, right = start + shoulder, end - shoulder
    bend = shoulder * (0.4 if soft else 0)
    if cut is not None and cut <= left:
        return ""
    path = f"M{at(middle, start)}Q{at(outer, start + bend)} {at(outer, left)}"
    if cut is not None and cut < right:
        path += f"{arc(outer, left, cut)}L{at(inner, cut)}{arc(inner, cut, left)}"
    else:
        path += f"{arc(outer, left, right)}Q{at(outer, end - bend)} {at(middle, end)}"
        path += f"Q{at(inner, end - bend)} {at(inner, right)}{arc(inner, right, left)}"
    return f"{path}Q{at(inner, start + bend)} {at(middle, start)}Z"


def ring(middle: float, width: float) -> str:
    """A whole ring, to be filled by the even-odd rule."""
    return "".join(
        f"M{at(radius, 0)}{arc(radius, 0, 180)}{arc(radius, 180, 360)}Z"
        for radius in (middle + width / 2, middle - width / 2)
    )


def diamond(radius: float, angle: float, size: float) -> str:
    """A square on its corner, with its centre on the circle."""
    x, y = point(radius, angle)
    corners = ((x, y - size), (x + size, y), (x, y + size), (x - size, y))
    return "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in corners) + "Z"


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
