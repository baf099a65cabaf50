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
    history, now = type(rows[0]).history.model, timezone.now()
    history.objects.bulk_create(
        history(
            **{field.attname: getattr(row, field.attname) for field in history.tracked_fields},
            history_date=now,
            history_user=by,
            history_change_reason=why[:LONGEST_WHY],
            history_type="-",
        )
        for row in rows
    )
    found = type(rows[0])._base_manager.filter(pk__in=[row.pk for row in rows])
    found._raw_delete(found.db)  # what `delete` would do besides, one by one, is done above


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
