"""Writing measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from config.lib.saving import save_changed
from organisation.lines import Line, save_lines
from organisation.models import User
from planning.models import Measure
from strategy.picking import Picker, save_links
from strategy.writing import keep_words_in_force, next_position, save_row


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


@transaction.atomic
def move_measure(measure: Measure, *, by: User, now: datetime, expected: int, many: Mapping[str, Any]) -> Measure:
    """Let a measure serve other goals, or another area, and stand last there."""
    keep_words_in_force(measure.document, by=by, now=now)
    measure.position = next_position(measure)
    return save_changed(measure, by=by, expected=expected, why=gettext_noop("Flyttet."), many=many)


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
