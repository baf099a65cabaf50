"""Where one can comment on a document's page: places in its words, filled for whoever may and left empty for the rest.

The words are kept as HTML for all readers alike, so nothing of what one person sees may be kept with them. They hold
marks where a press can stand (`<!--si mal:key-->`) and where the conversation opens (`her`, or `rad` in a table).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from config.lib.ui import icon
from organisation.models import About
from strategy.subjects import Place, mark_of, short, url_of

MOST_KEPT: Final = 8_192
SLOT: Final = re.compile(r"<!--(si|her|rad)((?: [a-z]+:[\w-]+)*)-->")
Pieces = tuple[str, ...]  # HTML, what a slot is for, what it is about, HTML, …


def pieces_of(html: str) -> Pieces:
    return tuple(SLOT.split(html))


def without_slots(pieces: Pieces) -> SafeString:
    return mark_safe("".join(pieces[::3]))


@dataclass(frozen=True)
class Filler:
    """What fills the slots for one person: how much each place has been talked about, and what it says."""

    counts: Mapping[Place, int]
    words: Mapping[Place, str]
    lang: Any

    def fill(self, pieces: Pieces) -> SafeString:
        filled = list(pieces)
        for at in range(1, len(pieces), 3):
            filled[at], filled[at + 1] = self._slot(pieces[at], pieces[at + 1]), ""
        return mark_safe("".join(filled))

    def _slot(self, purpose: str, marks: str) -> str:
        places = tuple(place for place in _places(marks) if place in self.words)
        if not places:
            return ""
        if purpose == "si":
            first = places[0]
            return _press(*first, self.counts.get(first, 0), self.words[first], self.lang, get_language())
        return _here(purpose, places)


# A page has a hundred slots or more, and most say the same to everybody and at every request.


@lru_cache(maxsize=MOST_KEPT)
def _places(marks: str) -> tuple[Place, ...]:
    return tuple((about, key) for about, _colon, key in (each.partition(":") for each in marks.split()))


@lru_cache(maxsize=MOST_KEPT)
def _here(purpose: str, places: tuple[Place, ...]) -> SafeString:
    """Where the conversations open, one after the other."""
    here = format_html_join("", '<div class="talk-place" id="samtale-{}"></div>', ((mark_of(*p),) for p in places))
    in_table = '<tbody class="talk-row"><tr><td colspan="3">{}</td></tr></tbody>'
    return here if purpose == "her" else format_html(in_table, here)


@lru_cache(maxsize=MOST_KEPT)
def _press(about: str, key: str, count: int, words: str, lang: SafeString, language: str | None) -> SafeString:
    return opener(about, key, count, words, lang)


def opener(about: str, key: str, count: int, words: str, lang: Any, *, oob: bool = False) -> SafeString:
    """The quiet press at an item: its own page, or in place by htmx; `oob` brings a new count."""
    mark, url = mark_of(about, key), url_of(about, key)
    said = _("Kommenter hele dokumentet") if about == About.DOCUMENT else _("Kommenter")
    if count:
        said = ngettext("%(count)d kommentar", "%(count)d kommentarer", count) % {"count": count}
    if count and about == About.DOCUMENT:
        said = _("%(comments)s til hele dokumentet") % {"comments": said}
    return format_html(
        '<a class="talk-open no-print" id="kommenter-{mark}" href="{url}" hx-get="{url}" hx-target="#samtale-{mark}"'
        ' hx-swap="innerHTML"{oob}>{icon}{said}<span class="sr-only">: <span{lang}>{words}</span></span></a>',
        mark=mark,
        url=url,
        oob=mark_safe(' hx-swap-oob="true"') if oob else "",
        icon=icon("comment"),
        said=said,
        lang=lang,
        words=short(words, 60),
    )
