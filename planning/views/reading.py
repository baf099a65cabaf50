"""The reading pages of action plans."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from strategy.lists import documents_page
from strategy.models import DocumentKind
from strategy.reading import open_to_all
from strategy.views.reading import document_page


@open_to_all
def plans(request: HttpRequest) -> HttpResponse:
    """Action plans, those that hold first, with how far their goals are covered."""
    lead = _("Hva fakultetene og instituttene gjør for å nå målene.")
    kinds = (DocumentKind.ACTION_PLAN,)
    return documents_page(request, kinds, title=_("Planer"), lead=lead, filter_kinds=False)


@open_to_all
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    return document_page(request, slug, (DocumentKind.ACTION_PLAN,))
