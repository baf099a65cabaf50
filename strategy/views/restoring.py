"""One press beside what a field said before brings it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from config.lib import clock
from config.lib.models import StaleEdit
from config.lib.numbers import whole_number
from strategy import restoring
from strategy.access import document_to_write, place_of, row_of_document
from strategy.models import Document

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
    expected = whole_number(request.GET.get("versjon"), MOST_CHANGES) or 0
    who: dict[str, Any] = {"by": request.user, "now": timezone.now()}
    try:
        before = restoring.restore_text(row, name, number, expected=expected, **who)
    except LookupError:
        raise Http404 from None
    except StaleEdit:
        messages.error(request, _("Noen andre endret teksten etter at du åpnet siden. Se over den, og prøv igjen."))
        return HttpResponseRedirect(changes_url(row))
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
    return reverse(f"{name_of(row)}_restore", args=[*identity(row), number, name]) + f"?versjon={row.lock_version}"
