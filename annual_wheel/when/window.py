"""What a date as written comes to: a window from its earliest to its latest day, and the fact that may bound it."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Precision(StrEnum):
    """How exact the words are. Several weeks in a row are still `week`."""

    DAY = "day"
    DAYS = "days"
    WEEK = "week"
    PART_OF_MONTH = "part_of_month"
    MONTH = "month"
    MONTHS = "months"
    SEASON = "season"
    YEAR = "year"


class Relation(StrEnum):
    """How an item lies to the fact that bounds it: before it, on it at the latest or the earliest, or after it."""

    BEFORE = "before"
    BY = "by"
    FROM = "from"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Bound:
    """A second fact that limits a window ("i forkant av søknadsfrist 15. april").

    `ref_words` names the other thing without its date, and is empty when a date is all there is. `date` is that thing's
    own day, None while nobody knows it. `offset_days` is not 0 where the words hang on the thing ("to uker før": -14).
    """

    as_written: str
    relation: Relation
    ref_words: str
    date: dt.date | None
    offset_days: int = 0


@dataclass(frozen=True, slots=True)
class Window:
    """The days a date as written may mean, both ends included.

    `bound` is the limit named in the same words. `within` is the window as it was before that limit cut it.
    """

    as_written: str
    precision: Precision
    earliest: dt.date
    latest: dt.date
    is_ongoing: bool = False
    bound: Bound | None = None
    within: Window | None = None

    @property
    def year(self) -> int:
        """The year the words were read for; a week belongs to the ISO year, which may begin in December."""
        if self.within is not None and self.precision is not Precision.DAY:
            return self.within.year
        return self.earliest.isocalendar().year if self.precision is Precision.WEEK else self.earliest.year


@dataclass(frozen=True, slots=True)
class Frame:
    """What words are read against: the year asked for, the month heading they stand under, and the words as typed."""

    year: int
    month: int | None = None
    words: str = ""


def last_day(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def turns_year(first: dt.date, last: dt.date) -> bool:
    """Whether a span written backwards is one over New Year: from the last two months into the first two."""
    return first.month >= 11 and last.month <= 2


def day_window(day: dt.date) -> Window:
    return Window("", Precision.DAY, day, day)


def year_window(year: int) -> Window:
    return Window("", Precision.YEAR, dt.date(year, 1, 1), dt.date(year, 12, 31))


def month_window(year: int, month: int) -> Window:
    return Window("", Precision.MONTH, dt.date(year, month, 1), last_day(year, month))


def part_window(year: int, month: int, part: int) -> Window:
    """Part 0 is the 1st-10th, part 1 the 11th-20th, part 2 the 21st to the end of the month."""
    first = dt.date(year, month, 1 + 10 * part)
    return Window(
        "", Precision.PART_OF_MONTH, first, last_day(year, month) if part == 2 else first.replace(day=10 * part + 10)
    )


def default_window(frame: Frame) -> Window:
    """Where the words alone say no time: the month they stand under, else the whole year."""
    return year_window(frame.year) if frame.month is None else month_window(frame.year, frame.month)
