"""Undoing what one did last of its kind, kept in one's session until one does the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from config.lib import clock
from config.lib.addresses import asked_for
from strategy.access import row_of_document
from strategy.undoing import CannotUndo
from strategy.views.editing import short, to_row
from strategy.views.lines import unread_words


def keep_last(request: HttpRequest, name: str, item: Any, other: Any, kept: Mapping[str, Any]) -> None:
    """Keep what it takes to undo what was done with an item and another."""
    request.session[name] = {**kept, "item": item.key, "other": other.key}


def undo_last(
    request: HttpRequest, model: Any, key: str, *, name: str, undo: Callable[..., Any], said: str
) -> HttpResponse:
    """Undo it with the item of that key; `said` names as `item` the row that `undo` returns."""
    item = row_of_document(request, model, today=clock.today(), key=key)
    kept = request.session.get(name) or {}
    if kept.get("item") != key:
        messages.info(request, _("Det er ingenting å angre."))
        return HttpResponseRedirect(asked_for(request) or to_row(item.document, key))
    del request.session[name]
    other = get_object_or_404(model, key=kept["other"], document=item.document)
    try:
        done = undo(item, other, kept, by=request.user, now=timezone.now())
    except CannotUndo as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, unread_words(item.document, said % {"item": short(done)}))
    return HttpResponseRedirect(asked_for(request) or to_row(item.document, key))
