"""Rules for what is written without a range or a bound: a day, a week, a part of a month, a month, a season."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from .days_off import easter_sunday, is_working_day
from .errors import Code, Unreadable
from .text import without_lead
from .vocabulary import (
    EASTER_DAYS,
    FIXED_DAYS,
    MONTHS,
    PARTS,
    PLACES,
    QUARTER_WORDS,
    SEASONS,
    TURNS,
    WEEK_WORDS,
    WEEKDAYS,
    WORKING_DAYS,
    YEAR_TURNS,
    any_of,
)
from .window import Frame, Precision, Window, day_window, last_day, month_window, part_window, turns_year
from .words import day_words, month_name

DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.)?"
MONTH = rf"(?P<month>{any_of(MONTHS)})\.?"
OF = r"(?: (?:i|in|of|av|på|the))*"
WEEKDAY = rf"(?P<weekday>{any_of(WEEKDAYS)})"
WEEK = rf"(?:{any_of(WEEK_WORDS)})"

NUMBERED = re.compile(r"(?P<day>[0-9]{1,2}) ?[./] ?(?P<number>[0-9]{1,2})(?:[./ -]+(?P<year>[0-9]{2}))?\.?")
NAMED = re.compile(
    rf"{DAY}{OF} ?{MONTH}|(?P<month_first>{any_of(MONTHS)})\.? (?P<day_last>[0-9]{{1,2}})(?:st|nd|rd|th|\.)?"
)
BARE = re.compile(DAY)
ON_WEEKDAY = re.compile(rf"{WEEKDAY},?(?: den| the)? (?P<rest>.+)")
WEEKS = re.compile(
    rf"{WEEK} ?(?P<first>[0-9]{{1,2}})\.?(?: ?(?:-|/|og|and|eller|or|til|to|&) ?(?:{WEEK} )?(?P<last>[0-9]{{1,2}}))?"
)
NTH = re.compile(
    rf"(?:den )?(?P<place>{any_of(PLACES)}) "
    rf"(?:(?P<week>{WEEK})|(?P<working>{any_of(WORKING_DAYS)})|{WEEKDAY}){OF} {MONTH}"
)
HALF = re.compile(rf"(?P<place>første|fyrste|first|andre|second|siste|last) (?:halvdel|halvdelen|half){OF} {MONTH}")
TOWARDS = r"(?:mot |toward |towards )?(?:the )?"
PART = re.compile(
    rf"{TOWARDS}(?P<part>{any_of(PARTS)})(?: av| i| in| of| på| the|-)*(?: ?(?:{MONTH}|måneden|månaden|month))?"
)

PART_OF_SEASON = re.compile(
    rf"(?P<part>{any_of(PARTS)})(?: av| i| in| of| på| om| the|-)* ?(?P<season>{any_of(SEASONS)})"
)
TURN = re.compile(
    rf"(?:ved |at the |at |rundt )?(?:{any_of(TURNS)}) {MONTH}(?: ?[-/] ?| og | and )(?P<next>{any_of(MONTHS)})\.?"
)
TURN_OF_YEAR = re.compile(rf"(?:ved |at the |at |rundt |around |around the )?(?:{any_of(YEAR_TURNS)})")
UP_TO = r" ?(?:-|/|&|\+|og|and|til|to) ?"
HALF_YEAR = re.compile(
    rf"(?P<place>{any_of(PLACES)}) (?:halvår|halvåret|half-?year|half(?:{OF} year)?|halvdel(?:en)? av året)"
    r"|h ?(?P<number>[12])"
)
QUARTER_NOUN = rf"(?:{any_of(QUARTER_WORDS)})\.?"
QUARTERS = re.compile(
    rf"(?:(?P<part>{any_of(PARTS)})(?: av| i| in| of| på| the|-)* ?)?(?:"
    rf"(?P<first>{any_of(PLACES)})(?: {QUARTER_NOUN})?(?:{UP_TO}(?P<last>{any_of(PLACES)}))? {QUARTER_NOUN}"
    rf"|(?:q|{QUARTER_NOUN}) ?(?P<number>[0-9])(?:{UP_TO}q? ?(?P<end>[0-9]))?)"
)


def make_day(frame: Frame, month: int, day: int) -> Window:
    """That day, or what is wrong with it and the nearest day there is."""
    if not 1 <= month <= 12:
        nearest = f"{month}. {month_name(day)}" if 1 <= day <= 12 else f"{day}. desember"
        raise Unreadable(Code.NO_SUCH_MONTH, nearest=nearest, params={"month": month})
    end = last_day(frame.year, month)
    if not 1 <= day <= end.day:
        nearest = day_words(end if day else end.replace(day=1))
        params = {"day": day, "month": month, "last": end.day, "year": frame.year}
        raise Unreadable(Code.NO_SUCH_DAY, nearest=nearest, params=params)
    return day_window(dt.date(frame.year, month, day))


def read_day(text: str, frame: Frame) -> Window | None:
    if found := NUMBERED.fullmatch(text):
        short_year = found["year"]
        if short_year and int(short_year) != frame.year % 100:
            written = frame.year // 100 * 100 + int(short_year)
            nearest = f"{found['day']}.{found['number']}."
            raise Unreadable(Code.WRONG_YEAR, nearest=nearest, params={"written": written, "year": frame.year})
        return make_day(frame, int(found["number"]), int(found["day"]))
    if found := NAMED.fullmatch(text):
        month, day = found["month"] or found["month_first"], found["day"] or found["day_last"]
        return make_day(frame, MONTHS[month], int(day))
    if found := BARE.fullmatch(text):
        if frame.month is None:
            raise Unreadable(Code.NEEDS_MONTH, nearest=f"{max(1, min(28, int(found['day'])))}. januar")
        return make_day(frame, frame.month, int(found["day"]))
    return None


def read_weekday(text: str, frame: Frame) -> Window | None:
    """A day named with its weekday must fall on it; "mandag i uke 33" is the Monday of that week."""
    found = ON_WEEKDAY.fullmatch(text)
    if not found:
        return None
    weekday, rest = WEEKDAYS[found["weekday"]], without_lead(found["rest"])
    if week := read_weeks(rest, frame):
        is_one_week = week.latest - week.earliest == dt.timedelta(days=6)
        return day_window(week.earliest + dt.timedelta(days=weekday)) if is_one_week else None
    day = read_day(rest, frame)
    if day and day.earliest.weekday() != weekday:
        params = {"weekday": weekday, "day": day.earliest}
        raise Unreadable(Code.WRONG_WEEKDAY, nearest=day_words(day.earliest), params=params)
    return day


def week_monday(year: int, week: int) -> dt.date:
    last = dt.date(year, 12, 28).isocalendar().week
    if not 1 <= week <= last:
        nearest = f"uke {last if week else 1}"
        raise Unreadable(Code.NO_SUCH_WEEK, nearest=nearest, params={"week": week, "last": last, "year": year})
    return dt.date.fromisocalendar(year, week, 1)


def week_window(monday: dt.date, last_monday: dt.date | None = None) -> Window:
    return Window("", Precision.WEEK, monday, (last_monday or monday) + dt.timedelta(days=6))


def read_weeks(text: str, frame: Frame) -> Window | None:
    found = WEEKS.fullmatch(text)
    if not found:
        return None
    first, last = int(found["first"]), int(found["last"] or found["first"])
    mondays = week_monday(frame.year, first), week_monday(frame.year, last)
    if last < first:
        if not turns_year(*mondays):
            raise Unreadable(Code.BACKWARDS, nearest=f"uke {first}")
        mondays = mondays[0], week_monday(frame.year + 1, last)
    return week_window(*mondays)


def read_nth(text: str, frame: Frame) -> Window | None:
    """A weekday, a working day or a week counted within a month; a week belongs to the month its Thursday is in."""
    found = NTH.fullmatch(text)
    if not found:
        return None
    month = month_window(frame.year, MONTHS[found["month"]])
    every = [month.earliest + dt.timedelta(days=n) for n in range((month.latest - month.earliest).days + 1)]
    if found["working"]:
        days = [day for day in every if is_working_day(day)]
    else:
        weekday = 3 if found["week"] else WEEKDAYS[found["weekday"]]
        days = [day for day in every if day.weekday() == weekday]
    place = PLACES[found["place"]]
    if place > len(days):
        nearest = text.replace(found["place"], "siste", 1)
        raise Unreadable(Code.NO_SUCH_DAY, nearest=nearest, params={"count": len(days), "year": frame.year})
    day = days[place - 1 if place > 0 else place]
    return week_window(day - dt.timedelta(days=3)) if found["week"] else day_window(day)


def read_half(text: str, frame: Frame) -> Window | None:
    found = HALF.fullmatch(text)
    if not found:
        return None
    month = month_window(frame.year, MONTHS[found["month"]])
    if PLACES[found["place"]] == 1:
        return Window("", Precision.DAYS, month.earliest, month.earliest.replace(day=15))
    return Window("", Precision.DAYS, month.earliest.replace(day=16), month.latest)


def read_part(text: str, frame: Frame) -> Window | None:
    found = PART.fullmatch(text)
    if not found:
        return None
    month = MONTHS[found["month"]] if found["month"] else frame.month
    if month is None:
        raise Unreadable(Code.NEEDS_MONTH, nearest=f"{('primo', 'medio', 'ultimo')[PARTS[found['part']]]} januar")
    return part_window(frame.year, month, PARTS[found["part"]])


def read_month(text: str, frame: Frame) -> Window | None:
    month = MONTHS.get(text.removeprefix("hele ").removeprefix("heile ").removesuffix("."))
    return month_window(frame.year, month) if month else None


def read_season(text: str, frame: Frame) -> Window | None:
    text = text.removeprefix("til ")
    if text not in SEASONS:
        return None
    first, last = SEASONS[text]
    return Window("", Precision.SEASON, dt.date(frame.year, first, 1), last_day(frame.year, last))


def read_part_of_season(text: str, frame: Frame) -> Window | None:
    """The first, middle or last months: a third of three or six; of five the two first, one and the two last."""
    found = PART_OF_SEASON.fullmatch(text)
    if not found:
        return None
    first, last = SEASONS[found["season"]]
    months, part = last - first + 1, PARTS[found["part"]]
    if months == 2 and part == 1:
        return Window("", Precision.DAYS, dt.date(frame.year, first, 16), dt.date(frame.year, last, 15))
    outer = round(months / 3)
    start, end = ((first, first + outer - 1), (first + outer, last - outer), (last - outer + 1, last))[part]
    precision = Precision.MONTH if start == end else Precision.MONTHS
    return Window("", precision, dt.date(frame.year, start, 1), last_day(frame.year, end))


def read_quarters(text: str, frame: Frame) -> Window | None:
    """A quarter, some in a row, or the first, middle or last of the months they have."""
    found = QUARTERS.fullmatch(text)
    if not found:
        return None
    first = int(found["number"]) if found["number"] else PLACES[found["first"]]
    last = int(found["end"]) if found["end"] else PLACES[found["last"]] if found["last"] else first
    first, last = (place + 5 if place < 0 else place for place in (first, last))
    if not 1 <= first <= last <= 4:
        raise Unreadable(Code.UNKNOWN, nearest=f"{min(max(first, 1), 4)}. kvartal")
    months = [*range(3 * first - 2, 3 * last + 1)]
    if found["part"]:
        third = len(months) // 3
        months = months[PARTS[found["part"]] * third :][:third]
    precision = Precision.MONTH if len(months) == 1 else Precision.MONTHS
    return Window("", precision, dt.date(frame.year, months[0], 1), last_day(frame.year, months[-1]))


def read_half_year(text: str, frame: Frame) -> Window | None:
    found = HALF_YEAR.fullmatch(text)
    if not found:
        return None
    place = int(found["number"]) if found["number"] else PLACES[found["place"]]
    if place not in (1, 2, -1):
        raise Unreadable(Code.UNKNOWN, nearest="andre halvår")
    first, last = (1, 6) if place == 1 else (7, 12)
    return Window("", Precision.MONTHS, dt.date(frame.year, first, 1), last_day(frame.year, last))


def read_turn(text: str, frame: Frame) -> Window | None:
    """The end of one month and the beginning of the next; from December it goes into the next year."""
    if TURN_OF_YEAR.fullmatch(text):
        month, after = 12, 1
    elif found := TURN.fullmatch(text):
        month, after = MONTHS[found["month"]], MONTHS[found["next"]]
    else:
        return None
    if after != month % 12 + 1:
        raise Unreadable(Code.UNKNOWN, nearest=f"månedsskiftet {month_name(month)}/{month_name(month % 12 + 1)}")
    first, last = part_window(frame.year, month, 2), part_window(frame.year + (month == 12), after, 0)
    return Window("", Precision.PART_OF_MONTH, first.earliest, last.latest)


def read_named_day(text: str, frame: Frame) -> Window | None:
    """Easter and Whitsun with their days, Christmas, and the holidays of the same day every year."""
    # Not in the vocabulary: other holidays from work or school, which are set locally, are no slips for this one.
    text = "påske" if text in ("påskeferie", "påskeferien") else text
    if text in EASTER_DAYS:
        first, last = (easter_sunday(frame.year) + dt.timedelta(days=n) for n in EASTER_DAYS[text])
    elif text in FIXED_DAYS:
        first, last = (dt.date(frame.year, month, day) for month, day in FIXED_DAYS[text])
    else:
        return None
    return Window("", Precision.DAY if first == last else Precision.DAYS, first, last)


RULES: tuple[Callable[[str, Frame], Window | None], ...] = (
    read_named_day,
    read_day,
    read_weekday,
    read_weeks,
    read_nth,
    read_half,
    read_part,
    read_part_of_season,
    read_quarters,
    read_half_year,
    read_turn,
    read_month,
    read_season,
)


def read_point(text: str, frame: Frame) -> Window | None:
    text = without_lead(text)
    return next((window for rule in RULES if (window := rule(text, frame))), None)
