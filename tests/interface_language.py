"""What is left of one language in pages that should be in another: the texts of a catalogue, looked for in HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import polib
from django.conf import settings

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
NOT_SHOWN = frozenset({"script", "style", "template"})
VOID = frozenset("area base br col embed hr img input link meta source track wbr use path rect circle line".split())
READ_ALOUD = ("aria-label", "title", "alt", "placeholder", "data-label", "data-copied", "data-failed")


@dataclass(frozen=True)
class Shown:
    """A piece of text of a page, and the language its element names."""

    text: str
    language: str


class PageTexts(HTMLParser):
    """All text that a page shows or has read aloud, each with its language."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Shown] = []
        self.open: list[tuple[str, str]] = []
        self.feed(page)
        self.close()

    @property
    def language(self) -> str:
        return next((language for _tag, language in reversed(self.open) if language), "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        own = given.get("lang", "") or self.language
        for name in READ_ALOUD:
            self._keep(given.get(name, ""), own)
        if tag == "input" and given.get("type") in ("submit", "button"):
            self._keep(given.get("value", ""), own)
        if tag not in VOID:
            self.open.append((tag, given.get("lang", "")))

    def handle_endtag(self, tag: str) -> None:
        while any(name == tag for name, _language in self.open):
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if not any(tag in NOT_SHOWN for tag, _language in self.open):
            self._keep(data, self.language)

    def _keep(self, text: str, language: str) -> None:
        words = " ".join(text.split())
        if words:
            self.found.append(Shown(words, language))


@dataclass(frozen=True)
class Catalogue:
    """The source texts that read otherwise in the language: short ones as a whole, long ones also within others."""

    whole: frozenset[str]
    within: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, language: str) -> "Catalogue":
        file = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"
        sources = set(_other_texts(polib.pofile(str(file))))
        plain = {text for text in sources if not PLACEHOLDER.search(text)}
        return cls(frozenset(plain), tuple(_pattern(text) for text in sorted(sources) if _is_telling(text)))

    def left_in(self, page: str) -> set[str]:
        """The texts of the page that are not told in its language."""
        language = re.search(r'<html lang="(\w+)"', page)
        here = language[1] if language else ""
        texts = {shown.text for shown in PageTexts(page).found if shown.language == here}
        return {text for text in texts if text in self.whole or any(each.search(text) for each in self.within)}


def _other_texts(catalogue: polib.POFile) -> Iterator[str]:
    for entry in catalogue:
        if entry.obsolete:
            continue
        translated = {entry.msgstr, *entry.msgstr_plural.values()}
        yield from (text for text in (entry.msgid, entry.msgid_plural) if text and text not in translated)


def _is_telling(text: str) -> bool:
    """Long enough that nothing else says it: at least three words beside the places for values."""
    return len(PLACEHOLDER.sub("", text)) > 12 and len(re.findall(r"\w{2,}", PLACEHOLDER.sub(" ", text))) > 2


def _pattern(text: str) -> re.Pattern[str]:
    parts = [re.escape(" ".join(part.split())) for part in PLACEHOLDER.split(text)]
    return re.compile(".+?".join(parts))
