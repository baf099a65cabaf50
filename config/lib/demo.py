"""What a visitor of the demo needs to log in. The password is public: the demo holds no secrets."""

import json
from dataclasses import dataclass
from pathlib import Path

PASSWORD = "rodtraad-demo"
PEOPLE = Path(__file__).resolve().parents[2] / "fixtures" / "people.json"


@dataclass(frozen=True)
class Account:
    email: str
    name: str


def accounts() -> list[Account]:
    """The people of the demo, in the order of their file; none where the file is not there."""
    if not PEOPLE.is_file():
        return []
    people = json.loads(PEOPLE.read_text(encoding="utf-8"))["people"]
    return [Account(email=person["email"], name=person["name"]) for person in people]
