"""One press beside what a field said before brings it back; what can no longer stand as it did is asked about."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from config.lib import clock
from config.lib.editing import read_or_send
from config.lib.language import lang_of
from config.lib.models import StaleEdit
from config.lib.numbers import whole_number
from organisation.lines import line_words
from organisation.lines_log import LINES, LinesLog, as_placed, doubts
from strategy import restoring
from strategy.access import document_to_write, place_of, row_of_document
from strategy.models import Document
from strategy.views.editing import crumbs

MOST_CHANGES = 2**31


@require_POST
def item_restore(request: HttpRequest, model: Any, key: str, number: int, name: str) -> HttpResponse:
    return _restore(request, row_of_document(request, model, today=clock.today(), key=key), number, name)


@require_POST
def row_restore(request: HttpRequest, model: Any, pk: int, number: int, name: str) -> HttpResponse:
    return _restore(request, row_of_document(request, model, today=clock.today(), pk=pk), number, name)


@require_POST
def document_restore(request: HttpRequest, place: str, slug: str, number: int, name: str) -> HttpResponse:
    return _restore(request, document_to_write(request, place, slug, today=clock.today()), number, name)


def _restore(request: HttpRequest, row: Any, number: int, name: str) -> HttpResponse:
    try:
        before = restoring.restore_text(row, name, number, **_how(request))
    except LookupError:
        raise Http404 from None
    except StaleEdit:
        return _was_changed(request, row)
    return _brought_back(request, row, before, name)


@read_or_send
def lines_restore(request: HttpRequest, model: Any, key: str, number: int) -> HttpResponse:
    """Bring back who was responsible: at once, or after asking about what can no longer be placed."""
    today = clock.today()
    row = row_of_document(request, model, today=today, key=key)
    if request.method != "POST":
        return _ask(request, row, number)
    asked, taken = (_numbers(request.POST.getlist(name)) for name in ("spurt", "med"))
    try:
        before = restoring.restore_lines(row, number, today=today, asked=asked, taken=taken, **_how(request))
    except LookupError:
        raise Http404 from None
    except StaleEdit:
        return _was_changed(request, row)
    except restoring.MustAsk:
        if asked:
            messages.warning(request, _("Ingenting er hentet tilbake. Kryss av det som skal komme likevel."))
        return HttpResponseRedirect(restore_url(row, number, LINES))
    return _brought_back(request, row, before, LINES)


def _ask(request: HttpRequest, row: Any, number: int) -> HttpResponse:
    """What would come back as it was, and each line that cannot with why, and what may come of it."""
    log = LinesLog(row)
    try:
        then = log.before(number)
    except LookupError:
        raise Http404 from None
    in_doubt = doubts(then, log.now(), today=clock.today())
    certain = as_placed(then, {doubt.index for doubt in in_doubt})
    context = {
        "title": str(row),
        "lang": lang_of(row.document.language),
        "url": restore_url(row, number, LINES),
        "back": changes_url(row),
        "edit_url": reverse(f"{name_of(row)}_edit", args=identity(row)),
        "certain": [line_words(line) for line in certain],
        "doubts": in_doubt,
        "may_come": bool(certain) or any(doubt.offer for doubt in in_doubt),
        "crumbs": [
            *crumbs(row.document, _("Endringer"))[:-1],
            {"label": _("Endringer"), "url": changes_url(row)},
            {"label": _("Hent tilbake")},
        ],
    }
    return render(request, "strategy/restore_lines.html", context)


def _numbers(sent: list[str]) -> set[int]:
    return {number for each in sent if (number := whole_number(each, MOST_CHANGES)) is not None}


def _how(request: HttpRequest) -> dict[str, Any]:
    """By whom, when, and from which version."""
    expected = whole_number(request.GET.get("versjon"), MOST_CHANGES) or 0
    return {"by": request.user, "now": timezone.now(), "expected": expected}


def _was_changed(request: HttpRequest, row: Any) -> HttpResponse:
    messages.error(request, _("Noen andre endret teksten etter at du åpnet siden. Se over den, og prøv igjen."))
    return HttpResponseRedirect(changes_url(row))


def _brought_back(request: HttpRequest, row: Any, before: int | None, name: str) -> HttpResponse:
    if before is None:
        messages.info(request, _("Slik står det allerede."))
    else:
        row.refresh_from_db(fields=["lock_version"])
        messages.success(request, _("Hentet tilbake."), extra_tags=restore_url(row, before, name))
    return HttpResponseRedirect(changes_url(row))


def identity(row: Any) -> list[Any]:
    """What names a row in addresses."""
    if isinstance(row, Document):
        return [place_of(row), row.slug]
    return [row.key] if hasattr(row, "key") else [row.pk]


def name_of(row: Any) -> str:
    return "document" if isinstance(row, Document) else str(row._meta.model_name)


def changes_url(row: Any) -> str:
    return reverse(f"{name_of(row)}_changes", args=identity(row))


def restore_url(row: Any, number: int, name: str) -> str:
    if name == LINES:
        address = reverse(f"{name_of(row)}_restore_lines", args=[*identity(row), number])
    else:
        address = reverse(f"{name_of(row)}_restore", args=[*identity(row), number, name])
    return f"{address}?versjon={row.lock_version}"
