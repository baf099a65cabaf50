"""Saving with who and why: one change by a person is one row of history, also where it touches links to other rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone

LONGEST_WHY = 100  # what the history has room for

Row = TypeVar("Row", bound=models.Model)


def sign(row: Any, *, by: Any, why: str = "") -> None:
    """Let the history say who, and why where that was told."""
    row._history_user = by
    explain(row, why=why)


def explain(row: Any, *, why: str) -> None:
    """Let the history say why, and leave who to whoever is logged in."""
    row._change_reason = why[:LONGEST_WHY] or None


def signed(row: Row, *, by: Any, why: str = "") -> Row:
    sign(row, by=by, why=why)
    return row


@transaction.atomic
def save_new(row: Row, *, by: Any, why: str = "", many: Mapping[str, Iterable[Any]] | None = None) -> Row:
    """Save a new row with its many-to-many, as one history row that says it came to be."""
    _set_quietly(row, many or {}, is_new=True)
    sign(row, by=by, why=why)
    row.save()
    row.history.update(history_type="+")  # type: ignore[attr-defined]
    return row


def save_changed(
    row: Any,
    *,
    by: Any,
    expected: int,
    why: str = "",
    many: Mapping[str, Iterable[Any]] | None = None,
    and_place: bool = False,
) -> Any:
    """Save a row that is still at `expected`; StaleEdit, and nothing written, where somebody was first.

    Within a transaction of whoever asks. Its place among others is saved where it is a move, with `and_place`.
    """
    stored = row.lock_at(expected)
    _set_quietly(row, many or {}, is_new=False)
    sign(row, by=by, why=why)
    row.save_over(stored, and_place=and_place)
    return row


@transaction.atomic
def delete_all(rows: Sequence[Any], *, by: Any, why: str) -> None:
    """Delete rows of one model with a row of history for each, in as many queries however many they are.

    Nothing may point at them: the database refuses what does when the transaction ends.
    """
    if not rows:
        return
    _log_all(rows, by=by, why=why, kind="-")
    found = type(rows[0])._base_manager.filter(pk__in=[row.pk for row in rows])
    found._raw_delete(found.db)  # what `delete` would do besides, one by one, is done above


@transaction.atomic
def save_all_new(
    rows: Sequence[Row], *, by: Any, why: str = "", many: Mapping[str, Sequence[Iterable[Any]]] | None = None
) -> Sequence[Row]:
    """Save new rows of one model, in as many queries however many they are: `save_new` for each of them.

    `many` has for each many-to-many field what it holds of each row, in the order of the rows.
    """
    if not rows:
        return rows
    model: Any = type(rows[0])
    model._base_manager.bulk_create(rows)
    logged = _log_all(rows, by=by, why=why, kind="+")
    for name, each in (many or {}).items():
        _tie_all(model._meta.get_field(name), rows, each, logged)
    return rows


def _log_all(rows: Sequence[Any], *, by: Any, why: str, kind: str) -> list[Any]:
    log, now = type(rows[0]).history.model, timezone.now()
    made: list[Any] = log.objects.bulk_create(
        log(
            **{field.attname: getattr(row, field.attname) for field in log.tracked_fields},
            history_date=now,
            history_user=by,
            history_change_reason=why[:LONGEST_WHY] or None,
            history_type=kind,
        )
        for row in rows
    )
    return made


def _tie_all(field: Any, rows: Sequence[Any], each: Sequence[Iterable[Any]], logged: Sequence[Any]) -> None:
    """The ties of a many-to-many field, with what the log keeps of them."""
    through, own, other = field.remote_field.through, field.m2m_field_name(), field.m2m_reverse_field_name()
    ties = [
        (through(**{f"{own}_id": row.pk, f"{other}_id": value.pk}), line.pk)
        for row, values, line in zip(rows, each, logged, strict=True)
        for value in values
    ]
    through._base_manager.bulk_create(tie for tie, _line in ties)
    log = type(logged[0])._meta.get_field(f"{type(logged[0])._meta.model_name}_{field.name}").related_model
    names = [tie_field.attname for tie_field in through._meta.concrete_fields]
    log._base_manager.bulk_create(
        log(history_id=line, **{name: getattr(tie, name) for name in names}) for tie, line in ties
    )


def _set_quietly(row: Any, many: Mapping[str, Iterable[Any]], *, is_new: bool) -> None:
    """Each of these would write a history row of its own."""
    row.skip_history_when_saving = True
    try:
        if is_new:
            row.save()
        for name, values in many.items():
            related, wanted = getattr(row, name), list(values)
            if is_new or {each.pk for each in related.all()} != {each.pk for each in wanted}:
                related.set(wanted)
    finally:
        del row.skip_history_when_saving
