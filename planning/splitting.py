"""Splitting a measure in two: whoever is responsible for it is responsible for both halves."""

from __future__ import annotations

from typing import Any, Final

from organisation.models import About, User
from planning.forms_splitting import MeasureSplitForm
from planning.lines import copy_lines
from planning.models import Measure
from planning.services import beside
from strategy.splitting import SPLIT_OFF, Kind


def _share_lines(measure: Measure, half: Measure, by: User) -> None:
    copy_lines({measure: half}, by=by, why=SPLIT_OFF)


MEASURE: Final = Kind(
    Measure,
    About.MEASURE,
    ("text",),
    ("area", "modality"),
    ("goals", "routes", "target_groups"),
    "item_links",
    own=("responsibilities",),
    beside=beside,
    share=_share_lines,
)
MEASURES: Final[dict[str, Any]] = {"kind": MEASURE, "make": MeasureSplitForm}
