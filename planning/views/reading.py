"""The reading pages of action plans."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config.lib import clock
from organisation.acting import acting_units
from organisation.models import Unit, User
from organisation.permissions import Permission
from planning.building import may_build_on
from planning.inherited import inherited_by
from planning.unit_plans import rows_by_faculty
from planning.views.building import underneath_notice
from strategy.lists import documents_page
from strategy.models import Document, DocumentKind
from strategy.reading import Around, Reading, open_to_all
from strategy.views.reading import document_page, document_part
from strategy.views.versions import version_page


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
    return document_page(request, slug, (DocumentKind.ACTION_PLAN,), more=_more)


@open_to_all
def plan_part(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    return document_part(request, slug, key, (DocumentKind.ACTION_PLAN,), more=_more)


@open_to_all
@require_safe
def document_version(request: HttpRequest, place: str, slug: str, number: int) -> HttpResponse:
    return version_page(request, place, slug, number, more=_more_of_version)


def _more_of_version(request: HttpRequest, reading: Reading) -> dict[str, Any]:
    """What a plan took over from the plans above it when the version was adopted."""
    if reading.document.kind != DocumentKind.ACTION_PLAN:
        return {}
    today, outline = clock.today(), reading.outline
    slugs = {*outline["carries_out"], *(one["document"] for one in outline.get("inherits", []))}
    visible = Document.objects.visible_to(request.user, today=today).select_related("owner")
    bases = visible.filter(slug__in=slugs).order_by("slug")
    return {"inherited": inherited_by(reading.document, bases, reading.words, today=today)}


def _more(request: HttpRequest, reading: Reading, near: Around) -> dict[str, Any]:
    """What a plan takes over from the plans above it, what changed there, and the way to build one's own on it."""
    document, today = reading.document, clock.today()
    return {
        "inherited": inherited_by(document, _bases(request.user, reading, near), reading.words, today=today),
        "underneath": underneath_notice(document, request.user, today=today) if near.carries_out else None,
        "may_start": _may_start(request.user, document, near),
    }


def _bases(user: Any, reading: Reading, near: Around) -> list[Document]:
    """What the plan carries out, and what the words that are read took over and the working text no longer names."""
    here = {base.slug for base in near.carries_out}
    gone = [one["document"] for one in reading.outline.get("inherits", []) if one["document"] not in here]
    if not gone:
        return near.carries_out
    return [*near.carries_out, *Document.objects.visible_to(user, today=clock.today()).filter(slug__in=gone)]


def _may_start(user: Any, document: Document, near: Around) -> list[Unit]:
    """One's own units that can build a plan on this one and have not."""
    if not isinstance(user, User) or not document.is_standing:
        return []
    writes = user.reach(clock.today())[Permission.EDIT]
    have = {plan.owner_id for plan in near.carried_out_by if plan.is_standing}
    units = [unit for unit in acting_units(user) if unit.pk in writes and unit.pk not in have]
    return [unit for unit in units if may_build_on(document, unit, user)]


@require_safe
def unit_plans(request: HttpRequest) -> HttpResponse:
    """Which units have a plan that holds, faculty by faculty."""
    context = {
        "faculties": rows_by_faculty(request.user, today=clock.today()),
        "crumbs": [{"label": _("Planer"), "url": reverse("plans")}, {"label": _("Hvem har en plan")}],
    }
    return render(request, "planning/unit_plans.html", context)
