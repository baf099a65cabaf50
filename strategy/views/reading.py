"""The reading pages of strategies and policies; planning uses the same page for its plans."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config.lib import clock
from config.lib.days import day_words
from organisation.models import About
from strategy import document_page as page
from strategy.access import allowed_url, document_to_read
from strategy.builds_on import above_of
from strategy.changes import changes_since, unadopted
from strategy.expiry import base_words, ended_words, own_words, replaced_words
from strategy.inheriting import bases_above
from strategy.lists import announced, documents_page
from strategy.models import Document, DocumentKind, DocumentState, SectionKind
from strategy.notes import shown_note
from strategy.page import Beside, BodyMaker, Filters
from strategy.reading import COMING, WORKING, Around, Reading, around, open_to_all, read
from strategy.shown_state import chip_of
from strategy.slots import Pieces, pieces_of
from strategy.talk_on_page import talk_on
from strategy.views.editing import editor_url
from strategy.views.putting_away import put_away_page
from strategy.words import span_of

STRATEGIES = (DocumentKind.STRATEGY, DocumentKind.POLICY)
More = Callable[[HttpRequest, Reading, Around], dict[str, Any]]  # what a part above this one adds to the page


@open_to_all
def strategies(request: HttpRequest) -> HttpResponse:
    """Strategies and policies, those that hold first."""
    lead = _("Hva universitetet vil, og hvilke veier det har valgt.")
    return documents_page(request, STRATEGIES, title=_("Strategi"), lead=lead, filter_kinds=True)


@open_to_all
def strategy(request: HttpRequest, slug: str) -> HttpResponse:
    return document_page(request, slug, STRATEGIES)


@open_to_all
def strategy_part(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    return document_part(request, slug, key, STRATEGIES)


def document_part(
    request: HttpRequest, slug: str, key: str, kinds: Collection[str], more: More | None = None
) -> HttpResponse:
    """One area of a long document, opened in its place; without script the page with that area open."""
    if not request.htmx:  # type: ignore[attr-defined]
        return document_page(request, slug, kinds, more, opened=key)
    today = clock.today()
    reading = _reading(request, document_to_read(request, slug, kinds, today=today), today=today)
    _refuse_unknown(reading, key)
    pieces = part_of(reading, _beside(request, reading, today=today), page.filters_of(request.GET), key)
    return HttpResponse(talk_on(request.user, reading, today=today).fill(pieces))


def _reading(request: HttpRequest, document: Document, *, today: date) -> Reading:
    wanted = request.GET.get("tekst")
    return read(
        document,
        request.user,
        today=today,
        wants_working_text=wanted == WORKING,
        wants_coming=wanted == COMING,
    )


def _refuse_unknown(reading: Reading, area: str) -> None:
    """Http404 unless the document has this area at its top level."""
    if area not in {each["id"] for each in reading.outline["areas"]}:
        raise Http404


def _asked(request: HttpRequest) -> str:
    """What the page was asked for with, without what says which areas are open."""
    asked = request.GET.copy()
    for name in ("ved", "alt"):
        asked.pop(name, None)
    return asked.urlencode()


def _opened(request: HttpRequest, reading: Reading, opened: str) -> Collection[str] | None:
    """Which areas of a long document are open from the beginning: that of the item in `ved`; None for all."""
    if request.GET.get("alt"):
        return None
    return reading.words.tops_of(opened or request.GET.get("ved", ""))


def document_page(
    request: HttpRequest, slug: str, kinds: Collection[str], more: More | None = None, *, opened: str = ""
) -> HttpResponse:
    """A document's page: who stands behind it, and its words with goals, routes and measures beside each other."""
    today = clock.today()
    document = document_to_read(request, slug, kinds, today=today, also_put_away=True)
    if document.is_put_away:
        return put_away_page(request, document)
    reading = _reading(request, document, today=today)
    if opened:
        _refuse_unknown(reading, opened)
    shows = _opened(request, reading, opened)
    filters = page.filters_of(request.GET)
    beside = _beside(request, reading, today=today)
    talk = talk_on(request.user, reading, today=today)
    if request.htmx:  # type: ignore[attr-defined]
        shown = main_context(reading, beside, filters, shows, query=_asked(request))
        body = render_to_string("strategy/_document_main.html#body", shown, request)
        return announced(HttpResponse(talk.fill(pieces_of(body))), shown["count"])
    near = around(document, request.user, today=today)
    wheels = document.wheels.visible_to(request.user)  # type: ignore[attr-defined]  # a part above this one
    place = "plans" if document.kind == DocumentKind.ACTION_PLAN else "strategies"
    period = span_of(reading.outline["period"])
    main = main_of(reading, beside, filters, shows, query=_asked(request))
    context = {
        "document": document,
        "state": chip_of(document, today=today),
        "reading": reading,
        "outline": reading.outline,
        "lang": reading.lang,
        "contents": main.contents,
        "text": talk.fill(main.pieces),
        "talk": talk,
        "has_unadopted_changes": _has_unadopted_changes(reading, today=today),
        **_waiting(reading, today=today),
        "edit_url": editor_url(document),
        "allowed_url": allowed_url(request.user, document, "dokument", document.slug, today=today),
        "kicker": page.kicker_of(document),
        "period": period,
        "crumbs": page.crumbs(place, reading.outline["title"]),
        "facts": page.fact_lines(reading, period, near, wheels, today=today),
        **(more(request, reading, near) if more else {}),
        "note": shown_note(document, About.DOCUMENT, document.slug, request.user, today=today),
        "replaced": replaced_words(document, near.followed_by, today=today),
        "expiry": _expiry(reading, near, today=today),
        "lapsed": [(base, page.lapse_words(base, today=today)) for base in near.lapsed_bases(document, today=today)],
    }
    return render(request, "strategy/document.html", context)


def _beside(request: HttpRequest, reading: Reading, *, today: date) -> Beside:
    """With what is built up under, as it now reads: an earlier version is read without."""
    return page.beside_of(reading, above_of(reading.words, request.user, today=today))


def _has_unadopted_changes(reading: Reading, *, today: date) -> bool:
    """Whether the working text says something else than what was adopted last, for those who write it."""
    if not reading.may_edit or reading.version is None or reading.comes_on:
        return False
    document = reading.document
    changes = unadopted(document) if document.coming_on(today) else changes_since(document, reading.version)
    return changes.is_any


def _expiry(reading: Reading, near: Around, *, today: date) -> list[str]:
    """That its time is over; those who write it are told beforehand, and of the time of what it rests on."""
    document = reading.document
    own = (reading.may_edit and own_words(document, today=today)) or ended_words(document, today=today)
    bases = base_words(document, near.carries_out, today=today) if reading.may_edit else ()
    return [*([own] if own else []), *bases]


def _waiting(reading: Reading, *, today: date) -> dict[str, str]:
    """What is said of words that are adopted and wait for their day, where they are not what is read."""
    if reading.comes_on:
        return {"coming": reading.coming_words}
    document = reading.document
    if document.state_on(today) == DocumentState.REPLACED:
        return {}
    if day := document.coming_on(today):
        said = _("En ny utgave er vedtatt. Den gjelder fra %(day)s.") % {"day": day_words(day)}
        return {"announced": said, "announced_url": f"?tekst={COMING}"}
    if day := document.awaited_on(today):
        return {"announced": _("Dette er vedtatt og gjelder fra %(day)s.") % {"day": day_words(day)}}
    return {}


@dataclass(frozen=True, slots=True)
class Main:
    """A document's words as HTML: the contents beside them, and the words themselves with places for comments."""

    contents: str
    pieces: Pieces


Made = TypeVar("Made")


def main_of(
    reading: Reading, beside: Beside, filters: Filters, opened: Collection[str] | None, *, query: str = ""
) -> Main:
    """Set the words, of a long document those of the opened areas alone."""
    shown = None if opened is None else frozenset(opened)
    made = lambda: _set(main_context(reading, beside, filters, opened, query=query))  # noqa: E731
    return made() if query else _once(reading, beside, filters, ("main", shown), made)


def part_of(reading: Reading, beside: Beside, filters: Filters, key: str) -> Pieces:
    """Set one area, open."""

    def made() -> Pieces:
        area = BodyMaker(reading.words, beside, filters, reading.lang).part(key)
        context = {"area": area, "lang": reading.lang, "filtered": filters.is_on}
        return pieces_of(render_to_string("strategy/_area_opened.html", context))

    return _once(reading, beside, filters, ("area", key), made)


def _once(reading: Reading, beside: Beside, filters: Filters, what: Hashable, made: Callable[[], Made]) -> Made:
    """Frozen words that are not filtered are set once for each language, and kept."""
    if filters.is_on or reading.is_working_text or reading.version is None:
        return made()
    key = (reading.version, get_language(), beside.key, what)
    if key not in _kept:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = made()
    return _kept[key]


MOST_KEPT = 200
_kept: dict[Hashable, Any] = {}


def forget_pages() -> None:
    """Let go of all kept pages, for tests."""
    _kept.clear()


def _set(context: dict[str, Any]) -> Main:
    return Main(
        render_to_string("strategy/_contents.html", {"contents": context["contents"]}),
        pieces_of(render_to_string("strategy/_document_main.html", context)),
    )


def main_context(
    reading: Reading, beside: Beside, filters: Filters, opened: Collection[str] | None, *, query: str = ""
) -> dict[str, Any]:
    """What the words are set from, filtered. `query` is what the page was asked for with."""
    body = BodyMaker(reading.words, beside, filters, reading.lang, opened=opened).body()
    before = page.sections(reading.outline, SectionKind.PURPOSE, SectionKind.BACKGROUND, SectionKind.CHALLENGE)
    after = page.sections(reading.outline, SectionKind.EVALUATION)
    return {
        "address": reading.document.get_absolute_url(),
        "query": f"?{query}" if query else "",
        "whole_query": f"?{query}&alt=1" if query else "?alt=1",
        "has_closed": any(area.holds for area in body.areas),
        "is_working_text": reading.is_working_text,
        "outline": reading.outline,
        "lang": reading.lang,
        "body": body,
        "filters": filters,
        "selects": page.selects_of(reading.words, filters, dict(beside.target_groups)),
        "count": page.count_words(body, filters),
        "before": () if filters.is_on else before,
        "after": () if filters.is_on else after,
        "contents": page.contents(before, body.areas, after, reading.lang),
        **({} if body.goal_count else _writing(reading)),
    }


def _writing(reading: Reading) -> dict[str, Any]:
    """Where whoever reads their own working text writes its first goal. Frozen words are set once, for everybody."""
    if not reading.may_edit or not (reading.is_working_text or reading.version is None):
        return {}
    return {"write_url": editor_url(reading.document), "stands_under": bool(bases_above(reading.document))}
