"""What each place sets the days of: when a semester begins and ends, and the school holidays of autumn and winter.

The words mean a time of the year and no days: the month a semester begins or ends in, the two weeks that the counties
choose between. What leans on one of them ("før semesterstart") is told to lack its day, as before.
"""

from __future__ import annotations

import datetime as dt
import re

from .points import week_window
from .semesters import AUTUMN, BEGINNING, OF, read_semester
from .text import without_lead
from .window import Frame, Window, month_window

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
        return month_window(frame.year, AUTUMN[0])
    return read_semester(text, frame)
