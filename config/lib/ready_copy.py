"""Rows copied from one table into another at every save: put into SQL once, like `ready_query`.

Nobody is told: no signal is sent, as by `bulk_create`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections


def copy_rows(
    source: Any, log: Any, fields: Sequence[Any], where: tuple[Any, Any], said: Mapping[Any, Any]
) -> int | None:
    """Copy what stands in these fields of `source`, as it is stored, into the model `log`, with what is said besides.

    `where` is a field of the source and its value, `said` is by the log's own fields. Returns the number of the copy,
    the first where there are several; None where there was nothing to copy.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    names = tuple(field.name for field in fields)
    sql = _copying(source, log, names, where[0].column, tuple(field.column for field in said))
    values = [field.get_db_prep_save(value, connection) for field, value in said.items()]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, where[1]])
        row = cursor.fetchone()
    return row[0] if row else None


@cache
def _copying(source: Any, log: Any, names: tuple[str, ...], where: str, said: tuple[str, ...]) -> str:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name  # the same for every kind of database in use
    copied = [quote(source._meta.get_field(name).column) for name in names]
    into = [quote(log._meta.get_field(name).column) for name in names]
    return " ".join(
        (
            f"INSERT INTO {quote(log._meta.db_table)} ({', '.join([*map(quote, said), *into])})",
            f"SELECT {', '.join([*('%s' for _each in said), *copied])} FROM {quote(source._meta.db_table)}",
            f"WHERE {quote(where)} = %s RETURNING {quote(log._meta.pk.column)}",
        )
    )
