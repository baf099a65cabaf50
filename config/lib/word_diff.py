"""Which words of a text are gone and which are new."""

import re
from difflib import SequenceMatcher
from typing import Final, Literal, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

TOKEN: Final = re.compile(r"\w+|\s+|[^\w\s]")
MOST_TOKENS: Final = 6_000  # the work grows with the square; longer texts are told apart as wholes


class Piece(NamedTuple):
    how: Literal["same", "gone", "new"]
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """The two texts as one, in order: "same" and "gone" together are the first, "same" and "new" the second."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    if len(old) + len(new) > MOST_TOKENS and before != after:
        return [Piece(how, text) for how, text in (("gone", before), ("new", after)) if text]  # type: ignore[arg-type]
    found: list[Piece] = []
    gone, came = "", ""
    for is_same, was, is_now in _stretches(old, new):
        if is_same and (was.strip() or not (gone and came)):
            found += _changed(gone, came)
            found.append(Piece("same", was))
            gone, came = "", ""
        else:
            gone, came = gone + was, came + is_now
    return found + _changed(gone, came)


def _stretches(old: list[str], new: list[str]) -> list[tuple[bool, str, str]]:
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(how == "equal", "".join(old[a:b]), "".join(new[c:d])) for how, a, b, c, d in codes]


def _changed(gone: str, came: str) -> list[Piece]:
    return [*([Piece("gone", gone)] if gone else []), *([Piece("new", came)] if came else [])]


def marked(before: str, after: str) -> SafeString:
    """The two texts as one, with what is gone and what is new marked for the eye and told to a screen reader."""
    return format_html_join("", "{}", ((_html(piece),) for piece in pieces(before, after)))


def _html(piece: Piece) -> SafeString | str:
    if piece.how == "same":
        return piece.text
    tag, words = ("del", _("borte:")) if piece.how == "gone" else ("ins", _("nytt:"))
    return format_html('<{}><span class="sr-only"> {} </span>{}</{}>', tag, words, piece.text, tag)
