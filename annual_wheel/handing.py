"""A task handed to a colleague in the unit, or taken: the log keeps who had it, and it can be undone."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from annual_wheel.models import Task, TaskStatus
from annual_wheel.services import CannotTick, locked, saved
from organisation.models import Membership, User
from organisation.permissions import PERMISSIONS, Permission

MAY_TICK = [role.value for role, permissions in PERMISSIONS.items() if Permission.TICK in permissions]

# What the log keeps with a value in it.
GIVEN_TO = gettext_noop("Gitt til %(who)s.")
LET_GO = gettext_noop("Ikke lenger tildelt noen.")
UNDONE = gettext_noop("Angret tildelingen.")


def colleagues_of(task: Task, *, today: date) -> list[User]:
    """Those with a role of their own at one of the task's units that lets them tick it off, by name."""
    units = [task.unit_id, *(unit.pk for unit in task.shared_with.all())]
    held = Membership.objects.on(today).filter(role__in=MAY_TICK, unit__in=units)
    return list(User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("name", "pk"))


@transaction.atomic
def hand_to(task: Task, to: User | None, *, by: User) -> Task:
    """Give the task to somebody, or to nobody in particular; CannotTick where it is no longer open."""
    task = locked(task)
    if task.status != TaskStatus.OPEN or task.edition.is_cancelled:
        raise CannotTick(_("Oppgaven er ikke åpen lenger, så den kan ikke gis til noen."))
    if task.assigned_to == to:
        return task
    task.assigned_to = to
    return saved(task, by=by, reason=GIVEN_TO % {"who": to} if to else LET_GO)


@transaction.atomic
def undo_handing(task: Task, *, by: User) -> Task:
    """Give the task back to whoever had it before the last time it changed hands."""
    task = locked(task)
    records = task.history.order_by("-history_date", "-history_id").values_list("assigned_to", flat=True)
    before = next((pk for pk in records if pk != task.assigned_to_id), None)
    if before == task.assigned_to_id:
        return task
    task.assigned_to = User.objects.filter(pk=before).first() if before else None
    return saved(task, by=by, reason=UNDONE)
