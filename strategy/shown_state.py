"""Where a document stands, as everybody is told it: what is stored, and what the day has made of it."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from config.lib.days import day_words
from config.lib.ui import STATES, state
from strategy.models import Document, DocumentState

ADOPTED: Final = "adopted"  # and waits for the day it holds from
# In lists: what holds first, and what is over last.
ORDER: Final = (
    DocumentState.IN_FORCE.value,
    ADOPTED,
    DocumentState.HEARING.value,
    DocumentState.DRAFT.value,
    DocumentState.EXPIRED.value,
    DocumentState.REPLACED.value,
)


def code_of(document: Document, *, today: date) -> str:
    return ADOPTED if _awaits(document, today) else document.state_on(today).value


def words_of(document: Document, *, today: date) -> str:
    """«Gjelder», «Vedtatt, gjelder fra 1. januar 2027»."""
    if day := _awaits(document, today):
        return _("Vedtatt, gjelder fra %(day)s") % {"day": day_words(day)}
    return code_words(document.state_on(today).value)


def chip_of(document: Document, *, today: date) -> SafeString:
    return state(code_of(document, today=today), words_of(document, today=today))


def code_words(code: str) -> str:
    return str(STATES[code][1])


def _awaits(document: Document, today: date) -> date | None:
    return document.awaited_on(today) if document.state == DocumentState.IN_FORCE else None
