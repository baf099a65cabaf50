"""From a file to a plan, and from a plan to what is stored: all of it or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import ModuleType
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from organisation.models import Function, FunctionHolder, GroupMember, Membership, StoredFile, Unit, UnitGroup, User
from organisation.syncing import functions, groups, people, units
from organisation.syncing.cells import csv_bytes
from organisation.syncing.columns import Kind, Sheet, headings_of
from organisation.syncing.plan import Outcome, Plan, Planned, Scope
from organisation.syncing.table import UnreadableFile

MODULES: Final[Mapping[str, ModuleType]] = {
    Kind.PEOPLE: people,
    Kind.UNITS: units,
    Kind.GROUPS: groups,
    Kind.FUNCTIONS: functions,
}
WHY: Final = gettext_noop("Fra en fil.")
DAYS: Final = ("from_on", "to_on")
# In the order they are stored: what others point at comes first. Beside each, the fields that a file can change.
STORED: Final[Mapping[type[Model], tuple[str, ...]]] = {
    User: ("name", "language"),
    Unit: (
        *("name", "name_en", "short_name", "kind", "parent", "is_participating", "is_quiet_in_july"),
        *("opens_on", "closes_on"),
    ),
    UnitGroup: ("name", "name_en", "owner", "rule", "member_kind", "except_group"),
    Function: ("name", "name_en"),
    GroupMember: DAYS,
    FunctionHolder: DAYS,
    Membership: DAYS,
}
POINTS_AT_ITS_KIND: Final[Mapping[type[Model], Callable[[Any], Any]]] = {
    Unit: lambda row: row.parent,
    UnitGroup: lambda row: row.except_group,
}
LONGEST_NAME: Final = 200  # of a file
BATCH: Final = 100  # a long list of changes makes one slow statement


class NotStored(Exception):
    """Nothing was stored, and the plan says why."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan


class Changed(NotStored):
    """What was shown no longer holds; the plan is what holds now."""


class EndsMany(NotStored):
    """So much would end that somebody must say that it should."""


@dataclass(frozen=True)
class Applied:
    plan: Plan
    done: list[Planned]  # those of the plan that changed something
    moment: datetime  # of every line in the log: what the whole of it is taken back by
    new: Mapping[type[Model], list[Any]]
    changed: Mapping[type[Model], list[Any]]

    def of(self, model: type[Model]) -> list[Any]:
        return [*self.new.get(model, ()), *self.changed.get(model, ())]


def file_of(kind: str, *, by: User | None, today: date) -> bytes:
    """Return what stands now, as a file that says "nothing to change" when it is read back."""
    return csv_bytes(headings_of(kind), MODULES[kind].cells(Scope.of(by, today=today)))


def plan_of(
    kind: str, sheet: Sheet, *, by: User | None, today: date, ends_missing: bool = False, is_locking: bool = False
) -> Plan:
    refuse_ending_all(sheet, ends_missing=ends_missing)
    scope = Scope.of(by, today=today, is_locking=is_locking)
    return Plan(MODULES[kind].plan(sheet.records, scope, ends_missing=ends_missing), sheet.notes)


def refuse_ending_all(sheet: Sheet, *, ends_missing: bool) -> None:
    """UnreadableFile where a file without rows would end all there is."""
    if ends_missing and not sheet.records:
        raise UnreadableFile(
            _("Filen har ingen rader, så alt ville blitt avsluttet. Ingenting er endret. Velg en fil med rader.")
        )


def apply(
    kind: str,
    sheet: Sheet,
    *,
    by: User | None,
    today: date,
    seen: str | None,
    ends_missing: bool = False,
    chosen: Collection[str] = (),
    skips_errors: bool = False,
    may_end_many: bool = False,
    file_name: str = "",
) -> Applied:
    """Store what the file says; Changed, and nothing stored, where it is not what was seen, or has errors.

    EndsMany where more than a third of what stands would end, and that is not said to be right.

    `chosen` are those of the missing units and groups that are to be closed. Errors may be skipped only where nothing
    is ended for being missing: what a row with an error was about is not known.
    """
    try:
        with transaction.atomic():
            _one_at_a_time()
            plan = plan_of(kind, sheet, by=by, today=today, ends_missing=ends_missing, is_locking=True)
            is_seen = seen is None or seen == plan.digest
            if not is_seen or (plan.has_errors and (ends_missing or not skips_errors)):
                raise Changed(plan)
            if plan.ends_many and not may_end_many:
                raise EndsMany(plan)
            done = _store(plan, chosen, by=by)
            _tell(done, kind, file_name, by=by)
            return done
    except IntegrityError:
        raise Changed(plan_of(kind, sheet, by=by, today=today, ends_missing=ends_missing)) from None


def _one_at_a_time() -> None:
    """Lock a row that is always there: what two files would both make is not there to lock."""
    kind = ContentType.objects.get_for_model(Unit)
    ContentType.objects.select_for_update().get(pk=kind.pk)


def _store(plan: Plan, chosen: Collection[str], *, by: User | None) -> Applied:
    rows = list(plan.writes(chosen))
    new = {model: [row for row in rows if type(row) is model and row.pk is None] for model in STORED}
    changed = {model: [row for row in rows if type(row) is model and row.pk is not None] for model in STORED}
    moment = now()
    log = {"default_user": by, "default_change_reason": WHY, "default_date": moment}
    signed: dict[str, Any] = {**log, "batch_size": BATCH}
    for model, fields in STORED.items():
        for ready in _in_rounds(new[model], POINTS_AT_ITS_KIND.get(model)):
            bulk_create_with_history(ready, model, **signed)
        if changed[model]:
            bulk_update_with_history(changed[model], model, fields, **signed)
    return Applied(plan, plan.with_work(chosen), moment, new, changed)


def _tell(done: Applied, kind: str, file_name: str, *, by: User | None) -> None:
    """Let it be known later that the file was stored, where it changed anything."""
    if not done.done:
        return
    counts = Counter(row.outcome for row in done.done)
    StoredFile.objects.create(
        kind=kind,
        name=file_name[:LONGEST_NAME],
        stored_at=done.moment,
        user=by,
        new_count=counts[Outcome.NEW],
        changed_count=counts[Outcome.CHANGED],
        ended_count=len(done.done) - counts[Outcome.NEW] - counts[Outcome.CHANGED],
    )


def _in_rounds(rows: Iterable[Any], points_at: Callable[[Any], Any] | None) -> Iterable[list[Any]]:
    """Yield the rows so that what one points at is stored before it. There is no circle: those are errors."""
    left = list(rows)
    while left:
        waits = [points_at is not None and (other := points_at(row)) is not None and other.pk is None for row in left]
        yield [row for row, is_waiting in zip(left, waits, strict=True) if not is_waiting]
        left = [row for row, is_waiting in zip(left, waits, strict=True) if is_waiting]
