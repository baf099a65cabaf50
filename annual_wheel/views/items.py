"""The pages of a goal, a route and a measure: each with its thread up and down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from annual_wheel import allowed, items
from annual_wheel.forms_following import ReportForm
from annual_wheel.item_rows import entries_of, entry_branches, line_rows, measure_branches
from annual_wheel.items import Found, Step, Ties, branch, branches_below, find, own_steps, step
from annual_wheel.status_page import measure_standing
from config.lib import clock
from config.lib.links import shown
from config.lib.text import line, parted
from organisation.models import About, User
from organisation.permissions import Permission
from planning.models import Measure, Modality
from strategy.access import allowed_url
from strategy.document_page import crumbs, names_of_groups
from strategy.models import DocumentKind, Goal, Route
from strategy.notes import shown_note
from strategy.outline import MeasureOutline
from strategy.page import target_row
from strategy.reading import COMING, WORKING, open_to_all
from strategy.talk_on_page import TalkAtItem, talk_at
from strategy.views.correcting import correct_url
from strategy.words import source_words


@open_to_all
def goal(request: HttpRequest, key: str) -> HttpResponse:
    """A goal: what it builds up under, its targets, and the measures that serve it."""
    today, found = clock.today(), _find(Goal, key, request)
    item, words = found.item, found.words
    ties = items.ties_of(found, request.user, today=today)
    measures = words.measures_of(key)
    routes = [route for route in words.routes.values() if key in route["goals"]]
    lang = found.reading.lang
    note = _("for hele området")
    branches = [
        *[
            branch(_("Veivalg"), line(route["text"]), reverse("route", args=[route["id"]]), lang=lang)
            for route in routes
        ],
        *measure_branches(measures, request.user, lang=lang, shared_note=note, today=today),
        *branches_below(ties),
    ]
    extra = {
        "kicker": item["title"],
        "targets": [target_row(target) for target in item["targets"]],
        "branches": branches,
        "loose_end": _loose_end(found),
    }
    return _page(request, found, ties, [step(_("Mål"), parted(item["text"]).first, kind="goal", lang=lang)], extra)


@open_to_all
def route(request: HttpRequest, key: str) -> HttpResponse:
    """A route: the goals it serves, and the measures that follow it."""
    today, found = clock.today(), _find(Route, key, request)
    item, words = found.item, found.words
    ties = items.ties_of(found, request.user, today=today)
    measures = [measure for measure in words.measures.values() if key in measure["routes"]]
    lang = found.reading.lang
    branches = [*measure_branches(measures, request.user, lang=lang, today=today), *branches_below(ties)]
    extra = {"branches": branches, "loose_end": _("Ingenting følger dette veivalget ennå")}
    above = own_steps(found, _("Mål det tjener"), item["goals"], "goal")
    current = step(_("Veivalg"), parted(item["text"]).first, kind="route", lang=lang)
    return _page(request, found, ties, [*above, current], extra)


@open_to_all
def measure(request: HttpRequest, key: str) -> HttpResponse:
    """A measure: why it is done, who does it, and what the wheels do with it this year."""
    today, found = clock.today(), _find(Measure, key, request)
    item = found.item
    ties = items.ties_of(found, request.user, today=today)
    entries = entries_of([key], request.user, today=today).get(key, [])
    extra = {
        "lines": line_rows(item["responsible"], names_people=request.user.is_authenticated, today=today),
        "item_facts": _measure_facts(item),
        "links": shown(item["links"]),
        "branches": [*entry_branches(entries, year=today.year), *branches_below(ties)],
        "loose_end": _("Ikke i noe årshjul ennå"),
    }
    if found.row.status != "retired":
        extra["wheel_links"] = _into_wheels(request, found)
    if request.user.is_authenticated and found.document.kind == DocumentKind.ACTION_PLAN:
        standing = measure_standing(found.document, key, request.user, today=today)
        extra["status"] = standing
        extra["report_form"] = (
            ReportForm(units=standing.row.speaks_for) if standing and standing.row.speaks_for else None
        )
    current = step(_("Tiltak"), parted(item["text"]).first, kind="measure", lang=found.reading.lang)
    return _page(request, found, ties, [*_served(found), current], extra)


def _into_wheels(request: HttpRequest, found: Found) -> list[tuple[str, str]]:
    """For whoever edits a wheel of the plan: the form of a new entry in it that carries out the measure."""
    user = request.user
    if not isinstance(user, User):
        return []
    wheels = found.document.wheels.filter(owner__in=user.reach(clock.today())[Permission.EDIT])
    query = urlencode({"tiltak": found.key, "next": request.path})
    return [(wheel.title, f"{reverse('entry_new', args=[wheel.slug])}?{query}") for wheel in wheels]


def _find(model: items.ItemModel, key: str, request: HttpRequest) -> Found:
    wanted = request.GET.get("tekst")
    return find(
        model,
        key,
        request.user,
        today=clock.today(),
        wants_working_text=wanted == WORKING,
        wants_coming=wanted == COMING,
    )


def _loose_end(found: Found) -> str:
    if found.document.kind == DocumentKind.ACTION_PLAN:
        return _("Ingen tiltak hører til dette målet ennå")
    return _("Ingen plan gjennomfører dette målet ennå")


def _served(found: Found) -> list[Step]:
    """The goals that a measure names, or that it serves all goals of its area; and the routes it follows."""
    item = found.item
    goals = own_steps(found, _("Mål"), item["goals"], "goal")
    if not item["goals"] and item["area"]:
        goals = own_steps(found, _("Alle mål i området"), found.words.goals_of(item), "goal")
    return goals + own_steps(found, _("Veivalg"), item["routes"], "route")


def _measure_facts(item: MeasureOutline) -> list[tuple[str, str]]:
    modality = "" if item["modality"] == Modality.MUST else str(Modality(item["modality"]).label).capitalize()
    facts = ((_("Forpliktelse"), modality), (_("Hvor ofte"), item["frequency"]), (_("Hvor mye"), item["quantity"]))
    return [(label, words) for label, words in facts if words]


# What stands beside the thread; where there is none of it, the thread has the page to itself.
BESIDE = (
    *("edit_url", "wheel_links", "acts", "note", "lines", "item_facts", "targets"),
    *("target_groups", "others", "links", "source"),
)


def _page(
    request: HttpRequest, found: Found, ties: Ties, own_steps: Iterable[Step], extra: dict[str, Any]
) -> HttpResponse:
    document, item = found.document, found.item
    steps = [*items.steps_above(found, ties, request.user, today=clock.today()), *own_steps]
    steps[-1]["is_current"] = True
    place = "plans" if document.kind == DocumentKind.ACTION_PLAN else "strategies"
    trail = crumbs(place, found.words.outline["title"])
    trail[-1]["url"] = document.get_absolute_url()
    context = {
        "found": found,
        "edit_url": reverse(f"{found.row._meta.model_name}_edit", args=[found.key]) if found.reading.may_edit else "",
        "acts": [*_acts(found), *_allowed(request, found)],
        "note": shown_note(document, ABOUT[type(found.row)], found.key, request.user, today=clock.today()),
        "document": document,
        "item": item,
        "title": item.get("title") or line(item["text"]),
        "rest": parted(item["text"]).rest,
        "lang": found.reading.lang,
        "steps": steps,
        "crumbs": [*trail, {"label": str(found.row._meta.verbose_name).capitalize()}],
        "others": ties.others,
        "target_groups": ", ".join(names_of_groups(item.get("target_groups", [])).values()),
        "source": source_words(item["source"]) if found.reading.may_edit else "",
        "talk": _talk(request, found),
        **extra,
    }
    context["has_side"] = any(context.get(name) for name in BESIDE)
    return render(request, "annual_wheel/item.html", context)


def _acts(found: Found) -> list[tuple[str, str]]:
    """What else can be done with the item: (words, address)."""
    reading, name = found.reading, found.row._meta.model_name
    acts = []
    if reading.reads_drafts:
        acts.append((_("Endringer"), reverse(f"{name}_changes", args=[found.key])))
    if reading.may_edit and not found.state and (url := correct_url(found.document, found.row)):
        acts.append((_("Rett en skrivefeil"), url))
    return acts


def _allowed(request: HttpRequest, found: Found) -> list[tuple[str, str]]:
    """Who may do what with a measure, for administrators; the rest of a document follows the document."""
    if not isinstance(found.row, Measure):
        return []
    url = allowed_url(request.user, found.document, allowed.MEASURE, found.key, today=clock.today())
    return [(_("Hvem får gjøre hva her?"), url)] if url else []


ABOUT = {Goal: About.GOAL, Route: About.ROUTE, Measure: About.MEASURE}


def _talk(request: HttpRequest, found: Found) -> TalkAtItem | None:
    if found.state == "retired" and not found.reading.may_read_working_text:
        return None
    words = found.item.get("title") or line(found.item["text"])
    about = ABOUT[type(found.row)]
    return talk_at(request.user, found.reading, about, found.key, words, today=clock.today())
