"""The entries of calendars as bytes, one by one, put into words when something has changed.

What has changed is read from the logs (ADR 0008). Whoever makes a calendar catches up first, so that it is never older
than the question; a task that runs every minute sees to it that there is mostly nothing left to do.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone, translation

from annual_wheel.calendar_texts import SET_ASIDE, edition_entry, task_entry, task_title, told_of
from annual_wheel.ical import CalendarEntry, parts_of, stamped, title_line
from annual_wheel.models import (
    Edition,
    EditionResponsibility,
    Entry,
    EntryResponsibility,
    StoredEvent,
    StoredState,
    StoredYear,
    Task,
    TaskStatus,
    Wheel,
)
from annual_wheel.verbs import lines_with, with_lines
from config.lib.stamp import Stamp
from organisation.models import Function, Unit, UnitGroup

FORMAT: Final = 1  # raised by whoever changes what an entry says, or how
AT_ONCE: Final = 50  # editions held in memory at a time
KEY: Final = ("language", "uid")
COMPARED: Final = (*KEY, "edition_id", "task_id", "content_hash", "sequence", "changed_at")


def _of_units(units: Any) -> Q:
    return with_lines(Q(unit__in=units)) | Q(pk__in=Task.objects.filter(unit__in=units).values("edition"))


# The logs, which of their columns says whose they are, and which editions that touches.
TOUCHED: Final[dict[Any, tuple[str, Callable[[Any], Q]]]] = {
    Edition: ("id", lambda ids: Q(pk__in=ids)),
    EditionResponsibility: ("edition_id", lambda ids: Q(pk__in=ids)),
    Task: ("edition_id", lambda ids: Q(pk__in=ids)),
    Entry: ("id", lambda ids: Q(entry__in=ids)),
    EntryResponsibility: ("entry_id", lambda ids: Q(entry__in=ids)),
    Wheel: ("id", lambda ids: Q(entry__wheel__in=ids)),
    Unit: ("id", _of_units),
    UnitGroup: ("id", lambda ids: with_lines(Q(group__in=ids))),
    Function: ("id", lambda ids: with_lines(Q(function__in=ids))),
}
LOGS: Final = Stamp(*TOUCHED)


def catch_up(language: str, years: Collection[int]) -> None:
    """Bring the entries of these years up to date with the database, in one language."""
    if not _is_behind(language, years):
        return
    settled = LOGS.settled_each()
    with transaction.atomic(), translation.override(language):
        StoredYear.objects.bulk_create(
            [StoredYear(language=language, year=year) for year in years], ignore_conflicts=True
        )
        # Of two who come at once the second waits here, and then finds nothing to do.
        states = StoredYear.objects.select_for_update().filter(language=language, year__in=years).order_by("year")
        for state in list(states):
            _bring_up(state, LOGS.each())
            if settled is not None:
                state.made_by, state.read_to = made_by(), settled
                state.save(update_fields=["made_by", "read_to"])


def made_by() -> str:
    return f"{FORMAT} {settings.BASE_URL}"


def _is_behind(language: str, years: Collection[int]) -> bool:
    known = StoredYear.objects.filter(language=language, year__in=years, made_by=made_by()).values_list("read_to")
    newest = list(LOGS.each())
    return len(known) < len(years) or any(read_to != newest for (read_to,) in known)


def _bring_up(state: StoredYear, newest: Sequence[int]) -> None:
    editions = Edition.objects.filter(year=state.year)
    if state.made_by == made_by():
        touched = Q(pk__in=[])
        for (model, (column, of)), read_to, now in zip(TOUCHED.items(), state.read_to, newest, strict=True):
            if now != read_to:
                touched |= of(model.history.filter(history_id__gt=read_to).values(column))
        editions = editions.filter(touched)
    pks = list(editions.order_by("pk").values_list("pk", flat=True))
    for at in range(0, len(pks), AT_ONCE):
        _store(state.language, pks[at : at + AT_ONCE])


@dataclass(frozen=True, slots=True)
class Made:
    """An entry as it is now, and what it is of."""

    edition_id: int
    task_id: int | None
    state: str
    entry: CalendarEntry
    title_with_unit: bytes = b""


def _store(language: str, edition_pks: Sequence[int]) -> None:
    """Put these editions and their tasks into words, and write what has come out otherwise than it stands."""
    made, now = list(made_of(edition_pks)), timezone.now()
    before: dict[str, dict[str, StoredEvent]] = defaultdict(dict)
    for stored in StoredEvent.objects.filter(uid__in=[of.entry.uid for of in made]).only(*COMPARED):
        before[stored.uid][stored.language] = stored
    changed = (_stored(of, language, before[of.entry.uid], now=now) for of in made)
    fields = [field.name for field in StoredEvent._meta.concrete_fields if field.name not in ("id", *KEY)]
    StoredEvent.objects.bulk_create(
        [stored for stored in changed if stored], update_conflicts=True, unique_fields=KEY, update_fields=fields
    )


def _stored(of: Made, language: str, before: Mapping[str, StoredEvent], *, now: datetime) -> StoredEvent | None:
    """The row for an entry, or None where the one that stands says the same."""
    parts, entry, kept = parts_of(of.entry), of.entry, before.get(language)
    content_hash = hashlib.sha256(b"\0".join((*parts, of.title_with_unit, of.state.encode()))).hexdigest()
    told_of = (of.edition_id, of.task_id, content_hash)
    if kept and told_of == (kept.edition_id, kept.task_id, kept.content_hash):
        return None
    # A reader who changes language must not see a number go down either.
    highest = max((stored.sequence for stored in before.values()), default=0)
    sequence = max(entry.sequence, highest + 1 if kept else highest)
    # What was renamed elsewhere has no moment of its own in the logs of the entry.
    changed_at = entry.changed_at if kept is None or entry.changed_at > kept.changed_at else now
    return StoredEvent(
        language=language,
        uid=entry.uid,
        edition_id=of.edition_id,
        task_id=of.task_id,
        state=of.state,
        first_on=entry.first,
        last_on=entry.last,
        title=parts.title,
        title_with_unit=of.title_with_unit,
        shared=stamped(parts.shared, changed_at=changed_at, sequence=sequence),
        as_event=parts.as_event,
        as_todo=parts.as_todo,
        content_hash=content_hash,
        sequence=sequence,
        changed_at=changed_at,
    )


def made_of(edition_pks: Sequence[int]) -> Iterator[Made]:
    """Each edition's entry and those of its tasks (eight queries)."""
    editions = Edition.objects.filter(pk__in=edition_pks).select_related("entry__wheel")
    editions = editions.prefetch_related(*lines_with("unit", "group", "function")).order_by("pk")
    tasks: dict[int, list[Task]] = defaultdict(list)
    of_editions = Task.objects.filter(edition__in=edition_pks)
    units = Unit.objects.without_tree_fields().in_bulk(of_editions.order_by().values_list("unit", flat=True).distinct())
    for task in of_editions.order_by("pk"):
        task.unit = units[task.unit_id]
        tasks[task.edition_id].append(task)
    entry_logged = _last_logged(Entry, Edition.objects.filter(pk__in=edition_pks).values("entry"))
    task_logged = _last_logged(Task, of_editions.order_by().values("pk"))
    for edition in editions:
        told = told_of(edition)
        changed_at = max(edition.changed_at, entry_logged.get(edition.entry_id, edition.changed_at))
        off = StoredState.CANCELLED if edition.is_cancelled else None
        yield Made(edition.pk, None, off or StoredState.OPEN, edition_entry(told, changed_at=changed_at))
        for task in tasks[edition.pk]:
            task.edition = edition
            entry = task_entry(told, task, changed_at=max(changed_at, task_logged.get(task.pk, changed_at)))
            with_unit = title_line(task_title(told, task, names_unit=True))
            yield Made(edition.pk, task.pk, off or _state_of(task), entry, with_unit)


def _state_of(task: Task) -> str:
    if task.status in SET_ASIDE:
        return StoredState.ASIDE
    return StoredState.DONE if task.status == TaskStatus.DONE else StoredState.OPEN


def _last_logged(model: Any, pks: Any) -> dict[int, datetime]:
    logged = model.history.filter(id__in=pks).order_by().values("id").annotate(at=Max("history_date"))
    return dict(logged.values_list("id", "at"))
