"""Search in all that holds: documents, goals, routes, measures, entries and units.

The words are compared in Python, where casefold knows Æ, Ø and Å as no LIKE of SQLite does, and found inside longer
words: "frist" finds "søknadsfrist". Each search reads every text the person may see: a few thousand, which is quick.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import models
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from annual_wheel.models import Entry
from organisation.models import Unit
from reports.in_force import DocumentWords, words_of
from reports.in_words import capital
from strategy.models import Document

FIRST: Final = 8  # rows of each group, until one asks for all of them
AROUND: Final = 60  # characters before the first hit in a long text
LONGEST: Final = 220
MOST_WORDS: Final = 8


class Group(models.TextChoices):
    DOCUMENTS = "dokumenter", _("Planer og strategier")
    GOALS = "mal", pgettext_lazy("flere", "Mål")
    ROUTES = "veivalg", pgettext_lazy("flere", "Veivalg")
    MEASURES = "tiltak", pgettext_lazy("flere", "Tiltak")
    ENTRIES = "arshjul", _("Punkter i årshjul")
    UNITS = "enheter", _("Enheter")


@dataclass(frozen=True)
class Candidate:
    group: Group
    text: str
    url: str
    where: str
    also: str = ""  # searched, but not shown
    language: str = "nb"


@dataclass(frozen=True)
class Hit:
    text: SafeString
    url: str
    where: str
    language: str


@dataclass(frozen=True)
class GroupHits:
    group: Group
    count: int
    hits: tuple[Hit, ...]

    @property
    def has_more(self) -> bool:
        return self.count > len(self.hits)


def search(text: str, *, user: Any, today: date, only: str = "") -> list[GroupHits]:
    """Return the hits by group; each has every word, anywhere. `only` names the one group that is shown whole."""
    words = list(dict.fromkeys(text.casefold().split()))[:MOST_WORDS]
    if not words:
        return []
    found: dict[Group, list[Candidate]] = {group: [] for group in Group}
    for candidate in candidates(user, today=today):
        searched = f"{candidate.text} {candidate.also}".casefold()
        if all(word in searched for word in words):
            found[candidate.group].append(candidate)
    shown = {group: rows for group, rows in found.items() if rows and only in ("", group.value)}
    return [_group_hits(group, rows, words, is_whole=bool(only)) for group, rows in shown.items()]


def _group_hits(group: Group, rows: list[Candidate], words: list[str], *, is_whole: bool) -> GroupHits:
    first = rows if is_whole else rows[:FIRST]
    hits = tuple(Hit(highlighted(row.text, words), row.url, row.where, row.language) for row in first)
    return GroupHits(group, len(rows), hits)


def candidates(user: Any, *, today: date) -> Iterator[Candidate]:
    """Everything the person may see, in the order it is shown."""
    documents = words_of(Document.objects.visible_to(user, today=today).select_related("owner"), today=today)
    for words in documents:
        document = words.document
        where = f"{capital(document.get_kind_display())}, {document.owner}"
        also = f"{words.vision} {words.overall_goal}"
        yield Candidate(Group.DOCUMENTS, document.known_as, document.get_absolute_url(), where, also, document.language)
    yield from _items(documents)
    entries = Entry.objects.visible_to(user, today=today).standing()
    for entry in entries.select_related("wheel").order_by("wheel", "month"):
        where = f"{entry.wheel}, {entry.when_words}"
        yield Candidate(Group.ENTRIES, entry.text, entry.get_absolute_url(), where)
    yield from _units()


def _items(documents: Iterable[DocumentWords]) -> Iterator[Candidate]:
    for words in documents:
        title, language = words.document.known_as, words.document.language
        for goal in words.goals:
            text = f"{goal.title}: {goal.text}" if goal.title else goal.text
            yield Candidate(Group.GOALS, text, reverse("goal", args=[goal.key]), title, language=language)
        for route in words.routes:
            url = reverse("route", args=[route.key])
            yield Candidate(Group.ROUTES, route.text, url, title, language=language)
        for measure in words.measures:
            url = reverse("measure", args=[measure.key])
            yield Candidate(Group.MEASURES, measure.text, url, title, language=language)


def _units() -> Iterator[Candidate]:
    """Units, each leading to what it owns."""
    for unit in Unit.objects.without_tree_fields():
        url = f"{reverse('plans')}?eier={unit.slug}"
        yield Candidate(Group.UNITS, str(unit), url, capital(unit.get_kind_display()), f"{unit.short_name} {unit.name}")


def highlighted(text: str, words: list[str]) -> SafeString:
    """Mark the words in the text, cut to what stands around the first of them."""
    text = _around(text, words)
    folded = text.casefold()
    if len(folded) != len(text):  # a letter that folds to two, such as ß: its places no longer match
        return escape(text)
    marked = [False] * len(text)
    for word in words:
        start = folded.find(word)
        while start >= 0:
            marked[start : start + len(word)] = [True] * len(word)
            start = folded.find(word, start + len(word))
    return mark_safe("".join(_pieces(text, marked)))


def _pieces(text: str, marked: list[bool]) -> Iterator[str]:
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or marked[place] != marked[start]:
            piece = escape(text[start:place])
            yield f"<mark>{piece}</mark>" if marked[start] else str(piece)
            start = place


def _around(text: str, words: list[str]) -> str:
    if len(text) <= LONGEST:
        return text
    folded = text.casefold()
    first = min((place for word in words if (place := folded.find(word)) >= 0), default=0)
    start = text.rfind(" ", 0, max(0, first - AROUND)) + 1
    end = start + LONGEST
    return f"{'…' if start else ''}{text[start:end].rstrip()}{'…' if end < len(text) else ''}"
