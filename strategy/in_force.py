"""The words readers see, found by key: an index over a document's outline, and items as others may link to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, cast

from django.db.models import OuterRef, Subquery
from django.utils.safestring import SafeString

from config.lib.language import lang_of
from config.lib.text import line
from organisation.models import User
from organisation.permissions import Permission
from strategy.models import Document, Item, Version
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
        for area, path in walk(self.outline["areas"]):
            self.areas[area["id"]] = area
            self.path_to[area["id"]] = path
        for holder, path in in_order(self.outline):
            self._take(holder["goals"], holder["routes"], path)
        self.measures = {measure["id"]: self._serving(measure) for measure in self.outline["measures"]}

    def _take(self, goals: list[GoalOutline], routes: list[RouteOutline], path: tuple[AreaOutline, ...]) -> None:
        for goal in goals:
            self.goals[goal["id"]] = goal
            self.path_to[goal["id"]] = path
        for route in routes:
            self.routes[route["id"]] = route
            self.path_to[route["id"]] = path

    def _serving(self, measure: MeasureOutline) -> MeasureOutline:
        """The measure with those of its goals that stand: one that is taken out may be named by it still."""
        standing = [key for key in measure["goals"] if key in self.goals]
        return measure if len(standing) == len(measure["goals"]) else {**measure, "goals": standing}

    def item(self, key: str) -> AnyOutline | None:
        return self.goals.get(key) or self.routes.get(key) or self.measures.get(key)

    def text_of(self, key: str) -> str | None:
        """The words of an item, a goal's short title where it has one; None where it does not stand here."""
        if goal := self.goals.get(key):
            return goal["title"] or line(goal["text"])
        item = self.item(key)
        return line(item["text"]) if item else None

    @cached_property
    def leaned_on(self) -> frozenset[str]:
        """Keys of what goals and routes build up under in other documents."""
        items: list[Any] = [*self.goals.values(), *self.routes.values()]
        return frozenset(key for item in items for key in item.get("aligned_to") or ())

    def goals_of_area(self, key: str) -> list[str]:
        """Keys of the goals in an area and in the areas below it."""
        return [goal["id"] for area, _path in walk([self.areas[key]]) for goal in area["goals"]]

    def tops_of(self, key: str) -> set[str]:
        """Keys of the areas at the top level that an area, a goal, a route or a measure stands in."""
        measure = self.measures.get(key)
        places = [*measure["goals"], measure["area"]] if measure else [key]
        return {self.path_to[place][0]["id"] for place in places if place and self.path_to.get(place)}

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


Holder = Outline | AreaOutline


def in_order(outline: Outline) -> Iterator[tuple[Holder, tuple[AreaOutline, ...]]]:
    """What goals and routes stand in, with the path down to it, in the order a document is read and written.

    First the document itself, for what is said of the whole comes before what is said of a part; then area by area.
    Measures without goal or area come after all of it. `ItemQuerySet.as_read` is the same order in the database.
    """
    yield outline, ()
    yield from walk(outline["areas"])


# A version never changes, so its words can be kept as long as the process lives. The moment is part of the key because
# a database that is made anew gives out its numbers again.
VersionKey = tuple[int, datetime]
MOST_KEPT = 100
_kept: dict[VersionKey, Words] = {}


def forget_words() -> None:
    """Let go of all kept words, for tests."""
    _kept.clear()


def newest_versions(document_ids: Iterable[int], *, today: date) -> dict[int, VersionKey]:
    """The version that readers read of each document that has been frozen, in one query."""
    newest = Version.objects.filter(document=OuterRef("pk")).as_read(today=today).values("pk")[:1]
    documents = Document.objects.filter(pk__in=set(document_ids))
    versions = Version.objects.filter(pk__in=documents.annotate(newest=Subquery(newest)).values("newest"))
    return {row: (pk, at) for row, pk, at in versions.order_by().values_list("document_id", "pk", "frozen_at")}


def words_of_versions(keys: Mapping[int, VersionKey]) -> dict[int, Words]:
    """The words of versions under whatever they are asked for by; those not kept yet are fetched in one query."""
    found = {key: words for key in keys.values() if (words := _kept.get(key)) is not None}
    missing = {key[0]: key for key in keys.values() if key not in found}
    if missing:
        if len(_kept) + len(missing) > MOST_KEPT:
            _kept.clear()
        for pk, content in Version.objects.filter(pk__in=missing).order_by().values_list("pk", "content"):
            found[missing[pk]] = _kept[missing[pk]] = Words(content)
    return {name: found[key] for name, key in keys.items()}


def newest_words(document_ids: Iterable[int], *, today: date) -> dict[int, Words]:
    """The words in force of each document that has any, in two queries at most."""
    return words_of_versions(newest_versions(document_ids, today=today))


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
    return _places(items, documents, today=today)


def places_of_fetched(items: Iterable[Any], user: Any, *, today: date) -> dict[str, Place]:
    """The same of items that were fetched with their documents; no query where there are none, else two at most."""
    items = list(items)
    documents = {item.document_id: item.document for item in items}
    seen = {pk: document for pk, document in documents.items() if document.is_visible_to(user, today=today)}
    return _places(items, seen, today=today)


def _places(items: Iterable[Any], documents: Mapping[int, Document], *, today: date) -> dict[str, Place]:
    frozen = newest_words(documents, today=today) if documents else {}
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


@dataclass(frozen=True, slots=True)
class Said:
    """What an item says: in short, and everything that can be searched in."""

    text: str
    whole: str


def known_texts(items: Iterable[Any], *, today: date) -> dict[str, Said]:
    """What items of other documents say, by key: their words in force, else the working text of what is proposed.

    Whoever asks has seen to it that the items are for the person's eyes. Two queries at most.
    """
    items = list(items)
    frozen = newest_words((item.document_id for item in items), today=today)
    return {item.key: _said(item, frozen.get(item.document_id)) for item in items}


def seen_texts(items: Iterable[Any], user: User, *, today: date) -> dict[str, str]:
    """What items of other documents say, by key, of those the person may read; what is not in force is a draft."""
    items = list(items)
    visible = Document.objects.visible_to(user, today=today).filter(pk__in={item.document_id for item in items})
    owners = dict(visible.values_list("pk", "owner_id"))
    frozen, drafts = newest_words(owners, today=today), user.reach(today)[Permission.READ_DRAFTS]
    texts = {}
    for item in items:
        words = frozen.get(item.document_id)
        is_in_force = words.item(item.key) if words else item.status == "in_force"
        if item.document_id in owners and (is_in_force or owners[item.document_id] in drafts):
            texts[item.key] = _said(item, words).text
    return texts


def _said(item: Any, words: Words | None) -> Said:
    found: Any = words.item(item.key) if words else None
    if found is None:
        return Said(str(item), f"{item} {item.text}")
    return Said(found.get("title") or line(found["text"]), f"{found.get('title', '')} {found['text']}")


def _working_text(item: Item) -> str | None:
    if item.status == "retired":
        return None
    return str(item)
