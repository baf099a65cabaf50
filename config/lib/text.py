"""Text that people write with simple formatting: paragraphs, lists, links and emphasis, as Markdown.

It is kept as it was written. Pages and paper show `html`; lists, mails and feeds, which have room for words alone,
`line`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from config.lib.numbers import grouped

SCHEMES: Final = ("http://", "https://", "mailto:")
RULES: Final = ("paragraph", "list", "link", "autolink", "emphasis", "escape", "newline")
MOST_KEPT: Final = 2048
LONGEST: Final = 20_000  # letters of one text
# What can mean something else than itself; words without it need not be read.
MARKS: Final = re.compile(r"[*_\[\]<\\\n]|^\s|^(?:[-+]|\d+[.)])\s")
# Enough of a link to be one, whatever it leads to: judged here, since the library leaves those it refuses as words.
LINKED: Final = re.compile(r"\[[^\]\n]{1,300}\]\(\s*<?([^\s)>]+)|<([a-z][a-z0-9+.-]{1,30}:[^\s>]*)>", re.IGNORECASE)
Tokens = Sequence[Token]


def _reader() -> MarkdownIt:
    reader = MarkdownIt("zero", {"html": False, "breaks": True}).enable(list(RULES[1:]))
    reader.validateLink = is_safe  # type: ignore[method-assign,assignment]
    reader.add_render_rule("link_open", _link_open)
    return reader


def is_safe(address: str) -> bool:
    """Whether a page may lead there: the web and mail, and never a script."""
    return address.strip().casefold().startswith(SCHEMES)


def _link_open(renderer: object, tokens: Tokens, at: int, options: object, env: object) -> str:
    return f'<a href="{escape(tokens[at].attrGet("href") or "")}" rel="noopener nofollow">'


@dataclass(frozen=True, slots=True)
class Parted:
    """A text that begins with what it is known by: its first paragraph, and what follows as HTML."""

    line: str
    first: SafeString
    rest: SafeString


@lru_cache(maxsize=MOST_KEPT)
def html(text: str) -> SafeString:
    """The text as a page shows it: `<p>`, `<ul>`, `<ol>`, `<a>`, `<em>`, `<strong>` and `<br>`, and nothing else."""
    if not text.strip():
        return SafeString("")
    if not MARKS.search(text):
        return mark_safe(f"<p>{escape(text)}</p>")
    return _rendered(_read(text))


@lru_cache(maxsize=MOST_KEPT)
def line(text: str) -> str:
    """The words alone, on one line."""
    return text.strip() if not MARKS.search(text) else _joined(_blocks(_read(text)))


@lru_cache(maxsize=MOST_KEPT)
def parted(text: str) -> Parted:
    """The text as its first paragraph, in words and as HTML within a line, and the rest."""
    if not MARKS.search(text):
        return Parted(text.strip(), mark_safe(escape(text.strip())), SafeString(""))
    tokens = _read(text)
    if not tokens or tokens[0].type != "paragraph_open":
        return Parted(line(text), mark_safe(escape(line(text))), SafeString(""))
    return Parted(_joined(_blocks(tokens[:3])), _rendered(tokens[1:2]), _rendered(tokens[3:]))


def refuse_links(text: str) -> None:
    """Raise ValidationError where a link leads to anything but the web and mail."""
    for found in LINKED.finditer(text):
        address = found[1] or found[2]
        if not is_safe(address):
            words = _("Lenken «%(address)s» kan ikke brukes. En lenke begynner med https://, http:// eller mailto:.")
            raise ValidationError(words % {"address": address[:60]})


def refuse_too_long(text: str) -> None:
    """Raise ValidationError for what is more than a text of a document: a whole document, or pictures as letters."""
    if len(text) > LONGEST:
        words = _("Teksten er på %(length)s tegn. Det er plass til %(most)s. Del den, eller ta bort noe.")
        raise ValidationError(words % {"length": grouped(len(text)), "most": grouped(LONGEST)})


READER: Final = _reader()


def _read(text: str) -> list[Token]:
    return list(_lists_meant(READER.parse(text)))


def _rendered(tokens: Tokens) -> SafeString:
    return mark_safe(READER.renderer.render(tokens, READER.options, {}).strip())


def _lists_meant(tokens: Tokens) -> Iterator[Token]:
    """The tokens, with what only looks like a numbered list as the words it is: "15. april er fristen"."""
    opened: list[bool] = []
    before = ""
    for at, token in enumerate(tokens):
        if token.type.endswith("_list_open"):
            opened.append(token.type.startswith("ordered") and _has_one_item(tokens, at))
        is_alone = bool(opened) and opened[-1]
        if token.type.endswith("_list_close"):
            opened.pop()
        if is_alone and token.type in ("ordered_list_open", "ordered_list_close", "list_item_close"):
            continue
        if is_alone and token.type == "list_item_open":
            before = f"{token.info}{token.markup} "
            continue
        if is_alone and token.type.startswith("paragraph_"):
            token.hidden = False
        if before and token.type == "inline":
            words = Token("text", "", 0, content=before)
            token.children = [words, *(token.children or ())]
            before = ""
        yield token


def _has_one_item(tokens: Tokens, at: int) -> bool:
    level, count = tokens[at].level, 0
    for token in tokens[at + 1 :]:
        if token.type == "ordered_list_close" and token.level == level:
            break
        count += token.type == "list_item_open" and token.level == level + 1
    return count == 1


def _blocks(tokens: Iterable[Token]) -> Iterator[tuple[bool, str]]:
    """Each piece of the text in plain words, and whether it stands in a list."""
    depth = 0
    for token in tokens:
        if token.type.endswith("_list_open"):
            depth += 1
        elif token.type.endswith("_list_close"):
            depth -= 1
        elif token.type == "inline":
            yield depth > 0, " ".join("".join(map(_words, token.children or ())).split())


def _words(token: Token) -> str:
    return " " if token.type in ("softbreak", "hardbreak") else token.content if token.type == "text" else ""


def _joined(blocks: Iterable[tuple[bool, str]]) -> str:
    """Points of a list parted by semicolons, paragraphs by a space."""
    said = ""
    was_listed = False
    for is_listed, words in blocks:
        said += ("; " if was_listed and is_listed else " ") if said else ""
        said += words
        was_listed = is_listed
    return said
