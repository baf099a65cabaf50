"""Who has which tasks, worked out again when units, groups or days have changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from annual_wheel.models import Edition, EditionState, Task, TaskStatus, Ticks
from annual_wheel.opening import fan_out, set_status
from annual_wheel.verbs import with_lines
from organisation.models import Relation, Unit, UnitGroup
from strategy.models import ItemStatus

# Kept as the reason of what was late when its unit closed, and looked for when that is open again.
CLOSED_WHEN_LATE = gettext_noop("Enheten er lagt ned, og fristen var ute.")


@dataclass
class Given:
    """What a change meant for the tasks."""

    given: int = 0
    withdrawn: int = 0
    late: int = 0  # of what would be withdrawn

    @property
    def forecast(self) -> str:
        """Say before a change what it would withdraw."""
        words = ngettext("%(n)d oppgave blir trukket", "%(n)d oppgaver blir trukket", self.withdrawn)
        said = words % {"n": self.withdrawn}
        return f"{said}, {_('%(late)d av dem over fristen') % {'late': self.late}}" if self.late else said

    @property
    def words(self) -> str:
        """Say it for whoever made the change; empty where nothing changed."""
        parts = []
        if self.given:
            parts.append(ngettext("%(n)d oppgave gitt", "%(n)d oppgaver gitt", self.given) % {"n": self.given})
        if self.withdrawn:
            parts.append(
                ngettext("%(n)d oppgave trukket", "%(n)d oppgaver trukket", self.withdrawn) % {"n": self.withdrawn}
            )
        return f"{', '.join(parts)}." if parts else ""


@transaction.atomic
def give_again(*, today: date, groups: Iterable[UnitGroup] | None = None, units: Iterable[Unit] = ()) -> Given:
    """Give out and withdraw tasks where a change of these groups or units calls for it; of all where none is named.

    Only what is still ahead: an edition whose last day has passed keeps the tasks it had, so that nobody gets a task
    that is late from the start. Units that are closed are the exception: nobody there can do what is left. Where one is
    open again, it gets back what it was late with.
    """
    changed = Given()
    for edition in editions_ahead(today=today, groups=groups, units=units):
        result = fan_out(edition, today=today)
        changed.given += len(result.given)
        changed.withdrawn += len(result.withdrawn)
    changed.withdrawn += withdraw_from_closed(today=today)
    changed.given += give_back_to_open(today=today)
    return changed


def editions_ahead(
    *, today: date, groups: Iterable[UnitGroup] | None = None, units: Iterable[Unit] = ()
) -> QuerySet[Edition]:
    """Return the editions not yet past whose lead lines name one of the groups or units; all where none is named.

    A group means whatever groups leave it out, too: their members are the others.
    """
    lines = Q(relation=Relation.LEAD)
    if groups is not None:
        lines &= Q(group__in=with_dependants(groups)) | Q(unit__in=[unit.pk for unit in units])
    editions = Edition.objects.filter(with_lines(lines), year__gte=today.year, due_on__gte=today)
    standing = editions.exclude(state=EditionState.CANCELLED).exclude(entry__status=ItemStatus.RETIRED)
    return standing.exclude(entry__ticks=Ticks.NONE).select_related("entry")


def with_dependants(groups: Iterable[UnitGroup]) -> set[int]:
    """Return the ids of the groups and of all that leave one of them out, at any remove (one query)."""
    leaves_out = dict(UnitGroup.objects.filter(except_group__isnull=False).values_list("pk", "except_group_id"))
    found = {group.pk for group in groups}
    while more := {pk for pk, other in leaves_out.items() if other in found} - found:
        found |= more
    return found


def withdraw_from_closed(*, today: date) -> int:
    """Withdraw what is open and past at units that are closed. Tasks that others share pass by way of `fan_out`."""
    closed = Task.objects.filter(unit__closes_on__lte=today, status=TaskStatus.OPEN, edition__due_on__lt=today)
    left = closed.filter(shared_with__isnull=True).select_for_update(of=("self",))
    return _set_all(left, TaskStatus.WITHDRAWN, CLOSED_WHEN_LATE)


def give_back_to_open(*, today: date) -> int:
    """Open again what was withdrawn as late from units that were closed, and that are open."""
    is_open = Q(unit__closes_on__isnull=True) | Q(unit__closes_on__gt=today)
    taken = Task.objects.filter(is_open, status=TaskStatus.WITHDRAWN, reason=CLOSED_WHEN_LATE)
    standing = taken.exclude(edition__state=EditionState.CANCELLED).exclude(edition__entry__status=ItemStatus.RETIRED)
    return _set_all(standing.select_for_update(of=("self",)), TaskStatus.OPEN, "")


def _set_all(tasks: Iterable[Task], status: TaskStatus, reason: str) -> int:
    tasks = list(tasks)
    for task in tasks:
        set_status(task, status, reason)
    return len(tasks)


def lost_by_closing(units: Iterable[Unit], *, today: date) -> dict[int, Given]:
    """What each unit would have withdrawn by closing on the day that it has been given, by its number (one query)."""
    closes = {unit.pk: unit.closes_on for unit in units if unit.pk and unit.closes_on}
    lost: dict[int, Given] = {}
    tasks = Task.objects.filter(unit__in=closes, status=TaskStatus.OPEN).annotate(sharing=Count("shared_with"))
    for pk, first, due, sharing in tasks.values_list("unit", "edition__earliest_on", "edition__due_on", "sharing"):
        is_late = due < today
        is_taken = closes[pk] <= today and not sharing if is_late else closes[pk] <= min(max(today, first), due)
        if is_taken:
            of_unit = lost.setdefault(pk, Given())
            of_unit.withdrawn += 1
            of_unit.late += is_late
    return lost
