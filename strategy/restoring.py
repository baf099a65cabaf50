"""Bringing back what a field said before: a change of the working text like any other, told in the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from config.lib.changes import texts_of
from config.lib.models import StaleEdit
from organisation.models import User
from strategy.writing import save_row

BROUGHT_BACK = gettext_noop("Hentet tilbake en tidligere tekst.")


@transaction.atomic
def restore_text(row: Any, name: str, record: int, *, by: User, now: datetime, expected: int) -> int | None:
    """Let a field say again what the log row says it did, and return the log row to undo it from.

    None where it says so already; StaleEdit where somebody changed the row after `expected`; LookupError where the
    row has no such text.
    """
    model = type(row)
    if name not in texts_of(model):
        raise LookupError(name)
    row = model._default_manager.select_for_update().get(pk=row.pk)
    then = row.history.filter(history_id=record).first()
    if then is None:
        raise LookupError(record)
    if row.lock_version != expected:
        raise StaleEdit(row)
    text = getattr(then, name)
    if getattr(row, name) == text:
        return None
    before: int = row.history.latest().history_id
    setattr(row, name, text)
    save_row(row, by=by, now=now, expected=expected, why=BROUGHT_BACK)
    return before
