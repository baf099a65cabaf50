"""A stored row written over at a save: put into SQL once for each set of columns, like `ready_query`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, models
from django.db.models.signals import post_save, pre_save


def write_over(row: models.Model, columns: Sequence[models.Field[Any, Any]]) -> None:
    """Write these columns of a stored row, and tell whoever listens, as `save(update_fields=…)` would.

    DatabaseError where the row is not there any more.
    """
    model, connection = type(row), connections[DEFAULT_DB_ALIAS]
    names = tuple(column.name for column in columns)
    told = {"instance": row, "raw": False, "using": DEFAULT_DB_ALIAS, "update_fields": frozenset(names)}
    pre_save.send(model, **told)
    values = [column.get_db_prep_save(column.pre_save(row, False), connection) for column in columns]
    with connection.cursor() as cursor:
        cursor.execute(_updating(model, names), [*values, row.pk])
        if cursor.rowcount != 1:
            raise DatabaseError(f"{row!r} is not stored, so it cannot be written over")
    post_save.send(model, **told, created=False)


@cache
def _updating(model: Any, names: tuple[str, ...]) -> str:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name  # the same for every kind of database in use
    said = ", ".join(f"{quote(model._meta.get_field(name).column)} = %s" for name in names)
    return f"UPDATE {quote(model._meta.db_table)} SET {said} WHERE {quote(model._meta.pk.column)} = %s"
