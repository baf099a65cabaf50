"""An area, a goal or a route with everything that its line in the editor says, in words that are ready."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from config.lib.fetched import all_of, is_fetched, keep, keep_tied
from config.lib.ready_query import ReadyColumns, ReadyQuery
from strategy.builds_on import with_ends
from strategy.models import Area, Goal, GoalLink, Route, RouteLink


def item_to_write(model: Any, key: str) -> Any:
    """The item with its document, its links and what it lacks; whoever asks sees to it that the person may write it."""
    item = next(iter(ITEMS[model].rows(key=key)), None)
    if item is None:
        raise Http404
    for field in model._meta.many_to_many:
        if not getattr(item, f"has_{field.name}"):
            keep_tied(item, field.name, ())
    if hasattr(item, "has_links"):
        keep(item, "links", LINKS[model].rows(item=item.pk) if item.has_links else ())
    return item


def links_of(item: Any) -> Iterable[Any]:
    """The links of a goal or a route from `item_to_write`, with what they lead to; asked anew where they changed."""
    if not is_fetched(item, "links"):
        keep(item, "links", LINKS[type(item)].rows(item=item.pk))
    return all_of(item, "links")


def keys_beside(item: Any) -> list[int]:
    """The numbers of what a goal or a route, or an area, is put in order with."""
    holder = item.parent_id if isinstance(item, Area) else item.area_id
    inside, outside = KEYS[type(item)]
    keys = outside.rows(document=item.document_id) if holder is None else inside.rows(holder_pk=holder)
    return [key for (key,) in keys]


def _keys(model: Any) -> tuple[ReadyColumns, ReadyColumns]:
    """The numbers of what stands in an area, and of what stands outside every area of a document."""
    standing, holder = model.objects.standing(), "parent" if model is Area else "area"
    return (
        ReadyColumns(lambda *, holder_pk: standing.filter(**{holder: holder_pk}).values_list("pk"), holder_pk=int),
        ReadyColumns(
            lambda *, document: standing.filter(document=document, **{holder: None}).values_list("pk"), document=int
        ),
    )


def _standing_areas() -> QuerySet[Any]:
    return Area.objects.standing().filter(document=OuterRef("document"))


def _area(*, key: str) -> QuerySet[Any]:
    others = _standing_areas().filter(parent=None).exclude(pk=OuterRef("pk"))
    inner = Area.objects.standing().filter(parent=OuterRef("pk"))
    found = Area.objects.filter(key=key).select_related("document__owner", "parent")
    return found.annotate(has_others=Exists(others), has_inner=Exists(inner))


def _goal(*, key: str) -> QuerySet[Any]:
    ties: Any = Goal.measures.through.objects  # type: ignore[attr-defined]  # of a part above this one
    other_ties = ties.exclude(goal=OuterRef(OuterRef("pk"))).filter(measure=OuterRef("measure"))
    return _in_area(Goal, key).annotate(
        has_target_groups=Exists(Goal.target_groups.through.objects.filter(goal=OuterRef("pk"))),
        has_links=Exists(GoalLink.objects.filter(from_goal=OuterRef("pk"))),
        is_served_beside=Exists(ties.filter(goal=OuterRef("pk")).filter(Exists(other_ties))),
    )


def _route(*, key: str) -> QuerySet[Any]:
    return _in_area(Route, key).annotate(
        has_goals=Exists(Route.goals.through.objects.filter(route=OuterRef("pk"))),
        has_links=Exists(RouteLink.objects.filter(from_route=OuterRef("pk"))),
    )


def _in_area(model: Any, key: str) -> QuerySet[Any]:
    found: QuerySet[Any] = model.objects.filter(key=key).select_related("document__owner", "area")
    return found.annotate(has_areas=Exists(_standing_areas()))


ITEMS: Final[Mapping[Any, ReadyQuery[Any]]] = {
    Area: ReadyQuery(_area, key=str),
    Goal: ReadyQuery(_goal, key=str),
    Route: ReadyQuery(_route, key=str),
}
LINKS: Final[Mapping[Any, ReadyQuery[Any]]] = {
    Goal: ReadyQuery(lambda *, item: with_ends(GoalLink.objects.filter(from_goal=item)), item=int),
    Route: ReadyQuery(lambda *, item: with_ends(RouteLink.objects.filter(from_route=item)), item=int),
}
KEYS: Final[Mapping[Any, tuple[ReadyColumns, ReadyColumns]]] = {model: _keys(model) for model in ITEMS}
