"""Looking back on a year: what each measure gave, and whether it should go on."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annual_wheel.evaluation_page import FIRST_YEAR, evaluated_measures
from annual_wheel.forms_following import EvaluationForm
from annual_wheel.views.following import crumbs, measure_crumbs, measure_to_speak_of, plan_to_see, read_or_send
from config.lib import clock
from config.lib.addresses import asked_for
from config.lib.changes import changes_of
from config.lib.editing import Editing, FormPage, handle, sent
from config.lib.language import lang_of
from organisation.models import User
from planning import reporting
from planning.models import Evaluation, Verdict
from strategy.models import Document
from strategy.views.changes import show_changes


def year_to_evaluate(year: int) -> int:
    """A year that has begun."""
    if not FIRST_YEAR <= year <= clock.today().year:
        raise Http404
    return year


def evaluation_url(document: Document, year: int) -> str:
    return reverse("plan_evaluation", args=[document.slug, year])


@require_safe
def plan_evaluation(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The whole plan as the year left it, gathered for the autumn seminar."""
    document, today = plan_to_see(request, slug), clock.today()
    assert isinstance(request.user, User)
    rows = evaluated_measures(document, year_to_evaluate(year), request.user, today=today)
    chosen = request.GET.get("vis", "")
    tests = {code: code for code in Verdict.values}
    shown = (
        [row for row in rows if any(each.verdict == chosen for each in row.evaluations)] if chosen in tests else rows
    )
    if chosen == "uten":
        shown = [row for row in rows if not row.evaluations]
    counts = [
        (code, str(Verdict(code).label), sum(any(each.verdict == code for each in row.evaluations) for row in rows))
        for code in Verdict.values
    ]
    counts.append(("uten", _("ikke evaluert"), sum(not row.evaluations for row in rows)))
    years = [year - 1, year, *([year + 1] if year < today.year else [])]
    context = {
        "document": document,
        "lang": lang_of(document.language),
        "year": str(year),
        "years": [(str(each), evaluation_url(document, each), each == year) for each in years if each >= FIRST_YEAR],
        "crumbs": crumbs(document, _("Evaluering %(year)s") % {"year": year}),
        "rows": shown,
        "figures": [figure for figure in counts if figure[2]],
        "chosen": chosen,
        "here": evaluation_url(document, year),
    }
    return render(request, "annual_wheel/plan_evaluation.html", context)


@require_safe
def evaluation_changes(request: HttpRequest, key: str, year: int, unit: str) -> HttpResponse:
    """What has been changed in what a unit said of a measure's year."""
    seen = Evaluation.objects.visible_to(request.user, today=clock.today()).select_related("measure__document", "unit")
    found = get_object_or_404(seen, measure__key=key, year=year, unit__slug=unit)
    document = found.measure.document
    whole = evaluation_url(document, year)
    trail = crumbs(document, (_("Evaluering %(year)s") % {"year": year}, whole), _("Endringer"))
    title = f"{found.unit.label}, {year}: {found.measure}"
    back = f"{whole}#rad-{key}"
    return show_changes(request, title, changes_of(found), trail, back=back, language=get_language() or "")


@read_or_send
def measure_evaluate(request: HttpRequest, key: str, year: int, unit: str) -> HttpResponse:
    """Say what a measure gave in a year on behalf of a unit, or change what was said."""
    measure, found, units = measure_to_speak_of(request, key)
    year_to_evaluate(year)
    speaker = next((each for each in units if each.slug == unit), None)
    if speaker is None:
        raise PermissionDenied
    words = {"measure": measure, "year": year, "unit": speaker}
    evaluation = Evaluation.objects.filter(**words).first() or Evaluation(**words)
    form = EvaluationForm(instance=evaluation, **sent(request))
    heading = _("Evaluer %(year)s på vegne av %(unit)s") % {"year": year, "unit": speaker.label}
    back = asked_for(request) or f"{evaluation_url(measure.document, year)}#rad-{key}"
    return handle(
        request,
        Editing(form),
        FormPage(
            heading=heading,
            back=back,
            crumbs=measure_crumbs(measure.document, found, _("Evaluer")),
            lead=found.text,
            lead_lang=lang_of(measure.document.language),
        ),
        save=lambda: reporting.evaluate(
            evaluation,
            by=request.user,  # type: ignore[arg-type]
            now=now(),
            expected=None if form.is_new else form.expected,
            why=form.reason,
        ),
        done=lambda saved: back,
    )
