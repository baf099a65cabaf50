"""Read a date as people write it: words and a year in, a window out, or what could not be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from .bounds import beside, dated_thing, lean, parse_leaning
from .errors import Code, Unreadable
from .nearest import nearest_words
from .points import read_point
from .ranges import read_range
from .text import LONGEST, YEARS, as_typed, fold, tidy, without_year
from .vocabulary import ALL_YEAR, ONGOING, any_of
from .window import Bound, Frame, Relation, Window, default_window, year_window
from .words import month_name

NOT_BOUND_TO_MONTH = re.compile(
    r"(?:trenger|treng|behøver|må) (?:ikke|ikkje) .+|(?:need not|does not need to|do not need to) .+"
)
VARIES = re.compile(
    r"(?:(?:tidsrom|tidsrommet|tid|tida|tiden|tidspunkt|tidspunktet|dato|datoen|time|date) )?"
    r"(?:varierer|varies)(?: .+)?"
)
GOES_ON = re.compile(rf"(?:{any_of(ONGOING)})[,:]?(?: (?P<rest>.+))?")


def read(words: str, year: int, *, month: int | None = None) -> Window:
    """The window that `words` mean in `year`; `month` is the heading they stand under.

    Raises `Unreadable`, with the nearest words that can be read where some are near.
    """
    as_written = tidy(words)
    frame = checked_frame(as_written, year, month)
    if not as_written and month is not None:
        return replace(default_window(frame), as_written=month_name(month))
    text = fold(as_written)
    try:
        return replace(read_text(prepared(text, frame), frame), as_written=as_written)
    except Unreadable as error:
        nearest = nearest_words(text, error, lambda candidate: is_readable(candidate, frame, read_text))
        raise Unreadable(error.code, as_written, nearest, error.params) from None


def read_bound(words: str, year: int) -> Bound:
    """The fact that bounds an item, with its day where the words name one. Raises `Unreadable`."""
    as_written = tidy(words)
    frame = checked_frame(as_written, year, None)
    text = fold(as_written)
    try:
        return find_bound(prepared(text, frame), frame)
    except Unreadable as error:
        nearest = nearest_words(text, error, lambda candidate: is_readable(candidate, frame, find_bound))
        raise Unreadable(error.code, as_written, nearest, error.params) from None


def checked_frame(as_written: str, year: int, month: int | None) -> Frame:
    if month is not None and not 1 <= month <= 12:
        raise ValueError(f"month must be 1-12, not {month}")
    if year not in YEARS:
        params = {"year": year, "first": YEARS[0], "last": YEARS[-1]}
        raise Unreadable(Code.YEAR_OUT_OF_RANGE, as_written[:LONGEST], params=params)
    if len(as_written) > LONGEST:
        raise Unreadable(Code.TOO_LONG, as_written[:LONGEST], params={"longest": LONGEST})
    return Frame(year, month, as_written)


def prepared(text: str, frame: Frame) -> str:
    """The folded words without their year; a year alone is the whole of it."""
    if not text:
        raise Unreadable(Code.EMPTY)
    return without_year(text, frame.year) or ALL_YEAR[0]


def is_readable(candidate: str, frame: Frame, reader: Callable[[str, Frame], object]) -> bool:
    try:
        reader(prepared(fold(candidate), frame), frame)
    except Unreadable:
        return False
    return True


def read_text(text: str, frame: Frame) -> Window:
    if text in ALL_YEAR or NOT_BOUND_TO_MONTH.fullmatch(text) or VARIES.fullmatch(text):
        return year_window(frame.year)
    if going_on := GOES_ON.fullmatch(text):
        rest = going_on["rest"]
        if not rest:
            return go_on(year_window(frame.year))
        return go_on(read_text(rest, replace(frame, words=as_typed(rest, frame.words))))
    window = read_point(text, frame) or read_range(text, frame) or read_leaning(text, frame)
    if window is None:
        raise Unreadable(Code.UNKNOWN)
    return window


def go_on(window: Window) -> Window:
    return replace(window, is_ongoing=True, within=go_on(window.within) if window.within else None)


def find_bound(text: str, frame: Frame) -> Bound:
    leaning = parse_leaning(text, frame)
    bound = leaning.bound if leaning else dated_thing(text, frame)
    if bound is None:
        raise Unreadable(Code.UNKNOWN)
    return bound


def read_leaning(text: str, frame: Frame) -> Window | None:
    leaning = parse_leaning(text, frame)
    if leaning is None:
        return None
    if leaning.bound.offset_days and leaning.thing:
        return beside(leaning)
    if leaning.base:
        return lean(read_text(leaning.base, frame), leaning)
    if leaning.bound.relation is Relation.BY and leaning.thing:
        return leaning.thing
    return lean(default_window(frame), leaning)
