"""How far the wheels have come with what carries measures out: the ticks beside what is reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Count, Max, Q
from django.utils.timezone import localtime

from annual_wheel.models import EditionState, Task, TaskQuerySet, TaskStatus
from planning.standing import Ticks
from strategy.models import ItemStatus
from strategy.words import period_words


def ticks_in_year(keys: Iterable[str], year: int, *, unit: str = "") -> dict[str, Ticks]:
    """The ticks of the year's editions, by the measure's key; nothing for a measure without a task (one query).

    Those of a unit, by its slug, are its own tasks and those it shares.
    """
    tasks = _tasks_of(keys).filter(edition__year=year)
    if unit:
        tasks = tasks.filter(Q(unit__slug=unit) | Q(shared_with__slug=unit))
    return _counted(tasks, str(year))


def ticks_between(keys: Iterable[str], first: date, last: date) -> Mapping[str, Ticks]:
    """The ticks of what has its last day between two days, by the measure's key (one query)."""
    tasks = _tasks_of(keys).filter(edition__due_on__gte=first, edition__due_on__lte=last)
    return _counted(tasks, period_words(first, last))


def last_ticked(keys: Iterable[str]) -> dict[str, date]:
    """The day when something that carries each measure out was last ticked off, in any year (one query)."""
    done = _tasks_of(keys).filter(status=TaskStatus.DONE).order_by()
    moments = done.values_list("edition__entry__measures__key").annotate(Max("done_at"))
    return {key: localtime(moment).date() for key, moment in moments}


def _tasks_of(keys: Iterable[str]) -> TaskQuerySet:
    tasks = Task.objects.standing().filter(edition__entry__measures__key__in=set(keys))
    return tasks.exclude(edition__state=EditionState.CANCELLED).exclude(edition__entry__status=ItemStatus.RETIRED)


def _counted(tasks: TaskQuerySet, when: str) -> dict[str, Ticks]:
    counts: dict[str, dict[str, int]] = {}
    rows = tasks.order_by().values_list("edition__entry__measures__key", "status").annotate(Count("pk", distinct=True))
    for key, status, count in rows:
        counts.setdefault(key, {})[status] = count
    return {
        key: Ticks(
            done=by_status.get(TaskStatus.DONE, 0),
            total=sum(by_status.values()),
            open=by_status.get(TaskStatus.OPEN, 0),
            when=when,
        )
        for key, by_status in counts.items()
    }
