"""How much a document holds and how far its goals are covered by measures, for many documents at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from strategy.in_force import Words, newest_words
from strategy.models import Document, Goal, ItemStatus

STANDING = (ItemStatus.PROPOSED, ItemStatus.IN_FORCE)


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of what is in force, or of the working text where nothing has been frozen yet."""

    goals: int
    routes: int
    measures: int
    dated: int
    goals_without: int


def tallies(documents: Iterable[Document], *, today: date) -> dict[int, Tally]:
    """Count each document in a constant number of queries."""
    ids = {document.pk for document in documents}
    frozen = newest_words(ids, today=today)
    dated = _dated(ids)
    counted = {pk: _tally_of(words, dated) for pk, words in frozen.items()}
    return counted | _working_tallies(ids - set(frozen), dated)


def _tally_of(words: Words, dated: set[str]) -> Tally:
    covered = {key for measure in words.measures.values() for key in words.goals_of(measure)}
    return Tally(
        goals=len(words.goals),
        routes=len(words.routes),
        measures=len(words.measures),
        dated=len(dated & set(words.measures)),
        goals_without=len(set(words.goals) - covered),
    )


def _dated(ids: set[int]) -> set[str]:
    """Keys of the measures that some entry in a wheel carries out."""
    found = Document.objects.filter(pk__in=ids, measures__entries__status=ItemStatus.IN_FORCE)
    return set(found.values_list("measures__key", flat=True))


def _working_tallies(ids: set[int], dated: set[str]) -> dict[int, Tally]:
    if not ids:
        return {}
    goals: dict[int, dict[str, set[int | None]]] = defaultdict(dict)
    for pk, key, *areas in (
        Goal.objects.standing().filter(document__in=ids).values_list("document_id", "key", "area_id", "area__parent_id")
    ):
        goals[pk][key] = set(areas) - {None}
    measures, covered = _working_measures(ids, goals)
    routes: dict[int, int] = defaultdict(int)
    for pk in Document.objects.filter(pk__in=ids, routes__status__in=STANDING).values_list("pk", flat=True):
        routes[pk] += 1
    return {
        pk: Tally(
            len(goals[pk]), routes[pk], len(measures[pk]), len(measures[pk] & dated), len(set(goals[pk]) - covered[pk])
        )
        for pk in ids
    }


def _working_measures(
    ids: set[int], goals: dict[int, dict[str, set[int | None]]]
) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """Return per document the keys of its measures, and of the goals that they serve."""
    measures: dict[int, set[str]] = defaultdict(set)
    covered: dict[int, set[str]] = defaultdict(set)
    rows = Document.objects.filter(pk__in=ids, measures__status__in=STANDING)
    for pk, key, area, goal in rows.values_list("pk", "measures__key", "measures__area_id", "measures__goals__key"):
        measures[pk].add(key)
        if goal:
            covered[pk].add(goal)
        elif area:
            covered[pk] |= {name for name, areas in goals[pk].items() if area in areas}
    return measures, covered
