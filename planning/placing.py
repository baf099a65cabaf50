"""A measure moved by its form, told like one that was dropped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from organisation.models import User
from planning.models import Measure
from planning.services import beside, move_measure
from strategy.models import Area, Goal
from strategy.moving import Move, Place, after, told


@transaction.atomic
def place_measure(
    measure: Measure, *, by: User, now: datetime, expected: int, many: Mapping[str, Any], why: str = ""
) -> Move:
    """`move_measure`, and what it came to."""
    stood = Measure.objects.get(pk=measure.pk)  # the measure itself has been given its new place
    back_before, back_into = after(stood, beside(stood)), Place(stood.area, tuple(stood.goals.standing())).said()
    move_measure(measure, by=by, now=now, expected=expected, many=many, why=why)
    moved = Measure.objects.get(pk=measure.pk)
    return told(moved, beside(moved), holder_of_measure(moved), back_before=back_before, back_into=back_into)


def holder_of_measure(measure: Measure) -> Goal | Area | None:
    """What a measure stands in: its first goal, or its area; None outside every area."""
    return measure.goals.standing().first() or measure.area
