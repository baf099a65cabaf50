"""The demo, worked out once a process: the next time its rows are put back as they were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from reports import demo

Rows = dict[type[Model], Sequence[tuple[Any, ...]]]
APPS = ("organisation", "strategy", "planning", "annual_wheel", "reports")
_kept: dict[date, Rows] = {}


def load_demo(*, today: date) -> None:
    """Fill an empty database with the demo of this day."""
    if today in _kept:
        _put_back(_kept[today])
    else:
        demo.load(today=today)
        _kept[today] = _all_rows()


def _all_rows() -> Rows:
    models = [model for app in APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    with connection.cursor() as cursor:
        return {model: _rows_of(model, cursor) for model in models if not model._meta.proxy}


def _rows_of(model: type[Model], cursor: Any) -> Sequence[tuple[Any, ...]]:
    cursor.execute(f"SELECT {_columns(model)} FROM {connection.ops.quote_name(model._meta.db_table)}")
    return list(cursor.fetchall())


@transaction.atomic  # rows may come before those they point to
def _put_back(kept: Rows) -> None:
    with connection.cursor() as cursor:
        for model, rows in kept.items():
            if rows:
                places = ", ".join(["%s"] * len(rows[0]))
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.executemany(f"INSERT INTO {table} ({_columns(model)}) VALUES ({places})", rows)


def _columns(model: type[Model]) -> str:
    return ", ".join(connection.ops.quote_name(str(field.column)) for field in model._meta.local_concrete_fields)
