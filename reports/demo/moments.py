"""Believable moments, drawn from keys: the same every time, different for each task."""

import hashlib
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from annual_wheel import when
from annual_wheel.models import Edition, EntryKind

OPENED_IN_MONTH = 10  # a year is opened in the autumn before, when the plan has been gone through
CHRISTMAS_FROM = (12, 24)  # nobody ticks off anything from here to the new year


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
    """A working day in the edition's window; for a single day one of the two weeks before it.

    What has been held is ticked off in the later half of its window: the welcome in August comes with the students.
    """
    first, last = edition.earliest_on, edition.due_on
    if (last - first).days < 3:
        first = last - timedelta(days=13)
    elif edition.entry.kind == EntryKind.EVENT:
        first += (last - first) // 2
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
        if _is_at_work(earlier):
            return earlier
        earlier -= timedelta(days=1)
    while not _is_at_work(day):
        day += timedelta(days=1)
    return day


def _is_at_work(day: date) -> bool:
    return when.is_working_day(day) and (day.month, day.day) < CHRISTMAS_FROM
