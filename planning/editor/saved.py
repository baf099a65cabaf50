"""The line of a measure when it has been saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from planning.beginning import earlier_evaluations
from planning.editor.measure import Wheels, measure_row
from planning.fetching import links_of
from planning.models import Measure
from planning.services import home_of, is_at_end
from strategy.builds_on import Look, ends_of
from strategy.models import LinkKind
from strategy.rows import Row
from strategy.saved import Line


class MeasureLine(Line):
    names = ("text", "modality", "frequency", "quantity")

    def __init__(self, measure: Measure, *, wheels: Callable[[], Wheels], above: Look) -> None:
        super().__init__(measure)
        self.wheels, self.above = wheels, above

    def _home(self) -> Any:
        return home_of(self.item)

    def _ends(self) -> tuple[bool, bool]:
        return is_at_end(self.item, self.home)

    def _row(self) -> Row:
        links = list(links_of(self.item))
        if any(link.kind == LinkKind.SUCCEEDED for link in links):
            self.item.earlier = earlier_evaluations(self.item.document, self.item).get(self.item.pk, ())
        return measure_row(self.item, self.wheels(), links, self.above(ends_of(links)) if links else {})
