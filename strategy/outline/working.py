"""The working text of a document out of the database, in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects

from strategy.models import (
    LINK_ENDS,
    Area,
    Decision,
    Document,
    Fact,
    Goal,
    GoalLink,
    Observation,
    Period,
    Route,
    RouteLink,
    Section,
    Target,
)
from strategy.outline.measures import AroundMeasures, leans
from strategy.outline.shapes import (
    AreaOutline,
    FactOutline,
    GoalOutline,
    LinksOutline,
    MeasureOutline,
    Outline,
    RouteOutline,
    TargetOutline,
)

# What an item's outline is made from, to be fetched for all of them at once.
GOAL_PARTS = ("target_groups", "links__to_goal", "links__to_route", "targets__baseline", "targets__indicator")
ROUTE_PARTS = ("goals", "links__to_route")


def outline_of(document: Document) -> Outline:
    """Return the working text of a document, retired items left out."""
    areas = list(document.areas.standing())
    goals = list(document.goals.standing().prefetch_related(*GOAL_PARTS))
    routes = list(document.routes.standing().prefetch_related(*ROUTE_PARTS))
    facts = Fact.objects.filter(area__document=document).prefetch_related("observations__indicator")
    area_targets = Target.objects.filter(area__document=document).select_related("baseline", "indicator")
    tree = _AreaTree(areas, goals, routes, facts, area_targets)
    sections = list(document.sections.all())
    bases = list(document.carries_out.all())
    return {
        "slug": document.slug,
        "title": document.title,
        "kind": document.kind,
        "state": document.state,
        "owner": document.owner.name,
        "owner_slug": document.owner.slug,
        "language": document.language,
        "period": _days(document.period_from_on, document.period_to_on),
        "decisions": [_decision(decision) for decision in document.decisions.all()],
        "vision": document.vision,
        "overall_goal": document.overall_goal,
        "follows": document.follows.slug if document.follows else None,
        "carries_out": [base.slug for base in bases],
        "is_under_plan": any(base.is_plan_above(document) for base in bases),
        "source": document.source,
        "sections": [_section(section) for section in sections],
        "challenges": [_section(section) for section in sections if section.kind == "challenge"],
        "evaluation": [_section(section) for section in sections if section.kind == "evaluation"],
        "goals": [goal_outline(goal) for goal in goals if goal.area_id is None],
        "routes": [route_outline(route) for route in routes if route.area_id is None],
        "areas": tree.below(None),
        "measures": _measures(document),
    }


class _AreaTree:
    """Areas in their levels, each with what stands in it."""

    def __init__(
        self,
        areas: Iterable[Area],
        goals: Iterable[Goal],
        routes: Iterable[Route],
        facts: Iterable[Fact],
        targets: Iterable[Target],
    ) -> None:
        self.areas = _by(areas, "parent_id")
        self.goals = _by(goals, "area_id")
        self.routes = _by(routes, "area_id")
        self.facts = _by(facts, "area_id")
        self.targets = _by(targets, "area_id")

    def below(self, parent_id: int | None) -> list[AreaOutline]:
        return [self._area(area) for area in self.areas[parent_id]]

    def _area(self, area: Area) -> AreaOutline:
        return {
            "id": area.key,
            "label": area.label,
            "title": area.title,
            "text": area.text,
            "overall_goal": area.overall_goal,
            "source": area.source,
            "areas": self.below(area.pk),
            "goals": [goal_outline(goal) for goal in self.goals[area.pk]],
            "routes": [route_outline(route) for route in self.routes[area.pk]],
            "targets": [_target(target) for target in self.targets[area.pk]],
            "facts": [_fact(fact) for fact in self.facts[area.pk]],
        }


def _by(rows: Iterable[Any], name: str) -> defaultdict[int | None, list[Any]]:
    sorted_out: defaultdict[int | None, list[Any]] = defaultdict(list)
    for row in rows:
        sorted_out[getattr(row, name)].append(row)
    return sorted_out


def _measures(document: Document) -> list[MeasureOutline]:
    measures: Any = document.measures  # type: ignore[attr-defined]  # planning stands above this part
    rows = list(measures.standing().select_related("area"))
    around = AroundMeasures(measures.model, measure__document=document.pk)
    return [around.outline(measure) for measure in rows]


def goal_outline(goal: Goal) -> GoalOutline:
    return {
        "id": goal.key,
        "title": goal.title,
        "text": goal.text,
        "status": goal.status,
        "source": goal.source,
        "target_groups": [group.slug for group in goal.target_groups.all()],
        "targets": [_target(target) for target in goal.targets.all()],
        **_links(goal.links.all()),
    }


def _links(links: Iterable[GoalLink | RouteLink | Any]) -> LinksOutline:
    """What an item leans on in other documents, by the three kinds of link."""
    return leans(
        [
            (link.kind, item.key)
            for link in links
            for name in LINK_ENDS
            if (item := getattr(link, name, None)) is not None
        ]
    )


def item_outline(item: Goal | Route | Any) -> GoalOutline | RouteOutline | MeasureOutline:
    """The working text of one goal, route or measure."""
    if isinstance(item, Goal):
        prefetch_related_objects([item], *GOAL_PARTS)
        return goal_outline(item)
    if isinstance(item, Route):
        prefetch_related_objects([item], *ROUTE_PARTS)
        return route_outline(item)
    return AroundMeasures(type(item), measure=item.pk).outline(item)


def route_outline(route: Route) -> RouteOutline:
    return {
        "id": route.key,
        "text": route.text,
        "status": route.status,
        "source": route.source,
        "goals": [goal.key for goal in route.goals.all()],
        **_links(route.links.all()),
    }


def _target(target: Target) -> TargetOutline:
    return {
        "text": target.text,
        "kind": target.kind,
        "value": _number(target.value),
        "unit": target.unit,
        "comparator": target.comparator,
        "denominator": target.denominator,
        "per": target.per,
        "holds_for": target.holds_for,
        "condition": target.condition,
        "qualifier": target.qualifier,
        "due_on": _day(target.due_on),
        "period": _period(target),
        "baseline": _baseline(target.baseline),
        "indicator": target.indicator.slug if target.indicator else None,
        "source": target.source,
    }


def _baseline(observation: Observation | None) -> dict[str, Any] | None:
    if observation is None:
        return None
    return {
        "value": _number(observation.value),
        "unit": observation.unit,
        "comparator": observation.comparator,
        "period": _period(observation),
    }


def _fact(fact: Fact) -> FactOutline:
    return {
        "text": fact.text,
        "values": [
            {
                "indicator": seen.indicator.slug,
                "value": _number(seen.value),
                "unit": seen.unit,
                "comparator": seen.comparator,
            }
            for seen in fact.observations.all()
        ],
        "period": _period(fact),
        "source": fact.source,
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "kind": decision.kind,
        "decided_on": _day(decision.decided_on),
        "decided_by": decision.decided_by,
        "case_number": decision.case_number,
        "text": decision.text,
        "source": decision.source,
    }


def unnumbered(outline: Outline) -> Outline:
    """The outline without what names pieces of running text to those who comment on them."""
    return {**outline, **{name: _plain(outline.get(name, [])) for name in RUNNING_TEXT}}  # type: ignore[typeddict-item]


RUNNING_TEXT = ("sections", "challenges", "evaluation")


def _plain(sections: Any) -> list[dict[str, Any]]:
    return [{name: part for name, part in section.items() if name != "id"} for section in sections]


def _section(section: Section) -> dict[str, Any]:
    return {
        "id": str(section.pk),
        "kind": section.kind,
        "title": section.title,
        "text": section.text,
        "source": section.source,
    }


def _period(row: Period) -> dict[str, str | None] | None:
    days = _days(row.period_from_on, row.period_to_on)
    if days is None and not row.period_words:
        return None
    return {**(days or {"from": None, "to": None}), "as_written": row.period_words}


def _days(from_on: date | None, to_on: date | None) -> dict[str, str | None] | None:
    if from_on is None and to_on is None:
        return None
    return {"from": _day(from_on), "to": _day(to_on)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
