"""The versions of a document: all of them in a list, and each as the document it was."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from config.lib import clock
from config.lib.days import day_words
from config.lib.language import lang_of
from strategy import document_page as page
from strategy.access import PLACES, document_to_read, may_decide, place_of
from strategy.in_force import Words, newest_words, words_of_versions
from strategy.models import Document, Version
from strategy.page import Filters
from strategy.papers import made_papers, paper_link
from strategy.reading import Reading, key_of, open_to_all, read, version_read
from strategy.slots import without_slots
from strategy.views.comparing import VERSION, version_words
from strategy.views.reading import main_of
from strategy.words import span_of

More = Callable[[HttpRequest, Reading], dict[str, Any]]  # what a part above this one adds to the page
TITLE: Final = re.compile(r'<a class="title-link"([^>]*) href="/(?:mal|veivalg|tiltak)/([\w-]+)/">(.*?)</a>', re.DOTALL)


@open_to_all
@require_safe
def document_versions(request: HttpRequest, place: str, slug: str) -> HttpResponse:
    """Every version of a document, the newest first: to read, to take away, and what it changed."""
    today = clock.today()
    document = document_to_read(request, slug, PLACES[place], today=today)
    versions, shown = list(_versions(document)), version_read(document, today=today)
    made = made_papers(document, [version.pk for version in versions])
    count = len(versions)
    context = {
        "document": document,
        "title": document.known_as,
        "lang": lang_of(document.language),
        "count": ngettext("%(count)d utgave", "%(count)d utgaver", count) % {"count": count},
        "rows": [_row(document, version, made, is_read=version == shown) for version in versions],
        "may_decide": may_decide(request.user, document),
        "crumbs": _crumbs(place, document, _("Utgaver")),
    }
    return render(request, "strategy/versions.html", context)


def _versions(document: Document) -> Any:
    rows = document.versions.defer("content", "corrects__content")
    return rows.select_related("decision", "corrects").order_by("-number")


def _row(document: Document, version: Version, made: set[int], *, is_read: bool) -> dict[str, Any]:
    words, url = paper_link(document, version.number, is_made=version.pk in made)
    before = version.corrects.number if version.corrects else version.number - 1
    return {
        "words": version_words(version),
        "decided": page.decision_line(version.decision)[1][0].text if version.decision else "",
        "url": version_url(document, version.number),
        "paper": words,
        "paper_url": url,
        "changes_url": compare_url(document, before, version.number) if before else "",
        "correct_url": reverse("decision_correct", args=[version.decision_id]) if version.decision_id else "",
        "is_read": is_read,
    }


def coming_words(version: Version, *, today: date) -> str:
    """From when a version will be read that waits for its day."""
    return _("Gjelder fra %(day)s") % {"day": day_words(version.holds_from)} if version.holds_from > today else ""


def version_url(document: Document, number: int) -> str:
    return reverse("document_version", args=[place_of(document), document.slug, number])


def compare_url(document: Document, left: int, right: int) -> str:
    address = reverse("document_compare", args=[place_of(document), document.slug])
    return f"{address}?fra={VERSION}{left}&til={VERSION}{right}"


def version_page(request: HttpRequest, place: str, slug: str, number: int, *, more: More) -> HttpResponse:
    """One version as the document its readers had, with a notice of which one it is."""
    today = clock.today()
    document = document_to_read(request, slug, PLACES[place], today=today)
    version = get_object_or_404(_versions(document), number=number)
    reading = _reading(version, read(document, request.user, today=today))
    main = main_of(reading, page.beside_of(reading), Filters(), None)
    context = {
        "document": document,
        "outline": reading.outline,
        "lang": reading.lang,
        "kicker": page.kicker_of(document),
        "period": span_of(reading.outline["period"]),
        "words": version_words(version),
        "is_read": reading.versions == version.number,
        "coming": coming_words(version, today=today),
        "contents": main.contents,
        "text": leading_nowhere_else(without_slots(main.pieces), newest_words([document.pk], today=today)[document.pk]),
        "facts": _facts(document, version, reading),
        "crumbs": _crumbs(place, document, _("Utgave %(number)s") % {"number": version.number}),
        **more(request, reading),
    }
    return render(request, "strategy/version.html", context)


def _reading(version: Version, shown: Reading) -> Reading:
    """The version in place of the words that are read now, for somebody who only reads."""
    key = key_of(version)
    words = words_of_versions({0: key})[0]
    return replace(shown, words=words, version=key, is_working_text=False, may_edit=False)


def leading_nowhere_else(text: SafeString, now: Words) -> SafeString:
    """The words with the links of what is not in force any more, and so has no page, taken away."""

    def kept(found: re.Match[str]) -> str:
        lang, key, words = found.groups()
        return found[0] if now.item(key) else f"<span{lang}>{words}</span>"

    return mark_safe(TITLE.sub(kept, text))


def _facts(document: Document, version: Version, reading: Reading) -> list[page.FactLine]:
    """Who owned it, when it held, and what was decided up to then."""
    outline, number = reading.outline, version.number
    paper, paper_url = paper_link(document, number, is_made=bool(made_papers(document, [version.pk])))
    versions = [page.Linked(_("Alle utgavene"), reverse("document_versions", args=[place_of(document), document.slug]))]
    if number < reading.versions:
        versions.append(page.Linked(_("Se hva som er endret siden"), compare_url(document, number, reading.versions)))
    elif number > reading.versions:
        versions.append(page.Linked(_("Se hva den endrer"), compare_url(document, reading.versions, number)))
    correction = document.versions.correction_in(number) if version.why else None
    lines = [
        (_("Eier"), [page.Linked(outline["owner"])]),
        (_("Periode"), [page.Linked(span_of(outline["period"]) or _("Ikke oppgitt"))]),
        *[page.decision_line(decision) for decision in version.decisions_until_then()],
        (_("Rettet etter vedtaket"), [page.Linked(correction.why_told)] if correction else []),
        (_("PDF"), [page.Linked(paper, paper_url)] if paper else []),
        (_("Utgaver"), versions),
    ]
    return [page.FactLine(label, tuple(values)) for label, values in lines if values]


def _crumbs(place: str, document: Document, last: str) -> list[dict[str, str]]:
    label = _("Planer") if place == "planer" else _("Strategi")
    here = {"label": document.known_as, "url": document.get_absolute_url()}
    return [{"label": label, "url": f"/{place}/"}, here, {"label": last}]
