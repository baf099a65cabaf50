"""What the parts of the loading share: the files they read, and how a row is made in a user's name."""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Model

from organisation.models import User

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
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

    made: Counter[str] = field(default_factory=Counter)
    _users: dict[str, User] = field(default_factory=dict)

    def user(self, email: str) -> User:
        if email not in self._users:
            self._users[email] = User.objects.get(email=email)
        return self._users[email]

    def add(self, row: Row, by: User | None) -> Row:
        """Save a new row; its history says who."""
        row._history_user = by  # type: ignore[attr-defined]  # read by simple_history
        row.save()
        self.made[type(row).__name__] += 1
        return row
