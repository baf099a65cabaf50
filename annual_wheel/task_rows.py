"""One task made ready to show and to tick off, the same on every page it stands on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annual_wheel.models import Task, TaskStatus
from annual_wheel.phrases import moment_phrase, shortened
from config.lib.addresses import address
from config.lib.language import lang_of
from config.lib.ui import icon
from organisation.models import Unit

NAME_LENGTH: Final = 60  # of a task in its controls' names, which are heard one after the other


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task's own part of a row: where it stands, who did it, and what may be done with it.

    An address is empty where the reader may not do what it is for.
    """

    pk: int
    text: str
    unit: str
    shared: str
    status: str
    state: str  # empty where a button to tick it off says enough
    by: str
    reason: str
    note: str
    may_tick: bool
    mark: str  # the number as it stands in the page's ids
    named: str  # what a control acts on, for those who hear it without the row
    spoken: SafeString  # the same, as it stands in the control
    url: str
    press_url: str
    variant: str
    note_url: str
    not_relevant_url: str
    assigned: str  # who it has been given to
    assigned_id: int | None
    assign_url: str
    evidence: str  # where it can be seen what was done
    told: str = ""  # who gets a reminder and why, for those who edit; who ticks it off, for those who may not
    reaches_nobody: bool = False

    @property
    def is_open(self) -> bool:
        return self.status == TaskStatus.OPEN

    # Made only where they are shown: a mail has no controls, and whoever sends it no icons.

    @property
    def press(self) -> SafeString:
        """What the button says: tick, or undo."""
        words = _words(get_language())
        return (words.tick if self.is_open else words.undo) + self.spoken

    @property
    def note_words(self) -> SafeString:
        return _words(get_language()).note + self.spoken

    @property
    def not_relevant_words(self) -> SafeString:
        return _words(get_language()).not_relevant + self.spoken

    @property
    def take_words(self) -> SafeString:
        return _words(get_language()).take + self.spoken

    @property
    def assign_words(self) -> SafeString:
        return _words(get_language()).assign + self.spoken

    @property
    def pick_words(self) -> SafeString:
        return _words(get_language()).pick + self.spoken


@dataclass(frozen=True, slots=True)
class Words:
    """What may be done with a task, the same in every row of a page."""

    tick: SafeString
    undo: SafeString
    note: SafeString
    not_relevant: SafeString
    take: SafeString
    assign: SafeString
    pick: SafeString


@cache
def _words(language: str | None) -> Words:
    return Words(
        tick=icon("check") + escape(_("Kvitter ut")),
        undo=icon("undo") + escape(_("Angre")),
        note=escape(_("Merknad")),
        not_relevant=escape(_("Ikke aktuelt hos oss")),
        take=escape(_("Ta den selv")),
        assign=escape(_("Gi videre")),
        pick=escape(_("Velg")),
    )


CAN_UNDO = (TaskStatus.DONE, TaskStatus.NOT_RELEVANT)


def task_row(task: Task, *, tickable: frozenset[int], today: date) -> TaskRow:
    """Make a task's row. `tickable` are the units whose tasks the reader may tick off."""
    shared, text, unit = task.sharing_units, task.edition.said.text, task.unit.label
    stands = task.status != TaskStatus.WITHDRAWN and not task.edition.is_cancelled
    may_tick = stands and bool(tickable & {task.unit_id, *(unit.pk for unit in shared)})
    is_open, named = task.status == TaskStatus.OPEN, f" «{shortened(text, NAME_LENGTH)}» ({unit})"
    spoken = format_html('<span class="sr-only"{}>{}</span>', lang_of(settings.LANGUAGE_CODE), named)
    return TaskRow(
        pk=task.pk,
        text=text,
        unit=unit,
        shared=_shared_words(task, shared) if shared else "",
        status=task.status,
        state="" if is_open and may_tick else state_code(task, today=today),
        by=done_words(task, shared, today=today),
        reason=task.reason_words,
        note=task.note,
        may_tick=may_tick,
        mark=str(task.pk),
        named=named,
        spoken=spoken,
        url=address("task", task.pk),
        press_url=_press_address(task) if may_tick else "",
        variant="secondary" if is_open else "tertiary",
        note_url=address("task_note", task.pk) if may_tick else "",
        not_relevant_url=address("task_not_relevant", task.pk) if may_tick and is_open else "",
        assigned=_("Tildelt %(who)s") % {"who": task.assigned_to} if task.assigned_to else "",
        assigned_id=task.assigned_to_id,
        assign_url=address("task_assign", task.pk) if may_tick and is_open else "",
        evidence=task.evidence_url,
    )


def _press_address(task: Task) -> str:
    if task.status == TaskStatus.OPEN:
        return address("task_tick", task.pk)
    return address("task_untick", task.pk) if task.status in CAN_UNDO else ""


def _shared_words(task: Task, shared: Iterable[Unit]) -> str:
    units = ", ".join(unit.label for unit in (task.unit, *shared))
    return _("én kvittering for alle: %(units)s") % {"units": units}


def state_code(task: Task, *, today: date) -> str:
    """The interface's code for a task: its status, or late."""
    return "late" if task.is_overdue(today) else str(task.status)


def done_words(task: Task, shared: Iterable[Unit] = (), *, today: date) -> str:
    """Who ticked it off and when: "Kari Nord, i dag"; and for whom, where it was somebody above the unit."""
    if task.done_by is None or task.done_at is None:
        return ""
    when = moment_phrase(localtime(task.done_at), today=today)
    if not task.is_done_from_above:
        return f"{task.done_by}, {when}"
    units = ", ".join(str(unit) for unit in (task.unit, *shared))
    return _("Kvittert ut av %(who)s for %(unit)s, %(when)s") % {"who": task.done_by, "unit": units, "when": when}
