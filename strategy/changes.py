"""Whether the working text says something else than what is in force, remembered until somebody edits something."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Model, Subquery

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
