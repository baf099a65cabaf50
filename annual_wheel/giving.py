"""Who has which tasks, worked out again when units, groups or days have changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop, ngettext

from annual_wheel.models import Edition, EditionState, Task, TaskStatus, Ticks
from annual_wheel.opening import fan_out
from annual_wheel.verbs import with_lines
from config.lib.saving import explain
from organisation.models import Relation, Unit, UnitGroup
from strategy.models import ItemStatus


@dataclass
class Given:
    """What a change meant for the tasks."""

    given: int = 0
    withdrawn: int = 0

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
    that is late from the start. Units that are closed are the exception: nobody there can do what is left.
    """
    changed = Given()
    for edition in editions_ahead(today=today, groups=groups, units=units):
        result = fan_out(edition, today=today)
        changed.given += len(result.given)
        changed.withdrawn += len(result.withdrawn)
    changed.withdrawn += withdraw_from_closed(today=today)
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
    left = closed.filter(shared_with__isnull=True).select_related("edition__entry").select_for_update(of=("self",))
    count = 0
    for task in left:
        task.status, task.reason = TaskStatus.WITHDRAWN, gettext_noop("Enheten er lagt ned.")
        task.lock_version += 1
        explain(task, why=task.reason)
        task.save()
        count += 1
    return count
