"""The PDF that a version is kept with, for all who may read the document; until it is made, how far it has come."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.lib import clock, pdf
from reports import services
from reports.keeping import keep
from reports.models import Rendering, RenderingState
from reports.rendering_rows import words_of
from strategy.access import PLACES, document_to_read
from strategy.models import Version
from strategy.reading import open_to_all


@never_cache
@open_to_all
@require_safe
def version_file(request: HttpRequest, place: str, slug: str, number: int) -> HttpResponse:
    """The file; it is ordered by whoever asks first for that of a version from before such were kept."""
    document = document_to_read(request, slug, PLACES[place], today=clock.today())
    if not document.is_published:
        raise Http404
    version = get_object_or_404(document.versions.select_related("document"), number=number)
    order = keep(version, now=timezone.now())
    if order.state == RenderingState.DONE and not request.htmx:  # type: ignore[attr-defined]
        return _file(order)
    return _page(request, place, version, order)


def _file(order: Rendering) -> HttpResponse:
    return HttpResponse(
        bytes(order.content or b""),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{order.filename}"', "X-Robots-Tag": "noindex"},
    )


def _page(request: HttpRequest, place: str, version: Version, order: Rendering) -> HttpResponse:
    """What to wait for; the page asks again until the file is there."""
    document, is_done = version.document, order.state == RenderingState.DONE
    context = {
        "order": order,
        "is_done": is_done,
        "why_not": _why_not(order),
        "words": words_of(order),
        "url": request.path,
        "back": reverse("document_version", args=[place, document.slug, version.number]),
        "title": document.known_as,
        "number": version.number,
        "crumbs": [{"label": document.known_as, "url": document.get_absolute_url()}, {"label": _("PDF")}],
    }
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "reports/version_file.html", context)
    response = render(request, "reports/version_file.html#progress", context)
    if is_done:
        response["HX-Trigger"] = services.announcement(_("PDF-en er ferdig."))
    return response


def _why_not(order: Rendering) -> str:
    """Why it is not on its way, and what happens then; "" where it is."""
    if order.state == RenderingState.FAILED:
        return _("Det prøves igjen av seg selv hver time. Utgaven kan leses på siden sin så lenge.")
    if order.state != RenderingState.DONE and not pdf.is_available():
        return services.why_unavailable(order.language)
    return ""
