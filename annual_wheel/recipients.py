"""Who is told about a task: the nearest people who can see to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from annual_wheel.models import Task
from organisation.models import FunctionHolder, Membership, Unit, User
from organisation.permissions import Role


@dataclass
class Directory:
    """Who holds which role and function on a day; asked of the database once for however many tasks."""

    contributors: dict[int, list[User]] = field(default_factory=lambda: defaultdict(list))  # by unit
    editors: dict[int, list[User]] = field(default_factory=lambda: defaultdict(list))  # by unit
    holders: dict[tuple[int, int], list[User]] = field(default_factory=lambda: defaultdict(list))  # by function, unit

    @classmethod
    def on(cls, today: date) -> Directory:
        found = cls()
        told = {Role.CONTRIBUTOR.value: found.contributors, Role.EDITOR.value: found.editors}
        held = Membership.objects.on(today).filter(role__in=told, user__is_active=True)
        for membership in held.select_related("user").order_by("user__name", "pk"):
            told[membership.role][membership.unit_id].append(membership.user)
        functions = FunctionHolder.objects.on(today).filter(user__is_active=True)
        for holder in functions.select_related("user").order_by("user__name", "pk"):
            found.holders[holder.function_id, holder.unit_id].append(holder.user)
        return found

    def recipients_of(self, task: Task) -> list[User]:
        """The one it is assigned to; else, unit by unit, those near it; else the editors of the wheel's owner."""
        if task.assigned_to is not None and task.assigned_to.is_active:
            return [task.assigned_to]
        near = [user for unit in (task.unit, *task.shared_with.all()) for user in self.near(task, unit)]
        return list(dict.fromkeys(near or self.editors.get(task.edition.entry.wheel.owner_id, [])))

    def near(self, task: Task, unit: Unit) -> list[User]:
        """A unit's contributors; else those who hold there a function that leads; else the unit's editors."""
        leads = [line.function_id for line in task.edition.entry.responsibilities.all() if line.is_lead]
        holding = [user for lead in leads if lead for user in self.holders.get((lead, unit.pk), [])]
        return self.contributors.get(unit.pk) or holding or self.editors.get(unit.pk, [])

    def units_of(self, user: User) -> set[int]:
        """Every unit whose tasks this person may be told about."""
        own = {unit for by in (self.contributors, self.editors) for unit, users in by.items() if user in users}
        holding = {unit for (_function, unit), users in self.holders.items() if user in users}
        owning = {unit for unit, users in self.editors.items() if user in users}
        given = Task.objects.filter(Q(assigned_to=user) | Q(edition__entry__wheel__owner__in=owning))
        return own | holding | set(given.order_by().values_list("unit_id", flat=True).distinct())


def recipients_of(task: Task, today: date) -> list[User]:
    """Who is told about this task, for pages ("varsles: …"); nobody is worth a warning to whoever edits."""
    return Directory.on(today).recipients_of(task)


def names_of(users: Iterable[User]) -> str:
    """Names of people, parted so that a name with a comma in it stays whole."""
    return "; ".join(str(user) for user in users)
