"""How a plan's measures stand, and telling it: one measure by itself, or several at once."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from annual_wheel.forms_following import ReportForm
from annual_wheel.measure_ticks import ticks_in_year
from annual_wheel.round_page import round_banner
from annual_wheel.status_page import (
    MeasureStatus,
    last_told,
    reports_of,
    shown_in,
    speaks_for,
    state_figures,
    status_url,
    statuses,
)
from annual_wheel.views.several import numbers
from config.lib import clock
from config.lib.addresses import asked_for
from config.lib.htmx import came_from
from config.lib.language import lang_of
from organisation.models import Unit, User
from organisation.permissions import Permission
from planning import reporting
from planning.models import Measure, StatusReport
from planning.responsible import PlanMeasure, measures_of_plan
from planning.standing import Ticks, contradiction
from strategy.access import document_to_read
from strategy.models import Document, DocumentKind
from strategy.views.editing import short
from strategy.words import count_measures

read_or_send = require_http_methods(["GET", "HEAD", "POST"])


def plan_to_see(request: HttpRequest, slug: str) -> Document:
    """An action plan that one may read."""
    return document_to_read(request, slug, (DocumentKind.ACTION_PLAN,), today=clock.today())


def may_edit(request: HttpRequest, document: Document) -> bool:
    return isinstance(request.user, User) and request.user.may(Permission.EDIT, document.owner_id, today=clock.today())


def crumbs(document: Document, *last: tuple[str, str] | str) -> list[dict[str, str]]:
    """The way down to a page about the plan: addresses of ours between, and at the end where one is."""
    lang = lang_of(document.language)
    trail: list[dict[str, str]] = [
        {"label": _("Planer"), "url": reverse("plans")},
        {"label": document.known_as, "url": document.get_absolute_url(), "lang": lang},
    ]
    for step in last:
        trail.append({"label": step} if isinstance(step, str) else {"label": step[0], "url": step[1]})
    return trail


def measure_crumbs(document: Document, measure: PlanMeasure, last: str) -> list[dict[str, str]]:
    address = reverse("measure", args=[measure.key])
    return [
        *crumbs(document),
        {"label": measure.text, "url": address, "lang": lang_of(document.language)},
        {"label": last},
    ]


@read_or_send
def plan_status(request: HttpRequest, slug: str) -> HttpResponse:
    """Every measure of a plan with its state; whoever speaks for the unit chosen tells of several at once."""
    document = plan_to_see(request, slug)
    rows = statuses(document, request.user, today=clock.today(), unit=request.GET.get("enhet", ""))
    unit = _chosen_unit(request, document, rows)
    mine = [row for row in rows if unit is None or unit in row.units or unit in row.speaks_for]
    speaks = unit is not None and any(unit in row.speaks_for for row in mine)
    form = ReportForm(request.POST if request.method == "POST" else None, units=[unit] if speaks and unit else [])
    picked = request.POST.getlist("measure")
    if request.method == "POST" and not speaks:
        raise PermissionDenied
    if request.method == "POST":
        done = _tell_several(request, form, [row for row in mine if row.key in picked and unit in row.speaks_for])
        if done is not None:
            return done
    chosen = request.GET.get("vis", "")
    shown = shown_in(chosen, mine)
    context = {
        "document": document,
        "lang": lang_of(document.language),
        "crumbs": crumbs(document, _("Status")),
        "rows": shown,
        "count": count_measures(len(shown)),
        "figures": state_figures(mine, slug, chosen=chosen, unit=unit.slug if unit else ""),
        "chosen": chosen,
        "unit": unit,
        "tabs": _tabs(slug, rows, unit),
        "all_url": status_url(slug, unit=unit.slug if unit else ""),
        "speaks": speaks,
        "form": form,
        "picked": picked,
        "banner": round_banner(document, unit, mine, today=clock.today()),
        "here": request.get_full_path(),
        "may_edit": may_edit(request, document),
        "year": clock.today().year,
    }
    return render(request, "annual_wheel/plan_status.html", context)


def _chosen_unit(request: HttpRequest, document: Document, rows: Iterable[MeasureStatus]) -> Unit | None:
    slug = request.GET.get("enhet", "")
    known = {unit.slug: unit for row in rows for unit in row.units} | {document.owner.slug: document.owner}
    if slug and slug not in known:
        raise Http404
    return known.get(slug)


def _tabs(slug: str, rows: list[MeasureStatus], chosen: Unit | None) -> list[tuple[str, str, int, bool]]:
    """All measures, and those of each unit that one may speak for; a unit opened from elsewhere is there too."""
    units = {unit.pk: unit for row in rows for unit in row.speaks_for}
    if chosen is not None:
        units.setdefault(chosen.pk, chosen)
    tabs = [(_("Alle tiltak"), status_url(slug), len(rows), chosen is None)]
    for unit in sorted(units.values(), key=lambda unit: unit.name):
        count = sum(unit in row.units or unit in row.speaks_for for row in rows)
        tabs.append((unit.label, status_url(slug, unit=unit.slug), count, unit == chosen))
    return tabs if units else []


def _tell_several(request: HttpRequest, form: ReportForm, picked: list[MeasureStatus]) -> HttpResponse | None:
    """Save a report for each measure that was picked; None where there is something to put right or to read first."""
    if not form.is_valid():
        return None
    if not picked:
        form.add_error(None, _("Du har ikke valgt noen tiltak. Kryss av for dem du vil rapportere på."))
        return None
    if form.must_be_seen((row.text, contradiction(form.words["state"], row.ticks)) for row in picked):
        return None
    measures = Measure.objects.in_bulk([row.pk for row in picked])
    return _tell(request, form, [measures[row.pk] for row in picked], back=request.get_full_path())


def _tell(request: HttpRequest, form: ReportForm, measures: list[Measure], *, back: str) -> HttpResponse:
    was_open = request.POST.get("round", "")
    told = reporting.report(measures, unit=form.chosen_unit, by=request.user, now=now(), **form.words)  # type: ignore[arg-type]
    marks = ",".join(str(one.pk) for one in told)
    undo = reverse("plan_status_undo", args=[told[0].measure.document.slug, marks])
    messages.success(request, _told_words(told), extra_tags=undo)
    if was_open and told[0].round_id is None:
        messages.warning(request, _("Runden ble lukket mens du skrev. Rapporten er lagret, men er ikke med i runden."))
    return redirect(back)


@require_POST
def plan_status_undo(request: HttpRequest, slug: str, marks: str) -> HttpResponse:
    """Take back what one just told of one measure or several, where nobody has told of it since."""
    document = plan_to_see(request, slug)
    of_plan = StatusReport.objects.filter(measure__document=document, pk__in=numbers(marks.split(",")))
    pks = of_plan.values_list("pk", flat=True)
    taken, left = reporting.withdraw(pks, by=request.user, now=now())  # type: ignore[arg-type]
    if taken:
        words = ngettext("Rapporten er tatt tilbake.", "%(count)d rapporter er tatt tilbake.", len(taken))
        messages.success(request, words % {"count": len(taken)})
    if left:
        said = _("Noen har rapportert etterpå, eller runden er lukket. Disse står som de er: %(which)s.")
        messages.warning(request, said % {"which": ", ".join(f"«{short(one.measure)}»" for one in left)})
    if not taken and not left:
        messages.info(request, _("Det er ingenting å angre."))
    return redirect(asked_for(request) or came_from(request) or status_url(slug))


def _told_words(told: list[StatusReport]) -> str:
    words = ngettext("Rapporten er lagret.", "%(count)d rapporter er lagret.", len(told))
    return words % {"count": len(told)}


@read_or_send
def measure_report(request: HttpRequest, key: str) -> HttpResponse:
    """Tell how one measure stands."""
    measure, found, units = measure_to_speak_of(request, key)
    document = measure.document
    ticks = ticks_in_year([key], clock.today().year).get(key)
    asked = next((unit.pk for unit in units if unit.slug == request.GET.get("enhet")), units[0].pk)
    form = ReportForm(request.POST if request.method == "POST" else None, units=units, initial={"unit": asked})
    back = asked_for(request) or f"{reverse('measure', args=[key])}#status"
    if request.method == "POST" and form.is_valid():
        clash = contradiction(form.words["state"], _ticks_of(form.chosen_unit, found))
        if not form.must_be_seen([(found.text, clash)]):
            return _tell(request, form, [measure], back=back)
    context = {
        "document": document,
        "lang": lang_of(document.language),
        "crumbs": measure_crumbs(document, found, pgettext("verb", "Rapporter")),
        "text": found.text,
        "form": form,
        "last": last_told(reports_of([key], request.user, today=clock.today()), units, today=clock.today()),
        "ticks": ticks,
        "asked": reporting.open_round(document.pk),
        "back": back,
        "next": asked_for(request),
    }
    return render(request, "annual_wheel/measure_report.html", context)


def _ticks_of(unit: Unit, measure: PlanMeasure) -> Ticks | None:
    """What a report is held against: the unit's own ticks where it leads the measure, else those of all."""
    slug = unit.slug if unit in measure.units else ""
    return ticks_in_year([measure.key], clock.today().year, unit=slug).get(measure.key)


def measure_to_speak_of(request: HttpRequest, key: str) -> tuple[Measure, PlanMeasure, list[Unit]]:
    """A measure in force with the units one may speak for: 404 where one does not see it, 403 where one has none."""
    today = clock.today()
    visible = Document.objects.visible_to(request.user, today=today)
    rows = Measure.objects.filter(document__in=visible).select_related("document__owner")
    measure = get_object_or_404(rows, key=key)
    found = next((each for each in measures_of_plan(measure.document, today=today) if each.key == key), None)
    if found is None:
        raise Http404
    units = list(speaks_for(found, measure.document, request.user, today=today))
    if not units:
        raise PermissionDenied
    return measure, found, units
