"""What has happened lately that people are told of: years' editions moved or cancelled, tasks given to somebody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Final, NamedTuple

from django.utils.timezone import localtime

from annual_wheel.models import Edition, EditionState, Task
from config.lib.clock import end_of, start_of

# How far back it is looked: longer than a weekly mail and a month's holiday.
LOOKED_BACK: Final = timedelta(days=35)


class Stood(NamedTuple):
    """How an edition stood after a save, and who saved it."""

    at: datetime
    due_on: date
    state: str
    by: int | None


class Given(NamedTuple):
    at: datetime
    to: int | None
    by: int | None


@dataclass(frozen=True, slots=True)
class Moved:
    """That an edition has another day than it had, or that it is or no longer is cancelled."""

    was_on: date
    is_moved: bool
    was: EditionState
    state: EditionState


@dataclass
class News:
    """The changes of the last month, asked of the database once for however many people."""

    day: date
    editions: dict[int, list[Stood]] = field(default_factory=dict)
    given: dict[int, list[Given]] = field(default_factory=dict)

    @classmethod
    def on(cls, today: date) -> News:
        since = today - LOOKED_BACK
        saved = {"history_date__gte": start_of(since), "history_date__lt": end_of(today), "history_type": "~"}
        changed = Edition.history.filter(**saved).values("id")
        editions = Edition.history.filter(id__in=changed, history_date__lt=end_of(today)).order_by("history_date")
        stood = _by_first(editions.values_list("id", "history_date", "due_on", "state", "history_user"), Stood)
        handed = Task.history.filter(**saved, assigned_to__isnull=False).values("id")
        tasks = Task.history.filter(id__in=handed, history_date__lt=end_of(today)).order_by("history_date")
        given = _by_first(tasks.values_list("id", "history_date", "assigned_to", "history_user"), Given)
        return cls(today, {pk: rows for pk, rows in stood.items() if len({row[1:3] for row in rows}) > 1}, given)

    @cached_property
    def changed_editions(self) -> list[int]:
        return list(self.editions)

    def moved(self, edition_id: int, *, since: datetime, reader: int) -> Moved | None:
        """What has become otherwise with the edition since a moment; nothing where the reader did it."""
        rows = self.editions.get(edition_id, [])
        before = next((row for row in reversed(rows) if row.at <= since), None)
        if before is None or before is rows[-1]:
            return None
        now = rows[-1]
        if (before.due_on, before.state) == (now.due_on, now.state) or now.by == reader:
            return None
        return Moved(before.due_on, before.due_on != now.due_on, EditionState(before.state), EditionState(now.state))

    def is_given(self, task: Task, *, since: datetime, reader: int) -> bool:
        """Whether the task has come since a moment, or was handed to the reader by somebody else."""
        if since < task.given_at and localtime(task.given_at).date() <= self.day:
            return True
        rows = self.given.get(task.pk, [])
        pairs = zip([None, *rows], rows, strict=False)
        handed = [row for before, row in pairs if row.to == reader and (before is None or before.to != reader)]
        return bool(handed) and task.assigned_to_id == reader and handed[-1].at > since and handed[-1].by != reader


def _by_first(rows: Iterable[tuple[Any, ...]], make: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for first, *rest in rows:
        found[first].append(make(*rest))
    return found
