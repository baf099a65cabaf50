"""Undoing what one just did, as long as nobody has gone on with what came of it."""

from __future__ import annotations

from typing import Any

from config.lib.models import StaleEdit, lock_in_order


class CannotUndo(Exception):
    """Somebody has gone on with what is to be undone; the message is for the person who tried."""


def hold(*rows: tuple[Any, int], changed: str) -> list[Any]:
    """Rows as they are stored, locked, each at the version it had when it was done; within a transaction.

    CannotUndo where one has been changed since, said in the words of `changed`, which name it as `item`.
    """
    try:
        return lock_in_order(*rows)
    except StaleEdit as stale:
        raise CannotUndo(changed % {"item": stale.current}) from stale
