"""What people are reminded of on a day: from the same list as "Mitt arbeid", for many of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Q

from annual_wheel.asks import Ask, Silence
from annual_wheel.models import MOST_LEAD_DAYS, EntryKind, Task, TaskStatus
from annual_wheel.past_mails import Past, pasts_of
from annual_wheel.recipients import Directory
from annual_wheel.reminder_days import working_day_before
from organisation.models import Comment, ReminderRhythm, User
from strategy.talk_for_me import answers_to

WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Due:
    """What one person is reminded of: late, due soon, and what has newly come into its window this month.

    `answers` are what the person said in hearings and has got an answer to: that is told once.
    """

    late: tuple[Task, ...] = ()
    soon: tuple[Task, ...] = ()
    new: tuple[Task, ...] = ()
    asks: tuple[Ask, ...] = ()  # rounds in which one's units are to report
    silences: tuple[Silence, ...] = ()  # measures that nobody has spoken of for long
    answers: tuple[Comment, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.tasks or self.asks or self.silences or self.answers)

    @property
    def groups(self) -> tuple[tuple[str, tuple[Task, ...]], ...]:
        return ("late", self.late), ("soon", self.soon), ("new", self.new)

    @property
    def tasks(self) -> tuple[Task, ...]:
        return self.late + self.soon + self.new

    def urgent(self, today: date, *, past: Past) -> Due:
        """Only what must be done today or by the next working day, and has not been told of since it became so."""

        def is_urgent(due_on: date) -> bool:
            return working_day_before(due_on) <= today <= due_on

        soon = [task for task in self.soon if is_urgent(task.edition.due_on)]
        asks = [ask for ask in self.asks if is_urgent(ask.round.due_on)]
        return Due(
            soon=tuple(t for t in soon if t.pk not in past.tasks_since(working_day_before(t.edition.due_on))),
            asks=tuple(
                ask for ask in asks if ask.key not in past.told("report", since=working_day_before(ask.round.due_on))
            ),
        )


def due_for(user: User, *, directory: Directory, today: date) -> Due:
    """What one person is reminded of."""
    return dues_for([user], directory=directory, today=today)[user.pk]


def dues_for(
    users: Sequence[User], *, directory: Directory, today: date, pasts: Mapping[int, Past] | None = None
) -> dict[int, Due]:
    """What each is reminded of, by person; what is asked of the database does not grow with how much they have."""
    pasts = pasts_of(users, today=today) if pasts is None else pasts
    tasks = _tasks_of(users, directory, today)
    return {user.pk: _due(user, tasks[user.pk], pasts[user.pk], directory, today) for user in users}


def _tasks_of(users: Sequence[User], directory: Directory, today: date) -> dict[int, list[Task]]:
    """The tasks that each is told of, in the order they should be done."""
    wanted = {user.pk for user in users}
    found: dict[int, list[Task]] = defaultdict(list)
    for task in _candidates(users, directory, today):
        task.status = TaskStatus.OPEN
        if directory.rests(task.unit_id):
            continue
        for user in directory.recipients_of(task):
            if user.pk in wanted:
                found[user.pk].append(task)
    return found


def _candidates(users: Sequence[User], directory: Directory, today: date) -> list[Task]:
    """What is open for those near the people's units, and in their wheels where nobody else is near.

    What has been ticked off after today counts as open, for looking back at a day that has been. What lies further
    ahead than anything is told of is left out, unless its window has opened this month.
    """
    units = {unit for user in users for unit in directory.units_of(user)}
    owned = {unit for user in users for unit in directory.editing(user)}
    shared = Task.shared_with.through.objects.filter(unit__in=units).values("task_id")
    near = Q(unit__in=units) | Q(pk__in=shared) | Q(assigned_to__in=users)
    left_over = Q(edition__entry__wheel__owner__in=owned) & ~Q(unit__in=directory.reached_units)
    is_near_in_time = Q(edition__due_on__lte=today + timedelta(days=MOST_LEAD_DAYS))
    has_begun = Q(edition__earliest_on__gte=today.replace(day=1), edition__earliest_on__lte=today)
    return list(
        Task.objects.open_on(today)
        .current(today=today)
        .filter(near | left_over, is_near_in_time | has_begun)
        .select_related("edition__entry__wheel", "unit", "assigned_to")
        .prefetch_related("shared_with", "edition__entry__responsibilities", "edition__responsibilities")
    )


def _due(user: User, tasks: list[Task], past: Past, directory: Directory, today: date) -> Due:
    """Sort what is open for this person; what only should or may be done is never late, and the ongoing never due."""
    soon = [task for task in tasks if _is_soon(task, user, today)]
    told = past.told("new", since=today.replace(day=1))
    return Due(
        late=tuple(task for task in tasks if task.is_overdue(today)),
        soon=tuple(soon),
        new=tuple(task for task in tasks if task not in soon and _has_begun(task, today) and task.pk not in told),
        asks=tuple(_asks(user, past, directory, today)),
        silences=tuple(_silences(user, past, directory, today)),
        answers=_untold_answers(user, past, directory, today),
    )


def lead_of(user: User, lead_days: int | None = None) -> timedelta:
    """How long before its last day something is told of: as it says itself, else as the person chose.

    For whoever gets one mail a week it is never under a week, so that everything is told of before its last day.
    """
    lead = timedelta(days=user.reminder_lead_days if lead_days is None else lead_days)
    return max(lead, WEEK) if user.reminder_rhythm == ReminderRhythm.WEEKLY else lead


def _is_soon(task: Task, user: User, today: date) -> bool:
    entry, due_on = task.edition.entry, task.edition.due_on
    return entry.kind != EntryKind.ONGOING and today <= due_on <= today + lead_of(user, entry.lead_days)


def _has_begun(task: Task, today: date) -> bool:
    """Whether its window opened this month, and it is not near its end yet."""
    return today.replace(day=1) <= task.edition.earliest_on <= today < task.edition.due_on


def _asks(user: User, past: Past, directory: Directory, today: date) -> list[Ask]:
    """The rounds to report in: told of once when they are opened, and from the lead to a week after the deadline.

    What is still missing then is for those who opened the round to close.
    """
    soon = today + lead_of(user)
    told = past.told("report")
    mine = [
        ask
        for ask in directory.asks
        if user in directory.reporters_of(ask.unit)
        and ask.opened_on <= today <= ask.round.due_on + WEEK
        and not directory.rests(ask.unit.pk)
    ]
    return [ask for ask in mine if ask.round.due_on <= soon or ask.key not in told]


def _silences(user: User, past: Past, directory: Directory, today: date) -> list[Silence]:
    """Measures that have gone stale, told of once a month."""
    told = past.told("silence", since=today.replace(day=1))
    mine = [silence for silence in directory.silences if user in directory.reporters_of(silence.unit)]
    return [silence for silence in mine if silence.key not in told and not directory.rests(silence.unit.pk)]


def _untold_answers(user: User, past: Past, directory: Directory, today: date) -> tuple[Comment, ...]:
    if user.pk not in directory.answered:
        return ()
    told = past.told("answered")
    return tuple(answer for answer in answers_to(user, today=today) if answer.pk not in told)
