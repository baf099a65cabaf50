"""From what was typed to the plain form the rules read: small letters, one kind of dash, no year, no closing dots."""

from __future__ import annotations

import re
import unicodedata

from .errors import Code, Unreadable
from .vocabulary import any_of

LONGEST = 200
YEARS = range(1900, 2201)

DASHES = re.compile(r"\s*(?:--+|[‐‑‒–—―−﹘﹣－])\s*")
CLOCK = re.compile(r"\s*,?\s*\b(?:kl|klokka|klokken|at)\b\.?\s*[0-9]{1,2}(?:[.:][0-9]{2})?$")
ISO_DAY = re.compile(r"\b([0-9]{4})-([0-9]{2})-([0-9]{2})\b")
ISO_WEEK = re.compile(r"\b([0-9]{4})-?w([0-9]{1,2})\b")
FULL_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
LEAD_WORDS = (
    "i løpet av",
    "in the course of",
    *["i", "in", "on", "at", "om", "på", "ved", "under", "den", "the", "during"],
)
LEAD = re.compile(rf"(?:{any_of(LEAD_WORDS)}) (?!forkant|etterkant|god tid|tiden|tida|advance)")


def tidy(words: str) -> str:
    """The words as they are kept: one space between them, nothing invisible."""
    return " ".join("".join(c for c in words if c.isprintable() or c.isspace()).split())


def fold(words: str) -> str:
    text = unicodedata.normalize("NFKC", words).casefold()
    text = DASHES.sub(lambda found: " - " if " " in found.group() else "-", text)
    return CLOCK.sub("", trim(text))


def trim(text: str) -> str:
    return " ".join(text.split()).strip(" .,;:/-()«»\"'")


def without_year(text: str, year: int) -> str:
    """Years may be written out, but only the year that is asked for."""
    for found in (*ISO_DAY.finditer(text), *ISO_WEEK.finditer(text), *FULL_YEAR.finditer(text)):
        written = int(found.group()[:4])
        if written != year:
            nearest = re.sub(rf"(?<![0-9]){found.group()[:4]}(?![0-9])", str(year), text)
            raise Unreadable(Code.WRONG_YEAR, nearest=nearest, params={"written": written, "year": year})
    text = ISO_DAY.sub(lambda found: f"{found[3]}.{found[2]}", text)
    text = ISO_WEEK.sub(lambda found: f"uke {found[2]}", text)
    return re.sub(r" (?:i|in|of)$", "", trim(FULL_YEAR.sub(" ", text)))


def days_first(text: str) -> str:
    """ISO dates as people write them, with the year last."""
    return ISO_DAY.sub(lambda found: f"{found[3]}.{found[2]}.{found[1]}", text)


def without_lead(text: str) -> str:
    """Drop "i", "on the" and the like in front; they carry no date."""
    while found := LEAD.match(text):
        text = text[found.end() :]
    return text


def as_typed(part: str, words: str) -> str:
    """A folded part of the words with the capitals it was typed with, where it can be found again."""
    start = words.casefold().find(part)
    typed = words[start : start + len(part)]
    return typed if start >= 0 and typed.casefold() == part else part
