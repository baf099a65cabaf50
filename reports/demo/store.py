"""What the parts of the loading share: the files they read, and how a row is made in a user's name."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Model

from organisation.models import User
from reports.demo import moments

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
TAKEN_INTO_USE = date(2020, 9, 1)  # when this university would have begun with Rød tråd
Row = TypeVar("Row", bound=Model)


def read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FIXTURES / name).read_text(encoding="utf-8"))
    return content


def read_all(folder: str) -> list[dict[str, Any]]:
    """The files of a folder, in order of their names."""
    return [read(f"{folder}/{path.name}") for path in sorted((FIXTURES / folder).glob("*.json"))]


@dataclass
class Store:
    """Makes rows in somebody's name, and counts them by model."""

    today: date
    made: Counter[str] = field(default_factory=Counter)
    _users: dict[str, User] = field(default_factory=dict)
    _unlogged: defaultdict[Any, list[Any]] = field(default_factory=lambda: defaultdict(list))

    def user(self, email: str) -> User:
        if email not in self._users:
            self._users[email] = User.objects.get(email=email)
        return self._users[email]

    def add(self, row: Row, by: User | None) -> Row:
        """Save a new row. It is logged later, so that one line of the log has all that belongs to the row."""
        signed: Any = row
        signed._history_user = by
        signed.skip_history_when_saving = True
        row.save()
        self.made[type(row).__name__] += 1
        if hasattr(type(row), "history"):
            self._unlogged[type(row)].append(row)
        return row

    def log(self) -> None:
        """Write the rows made so far into the log, as they would have been when Rød tråd was taken into use."""
        moment = moments.at(min(TAKEN_INTO_USE, self.today))
        for model, rows in self._unlogged.items():
            for row in rows:
                del row.skip_history_when_saving
                row._history_date = moment
                row.save()
            model.history.filter(pk__in=self._lines(model, rows)).update(history_type="+")
        self._unlogged.clear()

    @staticmethod
    def _lines(model: Any, rows: list[Any]) -> list[int]:
        made = {row.pk for row in rows}
        return [pk for pk, row in model.history.values_list("history_id", "id") if row in made]
