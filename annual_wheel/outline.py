"""The whole of a wheel as plain data, in the shape of the public export (docs/export.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypedDict

from django.utils import timezone

from annual_wheel.models import Edition, Entry, Task, Wheel
from annual_wheel.outline_turning import decisions_outline, proposals_outline
from strategy.outline import LineOutline, lines_outline


class TaskOutline(TypedDict):
    unit: str
    unit_slug: str
    shared_with: list[str]
    status: str
    done_at: str | None
    done_by: str | None
    reason: str
    note: str
    evidence: str
    assigned_to: str | None


class UnitNoteOutline(TypedDict):
    unit_slug: str
    text: str


class EditionOutline(TypedDict):
    year: int
    as_written: str
    precision: str
    earliest: str
    latest: str
    due_on: str
    bound: dict[str, str | None] | None
    is_moved: bool
    state: str
    form: str
    is_form_likely: bool
    outcome: str
    reason: str
    text: str
    month: int
    responsible: list[LineOutline]
    tasks: list[TaskOutline]
    unit_notes: list[UnitNoteOutline]


class EntryOutline(TypedDict):
    id: str
    text: str
    kind: str
    month: int
    when: str
    anchor: dict[str, Any] | None
    ticks: str
    modality: str
    lead_days: int | None
    status: str
    responsible: list[LineOutline]
    links: list[dict[str, str]]
    measures: list[str]
    target_groups: list[str]
    from_year: int | None
    to_year: int | None
    source: dict[str, Any] | None
    editions: list[EditionOutline]


class WheelOutline(TypedDict):
    slug: str
    owner: str
    owner_slug: str
    title: str
    document: str | None
    is_public: bool
    escalates_after: int | None
    is_summed_up: bool
    years: list[int]
    entries: list[EntryOutline]
    turn_decisions: list[dict[str, Any]]
    proposals: list[dict[str, Any]]


def wheel_outline(wheel: Wheel) -> WheelOutline:
    """Return a wheel with all its years, in a constant number of queries; entries that are taken out are there too."""
    entries = wheel.entries.select_related("bound_entry", "anchor").prefetch_related(
        "responsibilities__unit", "responsibilities__group", "responsibilities__function", "measures", "target_groups",
        "editions__responsibilities__unit", "editions__responsibilities__group", "editions__responsibilities__function",
        "editions__tasks__unit", "editions__tasks__done_by", "editions__tasks__assigned_to",
        "editions__tasks__shared_with", "editions__unit_notes__unit",
    )  # fmt: skip
    keys = dict(Entry.objects.filter(wheel=wheel).values_list("pk", "key"))
    return {
        "slug": wheel.slug,
        "owner": wheel.owner.name,
        "owner_slug": wheel.owner.slug,
        "title": wheel.title,
        "document": wheel.document.slug if wheel.document else None,
        "is_public": wheel.is_public,
        "escalates_after": wheel.escalates_after,
        "is_summed_up": wheel.is_summed_up,
        "years": [opened.year for opened in wheel.years.all()],
        "entries": [_entry(entry, keys) for entry in entries],
        "turn_decisions": decisions_outline(wheel),
        "proposals": proposals_outline(wheel),
    }


def _entry(entry: Entry, keys: Mapping[int, str]) -> EntryOutline:
    anchor = {"entry": entry.anchor.key, "offset_days": entry.anchor_offset_days} if entry.anchor else None
    return {
        "id": entry.key,
        "text": entry.text,
        "kind": entry.kind,
        "month": entry.month,
        "when": entry.when_words,
        "anchor": anchor,
        "ticks": entry.ticks,
        "modality": entry.modality,
        "lead_days": entry.lead_days,
        "status": entry.status,
        "responsible": lines_outline(entry.responsibilities.all()),
        "links": entry.links,
        "measures": [measure.key for measure in entry.measures.all()],
        "target_groups": [group.slug for group in entry.target_groups.all()],
        "from_year": entry.from_year,
        "to_year": entry.to_year,
        "source": entry.source,
        "editions": [
            _edition(edition, keys) for edition in sorted(entry.editions.all(), key=lambda edition: edition.year)
        ],
    }


def _edition(edition: Edition, keys: Mapping[int, str]) -> EditionOutline:
    said = edition.said
    return {
        "year": edition.year,
        "as_written": edition.as_written,
        "precision": edition.precision,
        "earliest": edition.earliest_on.isoformat(),
        "latest": edition.latest_on.isoformat(),
        "due_on": edition.due_on.isoformat(),
        "bound": _bound(said, edition.bound_on, keys),
        "is_moved": edition.is_moved,
        "state": edition.state,
        "form": edition.form,
        "is_form_likely": edition.is_form_likely,
        "outcome": edition.outcome,
        "reason": edition.reason,
        "text": said.text,
        "month": said.month,
        "responsible": lines_outline(edition.lines),
        "tasks": _tasks(edition.tasks.all()),
        "unit_notes": [{"unit_slug": note.unit.slug, "text": note.text} for note in edition.unit_notes.all()],
    }


def _bound(entry: Entry, bound_on: date | None, keys: Mapping[int, str]) -> dict[str, str | None] | None:
    """What it must be done ahead of; without a day where nobody knows it yet."""
    if not entry.bound_words:
        return None
    return {
        "as_written": entry.bound_words,
        "on": bound_on.isoformat() if bound_on else None,
        "entry": keys.get(entry.bound_entry_id) if entry.bound_entry_id else None,
    }


def _tasks(tasks: Iterable[Task]) -> list[TaskOutline]:
    return [_task(task) for task in sorted(tasks, key=lambda task: task.unit.name)]


def _task(task: Task) -> TaskOutline:
    return {
        "unit": task.unit.name,
        "unit_slug": task.unit.slug,
        "shared_with": sorted(unit.slug for unit in task.shared_with.all()),
        "status": task.status,
        "done_at": _moment(task.done_at),
        "done_by": task.done_by.email if task.done_by else None,
        "reason": task.reason,
        "note": task.note,
        "evidence": task.evidence_url,
        "assigned_to": task.assigned_to.email if task.assigned_to else None,
    }


def _moment(moment: datetime | None) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None
