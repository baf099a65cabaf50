"""What has been changed in a document and what stands in it: who, when, from, to and why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from config.lib import clock
from config.lib.changes import Change, changes_of, merged
from config.lib.conflicts import NOTHING
from config.lib.language import lang_of
from organisation.permissions import Permission
from strategy.access import document_to_write, row_of_document
from strategy.logs import figure_changes, link_changes
from strategy.models import Document, Fact, ItemStatus
from strategy.moving import row_key
from strategy.views.correcting import correct_url
from strategy.views.editing import crumbs, to_row
from strategy.views.restoring import identity, name_of, restore_url
from strategy.writing import document_of

ON_A_PAGE = 50


@require_safe
def item_changes(request: HttpRequest, model: Any, key: str) -> HttpResponse:
    """What has been changed in an area, a goal or a route, and in what it leans on in other documents."""
    item = row_of_document(request, model, today=clock.today(), permission=Permission.READ_DRAFTS, key=key)
    links = link_changes(item.links, user=request.user, today=clock.today()) if hasattr(item, "links") else []  # type: ignore[arg-type]
    return changes_in(request, item.document, str(item), merged(changes_of(item), links), key=key, row=item)


@require_safe
def row_changes(request: HttpRequest, model: Any, pk: int) -> HttpResponse:
    """What has been changed in a section, a target or a fact box, the figures in it among it."""
    row = row_of_document(request, model, today=clock.today(), permission=Permission.READ_DRAFTS, pk=pk)
    figures = figure_changes(row, _("Tall i boksen")) if isinstance(row, Fact) else []
    return changes_in(request, document_of(row), str(row), merged(changes_of(row), figures), key=row_key(row), row=row)


@require_safe
def document_changes(request: HttpRequest, place: str, slug: str) -> HttpResponse:
    """What has been changed in a document's head: its title, period, vision, state, and what it leans on."""
    document = document_to_write(request, place, slug, today=clock.today(), permission=Permission.READ_DRAFTS)
    return changes_in(request, document, document.title, changes_of(document), key="dokument", row=document)


def changes_in(
    request: HttpRequest, document: Document, title: str, changes: Any, *, key: str, row: Any
) -> HttpResponse:
    """The changes of a row of a document, with the way back to the row, and what whoever may write can do there."""
    trail = crumbs(document, _("Endringer"))
    acts = _acts(request, document, row)
    if "lock_version" in acts:
        changes = [_restorable(change, row) for change in changes]
    back = to_row(document, key)
    return show_changes(request, title, changes, trail, back=back, language=document.language, **acts)


def _acts(request: HttpRequest, document: Document, row: Any) -> dict[str, Any]:
    """Bringing a text back, bringing the row itself back, correcting a typing error in what holds."""
    if not request.user.may(Permission.EDIT, document.owner_id, today=clock.today()):  # type: ignore[union-attr]
        return {}
    if getattr(row, "status", "") == ItemStatus.RETIRED:
        return {"back_url": reverse(f"{name_of(row)}_bring_back", args=identity(row))}
    return {"lock_version": row.lock_version, "correct_url": correct_url(document, row)}


def _restorable(change: Change, row: Any) -> Change:
    """Each text that was, with the address that brings it back; not what it says already, nor nothing."""
    fields = [
        replace(field, url=restore_url(row, field.record, field.name))
        if field.record and field.before not in (NOTHING, getattr(row, field.name))
        else field
        for field in change.fields
    ]
    return replace(change, fields=fields)


def show_changes(
    request: HttpRequest, title: str, changes: Any, trail: Any, *, back: str, language: str, **acts: Any
) -> HttpResponse:
    """Show a list of changes, fifty to a page; `language` is that of the words that were changed."""
    page = Paginator(changes, ON_A_PAGE).get_page(request.GET.get("side"))
    count = len(changes)
    context = {
        "title": title,
        "lang": lang_of(language),
        "page": page,
        "crumbs": trail,
        "back": back,
        "count": ngettext("%(count)s endring", "%(count)s endringer", count) % {"count": count},
        **acts,
    }
    return render(request, "strategy/changes.html", context)
