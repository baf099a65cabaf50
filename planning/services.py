"""Writing measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_noop

from config.lib.fetched import forget
from config.lib.ready_query import ReadyQuery
from config.lib.saving import save_changed
from organisation.lines import Line, save_lines
from organisation.models import User
from planning.models import Measure
from strategy.models import Goal
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
    links: Sequence[Mapping[str, str]] | None,
    lines: Sequence[Line] | None,
    pickers: Iterable[Picker],
) -> Measure:
    """Save a measure with its responsibility lines and what it leans on, as one change.

    Links and lines that are None stay as they are.
    """
    if links is not None:
        measure.links = list(links)
    save_row(measure, by=by, now=now, expected=expected, why=why, many=many)
    if lines is not None:
        save_lines(measure, lines, by=by)
    save_links(measure.item_links, pickers, by=by)
    forget(measure, "item_links", *([] if lines is None else ["responsibilities"]))
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
    kind, pk = home_of(measure)
    if kind == "goal":
        return UNDER_GOAL.rows(goal=pk)
    others = Measure.objects.standing().filter(document=measure.document_id, area=pk)
    return list(others.exclude(goals__in=Goal.objects.standing()))


def _under_goal(*, goal: int) -> QuerySet[Measure]:
    """Those that serve the goal and none that stands before it."""
    served = Goal.objects.standing().filter(measures=OuterRef("pk")).values("pk")[:1]
    return Measure.objects.standing().filter(goals=goal).alias(first=Subquery(served)).filter(first=goal)


UNDER_GOAL: Final = ReadyQuery(_under_goal, goal=int)
