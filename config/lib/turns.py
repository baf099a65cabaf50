"""Taking turns: what may not happen twice at the same moment, where there is no row that both would lock."""

from __future__ import annotations

from enum import IntEnum

from django.db import connection
from django.db.transaction import TransactionManagementError


class Turn(IntEnum):
    """What is taken in turns. Any number does that no other program uses in the same database."""

    LEANING = 58_501


def take_turn(what: Turn) -> None:
    """Wait until nobody else does the same, and keep others waiting until the transaction ends.

    Ask before any row is locked: whoever has the turn may wait for that row. SQLite lets one write at a time as it is.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("a turn is taken within a transaction")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(what)])
