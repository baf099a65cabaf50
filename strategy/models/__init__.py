"""Governing documents: what the university wants, decided by whom, and how one document leans on another."""

from strategy.models.bases import BaseSeen
from strategy.models.documents import (
    PUBLISHED_STATES,
    Decision,
    DecisionKind,
    Document,
    DocumentKind,
    DocumentQuerySet,
    DocumentState,
    FrozenError,
    Section,
    SectionKind,
)
from strategy.models.figures import Comparator, Fact, Indicator, Observation, Period, Target, TargetKind
from strategy.models.items import Area, Goal, Item, ItemQuerySet, ItemStatus, Route, TargetGroup
from strategy.models.links import LINK_ENDS, GoalLink, Link, LinkKind, RouteLink
from strategy.models.notes import Note
from strategy.models.versions import Version

__all__ = [
    "LINK_ENDS",
    "PUBLISHED_STATES",
    "Area",
    "BaseSeen",
    "Comparator",
    "Decision",
    "DecisionKind",
    "Document",
    "DocumentKind",
    "DocumentQuerySet",
    "DocumentState",
    "Fact",
    "FrozenError",
    "Goal",
    "GoalLink",
    "Indicator",
    "Item",
    "ItemQuerySet",
    "ItemStatus",
    "Link",
    "LinkKind",
    "Note",
    "Observation",
    "Period",
    "Route",
    "RouteLink",
    "Section",
    "SectionKind",
    "Target",
    "TargetGroup",
    "TargetKind",
    "Version",
]
