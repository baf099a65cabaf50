"""Bringing back what a field said before: a change of the working text like any other, told in the log."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from config.lib.changes import texts_of
from config.lib.models import StaleEdit
from organisation.lines import save_lines
from organisation.lines_log import Doubt, LinesLog, as_placed, doubts, says
from organisation.models import User
from strategy.writing import save_row, write_row

BROUGHT_BACK = gettext_noop("Hentet tilbake en tidligere tekst.")
LINES_BROUGHT_BACK = gettext_noop("Hentet tilbake et tidligere ansvar.")


class MustAsk(Exception):
    """Something of what was cannot come back as it was, and nobody has said what to do about it."""


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


@transaction.atomic
def restore_lines(
    row: Any,
    record: int,
    *,
    by: User,
    now: datetime,
    today: date,
    expected: int,
    asked: Collection[int],
    taken: Collection[int],
) -> int | None:
    """Let the responsibility lines be as before that row of their log, and return the row to undo it from.

    `asked` are those of them that somebody was asked about, `taken` those that are to come all the same. None where
    they are so already; MustAsk where there is more to ask about, or nothing would be left; StaleEdit and
    LookupError as of `restore_text`.
    """
    row = type(row)._default_manager.select_for_update().get(pk=row.pk)
    log = LinesLog(row)
    then, standing = log.before(record), log.now()
    if row.lock_version != expected:
        raise StaleEdit(row)
    in_doubt = doubts(then, standing, today=today)
    lines = as_placed(then, left_out(in_doubt, taken))
    if {doubt.index for doubt in in_doubt} - set(asked) or (then and not lines):
        raise MustAsk
    if says(lines) == [line.said for line in standing]:
        return None
    write_row(row, by=by, now=now, expected=expected, why=LINES_BROUGHT_BACK)
    save_lines(row, lines, by=by)
    newest = log.records[-1].history_id if log.records else 0
    return next(each.history_id for each in LinesLog(row).records if each.history_id > newest)


def left_out(in_doubt: Collection[Doubt], taken: Collection[int]) -> set[int]:
    """What does not come back: what cannot, and what nobody said should come all the same."""
    return {doubt.index for doubt in in_doubt if not (doubt.offer and doubt.index in taken)}
