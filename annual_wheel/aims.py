"""What the entries of a wheel carry out: measures and the goals they serve, in the words in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from annual_wheel.models import Entry, Wheel
from config.lib.text import line
from planning.models import Measure
from strategy.in_force import Words, newest_words
from strategy.models import Document, ItemStatus


class Aim(NamedTuple):
    """A measure that an entry carries out, with key and text of the goals it serves."""

    key: str
    text: str
    goals: tuple[tuple[str, str], ...]


def aims_of(wheel: Wheel, user: Any, *, today: date) -> tuple[tuple[int, Aim], ...]:
    """Every entry with each of its measures that the person may read: those in force, of documents one may see."""
    pairs = list(
        Entry.measures.through.objects.filter(
            entry__wheel=wheel,
            measure__status=ItemStatus.IN_FORCE,
        )
        .order_by("entry_id", "measure__position", "measure_id")
        .values_list("entry_id", "measure_id", "measure__key", "measure__text", "measure__document_id")
    )
    if not pairs:
        return ()
    documents = Document.objects.visible_to(user, today=today).filter(pk__in={pair[4] for pair in pairs})
    seen = set(documents.order_by().values_list("pk", flat=True))
    pairs = [pair for pair in pairs if pair[4] in seen]
    words = newest_words(seen, today=today)
    working = _working_goals({pair[1] for pair in pairs if pair[4] not in words})
    found = []
    for entry, pk, key, text, document in pairs:
        aim = _frozen(words[document], key) if document in words else Aim(key, line(text), tuple(working[pk]))
        if aim:
            found.append((entry, aim))
    return tuple(found)


def _frozen(words: Words, key: str) -> Aim | None:
    measure = words.measures.get(key)
    if measure is None:
        return None
    named = ((goal, words.text_of(goal)) for goal in words.goals_of(measure))
    return Aim(key, line(measure["text"]), tuple((goal, text) for goal, text in named if text))


def _working_goals(measures: set[int]) -> Mapping[int, list[tuple[str, str]]]:
    """The goals of measures whose document was never frozen, in one query."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    if not measures:
        return found
    pairs = Measure.goals.through.objects.filter(measure__in=measures, goal__status=ItemStatus.IN_FORCE)
    for pk, key, title, text in pairs.order_by("goal__position").values_list(
        "measure_id", "goal__key", "goal__title", "goal__text"
    ):
        found[pk].append((key, title or text))
    return found
