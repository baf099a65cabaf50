"""What hangs on a row, fetched beforehand: the form, the log and the page of one request ask for it once together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from simple_history.models import HistoricalRecords

TIES: Final = "_fetched_ties"


def keep(row: Any, name: str, found: Sequence[Any]) -> None:
    """Let `row.<name>.all()` give these rows, as if they were prefetched."""
    rows = getattr(row, name).all()
    rows._result_cache, rows._prefetch_done = list(found), True
    _kept(row)[name] = rows


def keep_tied(row: Any, name: str, ties: Sequence[Any]) -> None:
    """The same of a many-to-many field, by the rows of its table, each with what it leads to."""
    field = row._meta.get_field(name)
    keep(row, name, [getattr(tie, field.m2m_reverse_field_name()) for tie in ties])
    row.__dict__.setdefault(TIES, {})[name] = ties


def forget(row: Any, *names: str) -> None:
    """Let go of what has been changed."""
    for name in names:
        _kept(row).pop(name, None)


def _kept(row: Any) -> dict[str, Any]:
    kept: dict[str, Any] = row.__dict__.setdefault("_prefetched_objects_cache", {})
    return kept


def _ties(row: Any, name: str) -> Sequence[Any] | None:
    """None where nothing is kept, or where the field was changed since: then Django has let go of its rows."""
    return row.__dict__.get(TIES, {}).get(name) if name in _kept(row) else None


class Records(HistoricalRecords):
    """The log of a row, which does not ask again for the many-to-many that is fetched already."""

    def create_historical_record_m2ms(self, history_instance: Any, instance: Any) -> None:
        for field in history_instance._history_m2m_fields:
            through, log = field.remote_field.through, self.m2m_models[field]
            ties = _ties(instance, field.name)
            if ties is None:
                ties = through._default_manager.filter(**{field.m2m_field_name(): instance.pk})
            names = [column.attname for column in through._meta.concrete_fields]
            rows = [log(history=history_instance, **{name: getattr(tie, name) for name in names}) for tie in ties]
            if rows:
                log._default_manager.bulk_create(rows)
