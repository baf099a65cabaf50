"""One task made ready to show and to tick off, the same on every page it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from annual_wheel.models import Task, TaskStatus
from annual_wheel.phrases import moment_phrase
from config.lib.addresses import address


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task's own part of a row: where it stands, who did it, and what may be done with it."""

    pk: int
    text: str
    unit: str
    shared: str
    status: str
    state: str
    by: str
    reason: str
    note: str
    may_tick: bool
    mark: str  # the number as it stands in the page's ids
    named: str  # what a button acts on, for those who hear it without the row
    tick_url: str
    untick_url: str
    note_url: str
    not_relevant_url: str
    told: str = ""  # who gets a reminder, for those who edit; who ticks it off, for those who may not

    @property
    def is_open(self) -> bool:
        return self.status == TaskStatus.OPEN

    @property
    def may_undo(self) -> bool:
        return self.may_tick and self.status in (TaskStatus.DONE, TaskStatus.NOT_RELEVANT)


def task_row(task: Task, *, tickable: frozenset[int], today: date) -> TaskRow:
    """Make a task's row. `tickable` are the units whose tasks the reader may tick off."""
    shared = list(task.shared_with.all())
    stands = task.status != TaskStatus.WITHDRAWN and not task.edition.is_cancelled
    return TaskRow(
        pk=task.pk,
        text=task.edition.entry.text,
        unit=task.unit.label,
        shared=_("én kvittering for alle: %(units)s")
        % {"units": ", ".join(unit.label for unit in (task.unit, *shared))}
        if shared
        else "",
        status=task.status,
        state=state_code(task, today=today),
        by=done_words(task, today=today),
        reason=task.reason_words,
        note=task.note,
        may_tick=stands and bool(tickable & {task.unit_id, *(unit.pk for unit in shared)}),
        mark=str(task.pk),
        named=f": {task.edition.entry.text} ({task.unit.label})",
        tick_url=address("task_tick", task.pk),
        untick_url=address("task_untick", task.pk),
        note_url=address("task_note", task.pk),
        not_relevant_url=address("task_not_relevant", task.pk),
    )


def state_code(task: Task, *, today: date) -> str:
    """The interface's code for a task: its status, or late."""
    return "late" if task.is_overdue(today) else str(task.status)


def done_words(task: Task, *, today: date) -> str:
    """Who ticked it off and when: "Kari Nord, i dag"."""
    if task.done_by is None or task.done_at is None:
        return ""
    return f"{task.done_by}, {moment_phrase(localtime(task.done_at), today=today)}"
