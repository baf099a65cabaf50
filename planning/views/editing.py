"""The page where a document is written, and the measures of a plan."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.lib import clock
from config.lib.addresses import address, with_query
from config.lib.changes import changes_of, merged
from config.lib.editing import Again, Editing, handle, how, open_again, read_or_send, sent
from config.lib.language import lang_of
from config.lib.links import links_of, links_part
from organisation.lines import lines_of
from organisation.lines_log import LinesLog
from organisation.permissions import Permission
from organisation.said import Said, show_read
from planning.editor import block_of, editor_of
from planning.editor.saved import MeasureLine
from planning.fetching import WHEELS, measure_to_write
from planning.forms import MeasureForm, ServesForm, WordsForm
from planning.models import Measure
from planning.placing import place_measure
from planning.presence import ASKS_EVERY, here
from planning.sent import ENDS, MEASURE, is_rest_stored
from planning.services import beside, drop_measure, holder_of, save_measure
from strategy.access import allowed, document_to_write, place_of, row_of_document, writes_decisions
from strategy.changes import unadopted
from strategy.hearings import may_be_sent
from strategy.inheriting import bases_above
from strategy.logs import link_changes
from strategy.models import Document, DocumentKind, DocumentState
from strategy.picking import GOAL, SEPARATOR, Picker
from strategy.reading import is_heard
from strategy.shown_state import chip_of
from strategy.views.changes import changes_in
from strategy.views.deciding import state_choices
from strategy.views.editing import area_asked_for, begin_url, crumbs, links_of_item, page_in, to_row
from strategy.views.lines import above_for, line_saved, standing, words_saved
from strategy.views.moving import moved, tell_move

ABOVE = "bygger"  # in an address: the goal of a plan above that a new measure is begun under
PRESENT = {"planer": "plan_present", "strategi": "strategy_present"}


@require_safe
def document_editor(request: HttpRequest, place: str, slug: str) -> HttpResponse:
    """The whole working text of a document on one page; of a long one the areas as they are asked for."""
    return _editor(request, document_to_write(request, place, slug, today=clock.today()))


@require_safe
def editor_area(request: HttpRequest, place: str, slug: str, key: str) -> HttpResponse:
    """One area of a long document, opened in its place; without script the page with that area open."""
    document = document_to_write(request, place, slug, today=clock.today())
    area = get_object_or_404(document.areas.standing().filter(parent=None), key=key)
    if not request.htmx:  # type: ignore[attr-defined]
        return _editor(request, document, opened=key)
    context = {
        "block": block_of(document, area, changes=unadopted(document), **_around(request, document)),
        "lang": lang_of(document.language),
        "at": key,
        "level": 2,
    }
    return render(request, "planning/_editor_block.html", context)


def _editor(request: HttpRequest, document: Document, *, opened: str = "") -> HttpResponse:
    args = [place_of(document), document.slug]
    decides = writes_decisions(request.user, document, today=clock.today())
    changes = unadopted(document)
    stands = standing(request, document, is_changed=changes.is_any)
    context = {
        "document": document,
        "begin_url": begin_url(document) if document.follows_id and not document.is_published else "",
        "is_heard": document.is_published and is_heard(document),
        "state": chip_of(document, today=clock.today()),
        "lang": lang_of(document.language),
        "editor": editor_of(
            document,
            changes=changes,
            at=opened or request.GET.get("ved", ""),
            writes_decisions=decides,
            **_around(request, document),
        ),
        "above": [(base, lang_of(base.language)) for base in bases_above(document)],
        "crumbs": [*crumbs(document, "")[:2], {"label": _("Rediger")}],
        "at": opened or request.GET.get("ved", ""),
        "head_url": reverse("document_edit", args=args),
        "changes_url": reverse("document_changes", args=args),
        "section_url": reverse("section_new", args=args),
        "decision_url": reverse("decision_new", args=args) if decides else "",
        "state_url": reverse("document_state", args=args),
        "states": state_choices(request.user, document),
        "put_away_url": reverse("document_put_away", args=args) if document.state == DocumentState.DRAFT else "",
        "hearing_url": reverse("hearing_new", args=args)
        if may_be_sent(document, is_changed=stands["is_changed"])
        else "",
        **stands,
        **_present(request, document),
    }
    part = "#outline" if request.htmx else ""  # type: ignore[attr-defined]
    return open_again(request, render(request, f"planning/editor.html{part}", context))


def _around(request: HttpRequest, document: Document) -> dict[str, Any]:
    """What the rows of measures lead to, as far as this person may see it."""
    return {"wheels": _wheels(request, document), "above": above_for(request)}


def _wheels(request: HttpRequest, document: Document) -> list[tuple[str, str]]:
    """The wheels of a plan that one edits: the title and the short name of each."""
    if document.kind != DocumentKind.ACTION_PLAN:
        return []
    edits = request.user.reach(clock.today())[Permission.EDIT]  # type: ignore[union-attr]
    return [(title, slug) for title, slug, owner in WHEELS.rows(document=document.pk) if owner in edits]


@require_safe
def document_present(request: HttpRequest, place: str, slug: str) -> HttpResponse:
    """Who else is writing here just now; the page asks again by itself."""
    document = document_to_write(request, place, slug, today=clock.today())
    context = {"lang": lang_of(document.language), **_present(request, document)}
    return render(request, "planning/_present.html", context)


def _present(request: HttpRequest, document: Document) -> dict[str, Any]:
    """The others who have the editor open, each with the words of the row they write on."""
    others = here(document, request.user, now=timezone.now(), key=request.GET.get("skriver", "")[:50])  # type: ignore[arg-type]
    rows = words_of_rows(document, {other.key for other in others if other.key})
    return {
        "present": [(other.name, rows.get(other.key, "")) for other in others],
        "present_url": reverse(PRESENT[place_of(document)], args=[document.slug]),
        "asks_every": ASKS_EVERY,
    }


def words_of_rows(document: Document, keys: set[str]) -> dict[str, str]:
    """The words of the areas, goals, routes and measures with these keys."""
    if not keys:
        return {}
    related: Any = (document.areas, document.goals, document.routes, document.measures)  # type: ignore[attr-defined]
    return {item.key: str(item) for items in related for item in items.filter(key__in=keys)}


@read_or_send
def measure_new(request: HttpRequest, slug: str) -> HttpResponse:
    document = document_to_write(request, "planer", slug, today=clock.today())
    area = area_asked_for(request, document)
    goals = list(document.goals.standing().filter(key=request.GET.get("mal", "")))
    key = goals[0].key if goals else area.key if area else "ny-uten-mal"
    line = _line_of(request, Measure(document=document, area=area))
    return _measure(request, line, _("Nytt tiltak"), key=key, goals=goals)


@read_or_send
def measure_edit(request: HttpRequest, key: str) -> HttpResponse:
    measure = allowed(request, measure_to_write(key), today=clock.today())
    line = _line_of(request, measure)
    done_already = words_saved(
        request,
        line,
        words=WordsForm,
        whole=MeasureForm,
        is_rest_stored=lambda: is_rest_stored(measure, request.POST),
        save=lambda form: save_measure(measure, many={}, links=None, lines=None, pickers=(), **how(request, form)),
        done=_to_row,
    )
    return done_already or _measure(request, line, _("Endre tiltaket"), key=key)


def _measure(request: HttpRequest, line: MeasureLine, heading: str, *, key: str, goals: Any = ()) -> HttpResponse:
    measure: Measure = line.item
    data = sent(request).get("data")
    said = Said(measure, home=measure.document.owner, data=data)
    form = MeasureForm(instance=measure, said=said, initial={"goals": goals} if goals else {}, **sent(request))
    preview = said.preview(address("measure_responsible", measure.document.slug))
    links = links_part(measure.links, data)
    above = request.POST.get(ABOVE) or request.GET.get(ABOVE, "") if measure.pk is None else ""
    begun = [f"{GOAL.code}{SEPARATOR}{above}"] if above else []
    others = links_of_item(request, measure, "item_links", MEASURE, ENDS, begun)
    lead = _under_words(others[0].rows) if above else ""
    return handle(
        request,
        Editing(form, [said.part, links, *others], form.groups(links)),
        page_in(
            measure.document, heading, key=key, previews=[preview], lead=lead, begun={ABOVE: above} if above else {}
        ),
        save=lambda: save_measure(
            measure,
            many=form.many(),
            links=None if links.rows.is_untouched else links_of(links.rows),
            lines=None if said.part.rows.is_untouched else lines_of(said.part.rows),
            pickers=[part.rows for part in others],
            **how(request, form),
        ),
        done=_to_row,
        again=lambda saved: _another(saved, above=above),
        part=lambda _saved: line_saved(request, line),
    )


def _to_row(measure: Measure) -> str:
    return to_row(measure.document, measure.key)


def _line_of(request: HttpRequest, measure: Measure) -> MeasureLine:
    return MeasureLine(
        measure,
        wheels=lambda: _wheels(request, measure.document) if measure.has_wheels else (),  # type: ignore[attr-defined]
        above=above_for(request),
    )


def _under_words(picker: Picker) -> str:
    """Which goal of a plan above a new measure is begun under."""
    return "; ".join(f"{option.where}: {option.text}" for option in picker.options if option.is_picked)


def _another(saved: Measure, *, above: str) -> Again:
    """The form of one more measure, for the same goal or area, and begun under the same goal of a plan above."""
    goal, url = saved.goals.first(), reverse("measure_new", args=[saved.document.slug])
    if goal:
        return Again(with_query(url, mal=goal.key, bygger=above), f"measure_new-{goal.key}")
    if saved.area:
        return Again(with_query(url, omrade=saved.area.key, bygger=above), f"measure_new-{saved.area.key}")
    return Again(with_query(url, bygger=above), "measure_new-utenfor")


@require_safe
def measure_responsible(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell who is understood to be responsible, while it is typed."""
    document = document_to_write(request, "planer", slug, today=clock.today())
    said = Said(Measure(document=document), home=document.owner, data=request.GET)
    heading = _("Prøv hvem som har ansvaret")
    return show_read(request, said, crumbs(document, heading), heading)


@read_or_send
def measure_place(request: HttpRequest, key: str) -> HttpResponse:
    """Move a measure to another goal or area."""
    measure = row_of_document(request, Measure, today=clock.today(), key=key)
    form = ServesForm(instance=measure, **sent(request))
    return handle(
        request,
        Editing(form),
        page_in(measure.document, _("Flytt tiltaket"), key=key, lead=str(measure), verb=_("Flytt")),
        save=lambda: place_measure(measure, many=form.many(), **how(request, form)),
        done=lambda move: to_row(move.row.document, key),
        tell=lambda move: tell_move(request, move, reverse("measure_move", args=[key])),
    )


@require_POST
def measure_move(request: HttpRequest, key: str) -> HttpResponse:
    measure = row_of_document(request, Measure, today=clock.today(), key=key)
    return moved(request, measure, beside, drop=drop_measure, holder=holder_of)


@require_safe
def measure_changes(request: HttpRequest, key: str) -> HttpResponse:
    """What has been changed in a measure, its responsibility lines and links among it."""
    measure = row_of_document(request, Measure, today=clock.today(), permission=Permission.READ_DRAFTS, key=key)
    lines = LinesLog(measure).changes()
    links = link_changes(measure.item_links, user=request.user, today=clock.today())  # type: ignore[arg-type]
    return changes_in(
        request, measure.document, str(measure), merged(changes_of(measure), lines, links), key=key, row=measure
    )
