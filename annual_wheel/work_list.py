"""What stands on one's lists, with no more of each task than it takes to sort and to count it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from annual_wheel.filters import WorkFilter
from annual_wheel.models import EditionState, EntryKind, Task, TaskQuerySet, TaskStatus, Ticks
from organisation.models import User
from planning.models import Modality

RECENT: Final = timedelta(days=30)
MOST_DONE: Final = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """A task that stands on one's lists, with no more than it takes to sort and to count it."""

    pk: int
    status: str
    done_at: datetime | None
    assigned_to_id: int | None
    unit_id: int
    ticks: str
    kind: str
    modality: str
    earliest_on: date
    due_on: date
    state: str
    wheel: tuple[str, str]
    shared_with: tuple[int, ...] = ()

    @property
    def units(self) -> tuple[int, ...]:
        """The units whose lists it stands on."""
        return (self.unit_id, *self.shared_with)

    @property
    def is_open(self) -> bool:
        return self.status == TaskStatus.OPEN

    def is_behind(self, today: date) -> bool:
        """Whether it is binding and its day has passed; one that is open is then late."""
        return self.kind != EntryKind.ONGOING and self.modality == Modality.MUST and self.due_on < today


# Where the fields of `Listed` are found; a wheel is made of the last two.
FOUND_AT: Final = {
    "pk": "pk",
    "status": "status",
    "done_at": "done_at",
    "assigned_to_id": "assigned_to_id",
    "unit_id": "unit_id",
    "ticks": "edition__entry__ticks",
    "kind": "edition__entry__kind",
    "modality": "edition__entry__modality",
    "earliest_on": "edition__earliest_on",
    "due_on": "edition__due_on",
    "state": "edition__state",
}
WHEEL: Final = ("edition__entry__wheel__slug", "edition__entry__wheel__title")


def listed_tasks(
    user: User, units: Collection[int], chosen: WorkFilter, *, today: date
) -> tuple[list[Listed], list[Listed]]:
    """What is open, in its order, and what has been ticked off in the last month, the newest first (two queries).

    The task that the address names stands among what is open although it is not: one has just dealt with it there.
    """
    found = _narrowed(Task.objects.on_list_of(user, units), chosen)
    found = found.on_lists(since=today - RECENT, today=today, also=chosen.task)
    raw = [(dict(zip(FOUND_AT, row, strict=False)), row[-2:]) for row in found.values_list(*FOUND_AT.values(), *WHEEL)]
    shared = _shared(facts["pk"] for facts, _wheel in raw if facts["ticks"] == Ticks.ONE)
    tasks = [Listed(**facts, wheel=wheel, shared_with=shared.get(facts["pk"], ())) for facts, wheel in raw]
    done = [task for task in tasks if task.status == TaskStatus.DONE and task.pk != chosen.task]
    done.sort(key=lambda task: (task.done_at, task.pk), reverse=True)
    return [task for task in tasks if task.is_open or _is_kept(task, chosen)], done[:MOST_DONE]


def _shared(tasks: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """The other units that have each of these on their lists."""
    found: dict[int, tuple[int, ...]] = {}
    rows = Task.shared_with.through.objects.filter(task__in=list(tasks))
    for task, unit in rows.values_list("task_id", "unit_id"):
        found[task] = (*found.get(task, ()), unit)
    return found


def _is_kept(task: Listed, chosen: WorkFilter) -> bool:
    return task.pk == chosen.task and task.status != TaskStatus.WITHDRAWN and task.state != EditionState.CANCELLED


def _narrowed(tasks: TaskQuerySet, chosen: WorkFilter) -> TaskQuerySet:
    if chosen.wheel:
        tasks = tasks.filter(edition__entry__wheel__slug=chosen.wheel)
    if chosen.kind:
        tasks = tasks.filter(edition__entry__kind=chosen.kind)
    return tasks
