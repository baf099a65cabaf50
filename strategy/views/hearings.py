"""Hearings: sending a draft out, and one page with all that was said and what became of it."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.forms import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config.lib import clock
from config.lib.days import day_words
from config.lib.editing import Editing, FormPage, handle, read_or_send, sent
from config.lib.language import lang_of
from organisation.comment_forms import HearingForm
from organisation.models import Hearing, User
from organisation.permissions import Permission
from strategy import hearings
from strategy.access import document_to_write, may_decide, place_of, refuse_unless, refuse_unseen
from strategy.hearing_page import (
    Gathered,
    HearingFilters,
    count_inputs,
    gathered,
    hearing_url,
    hearing_words,
    selects_of,
    unanswered_words,
)
from strategy.models import Document
from strategy.talk import Rights
from strategy.views.editing import crumbs, editor_url
from strategy.writing import CannotChangeState


@read_or_send
def hearing_new(request: HttpRequest, place: str, slug: str) -> HttpResponse:
    """Send a draft on hearing, with a last day and a word to those who are asked."""
    today = clock.today()
    document = document_to_write(request, place, slug, today=today)
    if request.method != "POST" and (why_not := hearings.why_not_sent(document)):
        if standing := hearings.standing_hearing(document):
            return HttpResponseRedirect(hearing_url(standing))
        messages.error(request, why_not)
        return HttpResponseRedirect(editor_url(document))
    form = HearingForm(instance=Hearing(), today=today, **sent(request))
    heading = _("Send «%(title)s» på høring") % {"title": document.title}
    lead = _("Alle med en rolle ved %(owner)s og enhetene under kan lese utkastet og gi innspill.")
    if document.is_published:
        lead = _(
            "Alle med en rolle ved %(owner)s og enhetene under kan lese arbeidsteksten og gi innspill. "
            "Det som er vedtatt, gjelder som før."
        )

    def save() -> Hearing:
        try:
            return hearings.open_hearing(form.instance, document, by=request.user, today=today)  # type: ignore[arg-type]
        except CannotChangeState as refused:
            raise ValidationError(str(refused)) from None

    return handle(
        request,
        Editing(form),
        FormPage(
            heading=heading,
            back=editor_url(document),
            crumbs=crumbs(document, _("Høring")),
            lead=lead % {"owner": document.owner},
            verb=_("Send på høring"),
        ),
        save=save,
        done=lambda saved: document.get_absolute_url(),
        tell=lambda saved: messages.success(request, _sent_words(saved)),
    )


def _sent_words(hearing: Hearing) -> str:
    """That a document is on hearing, until when and for whom."""
    said = _("Sendt på høring til og med %(day)s. Alle med en rolle ved %(owner)s og enhetene under kan gi innspill.")
    return said % {"day": day_words(hearing.closes_on), "owner": hearing.owner}


def _fetch(request: HttpRequest, pk: int) -> tuple[Hearing, Document]:
    visible = Hearing.objects.visible_to(request.user, today=clock.today()).select_related("owner", "opened_by")
    hearing = get_object_or_404(visible, pk=pk)
    return hearing, get_object_or_404(Document.objects.select_related("owner"), slug=hearing.within)


@read_or_send
def hearing_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a hearing a later day, or say more to those who are asked."""
    hearing, document = _fetch(request, pk)
    refuse_unseen(request.user, document, today=clock.today())
    refuse_unless(request.user, Permission.EDIT, document, today=clock.today())
    if hearing.closed_at is not None:
        messages.error(request, _("Høringen er avsluttet. Send dokumentet på høring på nytt."))
        return HttpResponseRedirect(hearing_url(hearing))
    form = HearingForm(instance=hearing, today=clock.today(), **sent(request))
    heading = _("Endre høringen")
    return handle(
        request,
        Editing(form),
        FormPage(heading=heading, back=hearing_url(hearing), crumbs=_crumbs(document, hearing, heading)),
        save=lambda: hearings.change_hearing(hearing, by=request.user, expected=form.expected),  # type: ignore[arg-type]
        done=lambda saved: hearing_url(saved),
    )


def _crumbs(document: Document, hearing: Hearing, heading: str = "") -> list[dict[str, str]]:
    trail = [*crumbs(document, "")[:1], {"label": document.known_as, "url": document.get_absolute_url()}]
    own = {"label": _("Høring"), **({"url": hearing_url(hearing)} if heading else {})}
    return [*trail, own, *([{"label": heading}] if heading else [])]


def _adopt_url(rights: Rights, said: Gathered) -> str:
    """Where whoever decides goes on to adopt what was heard, once the last day is over and all of it is answered."""
    document, asked = rights.document, rights.hearing
    is_over = asked is not None and asked.closed_at is None and not asked.is_open(rights.today)
    if not is_over or said.unanswered_count or not may_decide(rights.user, document):
        return ""
    return reverse("document_adopt", args=[place_of(document), document.slug])


@require_safe
def hearing(request: HttpRequest, pk: int) -> HttpResponse:
    """All that was said in a hearing, in the order of the document, with the answers."""
    today, user = clock.today(), request.user
    found, document = _fetch(request, pk)
    assert isinstance(user, User)  # nobody else sees a hearing
    rights = Rights(user, document, found, today)
    filters = HearingFilters.of(request.GET)
    may_open = Document.objects.visible_to(user, today=today).filter(pk=document.pk).exists()
    said = gathered(found, rights, filters, may_open=may_open)
    trail = _crumbs(document, found)
    if not may_open:
        del trail[1]["url"]
    context: dict[str, Any] = {
        "hearing": found,
        "document": document,
        "address": hearing_url(found),
        "when": hearing_words(found, today=today),
        "opened": _("Sendt på høring %(day)s av %(who)s") % {"day": day_words(found.opened_on), "who": found.opened_by},
        "is_open": found.is_open(today),
        "lang": lang_of(document.language),
        "document_url": document.get_absolute_url() if may_open else "",
        "edit_url": reverse("hearing_edit", args=[pk]) if rights.may_edit and found.closed_at is None else "",
        "said": said,
        "filters": filters,
        "selects": selects_of(said, filters),
        "count": count_inputs(said.shown_count),
        "adopt_url": _adopt_url(rights, said),
        "unanswered": unanswered_words(said.unanswered_count) if said.unanswered_count else "",
        "at": int(request.GET["ved"]) if request.GET.get("ved", "").isdigit() else 0,
        "crumbs": trail,
    }
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "strategy/hearing.html", context)
    response = render(request, "strategy/hearing.html#inputs", context)
    response["HX-Trigger"] = json.dumps({"announce": context["count"]})
    return response
