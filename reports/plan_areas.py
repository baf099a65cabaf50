"""The goals of a document as they stand on paper: area by area, each goal with the measures that carry it out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from config.lib.links import shown
from planning.models import Measure, Modality
from reports.in_words import capital, joined
from strategy.in_force import in_order, places, walk
from strategy.models import Goal, Route, TargetGroup
from strategy.outline import AreaOutline, GoalOutline, LineOutline, MeasureOutline, Outline, RouteOutline, TargetOutline
from strategy.words import party_words, span_of, target_details, untied_title


@dataclass(frozen=True)
class Carried:
    """Something in another document that an item builds up under."""

    text: str
    document: str
    language: str


@dataclass(frozen=True)
class LinePart:
    """One line of a responsibility phrase; `level` 1 stands under the line before it."""

    text: str
    is_lead: bool
    level: int


@dataclass(frozen=True)
class TargetPart:
    text: str
    note: str


@dataclass(frozen=True)
class MeasurePart:
    text: str
    notes: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    carries: tuple[Carried, ...]
    lines: tuple[LinePart, ...]


@dataclass(frozen=True)
class GoalPart:
    number: int
    title: str
    text: str
    notes: tuple[str, ...]
    targets: tuple[TargetPart, ...]
    carries: tuple[Carried, ...]
    measures: tuple[MeasurePart, ...]
    is_shared: bool  # measures that it has together with other goals stand further down


@dataclass(frozen=True)
class SharedPart:
    """Measures that serve several goals, every goal of the area, or none."""

    title: str
    measures: tuple[MeasurePart, ...]


@dataclass(frozen=True)
class RoutePart:
    text: str
    note: str


@dataclass(frozen=True)
class AreaPart:
    id: str
    level: int
    label: str
    title: str
    text: str
    overall_goal: str
    targets: tuple[TargetPart, ...]
    facts: tuple[tuple[str, str], ...]
    goals: tuple[GoalPart, ...]
    shared: tuple[SharedPart, ...]
    routes: tuple[RoutePart, ...]
    is_own: bool = True  # whether its title is the document's own words


def areas_of(outline: Outline, *, reader: Any, today: date) -> tuple[AreaPart, ...]:
    """Return every area in order; goals outside all areas stand first in one without a title, other measures last."""
    return tuple(_Areas(outline, reader=reader, today=today).parts())


class _Areas:
    def __init__(self, outline: Outline, *, reader: Any, today: date) -> None:
        self.outline = outline
        self.number_of = {goal["id"]: number for number, goal in enumerate(goals_in_order(outline), start=1)}
        self.carried = _carried(outline, reader=reader, today=today)
        self.groups = {group.slug: str(group) for group in TargetGroup.objects.filter(slug__in=_groups(outline))}
        self.by_goal: dict[str, list[MeasurePart]] = defaultdict(list)
        self.by_area: dict[str | None, dict[str, list[MeasurePart]]] = defaultdict(lambda: defaultdict(list))
        self.untied: list[MeasurePart] = []
        self.shared_goals = set(_shared_goals(outline))
        self._sort_measures()

    def _sort_measures(self) -> None:
        """Put each measure with its only goal, or in the area of its first goal with what it shares."""
        area_of = dict(_area_of_goals(self.outline))
        for measure in self.outline["measures"]:
            part = self._measure(measure)
            goals = [goal for goal in measure["goals"] if goal in self.number_of]
            if len(goals) == 1:
                self.by_goal[goals[0]].append(part)
            elif goals:
                numbers = sorted(self.number_of[goal] for goal in goals)
                title = _("Felles for mål %(numbers)s") % {"numbers": joined([str(number) for number in numbers])}
                self.by_area[area_of[goals[0]]][title].append(part)
            elif measure["area"]:
                self.by_area[measure["area"]][_("Felles for alle mål i området")].append(part)
            else:
                self.untied.append(part)

    def parts(self) -> Iterator[AreaPart]:
        for holder, path in in_order(self.outline):
            if path:
                yield self._area(path[-1], level=len(path))
            elif holder["goals"] or holder["routes"]:
                yield self._outside()
        if self.untied:
            yield self._untied()

    def _outside(self) -> AreaPart:
        goals = tuple(self._goal(goal) for goal in self.outline["goals"])
        routes = tuple(self._route(route) for route in self.outline["routes"])
        return AreaPart("uten-omrade", 1, "", "", "", "", (), (), goals, self._shared(None), routes)

    def _untied(self) -> AreaPart:
        measures = (SharedPart("", tuple(self.untied)),)
        title = untied_title(self.outline)
        return AreaPart("uten-mal", 1, "", title, "", "", (), (), (), measures, (), is_own=False)

    def _area(self, area: AreaOutline, *, level: int) -> AreaPart:
        return AreaPart(
            id=f"omrade-{area['id']}",
            level=level,
            label=area["label"],
            title=area["title"],
            text=area["text"],
            overall_goal=area["overall_goal"],
            targets=tuple(target_part(target) for target in area["targets"]),
            facts=tuple((fact["text"], span_of(fact["period"])) for fact in area["facts"]),
            goals=tuple(self._goal(goal) for goal in area["goals"]),
            shared=self._shared(area["id"]),
            routes=tuple(self._route(route) for route in area["routes"]),
        )

    def _shared(self, area: str | None) -> tuple[SharedPart, ...]:
        return tuple(SharedPart(title, tuple(measures)) for title, measures in self.by_area[area].items())

    def _goal(self, goal: GoalOutline) -> GoalPart:
        return GoalPart(
            number=self.number_of[goal["id"]],
            title=goal["title"],
            text=goal["text"],
            notes=self._for_whom(goal["target_groups"]),
            targets=tuple(target_part(target) for target in goal["targets"]),
            carries=self._carries(goal["aligned_to"]),
            measures=tuple(self.by_goal[goal["id"]]),
            is_shared=goal["id"] in self.shared_goals,
        )

    def _measure(self, measure: MeasureOutline) -> MeasurePart:
        how = (*modality_words(measure["modality"]), measure["frequency"], measure["quantity"])
        return MeasurePart(
            text=measure["text"],
            notes=(*(capital(words) for words in how if words), *self._for_whom(measure["target_groups"])),
            links=tuple((link.get("label") or link["url"], link["url"]) for link in shown(measure["links"])),
            carries=self._carries(measure["aligned_to"]),
            lines=tuple(line_parts(measure["responsible"])),
        )

    def _route(self, route: RouteOutline) -> RoutePart:
        numbers = sorted(self.number_of[goal] for goal in route["goals"] if goal in self.number_of)
        words = _("Tjener mål %(numbers)s") % {"numbers": joined([str(number) for number in numbers])}
        return RoutePart(route["text"], words if numbers else "")

    def _for_whom(self, slugs: Iterable[str]) -> tuple[str, ...]:
        names = [self.groups[slug] for slug in slugs if slug in self.groups]
        return (_("For %(groups)s") % {"groups": joined([name[:1].lower() + name[1:] for name in names])},) * bool(
            names
        )

    def _carries(self, keys: Iterable[str]) -> tuple[Carried, ...]:
        return tuple(self.carried[key] for key in keys if key in self.carried)


def goals_in_order(outline: Outline) -> Iterator[GoalOutline]:
    """Every goal of a document, in the order it is read."""
    return (goal for holder, _path in in_order(outline) for goal in holder["goals"])


def _area_of_goals(outline: Outline) -> Iterator[tuple[str, str | None]]:
    for holder, path in in_order(outline):
        yield from ((goal["id"], path[-1]["id"] if path else None) for goal in holder["goals"])


def _shared_goals(outline: Outline) -> Iterator[str]:
    """The goals of measures that serve several, or every goal of an area."""
    whole_areas = {measure["area"] for measure in outline["measures"] if not measure["goals"]}
    for measure in outline["measures"]:
        yield from measure["goals"] if len(measure["goals"]) > 1 else ()
    for _holder, path in in_order(outline):
        if path and path[-1]["id"] in whole_areas:
            yield from (goal["id"] for area, _path in walk([path[-1]]) for goal in area["goals"])


def has_routes(outline: Outline) -> bool:
    return any(holder["routes"] for holder, _path in in_order(outline))


def _groups(outline: Outline) -> set[str]:
    items = (*goals_in_order(outline), *outline["measures"])
    return {slug for item in items for slug in item["target_groups"]}


def _carried(outline: Outline, *, reader: Any, today: date) -> Mapping[str, Carried]:
    """What the document's items build up under, by key, in the words that the reader may see."""
    keys = {key for item in (*goals_in_order(outline), *outline["measures"]) for key in item["aligned_to"]}
    models: tuple[Any, ...] = (Goal, Route, Measure) if keys else ()
    items = [row for model in models for row in model.objects.filter(key__in=keys)]
    return {
        key: Carried(place.text, place.document.known_as, place.document.language)
        for key, place in places(items, reader, today=today).items()
    }


def modality_words(modality: str) -> tuple[str, ...]:
    """What is binding goes without saying."""
    return {Modality.SHOULD.value: (_("bør gjøres"),), Modality.MAY.value: (_("kan gjøres"),)}.get(modality, ())


def target_part(target: TargetOutline) -> TargetPart:
    return TargetPart(target["text"], capital(target_details(target)))


def line_parts(lines: list[LineOutline]) -> Iterator[LinePart]:
    """Who is responsible, in the words as written; where none were written, in ours."""
    for number, line in enumerate(lines):
        text = line["wording"].lstrip("/ ") or party_words(line)
        yield LinePart(text if number else capital(text), line["relation"] == "lead", int(line["under"] is not None))
