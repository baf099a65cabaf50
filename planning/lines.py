"""The responsibility lines of measures, given to others."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from config.lib.saving import save_all_new
from organisation.models import User
from planning.models import Measure, MeasureResponsibility

PARTY: Final = ("unit_id", "group_id", "function_id", "relation", "wording")


def copy_lines(
    new: Mapping[Measure, Measure],
    *,
    by: User,
    why: str,
    instead: Mapping[int, MeasureResponsibility] = MappingProxyType({}),
    after: int = 0,
) -> list[MeasureResponsibility]:
    """Give new measures the lines of those they come from, by those: line under line.

    Those that stand under another are saved once that has its number, so it is a query for each level.
    Of a line in `instead` there is one there already, by its number; the others stand from the place `after` on.
    """
    measures = {old.pk: measure for old, measure in new.items()}
    lines: dict[int | None, Any] = {None: None}
    lines |= instead  # type: ignore[arg-type]
    made: list[MeasureResponsibility] = []
    left = [line for old in new for line in old.responsibilities.all() if line.pk not in lines]  # type: ignore[attr-defined]
    while now := [line for line in left if line.under_id in lines]:
        rows = [
            MeasureResponsibility(
                measure=measures[line.measure_id],
                under=lines[line.under_id],
                **{name: getattr(line, name) for name in PARTY},
                position=line.position + after,
            )
            for line in now
        ]
        save_all_new(rows, by=by, why=why)
        lines |= {line.pk: row for line, row in zip(now, rows, strict=True)}
        left = [line for line in left if line.pk not in lines]
        made += rows
    return made
