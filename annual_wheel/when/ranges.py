"""From one point to another: "3.–5. mai", "mai/juni", "medio mai – medio juni"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from .errors import Code, Unreadable
from .local import read_local
from .points import read_point
from .semesters import turn_said
from .text import without_lead
from .window import Frame, Precision, Window, last_day, turns_year
from .words import write

BETWEEN = re.compile(r" ?- ?| ?/ ?| (?:til og med|til|t\.?o\.?m\.?|to|through|until|og|and|eller|or) ")
LEAD = re.compile(r"(?:fr[aå] og med|fr[aå]|f\.?o\.?m\.?|from|mellom|between) ")
LIMITS = re.compile(
    r"(?:tidligst|tidlegast|earliest|at the earliest) (?P<first>.+?),? (?:(?:og|and) )?"
    r"(?:senest|seinest|seinast|latest|at the latest|no later than) (?P<last>.+)"
)
JOINED = {Precision.DAY: Precision.DAYS, Precision.MONTH: Precision.MONTHS}
ENDS = {Precision.DAY, Precision.DAYS, Precision.WEEK, Precision.PART_OF_MONTH, Precision.MONTH, Precision.MONTHS}


def read_range(text: str, frame: Frame) -> Window | None:
    """Tries every place where the words can be parted; what is wrong with an end is told if none of them fits."""
    whole, is_between = text, text.startswith(("mellom ", "between "))
    text = LEAD.sub("", text, count=1) if LEAD.match(text) else text
    trouble: Unreadable | None = None
    for found in BETWEEN.finditer(text):
        try:
            if ends := read_ends(text[: found.start()], text[found.end() :], frame, whole):
                return between(*ends) if is_between and is_feasts(*ends) else join(*ends, frame)
        except Unreadable as error:
            trouble = trouble or error
    if trouble:
        raise trouble
    return None


def read_limits(text: str, frame: Frame) -> Window | None:
    """What a form tells back can be typed as well: "tidligst 11.10., senest 20.10."."""
    found = LIMITS.fullmatch(text)
    ends = read_ends(found["first"], found["last"], frame, text) if found else None
    return join(*ends, frame) if ends else None


def read_ends(left: str, right: str, frame: Frame, whole: str) -> tuple[Window, Window] | None:
    """Either end may lean on the month of the other: "3.–5. mai", "May 3–5"."""
    last = _read_end(right, frame)
    if last is None:
        first = _read_end(left, frame)
        last = _read_beside(right, frame, first, whole, is_last=True) if first else None
    else:
        first = _read_beside(left, frame, last, whole)
    if first is None or last is None or not {first.precision, last.precision} <= ENDS:
        return None
    return first, last


def _read_end(text: str, frame: Frame) -> Window | None:
    try:
        return read_point(text, frame) or read_local(text, frame)
    except Unreadable as error:
        if error.code is Code.NEEDS_MONTH:
            return None
        raise


def _read_beside(text: str, frame: Frame, other: Window, whole: str, *, is_last: bool = False) -> Window | None:
    """One end where the other is known. It says no semester: which one is asked with the whole of the words."""
    if window := read_point(text, Frame(frame.year, other.earliest.month)):
        return window
    try:
        return read_local(text, frame)
    except Unreadable as error:
        said = turn_said(without_lead(text)).beside(other.earliest.month, is_last=is_last)
        at = whole.rindex(text) if is_last else whole.index(text)
        raise Unreadable(error.code, nearest=f"{whole[:at]}{said}{whole[at + len(text) :]}") from None


def a_year_on(day: dt.date, *, is_named: bool) -> dt.date:
    """The same day next year; the end of February stays the end of February unless it was the day that was named."""
    is_leap_day = (day.month, day.day) == (2, 29)
    if is_leap_day or (not is_named and day == last_day(day.year, 2)):
        return last_day(day.year + 1, 2)
    return day.replace(year=day.year + 1)


def is_feasts(first: Window, last: Window) -> bool:
    return first.precision is last.precision is Precision.DAYS and first.latest + dt.timedelta(days=1) < last.earliest


def between(first: Window, last: Window) -> Window:
    """ "Mellom påske og pinse" is neither of the two."""
    day = dt.timedelta(days=1)
    return Window("", Precision.DAYS, first.latest + day, last.earliest - day)


def join(first: Window, last: Window, frame: Frame) -> Window | None:
    if first.earliest > last.earliest and turns_year(first.earliest, last.latest):
        is_named = last.precision is Precision.DAY
        earliest, latest = (a_year_on(day, is_named=is_named) for day in (last.earliest, last.latest))
        last = replace(last, earliest=earliest, latest=latest)
        precision = first.precision if first.precision == last.precision else Precision.DAYS
        return Window("", JOINED.get(precision, precision), first.earliest, last.latest)
    if first.earliest > last.earliest or first.latest > last.latest:
        raise Unreadable(Code.BACKWARDS, nearest=write(first))
    if first == last:
        return first
    if first.precision == last.precision:
        return Window("", JOINED.get(first.precision, first.precision), first.earliest, last.latest)
    if first.earliest.year == last.latest.year == frame.year:
        return Window("", Precision.DAYS, first.earliest, last.latest)
    return None
