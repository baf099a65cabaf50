"""Dates as people write them: read into windows, written back, bounded, hung on each other. Pure, no database."""

from .anchors import Anchored, resolve_anchors
from .bounds import bound_window
from .days_off import easter_sunday, holiday_name, is_working_day, working_day_hint
from .errors import AnchorCircle, Code, Unreadable
from .reading import read, read_bound, read_yearly
from .window import Bound, Precision, Relation, Window
from .words import describe, limits, write

__all__ = [
    "AnchorCircle",
    "Anchored",
    "Bound",
    "Code",
    "Precision",
    "Relation",
    "Unreadable",
    "Window",
    "bound_window",
    "describe",
    "easter_sunday",
    "holiday_name",
    "is_working_day",
    "limits",
    "read",
    "read_bound",
    "read_yearly",
    "resolve_anchors",
    "working_day_hint",
    "write",
]
