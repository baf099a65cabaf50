"""The words in force of many documents at once, in a constant number of queries, for overviews and search.

A document that was frozen speaks by its newest version, any other by its working text, as `words_in_force` has it for
one document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from config.lib.text import line
from planning.models import Measure
from strategy.in_force import Words, newest_words
from strategy.models import Area, Document, Goal, Route


@dataclass(frozen=True)
class GoalWords:
    key: str
    title: str
    text: str


@dataclass(frozen=True)
class RouteWords:
    key: str
    text: str


@dataclass(frozen=True)
class MeasureWords:
    """`goals` are the keys of the goals it serves, those of a whole area included."""

    key: str
    text: str
    goals: frozenset[str]


@dataclass
class DocumentWords:
    document: Document
    vision: str
    overall_goal: str
    goals: list[GoalWords] = field(default_factory=list)
    routes: list[RouteWords] = field(default_factory=list)
    measures: list[MeasureWords] = field(default_factory=list)

    @property
    def goals_without_measure(self) -> list[GoalWords]:
        served = {key for measure in self.measures for key in measure.goals}
        return [goal for goal in self.goals if goal.key not in served]


def words_of(documents: Iterable[Document], *, today: date) -> list[DocumentWords]:
    """Return the words in force of each document, in the same order."""
    documents = list(documents)
    frozen = newest_words((document.pk for document in documents), today=today)
    working = _working(document for document in documents if document.pk not in frozen)
    return [
        _frozen(document, frozen[document.pk]) if document.pk in frozen else working[document.pk]
        for document in documents
    ]


def _frozen(document: Document, words: Words) -> DocumentWords:
    return DocumentWords(
        document,
        line(words.outline["vision"]),
        line(words.outline["overall_goal"]),
        [GoalWords(key, goal["title"], line(goal["text"])) for key, goal in words.goals.items()],
        [RouteWords(key, line(route["text"])) for key, route in words.routes.items()],
        [
            MeasureWords(key, line(measure["text"]), frozenset(words.goals_of(measure)))
            for key, measure in words.measures.items()
        ],
    )


def _working(documents: Iterable[Document]) -> dict[int, DocumentWords]:
    words = {
        document.pk: DocumentWords(document, line(document.vision), line(document.overall_goal))
        for document in documents
    }
    areas = list(Area.objects.standing().filter(document__in=words)) if words else []
    place = {area.pk: number for number, area in enumerate(_in_order(areas))}
    goals_of_area: dict[int, set[str]] = defaultdict(set)
    parent = {area.pk: area.parent_id for area in areas}
    for goal in _placed(Goal, words, place):
        words[goal.document_id].goals.append(GoalWords(goal.key, goal.title, line(goal.text)))
        for area in filter(None, (goal.area_id, parent.get(goal.area_id))):
            goals_of_area[area].add(goal.key)
    for route in _placed(Route, words, place):
        words[route.document_id].routes.append(RouteWords(route.key, str(route)))
    for measure in Measure.objects.standing().filter(document__in=words).prefetch_related("goals"):
        serves = {goal.key for goal in measure.goals.all()} or goals_of_area[measure.area_id or 0]
        words[measure.document_id].measures.append(MeasureWords(measure.key, str(measure), frozenset(serves)))
    return words


def _placed(model: Any, words: dict[int, DocumentWords], place: dict[int, int]) -> list[Any]:
    """Standing items in the order they are read: outside areas first, then area by area."""
    rows = model.objects.standing().filter(document__in=words)
    return sorted(rows, key=lambda row: (place.get(row.area_id, -1), row.position, row.pk))


def _in_order(areas: list[Area], parent: int | None = None) -> Iterator[Area]:
    for area in areas:
        if area.parent_id == parent:
            yield area
            yield from _in_order(areas, area.pk)
