"""What is left of one language in pages that should be in another: the texts of a catalogue, looked for in HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from bs4 import BeautifulSoup, Tag
from django.conf import settings

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
NOT_TOLD = ("script", "style", "textarea", "kbd")  # a text area holds what people wrote, and a key is called the same
READ_ALOUD = ("aria-label", "title", "alt", "placeholder", "data-label")


@dataclass(frozen=True)
class Shown:
    """A piece of text of a page, the language that is named for it, and the element it stands in."""

    text: str
    language: str
    element: str


def texts_of(page: str) -> Iterator[Shown]:
    """All text that a page shows or has read aloud, each with its language."""
    soup = BeautifulSoup(page, "html.parser")
    for piece in soup.find_all(string=True):
        if piece.parent and piece.parent.name not in NOT_TOLD and type(piece).__name__ == "NavigableString":
            yield from _shown(str(piece), piece.parent)
    for element in soup.find_all(True):
        for name in READ_ALOUD:
            yield from _shown(str(element.get(name, "")), element)


def _shown(text: str, element: Tag) -> Iterator[Shown]:
    words = " ".join(text.split())
    if words:
        named = element if element.has_attr("lang") else element.find_parent(lang=True)
        yield Shown(words, str(named["lang"]) if named else "", element.name)


@dataclass(frozen=True)
class Catalogue:
    """The source texts that read otherwise in the language: all of them as a whole, telling ones also within others."""

    whole: frozenset[str]
    within: tuple[re.Pattern[str], ...]
    answers: dict[str, bool] = field(default_factory=dict)  # pages have most of their texts in common

    @classmethod
    def of(cls, language: str) -> "Catalogue":
        file = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"
        entries = [entry for entry in polib.pofile(str(file)) if not entry.obsolete]
        sources = {text: bool(entry.msgctxt) for entry in entries for text in _other_texts(entry)}
        plain = {text for text in sources if not PLACEHOLDER.search(text)}
        telling = sorted(text for text, has_context in sources.items() if _is_telling(text) and not has_context)
        return cls(frozenset(plain), tuple(_pattern(text) for text in telling))

    def left_in(self, texts: Iterator[str]) -> set[str]:
        """Those of the texts that are still in the language of the sources."""
        return {text for text in set(texts) if self._is_left(text)}

    def _is_left(self, text: str) -> bool:
        if text not in self.answers:
            self.answers[text] = text in self.whole or any(each.search(text) for each in self.within)
        return self.answers[text]


def _other_texts(entry: polib.POEntry) -> Iterator[str]:
    translated = {entry.msgstr, *entry.msgstr_plural.values()}
    return (text for text in (entry.msgid, entry.msgid_plural) if text and text not in translated)


def _is_telling(text: str) -> bool:
    """Long enough that nobody writes it by chance: three words beside the places for values."""
    words = PLACEHOLDER.sub(" ", text)
    return len(words) > 12 and len(re.findall(r"\w{2,}", words)) > 2


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(".+?".join(re.escape(" ".join(part.split())) for part in PLACEHOLDER.split(text)))
