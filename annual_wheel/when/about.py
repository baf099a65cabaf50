"""Dates that are only nearly so: "ca. 15. oktober", "rundt uke 42"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from .vocabulary import ABOUT, any_of
from .window import Precision, Window

PATTERN = re.compile(rf"(?:(?:i|in|on|på|til) )?(?:{any_of(ABOUT)})\.? (?P<rest>.+)")
# A day may be three days out to each side, a week one week. What is vaguer than that is near enough as it stands.
SLACK = {Precision.DAY: 3, Precision.DAYS: 3, Precision.WEEK: 7}


def nearly(text: str) -> str:
    """The words behind "ca." and the like; "" for words that mean exactly what they say."""
    found = PATTERN.fullmatch(text)
    return found["rest"] if found else ""


def widened(window: Window, year: int) -> Window:
    """The window with room on both sides, kept within the year that it was read for."""
    days = dt.timedelta(days=SLACK.get(window.precision, 0))
    if not days:
        return window
    if window.precision is Precision.WEEK:
        first, end = dt.date.fromisocalendar(year, 1, 1), dt.date(year, 12, 28)
        last = end + dt.timedelta(days=6 - end.weekday())
        precision = Precision.WEEK
    else:
        first, last, precision = dt.date(year, 1, 1), dt.date(year, 12, 31), Precision.DAYS
    earliest = min(window.earliest, max(first, window.earliest - days))
    latest = max(window.latest, min(last, window.latest + days))
    return replace(window, precision=precision, earliest=earliest, latest=latest)
