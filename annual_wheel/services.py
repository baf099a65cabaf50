"""What people do with an edition and with their tasks; every act is logged with who and why, and can be undone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from annual_wheel.models import Edition, EditionState, Task, TaskStatus, Wheel
from annual_wheel.opening import fan_out, refresh_followers, set_dates
from config.lib.ready_query import ReadyQuery
from config.lib.saving import save_changed, sign
from organisation.models import User


class CannotTick(Exception):
    """The task is not there to be ticked off; the message is for the person who tried."""


class Gone(CannotTick):
    """The task is no longer there at all: the opening of its year was undone."""


class NewerNote(Exception):
    """Somebody has written the note that is given, and it would be lost."""


class NewerLink(Exception):
    """Somebody has given the link that is told, and it would be lost."""


@dataclass
class Several:
    """What came of ticking several: those that were ticked off, and each of the others with why not."""

    done: list[Task] = field(default_factory=list)
    refused: list[tuple[Task, str]] = field(default_factory=list)


@transaction.atomic
def tick(task: Task, *, by: User, now: datetime, note: str = "") -> Task:
    """Tick a task off. One that somebody has already ticked off stays theirs."""
    task = locked(task)
    if task.status == TaskStatus.DONE:
        return task
    _refuse_unless_standing(task)
    task.status = TaskStatus.DONE
    task.reason = ""
    task.done_at, task.done_by = now, by
    task.is_done_from_above = is_from_above(task, by=by, now=now)
    if note:
        task.note = "\n".join(filter(None, (task.note, note)))
    return saved(task, by=by, reason=gettext_noop("Kvittert ut."))


def is_from_above(task: Task, *, by: User, now: datetime) -> bool:
    """Whether whoever ticks has no role at any of the units that have the task, but at one above them."""
    own = {membership.unit_id for membership in by.memberships_on(timezone.localdate(now))}
    return own.isdisjoint({task.unit_id, *(unit.pk for unit in task.sharing_units)})


@transaction.atomic
def tick_several(tasks: Iterable[Task], *, by: User, now: datetime) -> Several:
    """Tick off each that can be, always in the same order, so that two who do it at once never wait for each other."""
    result = Several()
    for task in sorted(tasks, key=lambda task: task.pk):
        try:
            fresh = locked(task)
            _refuse_where_done(fresh)
            result.done.append(tick(fresh, by=by, now=now))
        except CannotTick as refused:
            result.refused.append((task, str(refused)))
    return result


@transaction.atomic
def untick_several(tasks: Iterable[Task], *, by: User) -> list[Task]:
    """Open again those of the tasks that this person ticked off and that still stand so."""
    opened = []
    for task in sorted(tasks, key=lambda task: task.pk):
        fresh = locked(task)
        if fresh.status == TaskStatus.DONE and fresh.done_by_id == by.pk and not fresh.edition.is_cancelled:
            opened.append(untick(fresh, by=by))
    return opened


@transaction.atomic
def untick(task: Task, *, by: User) -> Task:
    """Open a task again, whether it was done or not relevant. The log keeps that it once was."""
    task = locked(task)
    if task.status == TaskStatus.OPEN:
        return task
    _refuse_unless_standing(task)
    task.status = TaskStatus.OPEN
    task.reason = ""
    task.done_at = task.done_by = None
    task.is_done_from_above = False
    return saved(task, by=by, reason=gettext_noop("Angret."))


@transaction.atomic
def mark_not_relevant(task: Task, *, by: User, reason: str) -> Task:
    """Say that this does not apply to the unit this year; ValueError without a reason, CannotTick where it is done."""
    if not reason.strip():
        raise ValueError("a reason is needed")
    task = locked(task)
    _refuse_where_done(task)
    _refuse_unless_standing(task)
    task.status = TaskStatus.NOT_RELEVANT
    task.reason = reason.strip()
    return saved(task, by=by, reason=gettext_noop("Ikke aktuelt: %(reason)s") % {"reason": task.reason})


@transaction.atomic
def write_note(
    task: Task, *, by: User, note: str, expected: str, evidence: str | None = None, expected_evidence: str = ""
) -> Task:
    """Write a note, and a link that shows what was done, in place of what was there (`expected`).

    NewerNote or NewerLink where somebody has written another meanwhile. Without `evidence` the link stays.
    """
    task = locked(task)
    if _lines(task.note) not in (_lines(expected), _lines(note)):
        raise NewerNote(task.note)
    if evidence is not None:
        if task.evidence_url not in (expected_evidence, evidence):
            raise NewerLink(task.evidence_url)
        task.evidence_url = evidence
    task.note = note.strip()
    return saved(task, by=by, reason=gettext_noop("Endret merknaden."))


def _lines(note: str) -> list[str]:
    """A note without regard to how a browser ends its lines."""
    return note.strip().splitlines()


def locked(task: Task) -> Task:
    """Take the row until the transaction ends, so of two at once the second sees what the first did."""
    fresh = next(iter(LOCKED.rows(pk=task.pk)), None)
    if fresh is None:
        raise Gone(_("Oppgaven er borte: åpningen av året ble angret."))
    fresh.unit = task.unit  # never becomes another one: what has been read is not read again
    # Cancelling an edition withdraws what is open in it, so only such a task may have been read with an older edition.
    if fresh.status == task.status:
        fresh.edition = task.edition
    return fresh


def _locked(*, pk: int) -> QuerySet[Task]:
    return Task.objects.select_for_update(of=("self",)).order_by().filter(pk=pk)


LOCKED: Final = ReadyQuery(_locked, pk=int)


def _refuse_where_done(task: Task) -> None:
    if task.status == TaskStatus.DONE:
        raise CannotTick(_("%(who)s har alt kvittert ut dette.") % {"who": task.done_by})


def _refuse_unless_standing(task: Task) -> None:
    if task.edition.state == EditionState.CANCELLED:
        raise CannotTick(_("Dette utgår i %(year)s, så det er ingenting å kvittere ut.") % {"year": task.edition.year})
    if task.status == TaskStatus.WITHDRAWN:
        raise CannotTick(_("Oppgaven er trukket: %(reason)s") % {"reason": task.reason_words})


# What people change in a task; the rest of it stands from when it was given out.
CHANGED: Final = (
    "status",
    "reason",
    "note",
    "evidence_url",
    "done_at",
    "done_by",
    "is_done_from_above",
    "assigned_to",
    "lock_version",
)


def saved(task: Task, *, by: User, reason: str) -> Task:
    task.lock_version += 1
    sign(task, by=by, why=reason)
    task.save(update_fields=CHANGED)
    return task


@transaction.atomic
def cancel(edition: Edition, *, by: User, reason: str, is_partly: bool, today: date, expected: int) -> Edition:
    """Cancel this year's edition, wholly or in part. The series lives on; StaleEdit where somebody was first."""
    if not reason.strip():
        raise ValueError("a reason is needed")
    edition.state = EditionState.PARTLY_CANCELLED if is_partly else EditionState.CANCELLED
    edition.reason = reason.strip()
    return _changed(edition, by=by, why=edition.reason, today=today, expected=expected)


@transaction.atomic
def restore(edition: Edition, *, by: User, today: date, expected: int) -> Edition:
    """Take a cancellation back; withdrawn tasks are given out again."""
    edition.state = EditionState.PLANNED
    edition.reason = ""
    return _changed(edition, by=by, why=gettext_noop("Tilbake i årets plan."), today=today, expected=expected)


@transaction.atomic
def move(edition: Edition, *, by: User, words: str, today: date, expected: int) -> Edition:
    """Give this year's edition a date of its own, or with the entry's own words the usual date back.

    The wheel is locked first, since others follow. Raises when.Unreadable for words that are no date.
    """
    Wheel.objects.select_for_update(no_key=True).get(pk=edition.entry.wheel_id)
    edition.is_moved = words.strip() != edition.said.when_words
    edition.as_written = words.strip()
    set_dates(edition)
    _changed(
        edition,
        by=by,
        why=gettext_noop("Flyttet til %(words)s.") % {"words": edition.as_written},
        today=today,
        expected=expected,
    )
    refresh_followers(edition, today=today)
    return edition


@transaction.atomic
def describe(
    edition: Edition, *, by: User, form: str, outcome: str, today: date, expected: int, is_likely: bool = False
) -> Edition:
    """Say how this year's edition is held, or most likely will be, and what came of it."""
    edition.form, edition.outcome = form, outcome.strip()
    edition.is_form_likely = is_likely and bool(form)
    return _changed(edition, by=by, why=gettext_noop("Form eller resultat endret."), today=today, expected=expected)


def _changed(edition: Edition, *, by: User, why: str, today: date, expected: int) -> Edition:
    save_changed(edition, by=by, expected=expected, why=why)
    fan_out(edition, today=today)
    return edition


def refresh_editions_of(editions: Iterable[Edition], *, today: date) -> None:
    """Let editions follow a change in their entry: dates not moved this year, and who has the tasks."""
    for edition in editions:
        set_dates(edition)
        edition.lock_version += 1
        edition.save()
        fan_out(edition, today=today)
        refresh_followers(edition, today=today)
