"""The reading pages of strategies and policies; planning uses the same page for its plans."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from config.lib import clock
from strategy import document_page as page
from strategy.in_force import Words
from strategy.lists import documents_page
from strategy.models import Document, DocumentKind, SectionKind
from strategy.page import BodyMaker
from strategy.reading import WORKING, around, open_to_all, read
from strategy.services import has_unadopted_changes
from strategy.words import period_words

STRATEGIES = (DocumentKind.STRATEGY, DocumentKind.POLICY)


@open_to_all
def strategies(request: HttpRequest) -> HttpResponse:
    """Strategies and policies, those that hold first."""
    lead = _("Hva universitetet vil, og hvilke veier det har valgt.")
    return documents_page(request, STRATEGIES, title=_("Strategi"), lead=lead, filter_kinds=True)


@open_to_all
def strategy(request: HttpRequest, slug: str) -> HttpResponse:
    return document_page(request, slug, STRATEGIES)


def document_page(request: HttpRequest, slug: str, kinds: Collection[str]) -> HttpResponse:
    """A document's page: who stands behind it, and its words with goals, routes and measures beside each other."""
    today = clock.today()
    visible = Document.objects.visible_to(request.user, today=today).filter(kind__in=kinds)
    document = get_object_or_404(visible.select_related("owner"), slug=slug)
    wants_working_text = request.GET.get("tekst") == WORKING
    reading = read(document, request.user, today=today, wants_working_text=wants_working_text)
    words = Words(reading.outline)
    filters = page.filters_of(request.GET)
    beside = page.beside_of(reading, page.slugs_of(reading, words))
    body = BodyMaker(words, beside, filters).body()
    context: dict[str, Any] = {
        "document": document,
        "reading": reading,
        "outline": reading.outline,
        "body": body,
        "filters": filters,
        "selects": page.selects_of(
            reading.outline, filters, dict(beside.target_groups), has_measures=bool(words.measures)
        ),
        "count": page.count_words(body, filters),
        "lang": reading.lang,
    }
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "strategy/document.html#body", context)
    near = around(document, request.user, today=today)
    before = page.sections(reading.outline, SectionKind.PURPOSE, SectionKind.BACKGROUND, SectionKind.CHALLENGE)
    after = page.sections(reading.outline, SectionKind.EVALUATION)
    wheels = document.wheels.visible_to(request.user)  # type: ignore[attr-defined]  # a part above this one
    place = "plans" if document.kind == DocumentKind.ACTION_PLAN else "strategies"
    context |= {
        "has_unadopted_changes": reading.may_edit and reading.is_frozen and has_unadopted_changes(document),
        "kicker": page.kicker_of(document),
        "period": period_words(document.period_from_on, document.period_to_on),
        "crumbs": page.crumbs(place, document.title),
        "facts": page.fact_lines(document, near, wheels, is_small_print=request.user.is_authenticated),
        "lapsed": [(base, page.lapse_words(base, today=today)) for base in near.lapsed_bases(document, today=today)],
        "before": before,
        "after": after,
        "contents": page.contents(before, body.areas, after),
    }
    return render(request, "strategy/document.html", context)
