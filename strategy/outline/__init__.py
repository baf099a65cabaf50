"""The whole of a document as plain data: what is exported, frozen in a version, read on a page and set on paper.

The shape is that of the public export (docs/export.md): text and numbers only, items under their keys, days as ISO.
"""

from strategy.outline.measures import lines_outline
from strategy.outline.shapes import (
    AreaOutline,
    FactOutline,
    GoalOutline,
    InheritOutline,
    LineOutline,
    LinksOutline,
    MeasureOutline,
    Outline,
    RouteOutline,
    TargetOutline,
)
from strategy.outline.working import goal_outline, item_outline, outline_of, unnumbered

__all__ = [
    "AreaOutline",
    "FactOutline",
    "GoalOutline",
    "InheritOutline",
    "LineOutline",
    "LinksOutline",
    "MeasureOutline",
    "Outline",
    "RouteOutline",
    "TargetOutline",
    "goal_outline",
    "item_outline",
    "lines_outline",
    "outline_of",
    "unnumbered",
]
