"""The answer to a save on the page where a document is written: the line of what was saved, in place of its form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from config.lib import clock
from config.lib.edit_form import EditForm
from config.lib.editing import after_saving, is_saving, sent
from config.lib.language import lang_of
from config.lib.models import StaleEdit
from strategy.access import may_decide, place_of
from strategy.builds_on import Look
from strategy.changes import unadopted
from strategy.in_force import places_of_fetched
from strategy.models import Document
from strategy.saved import Line
from strategy.services import inherits_anew


def line_saved(request: HttpRequest, line: Line) -> HttpResponse | None:
    """None where more of the page has changed than the line can tell."""
    told, document = line.told(), line.item.document
    if told is None:
        return None
    context = {
        "row": told.row,
        "at": told.row.key,
        "lang": lang_of(document.language),
        "standing": told.is_newly_changed and standing(request, document, is_changed=True),
    }
    response = render(request, "_editor_saved.html", context)
    response["HX-Retarget"], response["HX-Reswap"] = f"#rad-{told.row.key} > .edit", "outerHTML"
    return response


def above_for(request: HttpRequest) -> Look:
    """What tells of items of other documents, fetched with these, what this person may read of them."""
    return lambda items: places_of_fetched(items, request.user, today=clock.today())  # type: ignore[arg-type]


def words_saved(
    request: HttpRequest,
    line: Line,
    *,
    words: type[EditForm],
    whole: type[EditForm],
    is_rest_stored: Callable[[], bool],
    save: Callable[[EditForm], Any],
    done: Callable[[Any], str],
) -> HttpResponse | None:
    """The answer where nothing but the words of an item was changed and they can be saved, as they mostly are.

    None where anything else was, or is wrong or newer: the whole form, which judges and asks about everything, is many
    times the work. `is_rest_stored` tells whether what was sent besides the fields stands in the item as it is.
    """
    item = line.item
    if not is_saving(request) or not whole.touched(item, request.POST) <= words.base_fields.keys():
        return None
    form = words(instance=item, **sent(request)) if is_rest_stored() else None
    if form is None or not form.is_valid():
        return None
    try:
        save(form)
    except (StaleEdit, ValidationError):
        return None
    return after_saving(
        request, item, done=done, part=lambda _saved: line_saved(request, line), said=saved_words(item.document)
    )


def saved_words(document: Document) -> str:
    return unread_words(document, _("Lagret."))


def unread_words(document: Document, said: str) -> str:
    """What was done to a text, and of one that holds that its readers do not see it yet."""
    if not document.is_published:
        return said
    return f"{said.removesuffix('.')}. {_('De som leser, ser fortsatt det som er vedtatt.')}"


def standing(request: HttpRequest, document: Document, *, is_changed: bool | None = None) -> dict[str, Any]:
    """What readers see now, and whether this person can adopt what is written."""
    may_adopt = may_decide(request.user, document) and document.state not in ("expired", "replaced")
    if is_changed is None:
        is_changed = unadopted(document).is_any
    is_open = not document.is_published or is_changed or (may_adopt and inherits_anew(document, today=clock.today()))
    adopt_url = reverse("document_adopt", args=[place_of(document), document.slug])
    return {"is_changed": is_changed, "adopt_url": adopt_url if may_adopt and is_open else ""}
