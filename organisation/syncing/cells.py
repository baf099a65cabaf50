"""What stands in a cell, and what is written there: days, yes and no, words for a choice, and harmless text."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from io import StringIO
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes what begins so for a formula
DAY: Final = re.compile(r"(\d{1,2})\s*[./]\s*(\d{1,2})\s*[./]\s*(\d{4})")
YES: Final = frozenset(["ja", "yes", "1", "true", "x", "sann", "j", "y"])
NO: Final = frozenset(["nei", "no", "0", "false", "usann", "n"])


def harmless(text: str) -> str:
    """Return the text with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.lstrip("'").startswith(DANGEROUS) else text


def plain(cell: str) -> str:
    """Return what `harmless` was given."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(DANGEROUS) else cell


def tidy(text: str) -> str:
    return " ".join(text.split())


def day_of(words: str) -> date | None:
    """Read "2026-03-15" or "15.3.2026"; None for an empty cell, ValueError for anything else."""
    if not words:
        return None
    if found := DAY.fullmatch(words):
        day, month, year = map(int, found.groups())
        return date(year, month, day)
    return date.fromisoformat(words)


def is_yes(words: str) -> bool:
    """Read yes or no in either language; ValueError where it is neither."""
    folded = words.casefold()
    if folded in YES | NO:
        return folded in YES
    raise ValueError(words)


def yes_or_no(value: bool) -> str:
    return _("ja") if value else _("nei")


def in_every_language(words: Callable[[], Any]) -> list[str]:
    """Return what something is called in each language of the interface, folded."""
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.append(tidy(str(words())).casefold())
    return found


def words_for(choices: Iterable[tuple[Any, Any]]) -> Mapping[str, str]:
    """Return every word for each choice: what is stored, and what it is called in each language."""
    found: dict[str, str] = {}
    for value, label in choices:
        found |= dict.fromkeys([str(value), *in_every_language(lambda label=label: label)], str(value))  # type: ignore[misc]
    return found


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a file that a Norwegian Excel opens as it is: semicolons, and a mark that says it is UTF-8."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
