"""What hangs on a row, fetched beforehand: the form, the log and the page of one request ask for it once together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final

EMPTY: Final = "_tied_to_nothing"


def keep(row: Any, name: str, found: Sequence[Any]) -> None:
    """Let `row.<name>.all()` give these rows, as if they were prefetched."""
    if not found:
        _kept(row)[name] = _nothing(row.__class__, name)
        return
    found = list(found)
    rows = found[0].__class__._default_manager.get_queryset()
    # What one may ask of them besides is put into the query when one does: mostly nobody does.
    rows._deferred_filter = (False, (), {"pk__in": [each.pk for each in found]})
    rows._result_cache, rows._prefetch_done = found, True
    _kept(row)[name] = rows


@cache
def _nothing(model: Any, name: str) -> Any:
    """No rows, which is no rows for whichever row one asks, and however it is asked for more."""
    rows = model._meta.get_field(name).related_model._default_manager.none()
    rows._result_cache, rows._prefetch_done = [], True
    return rows


def keep_tied(row: Any, name: str, ties: Sequence[Any]) -> None:
    """The same of a many-to-many field, by the rows of its table, each with what it leads to."""
    field = row._meta.get_field(name)
    keep(row, name, [getattr(tie, field.m2m_reverse_field_name()) for tie in ties])
    if not ties:
        row.__dict__.setdefault(EMPTY, set()).add(name)


def is_fetched(row: Any, name: str) -> bool:
    return name in _kept(row)


def all_of(row: Any, name: str) -> Iterable[Any]:
    """What `row.<name>.all()` gives; without making its manager, which is most of the work, where it was fetched."""
    return _kept(row)[name] if is_fetched(row, name) else getattr(row, name).all()


def forget(row: Any, *names: str) -> None:
    """Let go of what has been changed."""
    for name in names:
        _kept(row).pop(name, None)


def _kept(row: Any) -> dict[str, Any]:
    kept: dict[str, Any] = row.__dict__.setdefault("_prefetched_objects_cache", {})
    return kept


def is_tied_to_nothing(row: Any, name: str) -> bool:
    """Whether nothing was there when it was fetched. Where the field was changed since, Django has let go of it."""
    return name in _kept(row) and name in row.__dict__.get(EMPTY, ())
