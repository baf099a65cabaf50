"""Joining a measure with another: one chooses which, and then writes what the two become."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from config.lib import clock
from config.lib.addresses import asked_for
from config.lib.editing import Editing, handle, how, read_or_send, sent
from config.lib.language import lang_of
from config.lib.models import StaleEdit
from planning.forms_splitting import JoinForm
from planning.going_on import goes_on
from planning.joining import Joined, elsewhere, join, part
from planning.models import Measure
from planning.services import beside, home_of
from strategy.access import row_of_document
from strategy.views.editing import crumbs, page_in, short, to_row
from strategy.views.lines import unread_words
from strategy.views.undoing import keep_last, undo_last

SESSION_KEY: Final = "joined"  # what was joined last, and what it takes to part it
WITH: Final = "med"


@read_or_send
def measure_join(request: HttpRequest, key: str) -> HttpResponse:
    """Write what two measures become; where none is named to join with, those beside it are offered."""
    measure = row_of_document(request, Measure, today=clock.today(), key=key)
    named = request.POST.get(WITH) or request.GET.get(WITH, "")
    others: Any = measure.document.measures if request.method == "POST" else measure.document.measures.standing()  # type: ignore[attr-defined]
    other = others.filter(key=named).exclude(pk=measure.pk).first()
    if other is None:
        return _choose(request, measure)
    if request.method != "POST" and home_of(other) != home_of(measure):
        return _choose(request, measure, refused=elsewhere(other))
    form = JoinForm(instance=measure, other=other, **sent(request))
    return handle(
        request,
        Editing(form),
        page_in(measure.document, _("Slå sammen to tiltak"), key=key, verb=_("Slå sammen"), begun={WITH: named}),
        save=lambda: _join(request, measure, form),
        done=lambda _joined: to_row(measure.document, key),
        tell=lambda joined: _tell(request, joined),
    )


def _join(request: HttpRequest, measure: Measure, form: JoinForm) -> Joined:
    """Where the other was changed at the same moment, that is told as where it was changed before."""
    try:
        return join(measure, form.other, **how(request, form))
    except StaleEdit as stale:
        if stale.current.pk == form.other.pk:
            form.refuse_newer(form.other, stale.current)
        raise


def _choose(request: HttpRequest, measure: Measure, *, refused: str = "") -> HttpResponse:
    """Those that stand in the same place: what is elsewhere is moved here first."""
    heading = _("Slå sammen to tiltak")
    context = {
        "measure": measure,
        "others": [other for other in beside(measure) if other.pk != measure.pk],
        "refused": refused,
        "heading": heading,
        "crumbs": crumbs(measure.document, heading),
        "back": asked_for(request) or to_row(measure.document, measure.key),
        "lang": lang_of(measure.document.language),
        "is_in_place": bool(request.htmx),  # type: ignore[attr-defined]
    }
    form = "#form" if request.htmx else ""  # type: ignore[attr-defined]
    return render(request, f"planning/join.html{form}", context)


def _tell(request: HttpRequest, joined: Joined) -> None:
    keep_last(request, SESSION_KEY, joined.measure, joined.other, joined.kept)
    said = _("Slått sammen: «%(other)s» er tatt ut, og dette går videre for begge.") % {"other": short(joined.other)}
    undo = reverse("measure_join_undo", args=[joined.measure.key])
    messages.success(request, unread_words(joined.measure.document, said), extra_tags=undo)
    if words := goes_on(joined.other):
        messages.warning(request, words)


@require_POST
def measure_join_undo(request: HttpRequest, key: str) -> HttpResponse:
    """Part again what this person joined last, while nobody has gone on with either."""
    said = _("Angret: «%(item)s» står for seg selv igjen.")
    return undo_last(request, Measure, key, name=SESSION_KEY, undo=part, said=said)
