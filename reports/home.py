"""What the start page says to one person: what is open, what the month holds, and which documents are theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser

from annual_wheel.models import Edition, EntryKind, Task, Wheel
from annual_wheel.rows import EditionRow, row_of
from annual_wheel.task_rows import state_code
from annual_wheel.work_page import WorkRow, left_at, units_below, work_row
from organisation.models import Unit, User
from organisation.permissions import Permission
from strategy.lists import DocumentRow, ListFilters, document_rows, listed
from strategy.models import Document, DocumentState

NEAREST = 3
MONTH_ROWS = 8
STANDING = (DocumentState.IN_FORCE, DocumentState.HEARING, DocumentState.DRAFT)


@dataclass(frozen=True, slots=True)
class Near:
    """A task among the nearest, with the code of where it stands."""

    row: WorkRow
    state: str


@dataclass(frozen=True, slots=True)
class OpenWork:
    count: int
    late_count: int
    nearest: tuple[Near, ...]
    late_below: int  # editions late at units that the person edits for, other than their own


def open_work(user: User, units: Collection[int], *, today: date) -> OpenWork:
    """What is open on one's list, the nearest first: what is late, then by its last day."""
    tasks = Task.objects.on_list_of(user, units).open().current(today=today)
    dated = tasks.exclude(edition__entry__kind=EntryKind.ONGOING).by_due_day()
    tickable = user.reach(today)[Permission.TICK]
    nearest = list(dated.for_rows(user, today=today)[:NEAREST])
    below = units_below(user, units, today=today)
    return OpenWork(
        count=tasks.count(),
        late_count=tasks.overdue(today=today).count(),
        nearest=tuple(
            Near(work_row(task, own=units, tickable=tickable, today=today), state_code(task, today=today))
            for task in nearest
        ),
        late_below=left_at(below, today=today).filter(due_on__lt=today).count() if below else 0,
    )


@dataclass(frozen=True, slots=True)
class Month:
    """What the month holds in the wheels near to one, and how many there are beyond those shown."""

    rows: tuple[EditionRow, ...]
    count: int
    wheel: Wheel


def this_month(user: User, near: Collection[int], *, today: date) -> Month | None:
    """The month in the wheel nearest to one: of one's own units, or of a unit above them; None without a wheel."""
    visible = Wheel.objects.visible_to(user)
    wheel = visible.filter(owner__in=near, years__year=today.year).first() or visible.filter(owner__in=near).first()
    if wheel is None:
        return None
    first = today.replace(day=1)
    next_month = (first + timedelta(days=32)).replace(day=1)
    editions = Edition.objects.of_wheel(wheel, today.year).filter(due_on__gte=first, due_on__lt=next_month)
    rows = list(editions.exclude(entry__kind=EntryKind.ONGOING).for_rows())
    return Month(tuple(row_of(edition, today=today) for edition in rows[:MONTH_ROWS]), len(rows), wheel)


def with_units_above(units: Iterable[Unit], user: User) -> set[int]:
    """The units and every unit above them."""
    parents = user.parent_of_units()
    found: set[int] = set()
    for unit in units:
        pk: int | None = unit.pk
        while pk is not None and pk not in found:
            found.add(pk)
            pk = parents[pk]
    return found


def own_documents(user: User, near: Collection[int], *, today: date) -> list[DocumentRow]:
    """Documents of one's units and those above that hold or are on their way; warnings only for who can mend it."""
    visible = (
        Document.objects.visible_to(user, today=today)
        .filter(owner__in=near, state__in=STANDING)
        .exclude(replaced_on__lte=today)
    )
    fetched = visible.select_related("owner").prefetch_related("carries_out", "followed_by")
    found = listed(fetched, ListFilters(), today=today)
    edits = user.reach(today)[Permission.EDIT]
    return document_rows(found, user, warned=edits, today=today)


def count_documents_below(user: User, near: Collection[int], *, today: date) -> int:
    """How many documents hold or are on their way at the units below one's own."""
    below = user.reach(today)[Permission.READ_DRAFTS].difference(near)
    return (
        Document.objects.visible_to(user, today=today)
        .filter(owner__in=below, state__in=STANDING)
        .exclude(replaced_on__lte=today)
        .count()
    )


def public_documents(*, today: date) -> list[DocumentRow]:
    """What anyone may read without logging in."""
    visible = Document.objects.visible_to(AnonymousUser(), today=today)
    found = listed(visible.select_related("owner").prefetch_related("carries_out"), ListFilters(), today=today)
    return document_rows(found, AnonymousUser(), warned=(), today=today)
