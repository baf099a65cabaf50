"""Read a date as people write it: words and a year in, a window out, or what could not be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from .about import nearly, widened
from .bounds import beside, dated_thing, lean, open_side, parse_leaning, parse_open
from .errors import Code, Unreadable
from .local import read_local
from .nearest import nearest_words
from .points import read_point
from .ranges import LIMITS, read_limits, read_range
from .text import FULL_YEAR, LONGEST, YEARS, as_typed, days_first, fold, tidy, trim, without_year
from .vocabulary import ALL_YEAR, EACH, MONTHS, NUMBERS, ONGOING, SEASONS, YEARLY, any_of
from .window import Bound, Frame, Relation, Window, default_window, year_window
from .words import month_name

NOT_BOUND_TO_MONTH = re.compile(
    r"(?:trenger|treng|behøver|må) (?:ikke|ikkje) .+|(?:need not|does not need to|do not need to) .+"
)
VARIES = re.compile(
    r"(?:(?:tidsrom|tidsrommet|tid|tida|tiden|tidspunkt|tidspunktet|dato|datoen|time|date) )?"
    r"(?:varierer|varies)(?: .+)?"
)
CYCLE = 8  # years between two leap years where a century has none; week 53 comes oftener
TIMES = (
    rf"(?:{any_of(NUMBERS)}|[0-9]+|flere|fleire|several) (?:ganger|gonger|times) (?:i|per|pr\.?|a) "
    r"(?:året|år|semesteret|semester|year|term|semester)|twice a (?:year|term|semester)"
)
COMES_BACK = re.compile(rf"^(?:{any_of(YEARLY)})\b,? ?|,? ?\b(?:{any_of(YEARLY)})$")
EACH_TIME = re.compile(rf"^(?:{any_of(EACH)}) (?=(?:{any_of([*SEASONS, *MONTHS])})$)")
GOES_ON = re.compile(rf"(?:{any_of(ONGOING)}|{TIMES})[,:]?(?: (?P<rest>.+))?")


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


def read_yearly(words: str, year: int, *, month: int | None = None) -> tuple[Window, Unreadable | None]:
    """As `read`, for words that hold for many years: where the year lacks the week or the day, the nearest it has.

    The error beside the window tells what the year lacks. Words that fit no year near it raise `Unreadable`.
    """
    try:
        return read(words, year, month=month), None
    except Unreadable as error:
        if not error.nearest or not is_in_other_years(words, year, month, error):
            raise
        return read(error.nearest, year, month=month), error


def is_in_other_years(words: str, year: int, month: int | None, error: Unreadable) -> bool:
    """Whether a day or a week that is not in this year comes in others: 29 February, week 53, a fifth Monday."""
    if error.code not in (Code.NO_SUCH_DAY, Code.NO_SUCH_WEEK):
        return False
    for other in range(max(year - CYCLE, YEARS[0]), min(year + CYCLE, YEARS[-1]) + 1):
        with suppress(Unreadable):
            read(words, other, month=month)
            return True
    return False


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
    text = EACH_TIME.sub("", trim(COMES_BACK.sub("", text)))
    return over_new_year(text, frame) or without_year(text, frame.year) or ALL_YEAR[0]


def over_new_year(text: str, frame: Frame) -> str:
    """A span from this year into the next may have both years written out; "" for anything else."""
    text = LIMITS.sub(r"\g<first> - \g<last>", days_first(text))
    found = re.fullmatch(rf"(.+?) ?(?:{frame.year})? ?(?:-|til|to) ?(.+?) ?{frame.year + 1}", text)
    if not found or FULL_YEAR.search(found[1] + found[2]):
        return ""
    plain = f"{trim(found[1])} - {trim(found[2])}"
    try:
        window = read_range(plain, frame)
    except Unreadable:
        return ""
    return plain if window and window.latest.year > frame.year else ""


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
    window = read_point(text, frame) or read_local(text, frame)
    if window is None and (rest := nearly(text)):
        return read_nearly(rest, frame)
    window = window or read_limits(text, frame) or read_range(text, frame) or read_leaning(text, frame)
    if window is None:
        raise Unreadable(Code.UNKNOWN)
    return window


def read_nearly(rest: str, frame: Frame) -> Window:
    """What lies near a date; a limit ("før påske") is not a thing to be near."""
    window = read_text(rest, replace(frame, words=as_typed(rest, frame.words)))
    if window.bound is not None or window.is_ongoing:
        raise Unreadable(Code.UNKNOWN, nearest=rest)
    return widened(window, frame.year)


def go_on(window: Window) -> Window:
    return replace(window, is_ongoing=True, within=go_on(window.within) if window.within else None)


def find_bound(text: str, frame: Frame) -> Bound:
    leaning = parse_leaning(text, frame) or parse_open(text, frame)
    bound = leaning.bound if leaning else dated_thing(text, frame)
    if bound is None:
        raise Unreadable(Code.UNKNOWN)
    return bound


def read_leaning(text: str, frame: Frame) -> Window | None:
    leaning = parse_open(text, frame) or parse_leaning(text, frame)
    if leaning is None:
        return None
    if leaning.bound.offset_days and leaning.thing:
        return beside(leaning)
    if leaning.base:
        return lean(read_text(leaning.base, frame), leaning)
    bound = leaning.bound
    if leaning.is_deadline and leaning.thing:
        return leaning.thing
    if bound.date is None or bound.relation is Relation.BEFORE:
        return lean(default_window(frame), leaning)
    return lean(open_side(frame, bound.date, bound.relation), leaning)
