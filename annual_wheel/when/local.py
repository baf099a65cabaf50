"""What each place sets the days of: when a semester begins, and the school holidays of autumn and winter.

The words mean a time of the year and no days: the month a semester begins in, the two weeks that the counties choose
between. What leans on one of them ("før semesterstart") is told to lack its day, as before.
"""

from __future__ import annotations

import datetime as dt
import re

from .errors import Code, Unreadable
from .points import week_window
from .text import without_lead
from .vocabulary import any_of
from .window import Frame, Window, month_window

AUTUMN, SPRING = 8, 1  # the months that Norwegian semesters begin in
HEADINGS = {1: SPRING, 2: SPRING, 7: AUTUMN, 8: AUTUMN, 9: AUTUMN}  # the months around them say which is meant
SEASONS = {
    **dict.fromkeys(("høst", "høsten", "haust", "hausten", "august", "autumn", "fall"), AUTUMN),
    **dict.fromkeys(("vår", "våren", "januar", "spring", "january"), SPRING),
}
SEASON = any_of(SEASONS)
OF = r"(?: (?:av|på|for|i|om|til|of|in|the))+"
BEGINNING = r"(?:(?:opp)?start(?:en)?|begynnelsen|byrjinga|(?:the )?(?:start|beginning))"
TERM = r"(?:semester(?:et|ets)?|term|semester)"
STARTS = re.compile(
    rf"(?:(?P<first>{SEASON})(?:ens|s)?[ -]?)?(?P<named>semester|studie)(?:opp)?start(?:en)?"
    rf"(?:(?:{OF})? (?P<last>{SEASON}))?"
    rf"|(?:semester|term) start(?:(?:{OF})? (?P<month>{SEASON}))?"
    rf"|(?:{BEGINNING}{OF} )(?P<of>{SEASON})?[ -]?{TERM}"
    rf"|(?P<whose>{SEASON})semesterets (?:begynnelse|byrjing|start)"
)
YEAR_STARTS = re.compile(rf"studieårets (?:start|begynnelse)|{BEGINNING}{OF} (?:studieåret|(?:academic|study) year)")
# ISO weeks, the first and the last that a county has.
HOLIDAYS = {
    **dict.fromkeys(
        ("høstferie", "høstferien", "høstferieuka", "høstferieuken", "haustferie", "haustferien"), (40, 41)
    ),
    **dict.fromkeys(("haustferieveka", "autumn break", "autumn holiday", "autumn holidays"), (40, 41)),
    **dict.fromkeys(("vinterferie", "vinterferien", "vinterferieuka", "vinterferieuken", "vinterferieveka"), (8, 9)),
    **dict.fromkeys(("winter holiday", "winter holidays"), (8, 9)),
}


def read_local(text: str, frame: Frame) -> Window | None:
    """A month or two weeks; `Unreadable` where nothing says which of the two semesters is meant."""
    text = without_lead(text)
    if weeks := HOLIDAYS.get(text):
        first, last = (dt.date.fromisocalendar(frame.year, week, 1) for week in weeks)
        return week_window(first, last)
    if YEAR_STARTS.fullmatch(text):
        return month_window(frame.year, AUTUMN)
    found = STARTS.fullmatch(text)
    if not found:
        return None
    said = next((found[name] for name in ("first", "last", "month", "of", "whose") if found[name]), "")
    # "Studiestart" alone is that of the new students, in autumn.
    usual = AUTUMN if found["named"] == "studie" else None
    month = SEASONS[said] if said else HEADINGS.get(frame.month or 0, usual)
    if month is None:
        raise Unreadable(Code.NEEDS_MONTH, nearest="semesterstart i august")
    return month_window(frame.year, month)
