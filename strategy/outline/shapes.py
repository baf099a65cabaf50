"""The shapes of an outline: that of the public export, of frozen words, and of what pages are made from."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

Source = dict[str, Any] | None


class TargetOutline(TypedDict):
    text: str
    kind: str
    value: int | float | None
    unit: str
    comparator: str
    denominator: str
    per: str
    holds_for: str
    condition: str
    qualifier: str
    due_on: str | None
    period: dict[str, str | None] | None
    baseline: dict[str, Any] | None
    indicator: str | None
    source: Source


class LinksOutline(TypedDict):
    """Keys in other documents, and in its own of what was split or joined.

    Words that were frozen before a kind of link could be written lack it.
    """

    aligned_to: list[str]
    succeeds: list[str]
    translation_of: str | None


class GoalOutline(LinksOutline):
    id: str
    title: str
    text: str
    status: str
    source: Source
    target_groups: list[str]
    targets: list[TargetOutline]


class RouteOutline(LinksOutline):
    id: str
    text: str
    status: str
    source: Source
    goals: list[str]


class FactOutline(TypedDict):
    text: str
    values: list[dict[str, Any]]
    period: dict[str, str | None] | None
    source: Source


class AreaOutline(TypedDict):
    id: str
    label: str
    title: str
    text: str
    overall_goal: str
    source: Source
    areas: list[AreaOutline]
    goals: list[GoalOutline]
    routes: list[RouteOutline]
    targets: list[TargetOutline]
    facts: list[FactOutline]


class LineOutline(TypedDict):
    party: str
    party_slug: str
    party_kind: str
    function: str | None
    function_slug: str | None
    relation: str
    wording: str
    under: int | None


class MeasureOutline(LinksOutline):
    id: str
    text: str
    status: str
    goals: list[str]
    routes: list[str]
    area: str | None
    modality: str
    frequency: str
    quantity: str
    target_groups: list[str]
    responsible: list[LineOutline]
    links: list[dict[str, str]]
    source: Source


class InheritOutline(TypedDict):
    """A version of a plan above, and the keys of the measures there that are the unit's."""

    document: str
    version: int
    measures: list[str]


class Outline(TypedDict):
    slug: str
    title: str
    kind: str
    state: str
    owner: str
    owner_slug: str
    language: str
    period: dict[str, str | None] | None
    decisions: list[dict[str, Any]]
    vision: str
    overall_goal: str
    follows: str | None
    carries_out: list[str]
    source: Source
    sections: list[dict[str, Any]]
    challenges: list[dict[str, Any]]
    evaluation: list[dict[str, Any]]
    goals: list[GoalOutline]
    routes: list[RouteOutline]
    areas: list[AreaOutline]
    measures: list[MeasureOutline]
    is_under_plan: NotRequired[bool]  # whether it carries out a plan of another unit, which has goals for its measures
    inherits: NotRequired[list[InheritOutline]]  # in frozen words alone, of a plan that builds on another
