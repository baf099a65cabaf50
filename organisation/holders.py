"""Which people hold a permission at a unit: `User.may` asked the other way round."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from organisation.models import Membership, Unit, User
from organisation.permissions import ALSO_UPWARDS, PERMISSIONS, Permission


def holders_of(permission: Permission, unit_id: int, *, today: date) -> QuerySet[User]:
    """Active people whose roles give them the permission at the unit that day."""
    parent_of = dict(Unit.objects.without_tree_fields().order_by().values_list("pk", "parent_id"))
    units = set(_way_up(unit_id, parent_of))
    if permission in ALSO_UPWARDS:
        units |= {unit for unit in parent_of if unit_id in _way_up(unit, parent_of)}
    roles = [role.value for role, held in PERMISSIONS.items() if permission in held]
    held = Membership.objects.on(today).filter(unit__in=units, role__in=roles)
    return User.objects.filter(Q(pk__in=held.values("user")) | Q(is_superuser=True), is_active=True)


def _way_up(unit_id: int | None, parent_of: dict[int, int | None]) -> list[int]:
    """The unit and every unit above it."""
    way = []
    while unit_id is not None:
        way.append(unit_id)
        unit_id = parent_of[unit_id]
    return way
