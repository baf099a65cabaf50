"""A measure with everything that its form and its line in the editor say, in words that are ready."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from config.lib.fetched import all_of, is_fetched, keep, keep_tied
from config.lib.ready_query import ReadyColumns, ReadyQuery
from planning.models import Evaluation, Measure, MeasureLink, MeasureResponsibility
from strategy.builds_on import with_ends
from strategy.models import Document


def measure_to_write(key: str) -> Measure:
    """The measure with its document, and what hangs on it; whoever asks sees to it that the person may write it."""
    measure = next(iter(MEASURE.rows(key=key)), None)
    if measure is None:
        raise Http404
    for name, hanging in HANGING.items():  # most measures lack most of it, and what is not there need not be asked for
        found = hanging.rows(measure=measure.pk) if getattr(measure, f"has_{name}") else ()
        (keep_tied if name in TIES else keep)(measure, name, found)
    return measure


def links_of(measure: Measure) -> Iterable[MeasureLink]:
    """The links of a measure from `measure_to_write`, with what they lead to; asked for anew where they changed."""
    if not is_fetched(measure, "item_links"):
        keep(measure, "item_links", HANGING["item_links"].rows(measure=measure.pk))
    return all_of(measure, "item_links")


def _measure(*, key: str) -> QuerySet[Measure]:
    """With whether there is anything of each kind that hangs on it, and whether a wheel carries its plan out."""
    found = Measure.objects.filter(key=key).select_related("document__owner", "area")
    hanging = {f"has_{name}": Exists(rows(measure=OuterRef("pk"))) for name, rows in WORDED.items()}
    return found.annotate(**hanging, has_wheels=Exists(_wheels(document=OuterRef("document"))))


def _goals(*, measure: Any) -> QuerySet[Any]:
    ties = Measure.goals.through.objects.filter(measure=measure)
    return ties.select_related("goal").order_by("goal__position", "goal")


def _routes(*, measure: Any) -> QuerySet[Any]:
    ties = Measure.routes.through.objects.filter(measure=measure)
    return ties.select_related("route").order_by("route__position", "route")


def _target_groups(*, measure: Any) -> QuerySet[Any]:
    ties = Measure.target_groups.through.objects.filter(measure=measure)
    return ties.select_related("targetgroup").order_by("targetgroup__name")


def _lines(*, measure: Any) -> QuerySet[Any]:
    return MeasureResponsibility.objects.filter(measure=measure).select_related("unit", "group", "function")


def _links(*, measure: Any) -> QuerySet[Any]:
    return with_ends(MeasureLink.objects.filter(from_measure=measure))


def _entries(*, measure: Any) -> QuerySet[Any]:
    """What carries it out in a wheel: rows of a part above this one."""
    entries: Any = Measure._meta.get_field("entries").related_model
    return entries._default_manager.filter(measures=measure)


def _evaluations(*, measure: Any) -> QuerySet[Any]:
    return Evaluation.objects.filter(measure=measure).select_related("unit")


def _wheels(*, document: Any) -> QuerySet[Any, Any]:
    """The wheels that carry a plan out, which are of a part above this one too."""
    wheels: Any = Document._meta.get_field("wheels").related_model
    return wheels._default_manager.filter(document=document).values_list("title", "slug", "owner")


WORDED: Final[dict[str, Callable[..., QuerySet[Any]]]] = {
    "goals": _goals,
    "routes": _routes,
    "target_groups": _target_groups,
    "responsibilities": _lines,
    "item_links": _links,
    "evaluations": _evaluations,
    "entries": _entries,
}
WHEELS: Final = ReadyColumns(_wheels, document=int)
MEASURE: Final = ReadyQuery(_measure, key=str)
HANGING: Final = {name: ReadyQuery(rows, measure=int) for name, rows in WORDED.items()}
TIES: Final = {"goals", "routes", "target_groups"}
