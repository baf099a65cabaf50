"""Where the working text says something else than what is in force, remembered until somebody edits something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.db import connection
from django.db.models import Model, Subquery

from strategy.in_force import VersionKey, Words, words_of_versions
from strategy.models import Area, Document, Fact, Goal, GoalLink, Observation, Route, RouteLink, Section, Target
from strategy.moving import ROW_WORDS
from strategy.outline import outline_of, unnumbered
from strategy.reading import key_of, newest_version
from strategy.services import is_other, what_it_says

Marks = tuple[int | None, ...]


@dataclass(frozen=True)
class Changes:
    """How the working text differs from the words in force; rows are named as on the editor's page."""

    is_any: bool = False
    rows: frozenset[str] = frozenset()  # that say something else than there, stand elsewhere or are not there at all
    gone: frozenset[str] = frozenset()  # that stand there still


def unadopted(document: Document) -> Changes:
    """What is changed in a document that holds since its words were frozen."""
    version = newest_version(document) if document.is_published else None
    return changes_since(document, key_of(version)) if version else Changes()


def changes_since(document: Document, version: VersionKey) -> Changes:
    """Compare with frozen words; the comparison is made anew only after something was edited somewhere."""
    return _changes(document.pk, version, newest_marks())


@lru_cache(maxsize=200)
def _changes(document_id: int, version: VersionKey, marks: Marks) -> Changes:
    was = words_of_versions({0: version})[0]
    now = Words(outline_of(Document.objects.select_related("owner").get(pk=document_id)))
    if not is_other(was.outline, now.outline):
        return Changes()
    before, after = dict(_said(was)), dict(_said(now))
    return Changes(
        is_any=True,
        rows=frozenset({key for key, said in after.items() if before.get(key) != said} | _paragraphs(was, now)),
        gone=frozenset(before.keys() - after.keys()),
    )


KINDS: Final = ("areas", "goals", "routes", "measures")
BELOW: Final = {"areas", "goals", "routes", "status"}  # of an area: what stands in it has rows of its own
UNORDERED: Final = {"goals", "routes", "target_groups", "aligned_to", "succeeds"}


def _said(words: Words) -> Iterator[tuple[str, Any]]:
    """What each item says and where it stands, but not in which order."""
    for kind in KINDS:
        items: Mapping[str, Any] = getattr(words, kind)
        left_out = BELOW if kind == "areas" else {"status"}
        for key, item in items.items():
            said = {name: _in_any_order(name, part) for name, part in item.items() if name not in left_out}
            yield key, (what_it_says(said), [area["id"] for area in words.path_to.get(key, ())])


def _in_any_order(name: str, part: Any) -> Any:
    return sorted(part or ()) if name in UNORDERED else part


def _paragraphs(was: Words, now: Words) -> set[str]:
    """The rows of running text that is not among what was said."""
    before, after = (unnumbered(words.outline)["sections"] for words in (was, now))
    numbered = zip(now.outline["sections"], after, strict=True)
    return {f"{ROW_WORDS[Section]}-{section['id']}" for section, said in numbered if said not in before}


def forget_comparisons() -> None:
    """Let go of what is remembered, for tests."""
    _changes.cache_clear()


def newest_marks() -> Marks:
    """The newest row of each log, in one query: an edit of any kind, also one that takes a link away, moves one."""
    sql, params = _marks_query()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return tuple(cursor.fetchone() or ())


@lru_cache(maxsize=1)
def _marks_query() -> tuple[str, tuple[Any, ...]]:
    """Written once: putting it together costs more than asking it."""
    measure: Any = Document._meta.get_field("measures").related_model  # a part above this one
    line: Any = measure._meta.get_field("responsibilities").related_model
    link: Any = measure._meta.get_field("item_links").related_model
    texts: list[Any] = [Document, Section, Area, Goal, Route, Fact, Target, measure, line]
    logs: list[type[Model]] = [model.history.model for model in (*texts, GoalLink, RouteLink, link, Observation)]
    newest = {
        f"newest_{number}": Subquery(log._default_manager.order_by("-history_id").values("history_id")[:1])
        for number, log in enumerate(logs)
    }
    return Document.objects.order_by().annotate(**newest).values_list(*newest)[:1].query.sql_with_params()
