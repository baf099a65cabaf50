"""Deciding: adopting a document, and what it goes through before and after."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_POST

from config.lib import clock
from config.lib.days import day_words
from config.lib.editing import Editing, handle, how, read_or_send, sent
from config.lib.models import StaleEdit
from config.lib.numbers import whole_number
from organisation.models import Hearing
from organisation.permissions import Permission
from strategy import services, writing
from strategy.access import document_to_write, may_decide, row_of_document
from strategy.bounds import adoptions_around
from strategy.document_page import changes_since_adoption
from strategy.forms_deciding import AdoptForm, AdoptionForm
from strategy.hearings import unanswered_in
from strategy.models import Decision, Document, DocumentState
from strategy.moving import row_key
from strategy.reading import is_heard
from strategy.shown_state import words_of
from strategy.views.editing import crumbs, editor_url, page_in, to_row

MOST_CHANGES = 10**9  # of one document, more than anybody makes


@read_or_send
def document_adopt(request: HttpRequest, place: str, slug: str) -> HttpResponse:
    """Adopt the document: from now on readers see these words, until it is adopted again."""
    today = clock.today()
    document = document_to_write(request, place, slug, today=today, permission=Permission.DECIDE)
    data = request.POST.copy() if request.method == "POST" else None
    after, _none = adoptions_around(document)
    form = AdoptForm(
        data,
        today=today,
        document=document,
        after=after,
        replaced=_to_replace(request.user, document),
        initial={"seen": services.fingerprint(document)},
    )
    if data is not None and form.is_valid():
        if _adopt(request, document, form):
            return HttpResponseRedirect(document.get_absolute_url())
        data["seen"] = services.fingerprint(document)
    heading = _("Vedta «%(title)s»") % {"title": document.title}
    context = {
        "document": document,
        "form": form,
        "heading": heading,
        "crumbs": crumbs(document, _("Vedta")),
        "back": editor_url(document),
        "changes_url": changes_since_adoption(document),
        "why_not": "" if data else services.why_not_adopted(document, today=today),
        "heard_until": _heard_until(document, today=today),
    }
    if unanswered := unanswered_in(document):
        context |= unanswered_warning(document, unanswered)
    return render(request, "strategy/adopt.html", context)


def _to_replace(user: Any, document: Document) -> Document | None:
    """What the document follows, where it still holds and the person decides about it too."""
    before = document.follows
    if before is None or before.state_on(clock.today()) not in (DocumentState.IN_FORCE, DocumentState.EXPIRED):
        return None
    return before if may_decide(user, before) else None


def _heard_until(document: Document, *, today: date) -> str:
    """The last day of a hearing that is still open, in words; "" where none is."""
    if document.state == DocumentState.DRAFT:
        return ""
    days = Hearing.objects.filter(within=document.slug, closed_at=None, closes_on__gte=today).values_list(
        "closes_on", flat=True
    )
    return day_words(days[0]) if days else ""


def unanswered_warning(document: Document, count: int) -> dict[str, Any]:
    """What stands above the form where somebody who was heard has no answer yet."""
    words = ngettext("%(count)d innspill er ubesvart.", "%(count)d innspill er ubesvarte.", count) % {"count": count}
    hearing = Hearing.objects.filter(within=document.slug).latest("opened_on", "pk")
    return {"unanswered": words, "hearing_url": f"{reverse('hearing', args=[hearing.pk])}?vis=ubesvart"}


def _adopt(request: HttpRequest, document: Document, form: forms.Form) -> bool:
    try:
        version = services.adopt(document, by=request.user, now=timezone.now(), **form.cleaned_data)  # type: ignore[arg-type]
    except services.CannotAdopt as refused:
        form.add_error(None, str(refused))
        return False
    if version.holds_from > clock.today():
        said = _("Vedtatt. Utgave %(number)s gjelder fra %(day)s, og er det alle leser fra da av.")
    else:
        said = _("Vedtatt. Utgave %(number)s er det alle leser fra nå av.")
    said %= {"number": version.number, "day": day_words(version.holds_from)}
    messages.success(request, said)
    return True


@read_or_send
def decision_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the day, the body or the case number of an adoption; what was adopted stays as it is."""
    today = clock.today()
    decision = row_of_document(request, Decision, today=today, permission=Permission.DECIDE, pk=pk)
    if not decision.is_behind_version:
        raise Http404
    around = adoptions_around(decision.document, decision)
    form = AdoptionForm(instance=decision, today=today, around=around, **sent(request))
    return handle(
        request,
        Editing(form),
        page_in(decision.document, _("Rett vedtaket"), key=row_key(decision), lead=_(ONLY_ABOUT)),
        save=lambda: writing.save_row(decision, **how(request, form)),
        done=lambda saved: to_row(saved.document, row_key(saved)),
    )


ONLY_ABOUT = gettext_noop("Bare det som står om vedtaket, rettes. Ordene som ble vedtatt, og utgaven, blir som de er.")


@require_POST
def document_state(request: HttpRequest, place: str, slug: str) -> HttpResponse:
    """Take a document back from hearing; a leader also says when it no longer holds."""
    today = clock.today()
    document = document_to_write(request, place, slug, today=today)
    try:
        writing.change_state(
            document,
            by=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
            to=request.POST.get("to", ""),
            may_decide=may_decide(request.user, document),
            expected=whole_number(request.POST.get("lock_version"), MOST_CHANGES) or 0,
        )
    except writing.CannotChangeState as refused:
        messages.error(request, str(refused))
    except StaleEdit:
        messages.error(request, _("Noen andre endret dokumentet samtidig. Se over siden og prøv igjen."))
    else:
        said = _("Status er nå: %(state)s.")
        if request.POST.get("to") == DocumentState.DRAFT and document.is_published:
            said = _("Høringen er avsluttet. Status er som før: %(state)s.")
        messages.success(request, said % {"state": words_of(document, today=today)})
    return HttpResponseRedirect(editor_url(document))


def state_choices(user: Any, document: Document) -> list[dict[str, str]]:
    """The buttons that change where a document stands."""
    words = {
        DocumentState.DRAFT: _("Trekk tilbake fra høring"),
        DocumentState.EXPIRED: _("Sett som utløpt"),
        DocumentState.REPLACED: _("Sett som erstattet"),
        DocumentState.IN_FORCE: _("Sett som gjeldende igjen"),
    }
    states = writing.next_states(document, may_decide=may_decide(user, document))
    if document.is_published and is_heard(document):
        states = (DocumentState.DRAFT, *states)
    return [{"to": str(state), "verb": words[state]} for state in states]
