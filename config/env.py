"""Typed reading of settings from the environment: a wrong value stops the start with one line of what is expected."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}
# gunicorn takes a worker's exit status 3 as "can not start" and stops, where any other status makes it try for ever.
EXIT_STATUS = 3


def read_env_file(path: Path) -> dict[str, str]:
    """NAME=value lines; blank lines and lines that begin with # are left out, quotes round a value are taken off."""
    if not path.is_file():
        return {}
    values: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        name, equals, value = text.partition("=")
        if not equals:
            stop(f"{path.name}, line {number}: expected NAME=value.")
        value = value.strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        values[name.strip()] = value
    return values


def stop(message: str) -> NoReturn:
    sys.stderr.write(f"Rød tråd can not start: {message}\n")
    raise SystemExit(EXIT_STATUS)


class Env:
    """Reads settings by name and remembers every name that was asked for. An empty value counts as not set."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.names: set[str] = set()

    @classmethod
    def from_machine(cls, base: Path) -> "Env":
        """The process environment, over the file named by ENV_FILE (.env where nothing is said)."""
        file = base / os.environ.get("ENV_FILE", ".env")
        return cls({**read_env_file(file), **os.environ})

    def wrong(self, name: str, expected: str) -> NoReturn:
        stop(f"{name} must be {expected}.")

    def text(self, name: str, default: str = "") -> str:
        self.names.add(name)
        return self.values.get(name, "").strip() or default

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.text(name).lower()
        if not value:
            return default
        if value not in TRUE | FALSE:
            self.wrong(name, "true or false")
        return value in TRUE

    def number(self, name: str, default: int, *, at_least: int, at_most: int) -> int:
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit() or not at_least <= int(value) <= at_most:
            self.wrong(name, f"a whole number from {at_least} to {at_most}")
        return int(value)

    def choice(self, name: str, default: str, options: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value not in options:
            self.wrong(name, f"one of {', '.join(options)}")
        return value

    def words(self, name: str, default: list[str]) -> list[str]:
        """Values separated by commas."""
        return [word.strip() for word in self.text(name).split(",") if word.strip()] or default

    def url(self, name: str, *, schemes: tuple[str, ...], example: str, default: str = "") -> SplitResult | None:
        value = self.text(name, default)
        if not value:
            return None
        expected = f"an address such as {example}"
        try:
            parts = urlsplit(value)
            _ = parts.port
        except ValueError:
            self.wrong(name, expected)
        if parts.scheme not in schemes:
            self.wrong(name, expected)
        return parts


def options_of(parts: SplitResult) -> dict[str, str]:
    return dict(parse_qsl(parts.query))


def password_of(parts: SplitResult) -> str:
    return unquote(parts.password or "")


def username_of(parts: SplitResult) -> str:
    return unquote(parts.username or "")
