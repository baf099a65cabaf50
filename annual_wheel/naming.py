"""Finding the entry that words speak of: "før svarfristen", "to uker før søknadsfristen"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from annual_wheel import when
from annual_wheel.models import Entry, EntryKind

LITTLE_WORDS = frozenset({"the", "den", "det", "dei", "de", "a", "an", "en", "ei", "et", "eit"})
BESIDE = frozenset({"for", "til", "på", "av", "i", "ved", "om", "of", "to", "in", "on", "og", "and"})
ENDINGS = re.compile(r"(?<=\w{4})(?:ane|ene|ana|en|et|er|a|s)$")
SHORTEST_PART = 4  # letters of a word that a longer one is made of
JOINTS = ("", "s", "e")  # "opptak-s-frist"
Stems = frozenset[str]


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
    if draft.bound_words and draft.bound_entry_id is None:
        # What it must be done before may be named alone: "opptaksfristen".
        bound = read_bound(draft.bound_words, year) or when.Bound("", when.Relation.BEFORE, draft.bound_words, None)
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
    """By the words of the thing, a deadline before what is none; where the words tell a day, it must be that day.

    The words themselves are looked for first, then the same words put together or apart ("opptaksfristen" is "Frist for
    opptak"). Where only their parts are there ("Søknadsfrist for opptak"), people choose.
    """
    wanted = stems(bound.ref_words)
    if not wanted:
        return Named()
    for is_named in (is_said, is_said_apart, is_hinted):
        found = [entry for entry in entries if is_named(wanted, stems(entry.text))]
        if bound.date is not None:
            found = [entry for entry in found if _last_day(entry, year) in (bound.date, None)]
        found = [entry for entry in found if entry.kind == EntryKind.DEADLINE] or found
        if found:
            is_sure = len(found) == 1 and is_named is not is_hinted
            return Named(found[0]) if is_sure else Named(None, found)
    return Named()


def is_said(wanted: Stems, said: Stems) -> bool:
    return wanted <= said


def is_said_apart(wanted: Stems, said: Stems) -> bool:
    """Whether the text says the same with words put together or apart."""
    known = wanted | said
    return is_said(_parts(wanted, known), _parts(said, known))


def is_hinted(wanted: Stems, said: Stems) -> bool:
    """Whether every word is made of beginnings and ends of words in the text."""
    ends = {part for word in said for at in range(len(word)) for part in (word[:at], word[at:])}
    return all(word in said or parts_of(word, ends) != {word} for word in wanted - BESIDE)


def _parts(words: Stems, known: Collection[str]) -> Stems:
    return frozenset(part for word in words - BESIDE for part in parts_of(word, known))


def parts_of(word: str, known: Collection[str]) -> Stems:
    """The known words that a word is made of, "opptak" and "frist"; the word itself where it is not made of any."""
    for first in sorted(known, key=len, reverse=True):
        if len(first) < SHORTEST_PART or first == word or not word.startswith(first):
            continue
        for joint in JOINTS:
            rest = word[len(first) + len(joint) :]
            if len(rest) < SHORTEST_PART or not word.startswith(first + joint):
                continue
            others = frozenset({rest}) if rest in known else parts_of(rest, known)
            if others <= frozenset(known):
                return frozenset({first}) | others
    return frozenset({word})


def stems(words: str) -> Stems:
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
