"""SQLite as Django speaks to it, with each text of a query put into SQLite's own way of writing it once.

Django goes through the whole text of a query each time it is asked, to write `?` for `%s`: with a dozen long queries
that is a twentieth of a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from django.db.backends.sqlite3 import base

KEPT: Final = 500  # texts; an application of this size asks some hundreds of queries


class Cursor(base.SQLiteCursorWrapper):
    def convert_query(self, query: str, *, param_names: Sequence[str] | None = None) -> str:
        if param_names is not None:
            return super().convert_query(query, param_names=param_names)
        return _with_question_marks(query)


class DatabaseWrapper(base.DatabaseWrapper):
    def create_cursor(self, name: Any = None) -> Cursor:
        return self.connection.cursor(factory=Cursor)


@lru_cache(maxsize=KEPT)
def _with_question_marks(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
