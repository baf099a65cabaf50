"""Writing measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_noop

from config.lib.fetched import all_of, forget
from config.lib.ready_query import ReadyColumns
from config.lib.saving import save_changed
from organisation.lines import Line, save_lines
from organisation.models import User
from planning.models import Measure
from strategy.models import Area, Goal
from strategy.moving import Move, Place, after, checked, locked, named, place_asked_for, put_before, told
from strategy.order import make_room, next_position
from strategy.picking import Picker, links_before, save_links
from strategy.writing import keep_words_in_force, write_row


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
    pickers: Sequence[Picker],
) -> Measure:
    """Save a measure with its responsibility lines and what it leans on, as one change.

    Links and lines that are None stay as they are, and without pickers what it leans on.
    """
    if links is not None:
        measure.links = list(links)
    before = links_before(measure, "item_links", pickers)
    write_row(measure, by=by, now=now, expected=expected, why=why, many=many)
    if lines is not None:
        save_lines(measure, lines, by=by)
    if pickers:
        save_links(measure.item_links, pickers, before, by=by)
    forget(measure, *(["item_links"] if pickers else []), *(["responsibilities"] if lines is not None else []))
    return measure


@transaction.atomic
def move_measure(
    measure: Measure, *, by: User, now: datetime, expected: int, many: Mapping[str, Any], why: str = ""
) -> Measure:
    """Let a measure serve other goals, or another area, and stand last there."""
    keep_words_in_force(measure.document, by=by, now=now)
    measure.position = next_position(measure)
    why = why or gettext_noop("Flyttet.")
    return save_changed(measure, by=by, expected=expected, why=why, many=many, and_place=True)


def home_of(measure: Measure) -> tuple[str, int | None]:
    """Where a measure stands in its plan: under its first goal, under an area, or under neither."""
    goals = [goal for goal in all_of(measure, "goals") if goal.status != "retired"]
    if goals:
        return "goal", goals[0].pk
    return ("area", measure.area_id) if measure.area_id else ("none", None)


def beside(measure: Measure) -> list[Measure]:
    """The measures it stands together with, in order."""
    return list(_at_home(home_of(measure), measure.document_id))


def is_at_end(measure: Measure, home: tuple[str, int | None]) -> tuple[bool, bool]:
    """Whether it stands first among those at its home, and whether it stands last."""
    kind, pk = home
    keys = UNDER_GOAL.rows(goal=pk) if kind == "goal" else _at_home(home, measure.document_id).values_list("pk")
    together = [key for (key,) in keys]
    return together[0] == measure.pk, together[-1] == measure.pk


def _at_home(home: tuple[str, int | None], document: int) -> QuerySet[Measure]:
    kind, pk = home
    if kind == "goal":
        return _under_goal(goal=pk)
    others = Measure.objects.standing().filter(document=document, area=pk)
    return others.exclude(goals__in=Goal.objects.standing())


def _under_goal(*, goal: int | None) -> QuerySet[Measure]:
    """Those that serve the goal and none that stands before it."""
    served = Goal.objects.standing().filter(measures=OuterRef("pk")).values("pk")[:1]
    return Measure.objects.standing().filter(goals=goal).alias(first=Subquery(served)).filter(first=goal)


UNDER_GOAL: Final = ReadyColumns(lambda *, goal: _under_goal(goal=goal).values_list("pk"), goal=int)


@transaction.atomic
def drop_measure(
    measure: Measure, *, before: str, into: Sequence[str], expected: int | None, by: User, now: datetime
) -> Move:
    """Put a measure before the one named `before`, or last, under the goal or in the area named in `into`.

    It serves that goal instead of the one it stood under, and what else it serves as before: one of those that comes
    before the new goal is where it then stands. Several goals in `into` are all it serves. Errors as of `drop_row`.
    """
    measure = locked(measure, by=by, now=now)
    place = place_asked_for(measure.document, into)
    was = Place(measure.area, tuple(_standing_goals(measure)))
    back_before = after(measure, beside(measure))
    if place is None or (_home_in(place) == home_of(measure) and len(place.goals) < 2):
        put_before(measure, beside(measure), before, by=by)
    else:
        many = {"goals": _goals_in(place, was, measure)}
        measure.area = None if place.goals else place.area
        there = _standing_at(measure, _home_in(place))
        measure.position = make_room(measure, there, before=named(there, before))
        expected, why = checked(measure, expected), gettext_noop("Flyttet.")
        save_changed(measure, by=by, expected=expected, why=why, many=many, and_place=True)
    measure = Measure.objects.get(pk=measure.pk)
    return told(measure, beside(measure), holder_of(measure), back_before=back_before, back_into=was.said())


def _home_in(place: Place) -> tuple[str, int | None]:
    """`home_of` for a measure that is put there."""
    if place.goals:
        return "goal", place.goals[0].pk
    return ("area", place.area.pk) if place.area else ("none", None)


def _standing_goals(measure: Measure) -> list[Goal]:
    return [goal for goal in all_of(measure, "goals") if goal.status != "retired"]


def _goals_in(place: Place, was: Place, measure: Measure) -> list[Goal]:
    """What a measure serves once it has been put there. Goals that are taken out of the plan follow along."""
    retired = [goal for goal in all_of(measure, "goals") if goal.status == "retired"]
    if not place.goals:
        return retired
    return [*retired, *place.goals, *(was.goals[1:] if len(place.goals) == 1 else ())]


def _standing_at(measure: Measure, home: tuple[str, int | None]) -> list[Measure]:
    others = Measure.objects.standing().filter(document=measure.document).exclude(pk=measure.pk)
    return [other for other in others.prefetch_related("goals") if home_of(other) == home]


def holder_of(measure: Measure) -> Goal | Area | None:
    """What a measure stands in: its first goal, or its area; None outside every area."""
    goals = _standing_goals(measure)
    return goals[0] if goals else measure.area
