"""Goals and measures pasted into a document: shown as they were understood, mended where they were not, then made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from config.lib import clock
from config.lib.faults import faults_of
from config.lib.language import lang_of
from organisation.phrase_reader import Names
from planning.forms_pasting import (
    PREFIX,
    PastedRows,
    PasteForm,
    known_goals,
    sent_as,
    spread_from,
    tell_shared,
    with_spread,
)
from planning.pasting import PastedKind, add_rows, take_back
from strategy.access import document_to_write
from strategy.models import Area, Document, Goal
from strategy.views.editing import crumbs, editor_url, to_row
from strategy.views.lines import unread_words

UNDO = {"planer": "plan_paste_undo", "strategi": "strategy_paste_undo"}


@dataclass(frozen=True)
class Place:
    """Where it is pasted: in a document, perhaps in one of its areas, perhaps below one of its goals."""

    document: Document
    area: Area | None
    goal: Goal | None

    @classmethod
    def asked_for(cls, request: HttpRequest, document: Document) -> Place:
        asked = request.POST if request.method == "POST" else request.GET
        goal = document.goals.standing().filter(key=asked.get("mal", "")).select_related("area").first()
        area = goal.area if goal else document.areas.standing().filter(key=asked.get("omrade", "")).first()
        return cls(document, area, goal)

    @property
    def words(self) -> str:
        return str(self.goal or self.area or "")

    @property
    def back_url(self) -> str:
        where = self.goal or self.area
        return to_row(self.document, where.key) if where else editor_url(self.document)


@require_http_methods(["GET", "HEAD", "POST"])
def document_paste(request: HttpRequest, place: str, slug: str) -> HttpResponse:
    """The paste; then its rows, as often as they are mended; then the editor with what was made in it."""
    document = document_to_write(request, place, slug, today=clock.today())
    where = Place.asked_for(request, document)
    if f"{PREFIX}-TOTAL_FORMS" in request.POST:
        return _rows(request, place, where)
    form = PasteForm(request.POST or None, document=document, below_goal=where.goal is not None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, where, form=form)
    rows = PastedRows(sent_as(form.rows), prefix=PREFIX, form_kwargs=_known(where))
    rows.is_valid()
    return _show(request, where, rows=rows)


def _known(where: Place) -> dict[str, Any]:
    """What the rows are read by: what names mean here, and the goals that are there already."""
    goals = known_goals(where.document, where.area)
    return {"document": where.document, "names": Names.of(where.document.owner), "goals": goals}


def _rows(request: HttpRequest, place: str, where: Place) -> HttpResponse:
    rows = PastedRows(with_spread(request.POST), prefix=PREFIX, form_kwargs=_known(where))
    is_right = rows.is_valid()
    if request.POST.get("do") or not is_right:
        return _show(request, where, rows=rows, is_refused=not request.POST.get("do"))
    taken = [form.new_row() for form in rows.forms if form.cleaned_data["kind"] != PastedKind.NONE]
    if not taken:
        messages.warning(request, _("Ingen rader er valgt. Velg hva hver rad skal bli."))
        return _show(request, where, rows=rows)
    made = add_rows(
        where.document,
        taken,
        area=where.area,
        goal=where.goal,
        by=request.user,  # type: ignore[arg-type]
        now=timezone.now(),
    )
    undo = reverse(UNDO[place], args=[where.document.slug, made.marks]) if made.items else ""
    said = _("Lagt inn: %(what)s.") % {"what": counted(rows.forms)}
    messages.success(request, unread_words(where.document, said), extra_tags=undo)
    return HttpResponseRedirect(to_row(where.document, made.items[0].key) if made.items else where.back_url)


@require_POST
def document_paste_undo(request: HttpRequest, place: str, slug: str, marks: str) -> HttpResponse:
    """Take out what one paste made."""
    document = document_to_write(request, place, slug, today=clock.today())
    count = take_back(document, marks.split(","), by=request.user, now=timezone.now())  # type: ignore[arg-type]
    words = ngettext("Tatt ut igjen: %(count)d rad.", "Tatt ut igjen: %(count)d rader.", count)
    messages.success(request, words % {"count": count})
    return HttpResponseRedirect(editor_url(document))


def counted(forms: Iterable[Any]) -> str:
    """How many of each kind are new, "2 mål, 7 tiltak"."""
    kinds = [form.sort for form in forms if form.there is None]
    areas, goals, measures = (kinds.count(kind) for kind in (PastedKind.AREA, PastedKind.GOAL, PastedKind.MEASURE))
    parts = [
        ngettext("%(count)s område", "%(count)s områder", areas) % {"count": areas} if areas else "",
        ngettext("%(count)s mål", "%(count)s mål", goals) % {"count": goals} if goals else "",
        ngettext("%(count)s tiltak", "%(count)s tiltak", measures) % {"count": measures} if measures else "",
    ]
    return ", ".join(filter(None, parts))


def _show(
    request: HttpRequest, where: Place, *, form: PasteForm | None = None, rows: Any = None, is_refused: bool = False
) -> HttpResponse:
    heading = _("Lim inn mål og tiltak") if where.document.kind == "action_plan" else _("Lim inn mål")
    context: dict[str, Any] = {
        "where": where,
        "lang": lang_of(where.document.language),
        "heading": heading,
        "crumbs": crumbs(where.document, heading),
    }
    if rows is None:
        return render(request, "planning/paste.html", context | {"form": form})
    tell_shared(rows.forms, spread_from(request.POST))
    wrong, faults = sum(bool(each.errors) for each in rows.forms), faults_of(rows.forms)
    context |= {
        "rows": rows,
        "count": counted(rows.forms),
        "wrong": ngettext("%(count)d må rettes", "%(count)d må rettes", wrong) % {"count": wrong} if wrong else "",
        "faults": faults,
        "refused": {"line_errors": faults} if is_refused else {},
    }
    return render(request, "planning/paste_rows.html", context)
