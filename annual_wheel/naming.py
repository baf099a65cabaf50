"""Finding the entry that words speak of: "før svarfristen", "to uker før søknadsfristen"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annual_wheel import when
from annual_wheel.models import Entry, EntryKind

LITTLE_WORDS = frozenset({"the", "den", "det", "dei", "de", "a", "an", "en", "ei", "et", "eit"})
ENDINGS = re.compile(r"(?<=\w{4})(?:ane|ene|ana|en|et|er|a|s)$")


@dataclass(frozen=True)
class Named:
    """The one entry the words speak of, or those they may speak of where there are more."""

    entry: Entry | None = None
    may_be: Sequence[Entry] = ()


def link_named(draft: Entry, entries: Iterable[Entry], *, year: int) -> Named:
    """Let a draft hang on, or be bounded by, the entry that its own words name; what was chosen by hand stays.

    "To uker før søknadsfristen" makes the deadline its anchor; "mai, før svarfristen" makes it its bound.
    """
    others = [entry for entry in entries if entry.pk != draft.pk]
    inside = _bound_inside(draft, year) if draft.anchor_id is None else None
    named = Named()
    if inside is not None:
        named = find_named(inside, others, year=year)
        if named.entry and inside.offset_days:
            draft.anchor, draft.anchor_offset_days = named.entry, inside.offset_days
        elif not draft.bound_words and (named.entry or inside.date is None):
            draft.bound_words, draft.bound_entry = inside.as_written, named.entry
    if draft.bound_words and draft.bound_entry_id is None and (bound := read_bound(draft.bound_words, year)):
        found = find_named(bound, others, year=year)
        draft.bound_entry = found.entry
        named = found if found.entry or found.may_be else named
    return named


def unlink_named(draft: Entry, stored: Entry, entries: Iterable[Entry], *, year: int) -> None:
    """Before new words are read: let go of what only the old words had named."""
    old = Entry(pk=stored.pk, month=stored.month, when_words=stored.when_words)
    if draft.when_words != stored.when_words:
        link_named(old, entries, year=year)
        hung = (draft.anchor_id, draft.anchor_offset_days)
        if old.anchor_id and hung == (old.anchor_id, old.anchor_offset_days):
            draft.anchor, draft.anchor_offset_days = None, 0
        if old.bound_words and draft.bound_words == old.bound_words:
            draft.bound_words, draft.bound_entry = "", None
    if draft.bound_words != stored.bound_words and draft.bound_entry_id == stored.bound_entry_id:
        old.bound_words, old.bound_entry = stored.bound_words, None
        link_named(old, entries, year=year)
        if old.bound_entry_id == draft.bound_entry_id:
            draft.bound_entry = None


def find_named(bound: when.Bound, entries: Iterable[Entry], *, year: int) -> Named:
    """By the words of the thing, a deadline before what is none; where the words tell a day, it must be that day."""
    wanted = stems(bound.ref_words)
    if not wanted:
        return Named()
    found = [entry for entry in entries if wanted <= stems(entry.text)]
    if bound.date is not None:
        found = [entry for entry in found if _last_day(entry, year) in (bound.date, None)]
    deadlines = [entry for entry in found if entry.kind == EntryKind.DEADLINE]
    found = deadlines or found
    return Named(found[0]) if len(found) == 1 else Named(None, found)


def stems(words: str) -> frozenset[str]:
    """The words without articles and endings, so that "søknadsfristen" is found in "Søknadsfrist Samordna opptak"."""
    return frozenset(ENDINGS.sub("", word) for word in re.findall(r"\w+", words.casefold()) if word not in LITTLE_WORDS)


def read_bound(words: str, year: int) -> when.Bound | None:
    try:
        return when.read_bound(words, year)
    except when.Unreadable:
        return None


def _bound_inside(draft: Entry, year: int) -> when.Bound | None:
    """The fact the words lean on; a day counted from another ("to uker før søknadsfrist 15. april") leans as well."""
    try:
        window = when.read_yearly(draft.when_words, year, month=draft.month)[0]
    except when.Unreadable:
        return None
    bound = window.bound or read_bound(draft.when_words, year)
    return bound if window.bound or (bound and bound.offset_days) else None


def _last_day(entry: Entry, year: int) -> object:
    """The entry's last day by its own words; None where it has to be worked out from others."""
    if entry.anchor_id is not None:
        return None
    try:
        return when.read_yearly(entry.when_words, year, month=entry.month)[0].latest
    except when.Unreadable:
        return None
