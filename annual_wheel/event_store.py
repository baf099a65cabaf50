"""The entries of calendars as bytes, one by one, put into words when something has changed.

What has changed is read from the logs (ADR 0008). Whoever makes a calendar catches up first, so that it is never older
than the question; a task that runs every minute sees to it that there is mostly nothing left to do.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone, translation

from annual_wheel import calendar_scopes
from annual_wheel.calendar_texts import SET_ASIDE, edition_entry, task_entry, task_title, told_of
from annual_wheel.ical import CalendarEntry, parts_of, stamped, title_line
from annual_wheel.models import (
    CalendarScope,
    Edition,
    EditionResponsibility,
    Entry,
    EntryResponsibility,
    StoredEvent,
    StoredLanguage,
    StoredState,
    Task,
    TaskStatus,
    Wheel,
)
from annual_wheel.verbs import lines_with, with_lines
from config.lib.stamp import Stamp
from organisation.models import Function, Membership, Unit, UnitGroup, User
from strategy.models import ItemStatus

FORMAT: Final = 1  # raised by whoever changes what an entry says, or how
AT_ONCE: Final = 50  # editions held in memory at a time
KEY: Final = ("language", "uid")
PLACED: Final = ("edition_id", "task_id", "wheel_id", "year", "kind", "is_shown", "scopes")  # what one is chosen by
COMPARED: Final = (*KEY, *PLACED, "content_hash", "sequence", "changed_at")
WRITTEN: Final = [field.name for field in StoredEvent._meta.concrete_fields if field.name not in ("id", *KEY)]


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
ROLES: Final = (Membership, User)  # what says who may see what
LOGS: Final = Stamp(*TOUCHED, *ROLES)
KNOWN: Final = f"""SELECT {LOGS.sql}, stamp, years FROM {StoredLanguage._meta.db_table}
    WHERE language = %s AND made_by = %s"""
REVISION: Final = f"""SELECT {LOGS.sql},
    (SELECT stamp FROM {StoredLanguage._meta.db_table} WHERE language = %s AND made_by = %s),
    (SELECT revision FROM {CalendarScope._meta.db_table} WHERE language = %s AND name = %s)"""
SHAPING: Final = (Unit, Wheel)  # the tree and whose wheels are whose: where they change, everybody may see otherwise


def catch_up(language: str, years: Collection[int]) -> None:
    """Bring the entries of these years up to date with the database, in one language."""
    if not _is_behind(language, years):
        return
    settled = LOGS.settled_each()
    with transaction.atomic(), translation.override(language):
        StoredLanguage.objects.bulk_create([StoredLanguage(language=language)], ignore_conflicts=True)
        # Of two who come at once the second waits here, and then finds nothing to do.
        state = StoredLanguage.objects.select_for_update().get(language=language)
        _bring_up(state, years)
        if settled is not None and sum(settled) >= state.stamp:
            state.made_by, state.read_to, state.stamp = made_by(), settled, sum(settled)
            state.years = sorted({*state.years, *years})
        state.save()


def made_by() -> str:
    return f"{FORMAT} {settings.BASE_URL}"


def _is_behind(language: str, years: Collection[int]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [language, made_by()])
        known = cursor.fetchone()
    return known is None or known[0] != known[1] or not {*years} <= {*json.loads(known[2])}


def revision_of(scope: str, language: str, years: Collection[int]) -> int:
    """When what stands in the scope was last changed, as of now (one query where nothing was changed anywhere)."""
    for attempt in range(2):
        with connection.cursor() as cursor:
            cursor.execute(REVISION, [language, made_by(), language, scope])
            stamp, stored_to, revision = cursor.fetchone()
        if stamp == stored_to:
            break
        if not attempt:
            catch_up(language, years)
    return revision or 0


def _bring_up(state: StoredLanguage, years: Collection[int]) -> None:
    """Store what has changed, and mark what it stands in with a new revision."""
    known = {*state.years} if state.made_by == made_by() else set()
    moved = _moved(state) if known else {}
    new = {*state.years, *years} - known
    editions = Edition.objects.filter(Q(year__in=new) | Q(_touched(moved), year__in=known))
    changed = _store_all(state.language, editions) | _take_out(state.language, moved)
    changed |= calendar_scopes.of_people_in({model: moved[model] for model in ROLES if model in moved})
    is_everything = any(model in moved for model in SHAPING)
    if changed or is_everything:
        state.revision += 1
        calendar_scopes.mark(state.language, changed, revision=state.revision)
    if is_everything:
        calendar_scopes.mark_all(state.language, revision=state.revision)


def _moved(state: StoredLanguage) -> dict[Any, int]:
    """The logs that have something new, each with the number it was read to."""
    pairs = zip((*TOUCHED, *ROLES), state.read_to, LOGS.each(), strict=True)
    return {model: read_to for model, read_to, now in pairs if now != read_to}


def _touched(moved: Mapping[Any, int]) -> Q:
    touched = Q(pk__in=[])
    for model in moved:
        if model in TOUCHED:
            column, of = TOUCHED[model]
            touched |= of(model.history.filter(history_id__gt=moved[model]).values(column))
    return touched


def _store_all(language: str, editions: QuerySet[Edition]) -> set[str]:
    pks = list(editions.order_by("pk").values_list("pk", flat=True))
    changed: set[str] = set()
    for at in range(0, len(pks), AT_ONCE):
        changed |= _store(language, pks[at : at + AT_ONCE])
    return changed


def _take_out(language: str, moved: Mapping[Any, int]) -> set[str]:
    """Show no more what is of editions that are gone; return the scopes it stood in."""
    if Edition not in moved:
        return set()
    gone = Edition.history.filter(history_id__gt=moved[Edition], history_type="-").values("id")  # type: ignore[attr-defined]
    rows = StoredEvent.objects.filter(language=language, edition__in=gone, is_shown=True)
    scopes = {name for names in rows.values_list("scopes", flat=True) for name in names}
    rows.update(is_shown=False)
    return scopes


@dataclass(frozen=True, slots=True)
class Made:
    """An entry as it is now, what it is of, and where it is shown."""

    edition: Edition
    task: Task | None
    state: str
    scopes: list[str]
    entry: CalendarEntry
    title_with_unit: bytes = b""

    def placed(self) -> dict[str, Any]:
        """What an entry is chosen by, apart from what it says."""
        entry = self.edition.entry
        return {
            "edition_id": self.edition.pk,
            "task_id": self.task.pk if self.task else None,
            "wheel_id": entry.wheel_id,
            "year": self.edition.year,
            "kind": entry.kind,
            "is_shown": entry.status == ItemStatus.IN_FORCE,
            "scopes": self.scopes,
        }


def _store(language: str, edition_pks: Sequence[int]) -> set[str]:
    """Put these editions and their tasks into words, and write what has come out otherwise than it stands.

    Return the scopes of what has changed, as they are and as they were.
    """
    made, now = list(made_of(edition_pks)), timezone.now()
    before: dict[str, dict[str, StoredEvent]] = defaultdict(dict)
    for stored in StoredEvent.objects.filter(uid__in=[of.entry.uid for of in made]).only(*COMPARED):
        before[stored.uid][stored.language] = stored
    rows = [row for of in made if (row := _stored(of, language, before[of.entry.uid], now=now))]
    StoredEvent.objects.bulk_create(rows, update_conflicts=True, unique_fields=KEY, update_fields=WRITTEN)
    were = (before[row.uid].get(language) for row in rows)
    return {name for row in (*rows, *were) if row for name in row.scopes}


def _stored(of: Made, language: str, before: Mapping[str, StoredEvent], *, now: datetime) -> StoredEvent | None:
    """The row for an entry, or None where the one that stands says the same in the same places."""
    parts, entry, kept, placed = parts_of(of.entry), of.entry, before.get(language), of.placed()
    content_hash = hashlib.sha256(b"\0".join((*parts, of.title_with_unit, of.state.encode()))).hexdigest()
    says_the_same = kept is not None and kept.content_hash == content_hash and kept.edition_id == of.edition.pk
    if kept and says_the_same and all(getattr(kept, name) == value for name, value in placed.items()):
        return None
    if kept and says_the_same:
        sequence, changed_at = kept.sequence, kept.changed_at
    else:
        # A reader who changes language must not see a number go down either.
        highest = max((stored.sequence for stored in before.values()), default=0)
        sequence = max(entry.sequence, highest + 1 if kept else highest)
        # What was renamed elsewhere has no moment of its own in the logs of the entry.
        changed_at = entry.changed_at if kept is None or entry.changed_at > kept.changed_at else now
    return StoredEvent(
        language=language,
        uid=entry.uid,
        **placed,
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
    """Each edition's entry and those of its tasks (nine queries)."""
    editions = Edition.objects.filter(pk__in=edition_pks).select_related("entry__wheel")
    editions = editions.prefetch_related(*lines_with("unit", "group", "function")).order_by("pk")
    tasks: dict[int, list[Task]] = defaultdict(list)
    of_editions = Task.objects.filter(edition__in=edition_pks)
    units = Unit.objects.without_tree_fields().in_bulk(of_editions.order_by().values_list("unit", flat=True).distinct())
    for task in of_editions.order_by("pk"):
        task.unit = units[task.unit_id]
        tasks[task.edition_id].append(task)
    shared_with = _shared_with(edition_pks)
    entry_logged = _last_logged(Entry, Edition.objects.filter(pk__in=edition_pks).values("entry"))
    task_logged = _last_logged(Task, of_editions.order_by().values("pk"))
    for edition in editions:
        told = told_of(edition)
        changed_at = max(edition.changed_at, entry_logged.get(edition.entry_id, edition.changed_at))
        off = StoredState.CANCELLED if edition.is_cancelled else None
        held_in = [calendar_scopes.of_wheel(edition.entry.wheel_id)]
        yield Made(edition, None, off or StoredState.OPEN, held_in, edition_entry(told, changed_at=changed_at))
        for task in tasks[edition.pk]:
            task.edition = edition
            entry = task_entry(told, task, changed_at=max(changed_at, task_logged.get(task.pk, changed_at)))
            with_unit = title_line(task_title(told, task, names_unit=True))
            scopes = calendar_scopes.of_task(task, shared_with[task.pk])
            yield Made(edition, task, off or _state_of(task), scopes, entry, with_unit)


def _shared_with(edition_pks: Sequence[int]) -> dict[int, list[int]]:
    """The units that a task stands with besides its own."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = Task.shared_with.through.objects.filter(task__edition__in=edition_pks)
    for task_id, unit_id in rows.values_list("task_id", "unit_id"):
        found[task_id].append(unit_id)
    return found


def _state_of(task: Task) -> str:
    if task.status in SET_ASIDE:
        return StoredState.ASIDE
    return StoredState.DONE if task.status == TaskStatus.DONE else StoredState.OPEN


def _last_logged(model: Any, pks: Any) -> dict[int, datetime]:
    logged = model.history.filter(id__in=pks).order_by().values("id").annotate(at=Max("history_date"))
    return dict(logged.values_list("id", "at"))
