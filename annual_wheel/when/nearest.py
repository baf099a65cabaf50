"""The nearest words that can be read, for a message that helps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches

from .errors import Code, Unreadable
from .vocabulary import (
    EASTER_DAYS,
    FIXED_DAYS,
    MONTH_NAMES,
    MONTHS,
    PARTS,
    QUARTER_WORDS,
    SEASONS,
    WEEK_WORDS,
    known_words,
)

KNOWN = sorted(known_words())
DATE_WORDS = {*MONTHS, *PARTS, *SEASONS, *WEEK_WORDS, *EASTER_DAYS, *FIXED_DAYS, *QUARTER_WORDS, "av", "of"}
PHRASES = (
    *(f"{part}{month}" for part in ("", "primo ", "medio ", "ultimo ", "slutten av ") for month in MONTH_NAMES[0]),
    *[
        "løpende",
        "hele året",
        "våren",
        "sommeren",
        "høsten",
        "vårsemesteret",
        "høstsemesteret",
        "mai/juni",
        "siste uke før påske",
        "første uke etter nyttår",
        "1. kvartal",
    ],
)
DEADLINE = re.compile(r"(?:frist(?:en|a)?|deadline)$")
HOPELESS = {Code.EMPTY, Code.TOO_LONG, Code.YEAR_OUT_OF_RANGE}


def nearest_words(text: str, error: Unreadable, is_readable: Callable[[str], bool]) -> str | None:
    """The first candidate that reads, or None where nothing is near."""
    if error.code in HOPELESS:
        return None
    return next((words for words in candidates(text, error) if words != text and is_readable(words)), None)


def candidates(text: str, error: Unreadable) -> Iterator[str]:
    if error.nearest:
        yield error.nearest
    words = text.split()
    spelt = [respell(word) for word in words]
    yield " ".join(spelt)
    # Where other words are left out, what is left must be what was written: two guesses at once are one too many.
    kept = [word for word in words if word in DATE_WORDS or word[0].isdigit()]
    yield " ".join(kept)
    yield from get_close_matches(text, PHRASES, n=3, cutoff=0.6)
    if DEADLINE.search(text):
        yield f"{'before' if text.endswith('deadline') else 'før'} {text}"


def respell(word: str) -> str:
    if word in KNOWN or not word.isalpha():
        return word
    return next(iter(get_close_matches(word, KNOWN, n=1, cutoff=0.66)), word)
