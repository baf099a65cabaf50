"""A query that is asked on nearly every request: put into SQL once, then asked with new values.

Django words a query anew each time, which for one with many conditions costs many times what the answer does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=models.Model)
# What stands in for a value while the query is worded: nothing that a query says of itself is like it, and the
# smallest column holds it.
MARKS: Final[Mapping[type, Callable[[int], Any]]] = {
    int: lambda number: 31_987 - number,
    str: lambda number: f"\N{FULL BLOCK}{number}",
    date: lambda number: date(1001, 2, 3 + number),
    datetime: lambda number: datetime(1001, 2, 3, number, tzinfo=UTC),
}


@dataclass(frozen=True)
class _Place:
    """Where in the SQL a value goes."""

    name: str


@dataclass(frozen=True)
class _Worded:
    """A query in SQL, and how its answer becomes rows."""

    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]  # each a value that is always the same, or a place
    columns: tuple[int, ...]  # of the model's own fields in the answer
    names: tuple[str, ...]
    annotated: tuple[tuple[str, int], ...]  # the name and the place of what is annotated
    populators: tuple[Any, ...]  # of what is joined
    converters: dict[int, Any]


class _Ready:
    """`worded` makes the queryset of the named values, whose types are told here."""

    def __init__(self, worded: Callable[..., models.QuerySet[Any, Any]], **types: type) -> None:
        self.worded, self.types = worded, types
        self.ready: dict[str, _Worded] = {}

    def answer(self, values: Mapping[str, Any]) -> tuple[_Worded, Iterable[Sequence[Any]]]:
        connection = connections[DEFAULT_DB_ALIAS]
        worded = self.ready.get(connection.vendor) or self._put_into_words(connection)
        with connection.cursor() as cursor:
            said = [values[param.name] if isinstance(param, _Place) else param for param in worded.params]
            cursor.execute(worded.sql, [_for_database(value, connection) for value in said])
            return worded, _converted(worded, cursor.fetchall(), connection)

    def _put_into_words(self, connection: Any) -> _Worded:
        marks = {name: MARKS[kind](number) for number, (name, kind) in enumerate(self.types.items())}
        compiler = self.worded(**marks).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        places = {_for_database(mark, connection): _Place(name) for name, mark in marks.items()}
        worded = _worded(compiler, sql, tuple(places.get(param, param) for param in params))
        if {param for param in worded.params if isinstance(param, _Place)} != set(places.values()):
            raise ValueError("the queryset must use every value that is named, as it stands")
        self.ready[connection.vendor] = worded
        return worded


class ReadyQuery(_Ready, Generic[Row]):
    """The rows of a queryset, with what is annotated and those joined by `select_related`; nothing else it can do."""

    if TYPE_CHECKING:

        def __init__(self, worded: Callable[..., models.QuerySet[Row]], **types: type) -> None: ...

    def rows(self, **values: Any) -> list[Row]:
        """The rows as the queryset of these values would give them (one query)."""
        return _instances(*self.answer(values))


class ReadyColumns(_Ready):
    """The columns of a queryset's `values_list`."""

    def rows(self, **values: Any) -> Iterable[Sequence[Any]]:
        """The columns as the queryset of these values would give them (one query)."""
        return self.answer(values)[1]


def _for_database(value: Any, connection: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _worded(compiler: SQLCompiler, sql: str, params: tuple[Any, ...]) -> _Worded:
    select, info = compiler.select, compiler.klass_info or {"select_fields": ()}
    columns = tuple(info["select_fields"])
    populators = get_related_populators(info, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # of a later Django
    return _Worded(
        compiler,
        sql,
        params,
        columns,
        names=tuple(select[place][0].target.attname for place in columns),
        annotated=tuple(compiler.annotation_col_map.items()),
        populators=tuple(populators),
        converters=compiler.get_converters([column for column, *_rest in select]),
    )


def _instances(worded: _Worded, found: Iterable[Sequence[Any]]) -> list[Any]:
    model, made = worded.compiler.klass_info["model"], []
    for row in found:
        instance = model.from_db(DEFAULT_DB_ALIAS, worded.names, [row[place] for place in worded.columns])
        for populator in worded.populators:
            populator.populate(row, instance)
        for name, place in worded.annotated:
            setattr(instance, name, row[place])
        made.append(instance)
    return made


def _converted(worded: _Worded, found: list[tuple[Any, ...]], connection: Any) -> Iterable[Sequence[Any]]:
    """The answer as Python's own values, by the connection of whoever asks: the compiler's is another thread's."""
    if not worded.converters:
        return found
    rows = [list(row) for row in found]
    for place, (converters, expression) in worded.converters.items():
        for convert in converters:
            for row in rows:
                row[place] = convert(row[place], expression, connection)
    return rows
