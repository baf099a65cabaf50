"""Plan and wheel set against each other, both ways: the one count that reports and the year's turn share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from annual_wheel.models import Entry, EntryQuerySet
from config.lib.text import line
from planning.models import Measure
from strategy.in_force import newest_words
from strategy.models import Document


def standing_entries(user: Any, *, year: int, today: date) -> EntryQuerySet:
    """The entries one may see that stand in a year."""
    seen: EntryQuerySet = Entry.objects.visible_to(user, today=today).standing().in_year(year)
    return seen


def dated_measures(entries: EntryQuerySet, documents: Iterable[int]) -> set[tuple[int, str]]:
    """Document and key of the measures that some of the entries carry out."""
    dated = entries.filter(measures__document__in=documents).order_by()
    return set(dated.values_list("measures__document_id", "measures__key"))


def unexplained(entries: EntryQuerySet, documents: Iterable[int]) -> EntryQuerySet:
    """The entries in these documents' wheels that no measure explains."""
    explained = Measure.objects.filter(entries=OuterRef("pk")).exclude(document__in=Document.objects.put_away())
    return entries.filter(~Exists(explained), wheel__document__in=documents)  # type: ignore[return-value]


def undated(document: Document, entries: EntryQuerySet, *, today: date) -> list[tuple[str, str]]:
    """Key and text of the measures in force that none of the entries carries out, in the plan's order."""
    dated = {key for _document, key in dated_measures(entries, [document.pk])}
    return [(key, text) for key, text in _measures(document, today=today) if key not in dated]


def _measures(document: Document, *, today: date) -> list[tuple[str, str]]:
    words = newest_words([document.pk], today=today).get(document.pk)
    if words is not None:
        return [(key, line(measure["text"])) for key, measure in words.measures.items()]
    rows = Measure.objects.standing().filter(document=document).values_list("key", "text")
    return [(key, line(text)) for key, text in rows]
