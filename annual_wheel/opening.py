"""Opening a year: each entry gets its edition with its dates worked out, and each edition its tasks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop
from simple_history.utils import bulk_create_with_history

from annual_wheel import when
from annual_wheel.models import Edition, EditionState, Entry, Task, TaskStatus, Ticks, Wheel, WheelYear
from config.lib.saving import explain
from organisation.models import Relation, Unit, User
from strategy.models import ItemStatus

# Kept with an edition or a task as its reason, and looked for when the entry comes back: the same in every language.
RETIRED = gettext_noop("Punktet er tatt ut av årshjulet.")
CAME_LATER = gettext_noop("Enheten er kommet med blant de ansvarlige.")
GIVEN_AGAIN = gettext_noop("Gitt på nytt.")


@transaction.atomic
def open_year(wheel: Wheel, *, year: int, by: User, now: datetime, today: date) -> WheelYear:
    """Make the editions and tasks of a year. Doing it again adds what is missing and doubles nothing.

    What is new in a year that was open already, and should have been done before today, begins next year: nobody is
    late with something they were never told of.

    Raises when.Unreadable or when.AnchorCircle where an entry's date cannot be worked out.
    """
    Wheel.objects.select_for_update(no_key=True).get(pk=wheel.pk)
    opened, is_opened_now = WheelYear.objects.get_or_create(
        wheel=wheel, year=year, defaults={"opened_at": now, "opened_by": by}
    )
    have = set(Edition.objects.filter(entry__wheel=wheel, year=year).values_list("entry_id", flat=True))
    for entry in in_order_of_dependence(wheel.entries.in_force().in_year(year)):
        if entry.pk not in have:
            edition = Edition(entry=entry, year=year)
            set_dates(edition)
            if not is_opened_now and entry.ticks != Ticks.NONE and edition.due_on < today:
                continue
            edition.save()
            fan_out(edition, today=today)
    return opened


def in_order_of_dependence(entries: Iterable[Entry]) -> list[Entry]:
    """Put each entry after those that its date or its bound hangs on; when.AnchorCircle where they hang in a ring."""
    by_id = {entry.pk: entry for entry in entries}
    ordered: dict[int, Entry] = {}

    def place(entry: Entry, chain: tuple[Entry, ...]) -> None:
        if entry in chain:
            raise when.AnchorCircle(tuple(link.key for link in (*chain[chain.index(entry) :], entry)))
        for base_id in (entry.anchor_id, entry.bound_entry_id):
            if base_id in by_id and base_id not in ordered:
                place(by_id[base_id], (*chain, entry))
        ordered[entry.pk] = entry

    for entry in by_id.values():
        if entry.pk not in ordered:
            place(entry, ())
    return list(ordered.values())


Find = Callable[[Entry | None, int], Edition | None]


def _edition_of(entry: Entry | None, year: int) -> Edition | None:
    return Edition.objects.filter(entry=entry, year=year).first() if entry else None


def set_dates(edition: Edition, *, find: Find = _edition_of) -> None:
    """Work out an edition's window, bound and due day from its entry; the caller saves.

    A moved edition keeps its own words. An anchored one follows the edition it hangs on, of the same year: the stored
    one, unless `find` knows of one that is not stored yet.
    """
    entry = edition.said
    window = _window(edition, entry, find)
    edition.as_written = window.as_written
    edition.precision = str(window.precision)
    edition.earliest_on, edition.latest_on = window.earliest, window.latest
    bound = _bound(entry, edition.year, find)
    edition.bound_on = bound.date if bound else None
    edition.due_on = window.latest
    if bound and bound.date:
        edition.due_on = min(window.latest, when.bound_window(window, bound.date, relation=bound.relation).latest)


def _window(edition: Edition, entry: Entry, find: Find) -> when.Window:
    words = edition.as_written if edition.is_moved else entry.when_words
    anchor = find(entry.anchor, edition.year)
    if anchor is None or edition.is_moved:
        if edition.is_moved:
            return when.read(words, edition.year, month=entry.month)
        return when.read_yearly(words, edition.year, month=entry.month)[0]
    day = anchor.latest_on + timedelta(days=entry.anchor_offset_days)
    return when.Window(words, when.Precision.DAY, day, day)


def _bound(entry: Entry, year: int, find: Find) -> when.Bound | None:
    """Return the bound with its day, or None where there is none or nobody knows the day yet."""
    if not entry.bound_words:
        return None
    bound = _read_bound(entry.bound_words, year)
    other = find(entry.bound_entry, year)
    if other is not None:
        relation, offset = (bound.relation, bound.offset_days) if bound else (when.Relation.BEFORE, 0)
        return _so_far_from(when.Bound(entry.bound_words, relation, entry.bound_words, other.latest_on, offset))
    return _so_far_from(bound) if bound and bound.date else None


def _so_far_from(bound: when.Bound) -> when.Bound:
    """ "To uker før" a thing is to be done by the day two weeks before it."""
    if not bound.offset_days or bound.date is None:
        return bound
    return replace(bound, relation=when.Relation.BY, date=bound.date + timedelta(days=bound.offset_days), offset_days=0)


def _read_bound(words: str, year: int) -> when.Bound | None:
    """Read "før svarfristen", and a day alone ("3.11.") as something to be ahead of; None where neither is there."""
    try:
        return when.read_bound(words, year)
    except when.Unreadable:
        pass
    try:
        return when.Bound(words, when.Relation.BEFORE, "", when.read(words, year).earliest)
    except when.Unreadable:
        return None


@transaction.atomic
def refresh_followers(edition: Edition, *, today: date) -> None:
    """Let the editions of the same year whose date or bound hangs on this one follow it."""
    base = edition.entry_id
    hanging = Q(entry__anchor=base) | Q(entry__bound_entry=base)
    hanging |= Q(own_words__anchor_id=base) | Q(own_words__bound_entry_id=base)
    followers = Edition.objects.filter(hanging, year=edition.year)
    rows = Edition.objects.select_for_update(of=("self",)).filter(pk__in=followers.values("pk"))
    for follower in rows.select_related("entry__anchor", "entry__bound_entry"):
        before = (follower.earliest_on, follower.latest_on, follower.due_on)
        set_dates(follower)
        if before != (follower.earliest_on, follower.latest_on, follower.due_on):
            follower.lock_version += 1
            explain(follower, why=gettext_noop("Fulgte etter «%(entry)s».") % {"entry": edition.entry})
            follower.save()
            fan_out(follower, today=today)
            refresh_followers(follower, today=today)


@dataclass
class FanOut:
    """What giving out the tasks changed, for whoever edits the wheel."""

    given: list[Unit] = field(default_factory=list)
    withdrawn: list[Unit] = field(default_factory=list)


@transaction.atomic
def fan_out(edition: Edition, *, today: date) -> FanOut:
    """Give each responsible unit its task, and withdraw with a reason the open ones whose unit fell away.

    Only lead lines of units with accounts make tasks. Done again, it changes only what has changed.
    """
    day = min(max(today, edition.earliest_on), edition.due_on)
    wanted = _wanted_units(edition, day)
    changes = FanOut()
    locked = edition.tasks.select_for_update(of=("self",)).order_by("pk")
    tasks = {task.unit_id: task for task in locked}
    keep = wanted
    if edition.entry.ticks == Ticks.ONE and wanted:
        keep = [_one_for_all(wanted, tasks.values())]
    changes.given = [unit for unit in keep if unit.pk not in tasks or tasks[unit.pk].status == TaskStatus.WITHDRAWN]
    new = [Task(edition=edition, unit=unit) for unit in changes.given if unit.pk not in tasks]
    for unit in changes.given:
        if unit.pk in tasks:
            set_status(tasks[unit.pk], TaskStatus.OPEN, "")
    came = CAME_LATER if tasks else None
    tasks |= {task.unit_id: task for task in bulk_create_with_history(new, Task, default_change_reason=came)}
    kept = {unit.pk for unit in keep}
    for task in tasks.values():
        if task.unit_id not in kept and task.status == TaskStatus.OPEN:
            set_status(task, TaskStatus.WITHDRAWN, _why_withdrawn(edition, task.unit, day))
            changes.withdrawn.append(task.unit)
    if edition.entry.ticks == Ticks.ONE and keep:
        tasks[keep[0].pk].shared_with.set([unit for unit in wanted if unit != keep[0]])
    elif edition.entry.ticks != Ticks.ONE and came:
        for task in edition.tasks.filter(shared_with__isnull=False).distinct():
            task.shared_with.clear()  # it once closed for all; now each has its own
    return changes


def _one_for_all(wanted: list[Unit], tasks: Collection[Task]) -> Unit:
    """Return whose tick counts for all: whoever has done it or said that it is not relevant, else who has it open."""
    by_status = {status: [task.unit for task in tasks if task.status == status] for status in TaskStatus}
    still_open = [unit for unit in wanted if unit in by_status[TaskStatus.OPEN]]
    return (by_status[TaskStatus.DONE] or by_status[TaskStatus.NOT_RELEVANT] or still_open or wanted)[0]


def _wanted_units(edition: Edition, day: date) -> list[Unit]:
    """Return the units that should have a task, in the order of the lines, each once."""
    entry = edition.entry
    if entry.ticks == Ticks.NONE or edition.is_cancelled or entry.status == ItemStatus.RETIRED:
        return []
    lines: Any = edition.responsibilities if edition.has_own_lines else entry.responsibilities  # type: ignore[attr-defined]
    leads = lines.filter(relation=Relation.LEAD)
    units: dict[int, Unit] = {}
    for line in leads.select_related("unit", "group__owner", "group__except_group"):
        for unit in line.units_on(day):
            units.setdefault(unit.pk, unit)
    return list(units.values())


def _why_withdrawn(edition: Edition, unit: Unit, day: date) -> str:
    if edition.state == EditionState.CANCELLED:
        return edition.reason
    if edition.entry.status == ItemStatus.RETIRED:
        return RETIRED
    if not unit.is_open_on(day):
        return gettext_noop("Enheten er lagt ned.")
    return gettext_noop("Enheten er ikke lenger blant de ansvarlige.")


def set_status(task: Task, status: TaskStatus, reason: str) -> None:
    task.status = status
    task.reason = reason
    task.lock_version += 1
    explain(task, why=reason or GIVEN_AGAIN)
    task.save()
