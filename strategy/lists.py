"""Rows of a list of documents: those that hold first, filtered by what stands in the address."""

from __future__ import annotations

import json
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.lib import clock
from config.lib.language import lang_of
from config.lib.norwegian import sort_key
from organisation.permissions import Permission
from strategy.coverage import Tally, tallies
from strategy.document_page import Linked, Select, lapse_words
from strategy.expiry import base_words, over_words, own_words
from strategy.models import Document, DocumentKind
from strategy.putting_away import put_away_rows
from strategy.shown_state import ORDER, chip_of, code_of, code_words
from strategy.underneath import Look, looks
from strategy.words import count_goals, count_measures, count_routes, period_of


@dataclass(frozen=True, slots=True)
class ListFilters:
    state: str = ""
    owner: str = ""
    kind: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> ListFilters:
        return cls(query.get("status", ""), query.get("eier", ""), query.get("type", ""))

    @property
    def is_on(self) -> bool:
        return bool(self.state or self.owner or self.kind)

    def takes(self, document: Document, *, today: date) -> bool:
        return (
            self.state in ("", code_of(document, today=today))
            and self.owner in ("", document.owner.slug)
            and self.kind in ("", document.kind)
        )

    def selects(self, documents: Iterable[Document], *, today: date) -> list[Select]:
        """The states and owners there are any documents of."""
        documents = list(documents)
        states = {code_of(document, today=today) for document in documents}
        owners = {document.owner.slug: str(document.owner) for document in documents}
        state_words = tuple((code, code_words(code)) for code in ORDER if code in states)
        return [
            Select("status", _("Status"), state_words, self.state),
            Select("eier", _("Eier"), tuple(sorted(owners.items(), key=lambda owner: sort_key(owner[1]))), self.owner),
        ]


def kinds_select(documents: Iterable[Document], filters: ListFilters) -> Select:
    kinds = {document.kind for document in documents}
    words = tuple((kind.value, str(kind.label).capitalize()) for kind in DocumentKind if kind in kinds)
    return Select("type", _("Type"), words, filters.kind)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    url: str
    title: str
    lang: str
    kind: str
    state: SafeString
    owner: str
    period: str
    counts: tuple[Linked, ...]
    warnings: tuple[str, ...]


def listed(documents: Iterable[Document], filters: ListFilters, *, today: date) -> list[Document]:
    """What the filters leave: those that hold first, then by the newest period, then by title."""
    kept = [document for document in documents if filters.takes(document, today=today)]
    return sorted(kept, key=lambda document: _place(document, today))


def _place(document: Document, today: date) -> tuple[int, int, str]:
    head = document.head
    started = head.from_on.toordinal() if head.from_on else 0
    return ORDER.index(code_of(document, today=today)), -started, head.title


def documents_page(
    request: HttpRequest, kinds: Collection[str], *, title: str, lead: str, filter_kinds: bool, **beside: str
) -> HttpResponse:
    """A list of the documents of these kinds that one may see; `beside_url` and `beside_label` lead on from it."""
    today = clock.today()
    filters = ListFilters.of(request.GET)
    visible = Document.objects.visible_to(request.user, today=today).filter(kind__in=kinds)
    found = list(visible.select_related("owner").prefetch_related("carries_out"))
    shown = listed(found, filters, today=today)
    selects = filters.selects(found, today=today) + ([kinds_select(found, filters)] if filter_kinds else [])
    context = {
        "title": title,
        "lead": lead,
        "rows": document_rows(shown, request.user, today=today),
        "selects": [select for select in selects if len(select.options) > 1],
        "count": list_words(len(shown)),
        "is_filtered": filters.is_on,
        "put_away": put_away_rows(request.user, kinds, today=today),
        **_new_action(request.user, kinds, today=today),
        **beside,
    }
    if request.htmx:  # type: ignore[attr-defined]
        return announced(render(request, "strategy/documents.html#list", context), list_words(len(shown)))
    return render(request, "strategy/documents.html", context)


def _new_action(user: Any, kinds: Collection[str], *, today: date) -> dict[str, str]:
    """The way to write a new document, for those who edit somewhere."""
    if not user.is_authenticated or not user.reach(today)[Permission.EDIT]:
        return {}
    if DocumentKind.ACTION_PLAN in kinds:
        return {"action_url": reverse("plan_new"), "action_label": _("Skriv en ny plan")}
    return {"action_url": reverse("strategy_new"), "action_label": _("Skriv et nytt dokument")}


def announced(response: HttpResponse, words: str) -> HttpResponse:
    """Let a fragment say aloud what it came to."""
    response["HX-Trigger"] = json.dumps({"announce": words})
    return response


def list_words(count: int) -> str:
    return ngettext("%(count)d dokument", "%(count)d dokumenter", count) % {"count": count}


def counts_of(document: Document, tally: Tally) -> tuple[Linked, ...]:
    """What the document holds, each number leading to its list."""
    url = document.get_absolute_url()
    counts = [(count_goals(tally.goals), url, tally.goals)]
    if tally.routes:
        counts.append((count_routes(tally.routes), url, tally.routes))
    if tally.measures:
        dated = _("%(count)d i årshjulet") % {"count": tally.dated}
        without = ngettext("%(count)d mål uten tiltak", "%(count)d mål uten tiltak", tally.goals_without)
        counts += [
            (count_measures(tally.measures), url, tally.measures),
            (dated, f"{url}?vis=datert", tally.dated),
            (without % {"count": tally.goals_without}, f"{url}?vis=uten-tiltak", tally.goals_without),
        ]
    return tuple(Linked(words, address if count else "") for words, address, count in counts)


def document_rows(
    documents: Sequence[Document], user: Any, *, warned: Container[int] | None = None, today: date
) -> list[DocumentRow]:
    """Make the rows in a constant number of queries; the documents come with owner and carries_out fetched.

    `warned` are the owners whose documents show their warnings, and whether what they build on has changed underneath;
    without it, all show their warnings.
    """
    tally = tallies(documents, today=today)
    followed = [document for document in documents if document.owner_id in (warned or ())]
    changed = looks(followed, user, today=today) if followed else {}
    return [
        DocumentRow(
            url=document.get_absolute_url(),
            title=document.known_as,
            lang=lang_of(document.language),
            kind=str(DocumentKind(document.kind).label).capitalize(),
            state=chip_of(document, today=today),
            owner=str(document.owner),
            period=period_of(document),
            counts=counts_of(document, tally[document.pk]),
            warnings=(
                *_own_warnings(document, user, warned, today=today),
                *changed_words(changed.get(document.pk, ())),
            ),
        )
        for document in documents
    ]


def _own_warnings(document: Document, user: Any, warned: Container[int] | None, *, today: date) -> tuple[str, ...]:
    """Whoever owns it is told before its time is up, and what comes next; the others when it is up."""
    if warned is None:
        return warnings_of(document, user, today=today)
    if document.owner_id not in warned:
        return ()
    own = own_words(document, today=today)
    bases = [base for base in document.carries_out.all() if base.is_visible_to(user, today=today)]
    rests = (*rests_words(document, user, today=today), *base_words(document, bases, today=today))
    return (own, *rests) if own else rests


def changed_words(found: Iterable[Look]) -> tuple[str, ...]:
    """What is told of a base that has changed since somebody who writes the document looked."""
    return tuple(_("Endret siden dere sist så på det: «%(title)s».") % {"title": look.base.known_as} for look in found)


def warnings_of(document: Document, user: Any, *, today: date) -> tuple[str, ...]:
    """What its owner should do something about: its time is up, or what it rests on holds no longer."""
    over, rests = over_words(document, today=today), rests_words(document, user, today=today)
    return (over, *rests) if over else rests


def rests_words(document: Document, user: Any, *, today: date) -> tuple[str, ...]:
    bases = document.rests_on_expired(user, today=today)
    return tuple(
        _("Bygger på noe som er utløpt. %(words)s") % {"words": lapse_words(base, today=today)} for base in bases
    )
