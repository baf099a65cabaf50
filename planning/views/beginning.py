"""Letting an empty draft begin from the document it follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from config.lib import clock
from config.lib.editing import read_or_send
from config.lib.language import lang_of
from planning import beginning
from planning.beginning import Source, Taken
from planning.begun_figures import Figures
from strategy.access import document_to_write, place_of
from strategy.models import Document
from strategy.views.editing import crumbs, editor_url
from strategy.words import count_goals, count_measures, count_routes

SESSION_KEY = "begun"


class BeginForm(forms.Form):
    measures = forms.ChoiceField(
        label=gettext_lazy("Hvilke tiltak skal være med?"),
        choices=Taken.choices,
        widget=forms.RadioSelect,
        initial=Taken.ALL,
    )
    figures = forms.MultipleChoiceField(
        label=gettext_lazy("Hva mer skal være med?"),
        help_text=gettext_lazy(
            "De står som de er skrevet, også år og frister. Gå over dem: en ny periode har som oftest nye tall."
        ),
        choices=Figures.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any, *, source: Source | None) -> None:
        """Without what there is nothing to choose among for."""
        super().__init__(data)
        if source is None or not source.measures:
            del self.fields["measures"]
        kinds = source.numbers.kinds if source else []
        self.fields["figures"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        if not kinds:
            del self.fields["figures"]


@read_or_send
def document_begin(request: HttpRequest, place: str, slug: str) -> HttpResponse:
    """Choose what comes along; without anything to choose one gets to the editor."""
    today = clock.today()
    document = document_to_write(request, place, slug, today=today)
    source = beginning.source_of(document, request.user, today=today)  # type: ignore[arg-type]
    if source is None and request.method != "POST":
        return HttpResponseRedirect(editor_url(document))
    form = BeginForm(request.POST if request.method == "POST" else None, source=source)
    if request.method == "POST" and form.is_valid():
        return _begin(request, document, form.cleaned_data)
    return render(request, "planning/begin.html", _context(document, source, form))


def _context(document: Document, source: Source | None, form: forms.Form) -> dict[str, Any]:
    base = document.follows
    assert source is not None
    assert base is not None
    heading = _("Begynn fra «%(title)s»") % {"title": base.known_as}
    return {
        "document": document,
        "form": form,
        "heading": heading,
        "crumbs": crumbs(document, _("Begynn")),
        "back": editor_url(document),
        "lang": lang_of(base.language),
        "holds": ", ".join(_counts(source)),
        "stopped": [(str(measure), measure.get_absolute_url()) for measure in source.stopped],
        "advised": count_measures(len(source.taken(Taken.ADVISED))),
    }


def _counts(source: Source) -> Iterable[str]:
    if areas := len(source.areas):
        yield ngettext("%(count)d område", "%(count)d områder", areas) % {"count": areas}
    yield count_goals(len(source.goals))
    if source.routes:
        yield count_routes(len(source.routes))
    if source.measures:
        yield count_measures(len(source.measures))
    if targets := len(source.numbers.targets):
        yield ngettext("%(count)d måltall", "%(count)d måltall", targets) % {"count": targets}
    if facts := len(source.numbers.facts):
        yield ngettext("%(count)d faktaboks", "%(count)d faktabokser", facts) % {"count": facts}


def _begin(request: HttpRequest, document: Document, chosen: Mapping[str, Any]) -> HttpResponse:
    choice, figures = chosen.get("measures", Taken.NONE), chosen.get("figures", ())
    who: dict[str, Any] = {"by": request.user, "today": clock.today()}
    try:
        begun = beginning.begin(document, choice=choice, figures=figures, **who)
    except beginning.CannotBegin as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(editor_url(document))
    request.session[SESSION_KEY] = {"document": document.slug, "keys": begun.keys}
    undo = reverse("document_begin_undo", args=[place_of(document), document.slug])
    messages.success(request, _("Utkastet har fått med det du valgte."), extra_tags=undo)
    for way in begun.ways_round:
        said = _(
            "Noe som det forrige dokumentet gjennomfører, er ikke tatt med. "
            "Da ville dokumentet gjennomføre seg selv: %(way)s."
        )
        messages.warning(request, said % {"way": way})
    if figures:
        messages.warning(request, _("Måltall og faktabokser har årene og fristene fra før. Gå over dem."))
    return HttpResponseRedirect(editor_url(document))


@require_POST
def document_begin_undo(request: HttpRequest, place: str, slug: str) -> HttpResponse:
    """Take out what this person let the draft begin from."""
    document = document_to_write(request, place, slug, today=clock.today())
    kept = request.session.get(SESSION_KEY) or {}
    if kept.get("document") != document.slug or document.is_published:
        messages.info(request, _("Det er ingenting å angre."))
        return HttpResponseRedirect(editor_url(document))
    del request.session[SESSION_KEY]
    beginning.take_back(document, kept["keys"], by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Det som ble tatt med, er tatt ut igjen."))
    return HttpResponseRedirect(editor_url(document))
