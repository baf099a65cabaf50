"""The reading pages of action plans."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config.lib import clock
from planning.unit_plans import rows_by_faculty
from strategy.lists import documents_page
from strategy.models import DocumentKind
from strategy.reading import open_to_all
from strategy.views.reading import document_page


@open_to_all
def plans(request: HttpRequest) -> HttpResponse:
    """Action plans, those that hold first, with how far their goals are covered."""
    lead = _("Hva fakultetene og instituttene gjør for å nå målene.")
    kinds = (DocumentKind.ACTION_PLAN,)
    beside = {"beside_url": reverse("unit_plans"), "beside_label": _("Se hvilke enheter som har en plan")}
    shown = beside if request.user.is_authenticated else {}
    return documents_page(request, kinds, title=_("Planer"), lead=lead, filter_kinds=False, **shown)


@open_to_all
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    return document_page(request, slug, (DocumentKind.ACTION_PLAN,))


@require_safe
def unit_plans(request: HttpRequest) -> HttpResponse:
    """Which units have a plan that holds, faculty by faculty."""
    context = {
        "faculties": rows_by_faculty(request.user, today=clock.today()),
        "crumbs": [{"label": _("Planer"), "url": reverse("plans")}, {"label": _("Hvem har en plan")}],
    }
    return render(request, "planning/unit_plans.html", context)
