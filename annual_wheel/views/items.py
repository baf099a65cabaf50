"""The pages of a goal, a route and a measure: each with its thread up and down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from annual_wheel import items
from annual_wheel.item_rows import entries_of, entry_branches, line_rows, measure_rows
from annual_wheel.items import Found, Step, Ties, find, step
from config.lib import clock
from planning.models import Measure, Modality
from strategy.document_page import crumbs, names_of_groups
from strategy.models import DocumentKind, Goal, Route
from strategy.outline import MeasureOutline
from strategy.page import target_row
from strategy.reading import WORKING, open_to_all
from strategy.words import source_words


@open_to_all
def goal(request: HttpRequest, key: str) -> HttpResponse:
    """A goal: what it builds up under, its targets, and the measures that serve it."""
    today, found = clock.today(), _find(Goal, key, request)
    item, words = found.item, found.words
    ties = items.ties_of(found, request.user, today=today)
    measures = words.measures_of(key)
    routes = [route for route in words.routes.values() if key in route["goals"]]
    current = step(_("Mål"), item["text"], kind="goal")
    branches = [
        *[_branch(_("Veivalg"), route["text"], "route", route["id"]) for route in routes],
        *[_branch(_("Tiltak"), measure["text"], "measure", measure["id"]) for measure in measures],
        *items.branches_down(ties.down),
    ]
    extra = {
        "kicker": item["title"],
        "targets": [target_row(target) for target in item["targets"]],
        "measures": measure_rows(measures, request.user, shared_note=_("for hele området"), today=today),
        "branches": branches,
        "loose_end": _loose_end(found),
    }
    return _page(request, found, ties, [current], extra)


@open_to_all
def route(request: HttpRequest, key: str) -> HttpResponse:
    """A route: the goals it serves, and the measures that follow it."""
    today, found = clock.today(), _find(Route, key, request)
    item, words = found.item, found.words
    ties = items.ties_of(found, request.user, today=today)
    measures = [measure for measure in words.measures.values() if key in measure["routes"]]
    above = items.own_steps(_("Mål det tjener"), item["goals"], words, lambda goal: reverse("goal", args=[goal]))
    branches = [
        *[_branch(_("Tiltak"), measure["text"], "measure", measure["id"]) for measure in measures],
        *items.branches_down(ties.down),
    ]
    extra = {
        "measures": measure_rows(measures, request.user, today=today),
        "branches": branches,
        "loose_end": _("Ingenting følger dette veivalget ennå"),
    }
    return _page(request, found, ties, [*above, step(_("Veivalg"), item["text"], kind="route")], extra)


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
        "links": item["links"],
        "entries": entries,
        "branches": [*entry_branches(entries, year=today.year), *items.branches_down(ties.down)],
        "loose_end": _("Ikke i noe årshjul ennå"),
        "year": today.year,
    }
    return _page(request, found, ties, [*_served(found), step(_("Tiltak"), item["text"], kind="measure")], extra)


def _find(model: items.ItemModel, key: str, request: HttpRequest) -> Found:
    wants_working_text = request.GET.get("tekst") == WORKING
    return find(model, key, request.user, today=clock.today(), wants_working_text=wants_working_text)


def _branch(label: str, text: str, name: str, key: str) -> dict[str, str]:
    return {"label": label, "text": text, "url": reverse(name, args=[key])}


def _loose_end(found: Found) -> str:
    if found.document.kind == DocumentKind.ACTION_PLAN:
        return _("Ingen tiltak hører til dette målet ennå")
    return _("Ingen plan gjennomfører dette målet ennå")


def _served(found: Found) -> list[Step]:
    """The goals that a measure names, or that it serves all goals of its area; and the routes it follows."""
    item, words = found.item, found.words
    goals = items.own_steps(_("Mål"), item["goals"], words, lambda key: reverse("goal", args=[key]))
    if not item["goals"] and item["area"]:
        goals = items.own_steps(
            _("Alle mål i området"), words.goals_of(item), words, lambda key: reverse("goal", args=[key])
        )
    return goals + items.own_steps(_("Veivalg"), item["routes"], words, lambda key: reverse("route", args=[key]))


def _measure_facts(item: MeasureOutline) -> list[tuple[str, str]]:
    facts = [
        (_("Forpliktelse"), str(Modality(item["modality"]).label).capitalize()),
        (_("Hvor ofte"), item["frequency"]),
        (_("Hvor mye"), item["quantity"]),
    ]
    return [(label, words) for label, words in facts if words and item["modality"] + label != f"must{facts[0][0]}"]


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
        "document": document,
        "item": item,
        "title": item.get("title") or item["text"],
        "lang": found.reading.lang,
        "steps": steps,
        "crumbs": [*trail, {"label": str(found.row._meta.verbose_name).capitalize()}],
        "others": ties.others,
        "target_groups": ", ".join(names_of_groups(item.get("target_groups", [])).values()),
        "source": source_words(item["source"]) if request.user.is_authenticated else "",
        **extra,
    }
    return render(request, "annual_wheel/item.html", context)
