"""Several measures of a plan at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from config.lib import clock
from config.lib.language import lang_of
from organisation.lines import Parties
from planning import several
from planning.forms_several import SeveralForm
from planning.models import Measure
from strategy.access import document_to_write
from strategy.models import Document
from strategy.outline import lines_outline
from strategy.views.editing import crumbs, editor_url, short
from strategy.views.lines import unread_words
from strategy.words import phrase

SESSION_KEY = "several_measures"  # how they were before the last change, for its undoing


@dataclass(frozen=True)
class Choice:
    key: str
    text: str
    responsible: str
    target_groups: str
    is_picked: bool


@require_http_methods(["GET", "HEAD", "POST"])
def measures_several(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the measures that are ticked another responsible or another target group."""
    document = document_to_write(request, "planer", slug, today=clock.today())
    form = SeveralForm(request.POST if request.method == "POST" else None, document=document)
    if form.is_valid():
        return _change(request, document, form)
    picked = set(request.POST.getlist("measures"))
    context = {
        "document": document,
        "lang": lang_of(document.language),
        "form": form,
        "choices": choices_of(document, picked),
        "options": list(Parties().by_name),
        "crumbs": crumbs(document, _("Flere tiltak samtidig")),
        "back": editor_url(document),
        "status_url": f"{reverse('plan_status', args=[slug])}?enhet={document.owner.slug}",
    }
    return render(request, "planning/several.html", context)


def choices_of(document: Document, picked: set[str]) -> list[Choice]:
    """Every measure of the working text, in a constant number of queries."""
    parts = ("target_groups", *(f"responsibilities__{party}" for party in ("unit", "group", "function")))
    return [
        Choice(
            measure.key,
            str(measure),
            phrase(lines_outline(measure.responsibilities.all())),
            ", ".join(str(group) for group in measure.target_groups.all()),
            measure.key in picked,
        )
        for measure in Measure.objects.standing().filter(document=document).prefetch_related(*parts)
    ]


def _change(request: HttpRequest, document: Document, form: SeveralForm) -> HttpResponse:
    given: dict[str, Any] = {name: form.cleaned_data[name] for name in ("adds", "removes", "leads", "replaces")}
    changed = several.change_several(form.cleaned_data["measures"], by=request.user, now=timezone.now(), **given)  # type: ignore[arg-type]
    if changed:
        request.session[SESSION_KEY] = {"plan": document.slug, "rows": changed}
        words = ngettext("%(count)d tiltak er endret.", "%(count)d tiltak er endret.", len(changed))
        undo = reverse("measures_several_undo", args=[document.slug])
        said = words % {"count": len(changed)}
        if given["leads"]:
            said = f"{said} {capfirst('; '.join(form.understood))}."
        messages.success(request, unread_words(document, said), extra_tags=undo)
    else:
        messages.info(request, _("Slik er det allerede. Ingenting er endret."))
    return HttpResponseRedirect(reverse("measures_several", args=[document.slug]))


@require_POST
def measures_several_undo(request: HttpRequest, slug: str) -> HttpResponse:
    """Undo the last change of several measures that this person made here."""
    document = document_to_write(request, "planer", slug, today=clock.today())
    kept = request.session.get(SESSION_KEY) or {}
    if kept.get("plan") != document.slug:
        messages.info(request, _("Det er ingenting å angre."))
        return HttpResponseRedirect(reverse("measures_several", args=[slug]))
    del request.session[SESSION_KEY]
    done, left = several.undo_several(kept["rows"], by=request.user, now=timezone.now())  # type: ignore[arg-type]
    if done:
        words = ngettext("%(count)d tiltak er som før.", "%(count)d tiltak er som før.", done) % {"count": done}
        messages.success(request, words)
    if left:
        messages.warning(request, left_words(left))
    return HttpResponseRedirect(reverse("measures_several", args=[slug]))


def left_words(left: Sequence[Measure]) -> str:
    """Which measures were not put back as they were."""
    words = ngettext(
        "%(count)d tiltak er endret av noen etterpå, og står som det er: %(which)s.",
        "%(count)d tiltak er endret av noen etterpå, og står som de er: %(which)s.",
        len(left),
    )
    return words % {"count": len(left), "which": ", ".join(f"«{short(measure)}»" for measure in left)}
