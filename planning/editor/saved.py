"""The line of a measure when it has been saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from planning.beginning import earlier_evaluations
from planning.editor.measure import Wheels, measure_row
from planning.models import Measure
from planning.services import home_of, is_at_end
from strategy.rows import Row
from strategy.saved import Line


class MeasureLine(Line):
    names = ("text", "modality", "frequency", "quantity")

    def __init__(self, measure: Measure, *, wheels: Callable[[], Wheels]) -> None:
        super().__init__(measure)
        self.wheels = wheels

    def _home(self) -> Any:
        return home_of(self.item)

    def _ends(self) -> tuple[bool, bool]:
        return is_at_end(self.item, self.home)

    def _row(self) -> Row:
        if getattr(self.item, "has_item_links", False):  # most have none, and need not be asked for
            found = earlier_evaluations(self.item.document, **{"": self.item})
            self.item.earlier = found.get(self.item.pk, ())
        return measure_row(self.item, self.wheels())
