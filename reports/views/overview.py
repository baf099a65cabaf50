"""What leadership looks at: how plans stand, one plan closer, and the lists behind the numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from annual_wheel import status_page
from config.lib import clock, pdf
from config.lib.norwegian import sort_key
from organisation.models import User
from planning.models import MeasureState
from reports import lists, overview, services
from reports.forms import ListFilters, OverviewFilters
from reports.models import Rendering
from reports.rendering_rows import rendering_rows
from strategy.lists import ListFilters as DocumentFilters
from strategy.lists import listed
from strategy.models import Document, DocumentKind
from strategy.shown_state import ORDER, code_of, code_words
from strategy.words import count_goals, count_measures


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Every plan with its state and its numbers, the other documents, and the PDFs one has ordered."""
    user, today = the_user(request), clock.today()
    visible = Document.objects.visible_to(user, today=today).select_related("owner").prefetch_related("carries_out")
    documents = listed(list(visible), DocumentFilters(), today=today)
    plans = [document for document in documents if document.kind == DocumentKind.ACTION_PLAN]
    years = overview.opened_years(user)
    year = overview.chosen_year(request.GET.get("aar", ""), years, today=today)
    filters = OverviewFilters(
        request.GET, years=years, year=year, owners=owners_of(plans), states=states_of(plans, today=today)
    )
    kept = [plan for plan in plans if takes(plan, filters, today=today)]
    context = {
        "filters": filters,
        "year": str(year),
        "plans": overview.plan_rows(kept, user=user, year=year, today=today),
        "count": ngettext("%(count)d plan", "%(count)d planer", len(kept)) % {"count": len(kept)},
        "others": overview.other_rows(
            (document for document in documents if document.kind != DocumentKind.ACTION_PLAN), today=today
        ),
        "orders": rendering_rows(Rendering.objects.visible_to(user, today=today).recent(), today=today),
        **pdf_context(request),
    }
    return render(request, "reports/reports.html#plans" if request.htmx else "reports/reports.html", context)  # type: ignore[attr-defined]


@require_safe
def plan_report(request: HttpRequest, slug: str) -> HttpResponse:
    """One plan: its coverage, and the year's work unit by unit."""
    user, today = the_user(request), clock.today()
    document = visible_document(user, slug)
    years = overview.opened_years(user)
    year = overview.chosen_year(request.GET.get("aar", ""), years, today=today)
    tallies = overview.tallies_of([document], user=user, year=year, today=today).get(document.pk, {})
    [cover] = overview.coverage_of([document], year=year, user=user, today=today)
    context = {
        "plan": overview.plan_row(cover, tallies, user=user, year=year, today=today),
        "year": str(year),
        "years": overview.year_links(document.slug, years, year=year),
        "units": overview.unit_rows(tallies, slug, year=year),
        "wheels": [(str(wheel), reverse("wheel_year", args=[wheel.slug, year])) for wheel in document.wheels.all()],
        "crumbs": crumbs(document.known_as),
        **_standing(document, user),
        **pdf_context(request),
    }
    return render(request, "reports/plan_report.html", context)


def _standing(document: Document, user: User) -> dict[str, Any]:
    """How many measures stand where today, and those that ask for attention."""
    if document.kind != DocumentKind.ACTION_PLAN:
        return {}
    rows = status_page.statuses(document, user, today=clock.today())
    asking = [row for row in rows if row.state == MeasureState.LATE or row.has_stop or row.clash or row.is_stale]
    return {
        "measure_count": count_measures(len(rows)),
        "figures": status_page.state_figures(rows, document.slug),
        "asking": asking,
        "status_url": status_page.status_url(document.slug),
        "rounds_url": reverse("rounds", args=[document.slug]),
        "evaluation_url": reverse("plan_evaluation", args=[document.slug, clock.today().year]),
    }


@require_safe
def report_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The list behind one of a plan's numbers."""
    user, today = the_user(request), clock.today()
    document = visible_document(user, slug)
    years = overview.opened_years(user)
    year = overview.chosen_year(request.GET.get("aar", ""), years, today=today)
    units = lists.units_of(document, user=user, year=year, today=today)
    filters = ListFilters(request.GET, years=years, year=year, units=units)
    unit = filters.chosen("enhet")
    rows = lists.list_rows(filters.kind, document, user=user, year=year, unit=unit, today=today)
    context = {
        "filters": filters,
        "title": str(filters.kind.label),
        "plan": document,
        "rows": rows,
        "count": count_words(filters.kind, len(rows)),
        "empty": lists.empty_words(filters.kind),
        "crumbs": crumbs(
            str(filters.kind.label), (document.known_as, f"{reverse('plan_report', args=[slug])}?aar={year}")
        ),
    }
    return render(request, "reports/report_list.html#list" if request.htmx else "reports/report_list.html", context)  # type: ignore[attr-defined]


def count_words(kind: lists.ListKind, count: int) -> str:
    if kind == lists.ListKind.WITHOUT_MEASURE:
        return count_goals(count)
    if kind == lists.ListKind.UNDATED:
        return count_measures(count)
    if kind == lists.ListKind.UNEXPLAINED:
        return ngettext("%(count)d punkt", "%(count)d punkter", count) % {"count": count}
    return ngettext("%(count)d oppgave", "%(count)d oppgaver", count) % {"count": count}


def the_user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # nobody gets here without logging in
    return request.user


def visible_document(user: User, slug: str) -> Document:
    documents = Document.objects.visible_to(user, today=clock.today()).select_related("owner")
    return get_object_or_404(documents, slug=slug)


def crumbs(last: str, *before: tuple[str, str]) -> list[dict[str, str]]:
    links = [(_("Rapporter"), reverse("reports")), *before]
    return [*({"label": label, "url": url} for label, url in links), {"label": last}]


def pdf_context(request: HttpRequest) -> dict[str, Any]:
    """Whether PDFs can be made here, and if not, why."""
    language = getattr(request, "LANGUAGE_CODE", "nb")
    return {"has_pdf": pdf.is_available(), "why_no_pdf": services.why_unavailable(language)}


def owners_of(plans: list[Document]) -> list[tuple[str, str]]:
    return sorted({(plan.owner.slug, str(plan.owner)) for plan in plans}, key=lambda owner: sort_key(owner[1]))


def states_of(plans: list[Document], *, today: date) -> list[tuple[str, str]]:
    states = {code_of(plan, today=today) for plan in plans}
    return [(code, code_words(code)) for code in ORDER if code in states]


def takes(plan: Document, filters: OverviewFilters, *, today: date) -> bool:
    owner, state = filters.chosen("eier"), filters.chosen("status")
    return owner in ("", plan.owner.slug) and state in ("", code_of(plan, today=today))
