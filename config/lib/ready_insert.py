"""One row put into a table that is written at every save: put into SQL once, like `ready_query`."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection
from django.db.models.sql import InsertQuery


def put_in(row: Any) -> None:
    """Put a new row in its table and give it its number. Nobody is told: no signal is sent, as by `bulk_create`."""
    table = _Table(type(row))
    with connection.cursor() as cursor:
        cursor.execute(table.sql_for(row), table.values_of(row))
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias


@cache
class _Table:
    """The table of a model whose number the database gives."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.fields = [field for field in model._meta.concrete_fields if field is not model._meta.pk]
        self.ready: dict[str, str] = {}  # by the kind of database

    def values_of(self, row: Any) -> list[Any]:
        return [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in self.fields]

    def sql_for(self, row: Any) -> str:
        """The same for every row; worded with the first one."""
        if connection.vendor not in self.ready:
            query = InsertQuery(self.model)
            query.insert_values(self.fields, [row])
            compiler: Any = query.get_compiler(connection=connection)
            compiler.returning_fields = [self.model._meta.pk]
            [(self.ready[connection.vendor], _values)] = compiler.as_sql()
        return self.ready[connection.vendor]
