"""What stands in whose calendar: tasks, deadlines and events as all-day entries.

A person's calendar has the tasks of the units where they work, and the deadlines and events in those units' wheels and
the wheels above them. A unit's calendar has the same for one unit. What goes on all year ("løpende") stays out: it
would lie across every day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annual_wheel.ical import CalendarEntry, calendar_bytes
from annual_wheel.models import Edition, EditionState, Entry, EntryKind, Precision, Task, TaskStatus, Wheel
from annual_wheel.phrases import day_phrase, responsible_words, when_of
from config.lib.ui import KINDS
from organisation.models import Unit, User
from organisation.permissions import PERMISSIONS, Permission, Role
from strategy.models import ItemStatus

EXACT = (Precision.DAY, Precision.DAYS)
HELD = (EntryKind.EVENT, EntryKind.DEADLINE)
TICKING = [role for role in Role if Permission.TICK in PERMISSIONS[role]]


@dataclass(frozen=True, slots=True)
class OneCalendar:
    name: str
    entries: tuple[CalendarEntry, ...]

    def to_bytes(self) -> bytes:
        return calendar_bytes(self.name, self.entries, language=(get_language() or "nb")[:2])


def personal_calendar(user: User, *, today: date, year: int | None = None) -> OneCalendar:
    """The calendar of one person, with nothing in it that they may not see today."""
    memberships = user.memberships.on(today)  # type: ignore[attr-defined]
    ticking = list(memberships.filter(role__in=TICKING).values_list("unit_id", flat=True))
    own = Task.objects.of_units(ticking).values("pk")
    tasks = Task.objects.visible_to(user, today=today).filter(Q(pk__in=own) | Q(assigned_to=user))
    wheels = _wheels_of(memberships.values_list("unit_id", flat=True))
    return _calendar(_("Rød tråd"), tasks=tasks, wheels=wheels, today=today, year=year)


def unit_calendar(unit: Unit, *, reader: User | None, today: date, year: int | None = None) -> OneCalendar:
    """A unit's calendar as the reader may see it, or all of it where no reader is named."""
    tasks = Task.objects.of_units([unit.pk])
    if reader is not None:
        tasks = tasks.filter(pk__in=Task.objects.visible_to(reader, today=today).values("pk"))
    wheels = _wheels_of([unit.pk])
    return _calendar(_("Rød tråd: %(unit)s") % {"unit": unit.label}, tasks=tasks, wheels=wheels, today=today, year=year)


def wheel_calendar(wheel: Wheel, *, today: date, year: int | None = None) -> OneCalendar:
    """Everything in a wheel that has a time of its own, each item once however many units tick it off."""
    editions = _rows(_in_years(Edition.objects.filter(entry__wheel=wheel), "", today, year))
    entries = [_edition_entry(row, [], today) for row in editions.exclude(entry__kind=EntryKind.ONGOING)]
    return OneCalendar(_("Rød tråd: %(unit)s") % {"unit": wheel.title}, _sorted(entries))


def _wheels_of(unit_ids: Iterable[int]) -> QuerySet[Wheel]:
    """The wheels of the units and of the units above them; every wheel is for all who are logged in."""
    parent_of = dict(Unit.objects.without_tree_fields().order_by().values_list("pk", "parent_id"))
    owners: set[int] = set()
    for unit_id in unit_ids:
        above: int | None = unit_id
        while above is not None and above not in owners:
            owners.add(above)
            above = parent_of[above]
    return Wheel.objects.filter(owner__in=owners)


def _calendar(
    name: str, *, tasks: QuerySet[Task], wheels: QuerySet[Wheel], today: date, year: int | None
) -> OneCalendar:
    held = Edition.objects.filter(entry__wheel__in=wheels, entry__kind__in=HELD)
    editions = list(_rows(_in_years(held, "", today, year)))
    mine: dict[int, list[Any]] = {}
    for task in _task_rows(_in_years(tasks.distinct(), "edition__", today, year)):
        mine.setdefault(task.edition_id, []).append(task)
    entries = [_edition_entry(edition, mine.pop(edition.pk, []), today) for edition in editions]
    for of_one in mine.values():
        entries += [_task_entry(task, today, names_unit=len(of_one) > 1) for task in of_one]
    return OneCalendar(name, _sorted(entries))


def _in_years(rows: QuerySet[Any], path: str, today: date, year: int | None) -> QuerySet[Any]:
    """The year asked for; else last year and what comes, so that a calendar does not grow for ever."""
    years = {f"{path}year": year} if year else {f"{path}year__gte": today.year - 1}
    return rows.filter(**years, **{f"{path}entry__status": ItemStatus.IN_FORCE})


def _last_logged(model: Any, reference: str) -> Subquery:
    logged = model.history.filter(id=OuterRef(reference)).order_by("-history_date")
    return Subquery(logged.values("history_date")[:1])


def _rows(editions: QuerySet[Edition]) -> QuerySet[Any]:
    lines = [f"{of}responsibilities__{party}" for of in ("entry__", "") for party in ("unit", "group", "function")]
    rows = editions.select_related("entry__wheel").prefetch_related(*lines)
    return rows.annotate(entry_changed_at=_last_logged(Entry, "entry_id"))


def _task_rows(tasks: QuerySet[Task]) -> QuerySet[Any]:
    owners = ("edition__entry__", "edition__")
    lines = [f"{of}responsibilities__{party}" for of in owners for party in ("unit", "group", "function")]
    rows = tasks.exclude(edition__entry__kind=EntryKind.ONGOING).select_related("edition__entry__wheel", "unit")
    logged = {
        "entry_changed_at": _last_logged(Entry, "edition__entry_id"),
        "task_changed_at": _last_logged(Task, "pk"),
    }
    return rows.prefetch_related(*lines).annotate(**logged).order_by("unit__name", "pk")


def _sorted(entries: list[CalendarEntry]) -> tuple[CalendarEntry, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.first, entry.last, entry.uid)))


def _edition_entry(edition: Any, tasks: list[Any], today: date) -> CalendarEntry:
    """One entry for an edition; the tasks that the reader's units have for it are told of in the description."""
    statuses = [] if edition.is_cancelled else [f"{task.unit.label}: {_status_words(task, today)}" for task in tasks]
    title = _("Utgår: %(title)s") % {"title": _title(edition)} if edition.is_cancelled else _title(edition)
    return _entry(
        edition,
        uid=f"{edition.entry.key}-{edition.year}@rodtraad",
        title=title,
        statuses=statuses,
        moments=[edition.entry_changed_at, *(task.task_changed_at for task in tasks)],
        sequence=edition.lock_version + edition.entry.lock_version,
        is_cancelled=edition.is_cancelled,
    )


def _task_entry(task: Any, today: date, *, names_unit: bool) -> CalendarEntry:
    edition = task.edition
    edition.entry_changed_at = task.entry_changed_at
    title = f"{_title(edition)} – {task.unit.label}" if names_unit else _title(edition)
    is_off = edition.is_cancelled or task.status in (TaskStatus.WITHDRAWN, TaskStatus.NOT_RELEVANT)
    if edition.is_cancelled:
        title = _("Utgår: %(title)s") % {"title": title}
    elif task.status != TaskStatus.OPEN:
        title = f"{task.get_status_display().capitalize()}: {title}"
    return _entry(
        edition,
        uid=f"{edition.entry.key}-{edition.year}-{task.unit_id}@rodtraad",
        title=title,
        statuses=[] if edition.is_cancelled else [_("Status: %(status)s") % {"status": _status_words(task, today)}],
        moments=[edition.entry_changed_at, task.task_changed_at],
        sequence=edition.lock_version + edition.entry.lock_version + task.lock_version,
        is_cancelled=is_off,
    )


def _entry(
    edition: Any,
    *,
    uid: str,
    title: str,
    statuses: list[str],
    moments: list[datetime | None],
    sequence: int,
    is_cancelled: bool,
) -> CalendarEntry:
    url = f"{settings.BASE_URL}{edition.entry.get_absolute_url()}"
    known = [moment for moment in moments if moment is not None]
    return CalendarEntry(
        uid=uid,
        title=title,
        first=min(edition.earliest_on, edition.due_on),
        last=edition.due_on,
        changed_at=max([edition.changed_at, *known]),
        sequence=sequence,
        url=url,
        description=_description(edition, statuses, url),
        categories=(str(KINDS[edition.entry.kind][1]), edition.entry.wheel.title),
        is_cancelled=is_cancelled,
    )


def _title(edition: Edition) -> str:
    """What it is, and where the date is vague the words it was written with."""
    text = " ".join(edition.said.text.split()).removesuffix(".")
    return text if edition.precision in EXACT else f"{text} ({edition.as_written})"


def _description(edition: Edition, statuses: list[str], url: str) -> str:
    at = when_of(edition)
    lines = [_("Når: %(when)s") % {"when": f"{at.phrase} ({at.days})" if at.days else at.phrase}]
    if at.bound:
        lines.append(_("Skal være gjort: %(bound)s") % {"bound": at.bound})
    responsible = responsible_words(edition.lines)
    if responsible:
        lines.append(_("Ansvar: %(who)s") % {"who": responsible})
    if edition.state != EditionState.PLANNED:
        lines.append(f"{edition.get_state_display().capitalize()}: {edition.reason_words}")
    return "\n".join([*lines, *statuses, url])


def _status_words(task: Task, today: date) -> str:
    words = str(task.get_status_display())
    if task.done_at:
        return f"{words} {day_phrase(timezone.localdate(task.done_at), today=today)}"
    return f"{words}: {task.reason_words}" if task.reason else words
