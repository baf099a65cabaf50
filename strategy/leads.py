"""Who is behind the words of responsibility in an outline, on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from organisation.models import Relation, Unit, UnitGroup
from strategy.outline import LineOutline

Party = tuple[str, str]  # unit or group, and its slug


def leads(line: LineOutline) -> bool:
    return line["relation"] == Relation.LEAD


def units_behind(lines: Iterable[LineOutline], *, today: date) -> dict[Party, list[Unit]]:
    """The open units with accounts behind each party of these lines (two queries, and a few for each group)."""
    slugs = {line["party_slug"] for line in lines}
    if not slugs:
        return {}
    units = Unit.objects.without_tree_fields().filter(slug__in=slugs)
    found = {("unit", unit.slug): [unit] for unit in units}
    groups = UnitGroup.objects.filter(slug__in=slugs).select_related("owner", "except_group__owner")
    found |= {("group", group.slug): group.units_on(today) for group in groups}
    return {
        party: [unit for unit in named if unit.is_participating and unit.is_open_on(today)]
        for party, named in found.items()
    }
