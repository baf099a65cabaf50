"""A unit's own plan on that of a unit above: starting it, and following what changes underneath."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from config.lib import clock
from config.lib.days import day_words
from config.lib.language import lang_of
from config.lib.numbers import whole_number
from organisation.models import Unit, User
from organisation.permissions import Permission
from planning import building
from planning.inherited import Line, leaning_on
from planning.models import ActionPlan
from strategy.access import document_to_write, place_of, refuse_unless
from strategy.in_force import Words, words_of_versions
from strategy.models import Document, Version
from strategy.outline import outline_of
from strategy.underneath import Look, looks, mark_seen
from strategy.views.comparing import ShownRow, compare_words, count_words, is_changed

MOST_NUMBER = 2**31


@require_http_methods(["GET", "HEAD", "POST"])
def plan_build(request: HttpRequest, slug: str) -> HttpResponse:
    """Start the plan of a unit below on this one, or go to the one that is there.

    Whoever opens the address without having pressed gets to where it is pressed.
    """
    today = clock.today()
    visible = ActionPlan.objects.visible_to(request.user, today=today).select_related("owner")
    base = get_object_or_404(visible, slug=slug)
    if request.method != "POST":
        return HttpResponseRedirect(f"{base.get_absolute_url()}#h-bygg")
    user: User = request.user  # type: ignore[assignment]
    unit = get_object_or_404(Unit.objects.without_tree_fields().open_on(today), slug=request.POST.get("enhet", ""))
    if not user.may(Permission.EDIT, unit.pk, today=today):
        raise PermissionDenied
    if not building.may_build_on(base, unit, user):
        raise Http404
    plan, is_new = building.start_plan(base, unit, by=user, now=timezone.now())
    if is_new:
        messages.success(request, _("Planen er laget som utkast. Mål og tiltak fra planen over følger med."))
    else:
        messages.info(request, _("Enheten har allerede en plan som bygger på denne."))
    return HttpResponseRedirect(plan.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def document_bases(request: HttpRequest, place: str, slug: str) -> HttpResponse:
    """What has changed in what the document carries out, since somebody who writes it last looked."""
    today = clock.today()
    document = document_to_write(request, place, slug, today=today, permission=Permission.READ_DRAFTS)
    user: User = request.user  # type: ignore[assignment]
    found = looks([document], user, today=today).get(document.pk, [])
    if request.method == "POST":
        refuse_unless(user, Permission.EDIT, document, today=today)
        return _seen(request, document, found)
    leaning = leaning_on(Words(outline_of(document)))
    context = {
        "document": document,
        "lang": lang_of(document.language),
        "parts": [_part(look, leaning) for look in found],
        "may_press": user.may(Permission.EDIT, document.owner_id, today=today),
        "back": document.get_absolute_url(),
        "crumbs": [
            {"label": _("Planer") if place == "planer" else _("Strategi"), "url": f"/{place}/"},
            {"label": document.known_as, "url": document.get_absolute_url()},
            {"label": _("Endret i grunnlaget")},
        ],
    }
    return render(request, "planning/bases.html", context)


def _seen(request: HttpRequest, document: Document, found: list[Look]) -> HttpResponse:
    """Keep that one has looked at the version that stood on the page, and not at one that came meanwhile."""
    pk = whole_number(request.POST.get("version"), MOST_NUMBER) or 0
    bases = [look.base for look in found]
    version = Version.objects.filter(pk=pk, document__in=bases).select_related("document").first()
    if version is not None:
        mark_seen(document, version, by=request.user, now=timezone.now())  # type: ignore[arg-type]
    messages.success(request, _("Merket som sett."))
    rest = [look for look in found if version is None or look.base.pk != version.document_id]
    return HttpResponseRedirect(bases_url(document) if rest else document.get_absolute_url())


@dataclass(frozen=True)
class Part:
    """What changed in one base: row by row, each with what of ours builds on it."""

    title: str
    url: str
    lang: str
    since: str
    version: int
    counts: list[tuple[str, int]]
    rows: list[tuple[ShownRow, tuple[Line, ...]]]


def _part(look: Look, leaning: Any) -> Part:
    before, after = (words_of_versions({0: (one.pk, one.frozen_at)})[0] for one in (look.before, look.newest))
    rows = [row for row in compare_words(before, after) if is_changed(row)]
    lang = lang_of(look.base.language)
    return Part(
        title=look.base.known_as,
        url=look.base.get_absolute_url(),
        lang=lang,
        since=since_words(look),
        version=look.newest.pk,
        counts=count_words(rows),
        rows=[(ShownRow(row, lang, lang), _touched(row, leaning)) for row in rows],
    )


def _touched(row: Any, leaning: Any) -> tuple[Line, ...]:
    keys = dict.fromkeys(said.key for said in (*row.before, *row.after))
    return tuple(dict.fromkeys(line for key in keys for line in leaning.get(key, ())))


def since_words(look: Look) -> str:
    if look.seen is None:
        return _("Endret siden dokumentet begynte å bygge på det")
    words = {"who": look.seen.seen_by, "day": day_words(localtime(look.seen.seen_at).date())}
    return _("Endret siden %(who)s så det %(day)s") % words


def bases_url(document: Document) -> str:
    name = "plan_bases" if place_of(document) == "planer" else "strategy_bases"
    return reverse(name, args=[document.slug])


def underneath_notice(document: Document, user: Any, *, today: date) -> dict[str, str] | None:
    """What whoever writes a document is told on its page where something has changed underneath."""
    if not isinstance(user, User) or not user.may(Permission.EDIT, document.owner_id, today=today):
        return None
    found = looks([document], user, today=today).get(document.pk, [])
    if not found:
        return None
    titles = ", ".join(f"«{look.base.known_as}»" for look in found)
    words = ngettext(
        "%(titles)s er endret siden dere sist så på den.", "%(titles)s er endret siden dere sist så på dem.", len(found)
    )
    return {"text": words % {"titles": titles}, "url": bases_url(document)}
