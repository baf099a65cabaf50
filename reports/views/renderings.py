"""Ordering a PDF, waiting for it, and fetching it. Only who ordered it sees it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annual_wheel.asked import Asked
from annual_wheel.models import Wheel
from config.lib import clock, pdf
from reports import services
from reports.forms import PosterForm
from reports.models import Paper, Rendering, RenderingState
from reports.rendering_rows import rendering_row
from reports.views.overview import crumbs, the_user, visible_document


@require_POST
def order_rendering(request: HttpRequest, slug: str) -> HttpResponse:
    user = the_user(request)
    document = visible_document(user, slug)
    language = getattr(request, "LANGUAGE_CODE", "nb")
    if not pdf.is_available():
        messages.error(request, services.why_unavailable(language))
        return redirect("reports")
    order = services.order_rendering(document, by=user, language=language, now=timezone.now())
    return redirect("rendering", order.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def order_poster(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Choose the paper and order a poster of a wheel's year, of what the address selects."""
    user = the_user(request)
    wheel = get_object_or_404(Wheel.objects.visible_to(user).filter(years__year=year), slug=slug)
    given = request.POST if request.method == "POST" else request.GET
    asked = Asked.of(QueryDict(given.get("utvalg", "")), year)
    form = PosterForm(request.POST if request.method == "POST" else None, initial={"papir": Paper.A3_LANDSCAPE})
    language = getattr(request, "LANGUAGE_CODE", "nb")
    why_not = "" if pdf.is_available() else services.why_unavailable(language)
    if request.method == "POST" and form.is_valid() and not why_not:
        order = services.order_poster(
            wheel, year=year, paper_size=form.cleaned_data["papir"], selection=asked.url()[1:][:500], by=user,
            language=language, now=timezone.now(),
        )  # fmt: skip
        return redirect("rendering", order.pk)
    context = {
        "wheel": wheel,
        "name": asked.period.title,
        "form": form,
        "selection": asked.url()[1:],
        "why_not": why_not,
        "back": reverse("wheel_year", args=[slug, year]) + asked.url(),
    }
    return render(request, "reports/poster.html", context)


@never_cache
@require_safe
def rendering(request: HttpRequest, pk: int) -> HttpResponse:
    """Where an order stands; the page asks again until it is done or has failed."""
    today = clock.today()
    orders = Rendering.objects.visible_to(the_user(request), today=today).without_content()
    order = get_object_or_404(orders, pk=pk)
    context = {"order": rendering_row(order, today=today), "pk": pk, "crumbs": crumbs(order.title)}
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "reports/rendering.html", context)
    response = render(request, "reports/rendering.html#progress", context)
    if order.state == RenderingState.DONE:
        response["HX-Trigger"] = services.announcement(_("PDF-en er ferdig."))
    return response


@require_safe
def rendering_file(request: HttpRequest, pk: int) -> HttpResponse:
    orders = Rendering.objects.visible_to(the_user(request), today=clock.today())
    order = get_object_or_404(orders, pk=pk)
    if order.state != RenderingState.DONE or order.content is None:
        raise Http404
    return HttpResponse(
        bytes(order.content),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{order.filename}"',
            "Cache-Control": "private, no-store",
        },
    )
