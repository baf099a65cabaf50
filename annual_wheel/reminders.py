"""What a person is reminded of on a day, and on which days: from the same list as "Mitt arbeid"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import prefetch_related_objects
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from annual_wheel import when, work_page
from annual_wheel.asks import Ask, Silence
from annual_wheel.filters import WorkFilter
from annual_wheel.models import EntryKind, Reminder, ReminderRun, ReminderStatus, Task
from annual_wheel.recipients import Directory
from config.lib.days import day_words, is_english
from organisation.models import Comment, ReminderRhythm, User
from strategy.talk_for_me import answers_to

# A week, so that whoever has chosen one mail a week is told of everything before its last day.
SOON: Final = timedelta(days=7)
EVERYTHING: Final = WorkFilter(unit="", wheel="", kind="")
REACHED: Final = (ReminderStatus.SENT, ReminderStatus.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class Due:
    """What one person is reminded of: late, due within a week, and what has newly come into its window this month.

    `answers` are what the person said in hearings and has got an answer to: that is told once.
    """

    late: tuple[Task, ...]
    soon: tuple[Task, ...]
    new: tuple[Task, ...]
    asks: tuple[Ask, ...] = ()  # rounds in which one's units are to report
    silences: tuple[Silence, ...] = ()  # measures that nobody has spoken of for long
    answers: tuple[Comment, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.late or self.soon or self.new or self.asks or self.silences or self.answers)

    @property
    def groups(self) -> tuple[tuple[str, tuple[Task, ...]], ...]:
        return ("late", self.late), ("soon", self.soon), ("new", self.new)


def due_for(user: User, *, directory: Directory, today: date) -> Due:
    """Sort what is open for this person; what only should or may be done is never late, and the ongoing never due."""
    tasks = work_page.open_tasks(user, directory.units_of(user), EVERYTHING, today=today, as_it_stood=True)
    prefetch_related_objects(tasks, "edition__entry__responsibilities", "edition__responsibilities", "assigned_to")
    mine = [task for task in tasks if user in directory.recipients_of(task)]
    soon = [task for task in mine if _is_soon(task, today)]
    begun = [task for task in mine if task not in soon and _has_begun(task, today)]
    told = _told_this_month(user, today) if begun else set()
    return Due(
        late=tuple(task for task in mine if task.is_overdue(today)),
        soon=tuple(soon),
        new=tuple(task for task in begun if task.pk not in told),
        asks=tuple(_asks(user, directory, today)),
        silences=tuple(_silences(user, directory, today)),
        answers=_untold_answers(user, today),
    )


def _asks(user: User, directory: Directory, today: date) -> list[Ask]:
    """The rounds to report in: told of once when they are opened, and from a week before the deadline to a week after.

    What is still missing then is for those who opened the round to close.
    """
    asks = [ask for ask in directory.asks if ask.opened_on <= today <= ask.round.due_on + SOON]
    mine = [ask for ask in asks if user in directory.reporters_of(ask.unit)]
    later = {ask.opened_on for ask in mine if ask.round.due_on > today + SOON}
    told = set(_told_since(user, min(later), today, "report")) if later else set()
    return [ask for ask in mine if ask.round.due_on <= today + SOON or f"{ask.round.pk}" not in told]


def _silences(user: User, directory: Directory, today: date) -> list[Silence]:
    """Measures that have gone stale, told of once a month."""
    mine = [silence for silence in directory.silences if user in directory.reporters_of(silence.unit)]
    told = set(_told_since(user, today.replace(day=1), today, "silence")) if mine else set()
    return [silence for silence in mine if silence.key not in told]


def _untold_answers(user: User, today: date) -> tuple[Comment, ...]:
    answers = answers_to(user, today=today)
    if not answers:
        return ()
    first = min(answer.answered_at for answer in answers if answer.answered_at).date()
    earlier = Reminder.objects.filter(user=user, day__gte=first, day__lt=today, status__in=REACHED)
    told = {item.get("comment") for of_one in earlier.values_list("items", flat=True) for item in of_one}
    return tuple(answer for answer in answers if answer.pk not in told)


def _is_soon(task: Task, today: date) -> bool:
    return task.edition.entry.kind != EntryKind.ONGOING and today <= task.edition.due_on <= today + SOON


def _has_begun(task: Task, today: date) -> bool:
    """Whether its window opened this month, and there is still more than a week left of it."""
    return today.replace(day=1) <= task.edition.earliest_on <= today < task.edition.due_on


def _told_this_month(user: User, today: date) -> set[int]:
    """The tasks that have been told of as new: that is said once."""
    return set(_told_since(user, today.replace(day=1), today, "new"))


def _told_since(user: User, first: date, today: date, group: str) -> Iterator[Any]:
    """What mails before today have told of in a group: tasks by number, the rest by what names it."""
    earlier = Reminder.objects.filter(user=user, day__gte=first, day__lt=today, status__in=REACHED)
    for of_one in earlier.values_list("items", flat=True):
        yield from (item.get("about") or item["task"] for item in of_one if item["group"] == group)


def is_reminded_on(user: User, today: date, *, is_week_missed: bool = False) -> bool:
    """Whether this is a day for the person's rhythm.

    A weekly mail goes on the first working day of the week. Where that failed, or nobody was there to send it, the next
    working day makes up for it, once.
    """
    if user.reminder_rhythm == ReminderRhythm.NEVER or not when.is_working_day(today):
        return False
    if user.reminder_rhythm == ReminderRhythm.WORKDAYS:
        return True
    monday = _monday_of(today)
    this_week = Reminder.objects.filter(user=user, day__gte=monday, day__lt=today)
    statuses = set(this_week.values_list("status", flat=True))
    is_owed = (is_week_missed or bool(statuses)) and statuses.isdisjoint(REACHED)
    return first_working_day(monday) == today or is_owed


def why_not_on(user: User, today: date) -> str:
    """Why this is not a day for the person's reminders, in words."""
    if user.reminder_rhythm == ReminderRhythm.NEVER:
        return _("vil ikke ha påminnelser")
    return day_off_words(today) or _("får én e-post i uka, på den første arbeidsdagen")


def day_off_words(today: date) -> str:
    """What day it is where nothing goes out: "1. april 2021 er skjærtorsdag"; empty on a working day."""
    if when.is_working_day(today):
        return ""
    name = when.holiday_name(today, language="en" if is_english() else "nb") or WEEKDAYS[today.weekday()]
    return _("%(day)s er %(name)s") % {"day": day_words(today), "name": name}


def is_week_missed(today: date) -> bool:
    """Whether reminders were sent before this week, and since its first working day no day was gone through."""
    runs, first = ReminderRun.objects.filter(day__lt=today), first_working_day(_monday_of(today))
    return runs.filter(day__lt=first).exists() and not runs.filter(day__gte=first).exists()


def _monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def first_working_day(day: date) -> date:
    """The day, or the first working day after it."""
    while not when.is_working_day(day):
        day += timedelta(days=1)
    return day
