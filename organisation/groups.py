"""Which groups a unit is in on a day, asked the other way round from `UnitGroup.units_on`."""

from collections.abc import Collection
from datetime import date
from typing import Final

from organisation.models import GroupMember, GroupRule, Unit, UnitGroup

NEEDED: Final = ("parent_id", "kind", "is_participating", "opens_on", "closes_on")


def groups_with(unit_ids: Collection[int], *, on: date) -> set[int]:
    """Return the ids of the groups that one of these units is a member of that day (three queries)."""
    units = {unit.pk: unit for unit in Unit.objects.without_tree_fields().only(*NEEDED)}
    groups = {group.pk: group for group in UnitGroup.objects.all()}
    listed = set(GroupMember.objects.on(on).values_list("group_id", "unit_id"))

    def is_below(unit: Unit, owner_id: int) -> bool:
        above = units.get(unit.parent_id)
        return above is not None and (above.pk == owner_id or is_below(above, owner_id))

    def holds(group: UnitGroup, unit: Unit) -> bool:
        if group.rule == GroupRule.CHILDREN:
            is_in = unit.kind == group.member_kind and is_below(unit, group.owner_id)
        else:
            is_in = group.rule == GroupRule.LISTED and (group.pk, unit.pk) in listed
        return is_in and not (group.except_group_id and holds(groups[group.except_group_id], unit))

    mine = [units[pk] for pk in unit_ids if pk in units and units[pk].is_participating and units[pk].is_open_on(on)]
    return {group.pk for group in groups.values() if any(holds(group, unit) for unit in mine)}
