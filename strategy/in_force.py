"""The words readers see, found by key: an index over a document's outline, and items as others may link to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from django.db.models import OuterRef, Subquery
from django.utils.safestring import SafeString

from config.lib.language import lang_of
from strategy.models import Document, Goal, Item, Version
from strategy.outline import AreaOutline, GoalOutline, MeasureOutline, Outline, RouteOutline

AnyOutline = GoalOutline | RouteOutline | MeasureOutline


@dataclass
class Words:
    """A document's outline with its items under their keys, and the areas each stands in, outermost first."""

    outline: Outline
    goals: dict[str, GoalOutline] = field(default_factory=dict)
    routes: dict[str, RouteOutline] = field(default_factory=dict)
    measures: dict[str, MeasureOutline] = field(default_factory=dict)
    areas: dict[str, AreaOutline] = field(default_factory=dict)
    path_to: dict[str, tuple[AreaOutline, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._take(self.outline["goals"], self.outline["routes"], ())
        for area, path in walk(self.outline["areas"]):
            self.areas[area["id"]] = area
            self.path_to[area["id"]] = path
            self._take(area["goals"], area["routes"], path)
        self.measures = {measure["id"]: measure for measure in self.outline["measures"]}

    def _take(self, goals: list[GoalOutline], routes: list[RouteOutline], path: tuple[AreaOutline, ...]) -> None:
        for goal in goals:
            self.goals[goal["id"]] = goal
            self.path_to[goal["id"]] = path
        for route in routes:
            self.routes[route["id"]] = route
            self.path_to[route["id"]] = path

    def item(self, key: str) -> AnyOutline | None:
        return self.goals.get(key) or self.routes.get(key) or self.measures.get(key)

    def text_of(self, key: str) -> str | None:
        """The words of an item, a goal's short title where it has one; None where it does not stand here."""
        if goal := self.goals.get(key):
            return goal["title"] or goal["text"]
        item = self.item(key)
        return item["text"] if item else None

    def goals_of_area(self, key: str) -> list[str]:
        """Keys of the goals in an area and in the areas below it."""
        return [goal["id"] for area, _path in walk([self.areas[key]]) for goal in area["goals"]]

    def goals_of(self, measure: MeasureOutline) -> list[str]:
        """Keys of the goals that a measure serves: those it names, else every goal of its area."""
        if measure["goals"] or not measure["area"] or measure["area"] not in self.areas:
            return measure["goals"]
        return self.goals_of_area(measure["area"])

    def measures_of(self, goal_key: str) -> list[MeasureOutline]:
        """The measures that serve a goal, those shared by its whole area among them."""
        return [measure for measure in self.measures.values() if goal_key in self.goals_of(measure)]


def walk(
    areas: Iterable[AreaOutline], above: tuple[AreaOutline, ...] = ()
) -> Iterator[tuple[AreaOutline, tuple[AreaOutline, ...]]]:
    """Yield each area with the path down to it, itself last."""
    for area in areas:
        path = (*above, area)
        yield area, path
        yield from walk(area["areas"], path)


def newest_contents(document_ids: Iterable[int]) -> dict[int, Outline]:
    """The frozen words of each document that has any, in one query."""
    newest = Version.objects.filter(document=OuterRef("pk")).order_by("-number").values("pk")[:1]
    documents = Document.objects.filter(pk__in=set(document_ids))
    ids = documents.annotate(newest=Subquery(newest)).values("newest")
    return dict(Version.objects.filter(pk__in=ids).order_by().values_list("document_id", "content"))


@dataclass(frozen=True, slots=True)
class Place:
    """An item of a document as another page links to it."""

    key: str
    text: str
    url: str
    document: Document
    outline: Mapping[str, Any] | None  # its frozen words, where there are any

    @property
    def lang(self) -> SafeString:
        return lang_of(self.document.language)

    def leans_on(self, key: str, link: str) -> bool:
        """Whether its words in force have the link; a working text that was never frozen is taken as it stands."""
        if self.outline is None or link not in self.outline:
            return True
        return key in (self.outline[link] or ())


def places(items: Iterable[Any], user: Any, *, today: date) -> dict[str, Place]:
    """Where the items stand and what they say, for the documents that this person may see.

    An item that is not part of a document's words in force is left out: its text is nobody's to read yet. One of a
    document that was never frozen is told in its working words.
    """
    items = list(items)
    ids = {item.document_id for item in items}
    documents = {
        document.pk: document
        for document in Document.objects.visible_to(user, today=today).filter(pk__in=ids).select_related("owner")
    }
    frozen = {pk: Words(content) for pk, content in newest_contents(documents).items()}
    found = {}
    for item in items:
        document = documents.get(item.document_id)
        if document is None:
            continue
        words = frozen.get(document.pk)
        text = words.text_of(item.key) if words else _working_text(item)
        if text:
            outline = words.item(item.key) if words else None
            found[item.key] = Place(
                item.key, text, item.get_absolute_url(), document, cast("Mapping[str, Any]", outline)
            )
    return found


def _working_text(item: Item) -> str | None:
    if item.status == "retired":
        return None
    return (item.title if isinstance(item, Goal) else "") or item.text  # type: ignore[attr-defined]
