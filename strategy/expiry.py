"""Saying in good time that a document's period ends, or that of what it rests on, to those who own it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.lib.days import day_words
from strategy.models import Document, DocumentState

IN_GOOD_TIME: Final = timedelta(days=183)  # half a year: a plan is written, heard and adopted in less
A_MONTH: Final = 30


def ends_soon(document: Document, *, today: date) -> bool:
    """Whether a document that holds has a last day within half a year."""
    last = document.head.to_on
    holds = document.state_on(today) == DocumentState.IN_FORCE
    return holds and last is not None and today <= last <= today + IN_GOOD_TIME


def over_words(document: Document, *, today: date) -> str:
    """What is told of a document that nobody has set as expired, whose period has ended; "" of any other."""
    return ended_words(document, today=today) if document.state == DocumentState.IN_FORCE else ""


def ended_words(document: Document, *, today: date) -> str:
    """What readers are told where they read it: that its period has ended, and nothing has replaced it."""
    last = document.head.to_on
    if last is None or not document.is_past_period(today) or document.state_on(today) != DocumentState.EXPIRED:
        return ""
    return _("Perioden er over. Dokumentet gjaldt til %(day)s.") % {"day": day_words(last)}


def replaced_words(document: Document, followers: Iterable[Document], *, today: date) -> tuple[str, str]:
    """What is said of a document that another has replaced, or will, and where that is read; ("", "") of any other."""
    day = document.replaced_on
    is_over = document.state_on(today) == DocumentState.REPLACED
    since = day or today
    held = [other for other in followers if other.is_published and not other.awaited_on(since)]
    if not held or not (is_over or day):
        return "", ""
    follower = max(held, key=lambda other: other.pk)
    said = _("Erstattet av «%(title)s».") if is_over else _("Erstattes av «%(title)s» fra %(day)s.")
    words = {"title": follower.known_as, "day": day_words(day) if day else ""}
    return said % words, follower.get_absolute_url()


def own_words(document: Document, *, today: date) -> str:
    """What the owner is told of the document's own period: that it is over, or when it will be, and who comes next."""
    last = document.head.to_on
    if document.state != DocumentState.IN_FORCE or last is None or document.state_on(today) == DocumentState.REPLACED:
        return ""
    if over := over_words(document, today=today):
        said = over
    elif ends_soon(document, today=today):
        said = _("Gjelder til %(day)s (%(left)s).") % {"day": day_words(last), "left": left_words(last, today=today)}
    else:
        return ""
    return f"{said} {_next_words(document)}"


def _next_words(document: Document) -> str:
    nexts = [other for other in document.followed_by.all() if other.is_standing]  # type: ignore[attr-defined]
    if not nexts:
        return _("Ingen har begynt på det neste.")
    return _("Det neste er «%(title)s».") % {"title": nexts[0].known_as}


def base_words(document: Document, bases: Iterable[Document], *, today: date) -> tuple[str, ...]:
    """The same of what it carries out (`bases`, as far as the person sees); what has lapsed is told elsewhere."""
    if not document.is_standing:
        return ()
    soon = (base for base in bases if ends_soon(base, today=today))
    return tuple(
        _("Bygger på «%(title)s», som gjelder til %(day)s (%(left)s).")
        % {"title": base.known_as, "day": day_words(last), "left": left_words(last, today=today)}
        for base in soon
        if (last := base.head.to_on)
    )


def left_words(last: date, *, today: date) -> str:
    """How far it is to the last day, as people say it: "om 5 dager", "om 3 uker", "om 4 måneder"."""
    days = (last - today).days
    if days == 0:
        return _("i dag")
    if days < 14:
        return ngettext("om %(count)d dag", "om %(count)d dager", days) % {"count": days}
    if days < 2 * A_MONTH:
        return ngettext("om %(count)d uke", "om %(count)d uker", days // 7) % {"count": days // 7}
    return ngettext("om %(count)d måned", "om %(count)d måneder", days // A_MONTH) % {"count": days // A_MONTH}
