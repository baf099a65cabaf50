"""The days on which a person is reminded: by their rhythm, on working days, and not in July where the units rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.dates import WEEKDAYS
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from annual_wheel import when
from annual_wheel.models import ReminderRun
from annual_wheel.past_mails import REACHED, Past
from config.lib.days import day_words, is_english
from organisation.models import ReminderRhythm, User

JULY = 7


class Occasion(StrEnum):
    NONE = "none"
    USUAL = "usual"
    URGENT = "urgent"  # a day between two weekly mails: only what must be done today or tomorrow


def occasion_of(
    user: User, today: date, *, past: Past, rests_in_july: bool = False, is_week_missed: bool = False
) -> Occasion:
    """What kind of day it is for the person's rhythm.

    A weekly mail goes on the first working day of the week. Where that failed, or nobody was there to send it, the next
    working day makes up for it, once.
    """
    if user.reminder_rhythm == ReminderRhythm.NEVER or not works_on(today, rests_in_july=rests_in_july):
        return Occasion.NONE
    if user.reminder_rhythm == ReminderRhythm.WORKDAYS:
        return Occasion.USUAL
    monday = monday_of(today)
    statuses = past.statuses_since(monday)
    is_owed = (is_week_missed or bool(statuses)) and statuses.isdisjoint(REACHED)
    if is_owed or first_working_day(monday, rests_in_july=rests_in_july) == today:
        return Occasion.USUAL
    return Occasion.URGENT if user.is_told_at_once else Occasion.NONE


def why_not_on(user: User, today: date, *, rests_in_july: bool = False) -> str:
    """Why this is not a day for the person's reminders, in words."""
    if user.reminder_rhythm == ReminderRhythm.NEVER:
        return _("vil ikke ha påminnelser")
    if off := day_off_words(today):
        return off
    if not works_on(today, rests_in_july=rests_in_july):
        return _("enheten har ingen påminnelser i juli")
    return _("får én e-post i uka, på den første arbeidsdagen")


def day_off_words(today: date) -> str:
    """What day it is where nothing goes out: "1. april 2021 er skjærtorsdag"; empty on a working day."""
    if when.is_working_day(today):
        return ""
    name = when.holiday_name(today, language="en" if is_english() else "nb") or WEEKDAYS[today.weekday()]
    return _("%(day)s er %(name)s") % {"day": day_words(today), "name": name}


def week_missed(today: date) -> Callable[[User], bool]:
    """Whether a person's weekly mail was due this week at a time when nobody was there to send it.

    Reminders were sent before this week, and since its first working day no day was gone through at the person's hour.
    """
    first = first_working_day(monday_of(today))
    runs = ReminderRun.objects.filter(day__lt=today, finished_at__isnull=False)
    this_week = list(runs.filter(day__gte=first))
    is_known = runs.filter(day__lt=first).exists()
    hours = [_hour_of(run.finished_at, run.day) for run in this_week if run.finished_at]
    return lambda user: is_known and all(hour < user.reminder_hour for hour in hours)


def _hour_of(moment: datetime, day: date) -> int:
    """How far into the day it had come: the hour, or past all hours where it was a later day."""
    local = localtime(moment)
    return local.hour if local.date() == day else 24


def works_on(day: date, *, rests_in_july: bool = False) -> bool:
    return when.is_working_day(day) and not (rests_in_july and day.month == JULY)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def first_working_day(day: date, *, rests_in_july: bool = False) -> date:
    """The day, or the first working day after it."""
    while not works_on(day, rests_in_july=rests_in_july):
        day += timedelta(days=1)
    return day


def working_day_before(day: date) -> date:
    day -= timedelta(days=1)
    while not when.is_working_day(day):
        day -= timedelta(days=1)
    return day
