"""An edition or a task → its entry in a calendar, the same whoever reads it."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from annual_wheel.ical import CalendarEntry
from annual_wheel.models import Edition, EditionState, Precision, Task, TaskStatus
from annual_wheel.phrases import day_phrase, language, responsible_words, when_of
from config.lib.ui import KINDS

EXACT = (Precision.DAY, Precision.DAYS)
SET_ASIDE = (TaskStatus.WITHDRAWN, TaskStatus.NOT_RELEVANT)


class Told(NamedTuple):
    """What the entry of an edition and those of its tasks have in common, put into words once."""

    edition: Edition
    title: str
    description: tuple[str, ...]
    categories: tuple[str, ...]
    url: str


def told_of(edition: Edition) -> Told:
    return Told(
        edition=edition,
        title=_title(edition),
        description=tuple(_description(edition)),
        categories=(str(KINDS[edition.entry.kind][1]), edition.entry.wheel.title),
        url=f"{settings.BASE_URL}{edition.entry.get_absolute_url()}",
    )


def edition_entry(of: Told, *, changed_at: datetime) -> CalendarEntry:
    edition = of.edition
    return CalendarEntry(
        uid=f"{edition.entry.key}-{edition.year}@rodtraad",
        title=_off(of.title) if edition.is_cancelled else of.title,
        description="\n".join([*of.description, of.url]),
        sequence=edition.lock_version + edition.entry.lock_version,
        is_cancelled=edition.is_cancelled,
        **_common(of, changed_at),
    )


def task_entry(of: Told, task: Task, *, changed_at: datetime) -> CalendarEntry:
    edition = of.edition
    status = [] if edition.is_cancelled else [_status_line(task, edition.year)]
    is_off = edition.is_cancelled or task.status in SET_ASIDE
    return CalendarEntry(
        uid=f"{edition.entry.key}-{edition.year}-{task.unit_id}@rodtraad",
        title=task_title(of, task),
        description="\n".join([*of.description, *status, of.url]),
        sequence=edition.lock_version + edition.entry.lock_version + task.lock_version,
        is_cancelled=is_off,
        is_ticked_off=True,
        done_at=None if is_off else task.done_at,
        **_common(of, changed_at),
    )


def task_title(of: Told, task: Task, *, names_unit: bool = False) -> str:
    """What it is and how it stands, and whose it is for those who have it for several units."""
    title = f"{of.title} – {task.unit.label}" if names_unit else of.title
    if of.edition.is_cancelled:
        return _off(title)
    return title if task.status == TaskStatus.OPEN else f"{_label(task.status, language()).capitalize()}: {title}"


def _common(of: Told, changed_at: datetime) -> dict[str, Any]:
    return {
        "first": min(of.edition.earliest_on, of.edition.due_on),
        "last": of.edition.due_on,
        "changed_at": changed_at,
        "url": of.url,
        "categories": of.categories,
    }


def _off(title: str) -> str:
    return _("Utgår: %(title)s") % {"title": title}


def _title(edition: Edition) -> str:
    """What it is, and where the date is vague the words it was written with."""
    text = " ".join(edition.said.text.split()).removesuffix(".")
    return text if edition.precision in EXACT else f"{text} ({edition.as_written})"


def _description(edition: Edition) -> list[str]:
    at = when_of(edition)
    lines = [_("Når: %(when)s") % {"when": f"{at.phrase} ({at.days})" if at.days else at.phrase}]
    if at.bound:
        lines.append(_("Skal være gjort: %(bound)s") % {"bound": at.bound})
    responsible = responsible_words(edition.lines)
    if responsible:
        lines.append(_("Ansvar: %(who)s") % {"who": responsible})
    if edition.state != EditionState.PLANNED:
        lines.append(f"{edition.get_state_display().capitalize()}: {edition.reason_words}")
    return lines


@cache
def _label(status: str, language: str) -> str:
    """Asked for each of twenty thousand tasks, and the same for all."""
    return str(TaskStatus(status).label)


@cache
def _status_said(status: str, language: str) -> str:
    return _("Status: %(status)s") % {"status": _label(status, language)}


def _status_line(task: Task, year: int) -> str:
    """With the year where it is not the edition's own: words that stand must not depend on the day they are read."""
    said = _status_said(task.status, language())
    if task.done_at:
        day = timezone.localdate(task.done_at)
        return f"{said} {day_phrase(day, today=day.replace(year=year, month=1, day=1))}"
    return f"{said}: {task.reason_words}" if task.reason else said
