"""The ways to something new on the editor's page: in an area, under a goal, after the last area."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from strategy.access import place_of
from strategy.models import Area, Document, Goal
from strategy.rows import Add

NEW_GOAL, NEW_ROUTE = gettext_lazy("Nytt mål"), gettext_lazy("Nytt veivalg")
NEW_GOAL_OUTSIDE = gettext_lazy("Nytt mål utenfor områdene")
NEW_ROUTE_OUTSIDE = gettext_lazy("Nytt veivalg utenfor områdene")
OUTSIDE_AREAS = "utenfor"
PASTE = {"planer": "plan_paste", "strategi": "strategy_paste"}


def in_area(document: Document, area: Area) -> list[Add]:
    """What can be added in an area. Only the top level has areas under it."""
    query = f"?omrade={area.key}"
    names = [("goal_new", NEW_GOAL), ("route_new", NEW_ROUTE)]
    if area.parent_id is None:
        names.append(("area_new", gettext_lazy("Nytt område under dette")))
    adds = [_add(document, name, label, area.key, query) for name, label in names]
    adds.append(Add(reverse("area_target_new", args=[area.key]), _("Nytt måltall"), f"target_new-{area.key}"))
    adds.append(Add(reverse("fact_new", args=[area.key]), _("Ny faktaboks"), f"fact_new-{area.key}"))
    if document.kind == "action_plan":
        adds.append(new_measure(document, _("Nytt tiltak for alle mål her"), area.key, query))
    return [*adds, _paste(document, area.key, query)]


def outside_areas(document: Document, *, is_among_areas: bool) -> list[Add]:
    """What can be added outside every area, which is told where it stands among what is added in them."""
    labels = (NEW_GOAL_OUTSIDE, NEW_ROUTE_OUTSIDE) if is_among_areas else (NEW_GOAL, NEW_ROUTE)
    return [_add(document, name, label) for name, label in zip(("goal_new", "route_new"), labels, strict=True)]


def after_areas(document: Document) -> list[Add]:
    return [_add(document, "area_new", gettext_lazy("Nytt område")), _paste(document, OUTSIDE_AREAS)]


def under_goal(document: Document, goal: Goal) -> list[Add]:
    target = Add(reverse("goal_target_new", args=[goal.key]), _("Nytt måltall"), f"target_new-{goal.key}")
    if document.kind != "action_plan":
        return [target]
    return [new_measure(document, _("Nytt tiltak"), goal.key, f"?mal={goal.key}"), target]


def new_measure(document: Document, label: str, where: str = OUTSIDE_AREAS, query: str = "") -> Add:
    return Add(reverse("measure_new", args=[document.slug]) + query, label, f"measure_new-{where}")


def _add(document: Document, name: str, label: Any, where: str = OUTSIDE_AREAS, query: str = "") -> Add:
    url = reverse(name, args=[place_of(document), document.slug])
    return Add(url + query, str(label), f"{name}-{where}")


def _paste(document: Document, where: str, query: str = "") -> Add:
    url = reverse(PASTE[place_of(document)], args=[document.slug])
    return Add(url + query, _("Lim inn"), f"paste-{where}", is_page=True)
