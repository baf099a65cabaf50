"""The day's reminders handed out to workers in parts, by unit, so that many people are few messages in the queue.

The day's row is claimed first: of two timetables that tick at once only one hands out. When every part has come through
the day is gone through up to that hour, and later ticks take only those whose hour has come since, and what failed.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import F, Q
from django.utils import timezone

from annual_wheel import ledger
from annual_wheel.models import Reminder, ReminderRun, ReminderStatus
from annual_wheel.recipients import Directory

PART: Final = 100
BETWEEN: Final = timedelta(minutes=1)  # two timetables tick within seconds of each other
PART_SECONDS: Final = 300.0  # then what is left waits for the next tick: no task outlives its place in the queue


def hand_out(*, now: datetime) -> list[list[int]]:
    """Claim the day and return the people whose mails may leave now, in parts; nothing where another was first."""
    today = timezone.localtime(now).date()
    run, _made = ReminderRun.objects.get_or_create(day=today)
    parts = _parts(_unsent(run, now), today)
    free = ReminderRun.objects.filter(Q(handed_out_at=None) | Q(handed_out_at__lte=now - BETWEEN), pk=run.pk)
    if not free.update(handed_out_at=now, part_count=len(parts), done_count=0):
        return []
    _finish(today, now)  # at once where there is nothing to hand out
    return parts


def send_part(people: Sequence[int], *, handed_out_at: datetime, clock: ledger.Clock = timezone.now) -> Counter[str]:
    """Send the mails of one part; one that comes too late, on another day, sends nothing."""
    day = timezone.localtime(handed_out_at).date()
    if timezone.localtime(clock()).date() != day:
        return Counter()
    end = time.monotonic() + PART_SECONDS
    users = list(ledger.wanting().filter(pk__in=people).order_by("pk"))
    outcomes, is_through = ledger.send_to(users, today=day, clock=clock, until=lambda: time.monotonic() > end)
    if is_through:
        mine = ReminderRun.objects.filter(day=day, handed_out_at=handed_out_at)
        mine.update(done_count=F("done_count") + 1)
        _finish(day, handed_out_at, at=clock())
    return outcomes


def _finish(day: date, handed_out_at: datetime, *, at: datetime | None = None) -> None:
    """Say that the day is gone through where the last part of what was handed out has been."""
    through = ReminderRun.objects.filter(day=day, handed_out_at=handed_out_at, done_count__gte=F("part_count"))
    through.update(finished_at=at or handed_out_at)


def _unsent(run: ReminderRun, now: datetime) -> list[int]:
    """Those whose hour has come and who have not been gone through today, and those whose mail is to be tried again."""
    rows = list(Reminder.objects.filter(day=run.day).exclude(status=ReminderStatus.SENT))
    again = [row.user_id for row in rows if ledger.may_try_again(row, now)]
    come = Q(reminder_hour__lte=timezone.localtime(now).hour)
    if run.handed_out_at and run.done_count >= run.part_count:
        come &= Q(reminder_hour__gt=timezone.localtime(run.handed_out_at).hour)
    has_none = ~Q(pk__in=Reminder.objects.filter(day=run.day).values("user"))
    return list(ledger.wanting().filter(Q(pk__in=again) | (come & has_none)).values_list("pk", flat=True))


def _parts(people: list[int], today: date) -> list[list[int]]:
    """Those of a unit together, as they have the same tasks."""
    if not people:
        return []
    unit_of = Directory.on(today).first_units
    ordered = sorted(people, key=lambda person: (unit_of.get(person, 0), person))
    return [ordered[start : start + PART] for start in range(0, len(ordered), PART)]
