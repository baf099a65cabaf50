"""What was sent of a measure, beside what is stored."""

from __future__ import annotations

from typing import Final

from django.http import QueryDict

from config.lib.links import are_links_stored
from organisation.said import is_said_as_stored
from planning.models import Measure
from strategy.picking import GOAL, ROUTE, End, are_picked_as_stored

MEASURE: Final = End("tiltak", "to_measure", Measure)
ENDS: Final = (GOAL, ROUTE, MEASURE)


def is_rest_stored(measure: Measure, data: QueryDict) -> bool:
    """Whether what was sent besides the fields of the measure itself stands in it as it is."""
    return (
        is_said_as_stored(measure, data)
        and are_links_stored(measure.links, data)
        and are_picked_as_stored(measure.item_links, ENDS, data)
    )
