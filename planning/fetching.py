"""A measure with everything that its form and its line in the editor say, in words that are ready."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet
from django.http import Http404

from config.lib.fetched import keep, keep_tied
from config.lib.ready_query import ReadyColumns, ReadyQuery
from planning.models import Evaluation, Measure, MeasureLink, MeasureResponsibility
from strategy.models import Document


def measure_to_write(key: str) -> Measure:
    """The measure with its document, and what hangs on it; whoever asks sees to it that the person may write it."""
    measure = next(iter(MEASURE.rows(key=key)), None)
    if measure is None:
        raise Http404
    for name, ties in TIES.items():
        keep_tied(measure, name, ties.rows(measure=measure.pk))
    for name, rows in HANGING.items():
        keep(measure, name, rows.rows(measure=measure.pk))
    return measure


def fetch_entries(measure: Measure) -> None:
    """What its line says besides."""
    keep(measure, "entries", ENTRIES.rows(measure=measure.pk))


def _measure(*, key: str) -> QuerySet[Measure]:
    return Measure.objects.filter(key=key).select_related("document__owner", "area")


def _goals(*, measure: int) -> QuerySet[Any]:
    ties = Measure.goals.through.objects.filter(measure=measure)
    return ties.select_related("goal").order_by("goal__position", "goal")


def _routes(*, measure: int) -> QuerySet[Any]:
    ties = Measure.routes.through.objects.filter(measure=measure)
    return ties.select_related("route").order_by("route__position", "route")


def _target_groups(*, measure: int) -> QuerySet[Any]:
    ties = Measure.target_groups.through.objects.filter(measure=measure)
    return ties.select_related("targetgroup").order_by("targetgroup__name")


def _lines(*, measure: int) -> QuerySet[Any]:
    return MeasureResponsibility.objects.filter(measure=measure).select_related("unit", "group", "function")


def _links(*, measure: int) -> QuerySet[Any]:
    return MeasureLink.objects.filter(from_measure=measure)


def _entries(*, measure: int) -> QuerySet[Any]:
    """What carries it out in a wheel: rows of a part above this one."""
    entries: Any = Measure._meta.get_field("entries").related_model
    return entries._default_manager.filter(measures=measure)


def _evaluations(*, measure: int) -> QuerySet[Any]:
    return Evaluation.objects.filter(measure=measure).select_related("unit")


def _wheels(*, document: int) -> QuerySet[Any, Any]:
    """The wheels that carry a plan out, which are of a part above this one too."""
    wheels: Any = Document._meta.get_field("wheels").related_model
    return wheels._default_manager.filter(document=document).values_list("title", "slug", "owner")


ENTRIES: Final = ReadyQuery(_entries, measure=int)
WHEELS: Final = ReadyColumns(_wheels, document=int)
MEASURE: Final = ReadyQuery(_measure, key=str)
TIES: Final[dict[str, ReadyQuery[Any]]] = {
    "goals": ReadyQuery(_goals, measure=int),
    "routes": ReadyQuery(_routes, measure=int),
    "target_groups": ReadyQuery(_target_groups, measure=int),
}
HANGING: Final[dict[str, ReadyQuery[Any]]] = {
    "responsibilities": ReadyQuery(_lines, measure=int),
    "item_links": ReadyQuery(_links, measure=int),
    "evaluations": ReadyQuery(_evaluations, measure=int),
}
