"""From one point to another: "3.–5. mai", "mai/juni", "medio mai – medio juni"."""

from __future__ import annotations

import re

from .errors import Code, Unreadable
from .points import read_point
from .window import Frame, Precision, Window
from .words import write

BETWEEN = re.compile(r" ?- ?| ?/ ?| (?:til og med|til|t\.?o\.?m\.?|to|through|until|og|and) ")
LEAD = re.compile(r"(?:fra og med|fra|f\.?o\.?m\.?|from|mellom|between) ")
JOINED = {Precision.DAY: Precision.DAYS, Precision.MONTH: Precision.MONTHS}
ENDS = {Precision.DAY, Precision.WEEK, Precision.PART_OF_MONTH, Precision.MONTH}


def read_range(text: str, frame: Frame) -> Window | None:
    """Tries every place where the words can be parted; what is wrong with an end is told if none of them fits."""
    text = LEAD.sub("", text, count=1) if LEAD.match(text) else text
    trouble: Unreadable | None = None
    for found in BETWEEN.finditer(text):
        try:
            if ends := read_ends(text[: found.start()], text[found.end() :], frame):
                return join(*ends, frame)
        except Unreadable as error:
            trouble = trouble or error
    if trouble:
        raise trouble
    return None


def read_ends(left: str, right: str, frame: Frame) -> tuple[Window, Window] | None:
    """Either end may lean on the month of the other: "3.–5. mai", "May 3–5"."""
    last = _read_end(right, frame)
    if last is None:
        first = _read_end(left, frame)
        last = read_point(right, Frame(frame.year, first.earliest.month)) if first else None
    else:
        first = read_point(left, Frame(frame.year, last.earliest.month))
    if first is None or last is None or not {first.precision, last.precision} <= ENDS:
        return None
    return first, last


def _read_end(text: str, frame: Frame) -> Window | None:
    try:
        return read_point(text, frame)
    except Unreadable as error:
        if error.code is Code.NEEDS_MONTH:
            return None
        raise


def join(first: Window, last: Window, frame: Frame) -> Window | None:
    if first.earliest > last.earliest or first.latest > last.latest:
        raise Unreadable(Code.BACKWARDS, nearest=write(first))
    if first == last:
        return first
    if first.precision == last.precision:
        return Window("", JOINED.get(first.precision, first.precision), first.earliest, last.latest)
    if first.earliest.year == last.latest.year == frame.year:
        return Window("", Precision.DAYS, first.earliest, last.latest)
    return None
