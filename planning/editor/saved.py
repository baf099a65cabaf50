"""What a saved measure changes on the editor's page: as a rule its own line, and no other need be made again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from planning.editor.measure import Wheels, measure_row
from planning.models import Measure
from planning.services import home_of, is_at_end
from strategy.in_force import words_of_versions
from strategy.reading import key_of, newest_version
from strategy.rows import Row, changed

SAID = ("text", "modality", "frequency", "quantity")


@dataclass(frozen=True)
class Before:
    """Where a measure stood and what it said when its form was sent."""

    home: Any
    said: Any

    @classmethod
    def of(cls, measure: Measure) -> Before | None:
        return cls(home_of(measure), _said(measure)) if measure.pk else None


@dataclass(frozen=True)
class Saved:
    """The line as it now reads, and whether the page is to say that the text is no longer what was adopted."""

    measure: Measure
    row: Row
    is_newly_changed: bool


def saved(measure: Measure, before: Before | None, *, wheels: Wheels) -> Saved | None:
    """None where more of the page has changed than the line: a new measure, one that moved, one that is as adopted."""
    if before is None or home_of(measure) != before.home:
        return None
    document = measure.document
    is_newly_changed = False
    if document.is_published:
        adopted = _adopted(measure)
        if adopted is None or adopted == _said(measure):
            return None
        is_newly_changed = adopted == before.said
    return Saved(measure, line_of(measure, wheels), is_newly_changed)


def line_of(measure: Measure, wheels: Wheels) -> Row:
    """The measure's row in the outline, without what stands under it."""
    row = measure_row(measure, wheels)
    is_first, is_last = is_at_end(measure)
    is_proposed = row.is_proposed and measure.document.is_published
    return changed(row, is_proposed=is_proposed, is_first=is_first, is_last=is_last)


def _said(measure: Measure) -> tuple[str, ...]:
    return tuple(getattr(measure, name) for name in SAID)


def _adopted(measure: Measure) -> tuple[str, ...] | None:
    """What it says in the words in force; None for a measure that is not in them."""
    version = newest_version(measure.document)
    words: Any = words_of_versions({0: key_of(version)})[0].measures.get(measure.key) if version else None
    return tuple(words[name] for name in SAID) if words else None
