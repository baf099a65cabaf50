"""What a person is reminded of on a day, and on which days: from the same list as "Mitt arbeid"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import prefetch_related_objects

from annual_wheel import when, work_page
from annual_wheel.filters import WorkFilter
from annual_wheel.models import EntryKind, Reminder, ReminderRun, ReminderStatus, Task
from annual_wheel.recipients import Directory
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
    answers: tuple[Comment, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.late or self.soon or self.new or self.answers)

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
        answers=_untold_answers(user, today),
    )


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
    earlier = Reminder.objects.filter(user=user, day__gte=today.replace(day=1), day__lt=today, status__in=REACHED)
    items = earlier.values_list("items", flat=True)
    return {item["task"] for of_one in items for item in of_one if item["group"] == "new"}


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
