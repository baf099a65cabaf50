"""Writing measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from organisation.lines import Line, save_lines
from organisation.models import User
from planning.models import Measure
from strategy.picking import Picker, save_links
from strategy.writing import save_row


@transaction.atomic
def save_measure(
    measure: Measure,
    *,
    by: User,
    now: datetime,
    expected: int | None,
    why: str,
    many: Mapping[str, Any],
    links: Sequence[Mapping[str, str]],
    lines: Sequence[Line],
    pickers: Iterable[Picker],
) -> Measure:
    """Save a measure with its responsibility lines and what it leans on, as one change."""
    measure.links = list(links)
    save_row(measure, by=by, now=now, expected=expected, why=why, many=many)
    save_lines(measure, lines, by=by)
    save_links(measure.item_links, pickers, by=by)
    return measure


def home_of(measure: Measure) -> tuple[str, int | None]:
    """Where a measure stands in its plan: under its first goal, under an area, or under neither."""
    goals = [goal for goal in measure.goals.all() if goal.status != "retired"]
    if goals:
        return "goal", goals[0].pk
    return ("area", measure.area_id) if measure.area_id else ("none", None)


def beside(measure: Measure) -> list[Measure]:
    """The measures it stands together with, in order."""
    others = Measure.objects.standing().filter(document=measure.document).prefetch_related("goals")
    home = home_of(measure)
    return [other for other in others if home_of(other) == home]
