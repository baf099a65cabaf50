"""What people are reminded of on a day: from the same list as "Mitt arbeid", for many of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q

from annual_wheel.asks import Ask, Silence
from annual_wheel.due import Due
from annual_wheel.models import MOST_LEAD_DAYS, EditionState, EntryKind, Task, TaskStatus, is_open_on
from annual_wheel.news import LOOKED_BACK, Moved, News
from annual_wheel.oversight import Summary, late_for_long
from annual_wheel.past_mails import Past, pasts_of
from annual_wheel.recipients import Directory
from config.lib.clock import start_of
from organisation.models import Comment, ReminderRhythm, User
from strategy.talk_for_me import ForMe, answers_to, hearings_for, mentions_of

WEEK: Final = timedelta(days=7)


def due_for(user: User, *, directory: Directory, today: date) -> Due:
    """What one person is reminded of."""
    return dues_for([user], directory=directory, today=today)[user.pk]


def dues_for(
    users: Sequence[User], *, directory: Directory, today: date, pasts: Mapping[int, Past] | None = None
) -> dict[int, Due]:
    """What each is reminded of, by person; what is asked of the database does not grow with how much they have."""
    pasts = pasts_of(users, today=today) if pasts is None else pasts
    since = {user.pk: _last_told(pasts[user.pk], today) for user in users}
    tasks = _tasks_of(users, directory, today, since=min(since.values(), default=start_of(today)))
    led = {unit for user in users for unit in directory.leading(user)}
    behind = late_for_long(led, directory.escalating, today=today) if led else []
    found = {}
    for user in users:
        reader = Reader(user, pasts[user.pk], since[user.pk])
        due = _due(reader, tasks[user.pk], directory.news, directory, today)
        found[user.pk] = replace(
            due,
            behind=tuple(_behind(reader, behind, due, directory)),
            summaries=tuple(_summaries(reader, directory)),
        )
    return found


def _behind(reader: Reader, late: list[Task], due: Due, directory: Directory) -> list[Task]:
    """What is late for long at the units one leads, each told of once; not what is one's own to do."""
    led = directory.leading(reader.user) if late else set()
    told = reader.past.told("behind")
    own = {task.pk for task in due.tasks}
    return [
        task for task in late if task.unit_id in led and task.pk not in told | own and not directory.rests(task.unit_id)
    ]


def _summaries(reader: Reader, directory: Directory) -> list[Summary]:
    """To those who lead and edit for the owner, once a month."""
    told = reader.past.told("summary")
    user = reader.user
    units = directory.leading(user) | directory.editing(user)
    return [summary for summary in directory.summaries if summary.wheel.owner_id in units and summary.key not in told]


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody, what earlier mails have told them, and the moment from which things are news to them."""

    user: User
    past: Past
    since: datetime


def _last_told(past: Past, today: date) -> datetime:
    """When the last mail left; for whoever has had none for long, or ever, a week ago."""
    a_week_ago = start_of(today - WEEK)
    return max(past.last.left_at, start_of(today - LOOKED_BACK)) if past.last else a_week_ago


def _tasks_of(users: Sequence[User], directory: Directory, today: date, *, since: datetime) -> dict[int, list[Task]]:
    """The tasks that each is told of, in the order they should be done."""
    wanted = {user.pk for user in users}
    found: dict[int, list[Task]] = defaultdict(list)
    for task in _candidates(users, directory, today, since=since):
        task.status = TaskStatus.OPEN
        if directory.rests(task.unit_id):
            continue
        for user in directory.recipients_of(task):
            if user.pk in wanted:
                found[user.pk].append(task)
    return found


def _candidates(users: Sequence[User], directory: Directory, today: date, *, since: datetime) -> list[Task]:
    """What is open for those near the people's units, and in their wheels where nobody else is near.

    What has been ticked off after today counts as open, for looking back at a day that has been. What lies further
    ahead than anything is told of is left out, unless its window has opened this month or something has happened to it.
    """
    units = {unit for user in users for unit in directory.units_of(user)}
    owned = {unit for user in users for unit in directory.editing(user)}
    shared = Task.shared_with.through.objects.filter(unit__in=units).values("task_id")
    near = Q(unit__in=units) | Q(pk__in=shared) | Q(assigned_to__in=users)
    left_over = Q(edition__entry__wheel__owner__in=owned) & ~Q(unit__in=directory.reached_units)
    has_begun = Q(edition__earliest_on__gte=today.replace(day=1), edition__earliest_on__lte=today)
    is_news = Q(given_at__gt=since) | Q(pk__in=list(directory.news.given))
    is_near_in_time = Q(edition__due_on__lte=today + timedelta(days=MOST_LEAD_DAYS)) | has_begun | is_news
    is_changed = Q(edition__in=directory.news.changed_editions)
    is_called_off = is_changed & Q(status=TaskStatus.WITHDRAWN, edition__state=EditionState.CANCELLED)
    is_open = is_open_on(today) & (is_near_in_time | is_changed)
    return list(
        Task.objects.current(today=today)
        .filter(near | left_over, is_open | is_called_off)
        .select_related("edition__entry__wheel", "unit", "assigned_to")
        .prefetch_related("shared_with", "edition__entry__responsibilities", "edition__responsibilities")
    )


def _due(reader: Reader, tasks: list[Task], news: News, directory: Directory, today: date) -> Due:
    """Sort what is open for this person; what only should or may be done is never late, and the ongoing never due."""
    user, past = reader.user, reader.past
    begun = past.told("new", since=today.replace(day=1))
    sorted_out: dict[str, list[Task]] = defaultdict(list)
    moves: dict[int, Moved] = {}
    for task in tasks:
        moved = news.moved(task.edition_id, since=reader.since, reader=user.pk)
        if moved:
            moves[task.pk] = moved
        if task.is_overdue(today):
            sorted_out["late"].append(task)
        elif not task.edition.is_cancelled and _is_soon(task, user, today):
            sorted_out["soon"].append(task)
        elif moved:
            sorted_out["changed"].append(task)
        elif task.edition.is_cancelled:
            continue
        elif news.is_given(task, since=reader.since, reader=user.pk):
            sorted_out["given"].append(task)
        elif _has_begun(task, today) and task.pk not in begun:
            sorted_out["new"].append(task)
    return Due(
        late=tuple(sorted_out["late"]),
        soon=tuple(sorted_out["soon"]),
        changed=tuple(sorted_out["changed"]),
        given=tuple(sorted_out["given"]),
        new=tuple(sorted_out["new"]),
        moves=moves,
        tickable=frozenset(t.pk for t in tasks if not t.edition.is_cancelled and directory.may_tick(user, t)),
        asks=tuple(_asks(user, past, directory, today)),
        hearings=tuple(_hearings(user, past, directory, today)),
        mentions=tuple(_mentions(user, past, directory, today)),
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


def _hearings(user: User, past: Past, directory: Directory, today: date) -> list[ForMe]:
    """Told of once while open, once more near the last day, and once when what was said waits for an answer."""
    if not directory.is_anything_heard:
        return []
    told = past.told("hearing")
    rows = [replace(row, key=_stage(row, user, today)) for row in hearings_for(user, today=today)]
    return [row for row in rows if row.key not in told]


def _stage(row: ForMe, user: User, today: date) -> str:
    if row.until is None:
        return f"{row.key}-over"
    return f"{row.key}-soon" if row.until <= today + lead_of(user) else row.key


def _mentions(user: User, past: Past, directory: Directory, today: date) -> list[ForMe]:
    """Comments that name the person, each told of once."""
    if user.pk not in directory.mentioned:
        return []
    told = past.told("mention")
    return [row for row in mentions_of(user, today=today) if row.key not in told]


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
