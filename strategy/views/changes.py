"""What has been changed in a goal, a route or an area: who, when, from, to and why."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from config.lib import clock
from config.lib.changes import changes_of
from config.lib.language import lang_of
from organisation.permissions import Permission
from strategy.access import row_of_document
from strategy.views.editing import crumbs, to_row

ON_A_PAGE = 50


@require_safe
def item_changes(request: HttpRequest, model: Any, key: str) -> HttpResponse:
    item = row_of_document(request, model, today=clock.today(), permission=Permission.READ_DRAFTS, key=key)
    trail = crumbs(item.document, _("Endringer"))
    return show_changes(
        request, str(item), changes_of(item), trail, back=to_row(item.document, key), language=item.document.language
    )


def show_changes(
    request: HttpRequest, title: str, changes: Any, trail: Any, *, back: str, language: str
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
    }
    return render(request, "strategy/changes.html", context)
