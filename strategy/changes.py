"""Whether the working text says something else than what is in force, remembered until somebody edits something."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from django.db import connection
from django.db.models import Model

from strategy.in_force import VersionKey
from strategy.models import Area, Document, Fact, Goal, GoalLink, Observation, Route, RouteLink, Section, Target
from strategy.services import has_unadopted_changes

Marks = tuple[int | None, ...]


def is_changed_since(document: Document, version: VersionKey) -> bool:
    """Compare with the newest frozen words; the comparison is made anew only after something was edited somewhere."""
    return _is_changed(document.pk, version, newest_marks())


@lru_cache(maxsize=200)
def _is_changed(document_id: int, version: VersionKey, marks: Marks) -> bool:
    return has_unadopted_changes(Document.objects.select_related("owner").get(pk=document_id))


def forget_comparisons() -> None:
    """Let go of what is remembered, for tests."""
    _is_changed.cache_clear()


def newest_marks() -> Marks:
    """The newest row of each log and of each table without one, in one query: an edit of any kind moves one of them."""
    with connection.cursor() as cursor:
        cursor.execute(_marks_query())
        return tuple(cursor.fetchone())


@cache
def _marks_query() -> str:
    """Put together once: to write it anew for every page costs more than all other queries of the page."""
    measure: Any = Document._meta.get_field("measures").related_model  # a part above this one
    line: Any = measure._meta.get_field("responsibilities").related_model
    link: Any = measure._meta.get_field("item_links").related_model
    logged: list[Any] = [Document, Section, Area, Goal, Route, Fact, Target, measure, line]
    tables: list[type[Model]] = [
        *[model.history.model for model in logged],
        *[GoalLink, RouteLink, link, Observation],
    ]
    newest = [f'(SELECT MAX("{model._meta.pk.column}") FROM "{model._meta.db_table}")' for model in tables]
    return f"SELECT {', '.join(newest)}"
