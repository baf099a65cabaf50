"""A measure moved by its form, told like one that was dropped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from organisation.models import User
from planning.models import Measure
from planning.services import beside, holder_of, move_measure
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
    return told(moved, beside(moved), holder_of(moved), back_before=back_before, back_into=back_into)
