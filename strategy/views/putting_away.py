"""Putting away a draft, taking it back, and what its address says meanwhile."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from config.lib import clock
from organisation.permissions import Permission
from strategy import document_page as page
from strategy import putting_away
from strategy.access import document_to_write, place_of
from strategy.models import Document, DocumentKind
from strategy.views.editing import editor_url
from strategy.writing import CannotChangeState


@require_POST
def document_put_away(request: HttpRequest, place: str, slug: str) -> HttpResponse:
    """Put a draft away. The message that says so takes it back."""
    document = document_to_write(request, place, slug, today=clock.today(), also_put_away=True)
    try:
        putting_away.put_away(document, by=request.user)  # type: ignore[arg-type]
    except CannotChangeState as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(editor_url(document))
    said = _("Utkastet «%(title)s» er lagt bort. Du finner det under «Bortlagte utkast» nederst i listen.")
    back = reverse("document_take_back", args=[place, slug])
    messages.success(request, said % {"title": document.title}, extra_tags=back)
    return HttpResponseRedirect(f"/{place}/")


@require_POST
def document_take_back(request: HttpRequest, place: str, slug: str) -> HttpResponse:
    document = document_to_write(request, place, slug, today=clock.today(), also_put_away=True)
    if document.is_put_away:
        putting_away.take_back(document, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("Utkastet er hentet tilbake."))
    return HttpResponseRedirect(editor_url(document))


def put_away_page(request: HttpRequest, document: Document) -> HttpResponse:
    """What whoever could read the draft finds at its address."""
    today = clock.today()
    place = "plans" if document.kind == DocumentKind.ACTION_PLAN else "strategies"
    [row] = putting_away.rows_of([document])
    context = {
        "row": row,
        "kicker": page.kicker_of(document),
        "list_url": f"/{place_of(document)}/",
        "may_take_back": request.user.may(Permission.EDIT, document.owner_id, today=today),  # type: ignore[union-attr]
        "crumbs": page.crumbs(place, document.title),
    }
    return render(request, "strategy/put_away.html", context)
