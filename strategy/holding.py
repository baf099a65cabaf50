"""From when adopted words hold: what is proposed to whoever adopts, and which days there are to choose between."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from config.lib.days import day_words
from strategy.models import Document

FURTHEST: Final = timedelta(days=5 * 366)  # a day further ahead is a slip of the pen


def default_start(document: Document, *, decided_on: date) -> date:
    """The day of decision; the first day of the period where the document has never held.

    Where words wait for their day already, those that are adopted in their stead wait for the same.
    """
    if not document.is_published:
        return document.period_from_on or decided_on
    waiting = document.versions.filter(holds_from__gt=decided_on).order_by("number").last()  # type: ignore[attr-defined]
    return waiting.holds_from if waiting else decided_on


def why_not_from(document: Document, day: date, *, decided_on: date) -> str:
    """What is in the way of words that hold from this day; "" where nothing is."""
    first = decided_on
    if not document.is_published and document.period_from_on:
        first = min(first, document.period_from_on)
    last = document.period_to_on
    if day < first:
        return _("Teksten kan tidligst gjelde fra %(day)s.") % {"day": day_words(first)}
    if last and day > last:
        return _("Da er perioden over: den slutter %(day)s.") % {"day": day_words(last)}
    if day > decided_on + FURTHEST:
        return _("Dette er mer enn fem år etter vedtaket. Se over årstallet.")
    return ""
