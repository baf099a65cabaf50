"""A stamp of what the logs tell: while it stands still, so does the content, and what was made of it can be kept.

Every change of what is logged is a new row of simple_history, so the newest numbers of some logs together count up with
each change and never come back to an earlier value.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final, Generic, TypeVar

from django.db import OperationalError, connection, models, transaction

Content = TypeVar("Content")


class Stamp:
    """The stamp of these models' logs."""

    def __init__(self, *told: type[models.Model]) -> None:
        self.logs: Final = [model.history.model._meta.db_table for model in told]  # type: ignore[attr-defined]
        self.sql: Final = " + ".join(f'(SELECT COALESCE(MAX(history_id), 0) FROM "{table}")' for table in self.logs)

    def now(self) -> int:
        return sum(self.each())

    def each(self) -> tuple[int, ...]:
        """The newest number of each log, in the order of the models."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {self.sql.replace(' + ', ', ')}")
            return tuple(cursor.fetchone())

    def settled(self) -> int | None:
        each = self.settled_each()
        return None if each is None else sum(each)

    def settled_each(self) -> tuple[int, ...] | None:
        """The stamp to keep content under that is read afterwards, and so never older; None while somebody is writing.

        PostgreSQL gives numbers out when a row is written, not when it is committed, so a slow change may come to show
        under a number that is already counted. SQLite lets one write at a time.
        """
        if connection.vendor != "postgresql":
            return self.each()
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {', '.join(self.logs)} IN SHARE MODE NOWAIT")
                return self.each()
        except OperationalError:
            return None


class Kept(Generic[Content]):
    """Content that this process has read, each piece kept for as long as the stamp stands still."""

    def __init__(self, stamp: Stamp, *, most: int) -> None:
        self.stamp, self.most = stamp, most
        self.found: OrderedDict[Hashable, tuple[int, Content]] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Hashable, read: Callable[[], Content]) -> Content:
        """What is kept under the key, else what `read` gives, for which the database is asked."""
        with self.lock:
            stamp, content = self.found.get(key, (None, None))
        if content is not None and stamp == self.stamp.now():
            return content
        settled = self.stamp.settled()
        content = read()
        if settled is not None:
            self._keep(key, settled, content)
        return content

    def _keep(self, key: Hashable, stamp: int, content: Content) -> None:
        with self.lock:
            self.found[key] = stamp, content
            self.found.move_to_end(key)
            if len(self.found) > self.most:
                self.found.popitem(last=False)

    def forget(self) -> None:
        with self.lock:
            self.found.clear()
