"""Which groups a unit is in on a day, asked the other way round from `UnitGroup.units_on`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from config.lib.stamp import Kept, Stamp
from organisation.models import GroupMember, GroupRule, Unit, UnitGroup

NEEDED: Final = ("parent_id", "kind", "is_participating", "opens_on", "closes_on")


@dataclass(frozen=True, slots=True)
class Everybody:
    """All units and groups, and who is listed in which."""

    units: dict[int, Unit]
    groups: dict[int, UnitGroup]
    listed: set[tuple[int, int]]


KEPT: Final[Kept[Everybody]] = Kept(Stamp(Unit, UnitGroup, GroupMember), most=2)


def forget() -> None:
    """Let go of what is kept, for tests."""
    KEPT.forget()


def _everybody(on: date) -> Everybody:
    return Everybody(
        {unit.pk: unit for unit in Unit.objects.without_tree_fields().only(*NEEDED)},
        {group.pk: group for group in UnitGroup.objects.all()},
        set(GroupMember.objects.on(on).values_list("group_id", "unit_id")),
    )


def groups_with(unit_ids: Collection[int], *, on: date) -> set[int]:
    """Return the ids of the groups that one of these units is a member of that day.

    Four queries, and one for as long as the logs stand still.
    """
    every = KEPT.get(on, lambda: _everybody(on))
    units, groups, listed = every.units, every.groups, every.listed

    def is_below(unit: Unit, owner_id: int) -> bool:
        above = units.get(unit.parent_id or 0)
        return above is not None and (above.pk == owner_id or is_below(above, owner_id))

    def holds(group: UnitGroup, unit: Unit) -> bool:
        if group.rule == GroupRule.CHILDREN:
            is_in = unit.kind == group.member_kind and is_below(unit, group.owner_id)
        else:
            is_in = group.rule == GroupRule.LISTED and (group.pk, unit.pk) in listed
        return is_in and not (group.except_group_id and holds(groups[group.except_group_id], unit))

    mine = [units[pk] for pk in unit_ids if pk in units and units[pk].is_participating and units[pk].is_open_on(on)]
    return {group.pk for group in groups.values() if any(holds(group, unit) for unit in mine)}
