"""Believable moments, drawn from keys: the same every time, different for each task."""

import hashlib
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from annual_wheel import when
from annual_wheel.models import Edition

OPENED_IN_MONTH = 10  # a year is opened in the autumn before, when the plan has been gone through


def draw(*keys: object) -> float:
    """A number from 0 up to 1 that the keys decide."""
    digest = hashlib.sha256("|".join(map(str, keys)).encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def at(day: date, part_of_day: float = 0.0) -> datetime:
    """A moment between 8 and 16 that day."""
    minutes = int(part_of_day * 8 * 60)
    return timezone.make_aware(datetime.combine(day, time(8 + minutes // 60, minutes % 60)))


def opened_on(year: int, today: date) -> date:
    return min(date(year - 1, OPENED_IN_MONTH, 1), today)


def work_day(edition: Edition, *keys: object) -> date:
    """A working day in the edition's window; for a single day one of the two weeks before it."""
    first, last = edition.earliest_on, edition.due_on
    if (last - first).days < 3:
        first = last - timedelta(days=13)
    day = first + timedelta(days=int(draw("day", *keys) * ((last - first).days + 1)))
    return _working(day, back_to=first)


def late_day(edition: Edition, *keys: object) -> date:
    """A working day in the three weeks after the last one."""
    day = edition.due_on + timedelta(days=1 + int(draw("late", *keys) * 20))
    return _working(day, back_to=day)


def _working(day: date, *, back_to: date) -> date:
    """The day, or the nearest working day before it; after it where there is none before."""
    earlier = day
    while earlier >= back_to:
        if when.is_working_day(earlier):
            return earlier
        earlier -= timedelta(days=1)
    while not when.is_working_day(day):
        day += timedelta(days=1)
    return day
