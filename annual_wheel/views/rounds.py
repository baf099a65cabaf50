"""Rounds in which leadership asks every responsible unit how its measures stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annual_wheel.forms_following import RoundForm
from annual_wheel.measure_ticks import ticks_between
from annual_wheel.phrases import day_phrase
from annual_wheel.round_page import content_of, due_words, period_of_round
from annual_wheel.status_page import status_url
from annual_wheel.views.following import crumbs, may_edit, plan_to_see, read_or_send
from config.lib import clock
from config.lib.addresses import asked_for
from config.lib.changes import changes_of, merged
from config.lib.editing import Editing, FormPage, handle, sent
from config.lib.language import lang_of
from organisation.models import Unit, User
from organisation.permissions import Permission
from planning import reporting
from planning.models import ReportingRound
from planning.responsible import measures_of_plan, units_of
from strategy.models import Document
from strategy.views.changes import show_changes

WEEKS_TO_ANSWER = timedelta(weeks=3)


def plan_to_lead(request: HttpRequest, slug: str) -> Document:
    document = plan_to_see(request, slug)
    if not may_edit(request, document):
        raise PermissionDenied
    return document


def round_of(document: Document, pk: int) -> ReportingRound:
    rows = ReportingRound.objects.select_related("document__owner", "opened_by", "closed_by")
    return get_object_or_404(rows, pk=pk, document=document)


def round_crumbs(document: Document, *last: tuple[str, str] | str) -> list[dict[str, str]]:
    rounds = _("Rapporteringsrunder")
    if not last:
        return crumbs(document, rounds)
    return crumbs(document, (rounds, reverse("rounds", args=[document.slug])), *last)


@require_safe
def rounds(request: HttpRequest, slug: str) -> HttpResponse:
    """The rounds of a plan, the newest first."""
    document, today = plan_to_see(request, slug), clock.today()
    rows: list[dict[str, Any]] = [
        {
            "round": asked,
            "period": period_of_round(asked),
            "due": due_words(asked, today=today) if asked.is_open else day_phrase(asked.due_on, today=today),
            "closed": day_phrase(localtime(asked.closed_at).date(), today=today) if asked.closed_at else "",
        }
        for asked in document.reporting_rounds.all()
    ]
    context = {
        "document": document,
        "crumbs": round_crumbs(document),
        "rows": rows,
        "may_open": may_edit(request, document) and document.is_published and not document.awaited_on(today),
        "has_open": any(row["round"].is_open for row in rows),
        "lang": lang_of(document.language),
    }
    return render(request, "annual_wheel/rounds.html", context)


@read_or_send
def round_new(request: HttpRequest, slug: str) -> HttpResponse:
    document, today = plan_to_lead(request, slug), clock.today()
    form = RoundForm(instance=ReportingRound(document=document), initial=_usual_days(today), **sent(request))
    units = units_of(measures_of_plan(document, today=today))
    who = _("Disse enhetene blir spurt: %(units)s.") % {"units": ", ".join(unit.label for unit in units)}
    return handle(
        request,
        Editing(form),
        FormPage(
            heading=_("Åpne en rapporteringsrunde"),
            back=reverse("rounds", args=[slug]),
            crumbs=round_crumbs(document, _("Ny runde")),
            lead=who if units else _("Planen har ingen tiltak ennå."),
            verb=_("Åpne runden"),
        ),
        save=lambda: _open(request, form.instance),
        done=lambda asked: reverse("round", args=[slug, asked.pk]),
    )


def _usual_days(today: date) -> dict[str, date]:
    return {
        "from_on": date(today.year, 1, 1),
        "to_on": date(today.year, 12, 31),
        "due_on": today + WEEKS_TO_ANSWER,
    }


def _open(request: HttpRequest, asked: ReportingRound) -> ReportingRound:
    opened = reporting.start_round(asked, by=request.user, now=now(), today=clock.today())  # type: ignore[arg-type]
    undo = reverse("round_undo", args=[asked.document.slug, opened.pk])
    messages.success(request, _("Runden er åpen. Enhetene ser den på Mitt arbeid."), extra_tags=undo)
    return opened


@require_safe
def round_page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Who has answered, and how each measure stands beside the round before."""
    document, today = plan_to_see(request, slug), clock.today()
    asked = round_of(document, pk)
    context = {
        "document": document,
        "lang": lang_of(document.language),
        "crumbs": round_crumbs(document, period_of_round(asked)),
        "asked": asked,
        "period": period_of_round(asked),
        "due": due_words(asked, today=today) if asked.is_open else day_phrase(asked.due_on, today=today),
        "is_late": asked.is_open and asked.due_on < today,
        "closed": day_phrase(localtime(asked.closed_at).date(), today=today) if asked.closed_at else "",
        "content": content_of(asked, today=today),
        "may_edit": may_edit(request, document),
        "reads_drafts": isinstance(request.user, User)
        and request.user.may(Permission.READ_DRAFTS, document.owner, today=today),
    }
    return render(request, "annual_wheel/round.html", context)


@read_or_send
def round_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give the units another deadline, or another message."""
    document = plan_to_lead(request, slug)
    asked = open_round_of(document, pk)
    form = RoundForm(instance=asked, **sent(request))
    here = reverse("round", args=[slug, pk])
    return handle(
        request,
        Editing(form),
        FormPage(
            heading=_("Endre fristen"),
            back=here,
            crumbs=round_crumbs(document, (period_of_round(asked), here), _("Endre fristen")),
        ),
        save=lambda: reporting.change_due(
            asked,
            by=request.user,  # type: ignore[arg-type]
            today=clock.today(),
            expected=form.expected,
            why=form.reason,
        ),
        done=lambda saved: here,
    )


@require_safe
def round_changes(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What has been changed in a round, and who has said that a unit is finished, or taken that back."""
    document = plan_to_see(request, slug)
    asked, here = round_of(document, pk), reverse("round", args=[slug, pk])
    if not request.user.may(Permission.READ_DRAFTS, document.owner, today=clock.today()):  # type: ignore[union-attr]
        raise PermissionDenied
    finished = [
        replace(change, what="", why=f"{row.unit.label}: {change.why}")
        for row in asked.units.select_related("unit")
        for change in changes_of(row)
    ]
    period = period_of_round(asked)
    trail = round_crumbs(document, (period, here), _("Endringer"))
    title = _("Rapporteringsrunde %(period)s") % {"period": period}
    changes = merged(changes_of(asked), finished)
    return show_changes(request, title, changes, trail, back=here, language=get_language() or "")


def open_round_of(document: Document, pk: int) -> ReportingRound:
    """A round that can still be changed; a closed one has no such page."""
    asked = round_of(document, pk)
    if not asked.is_open:
        raise Http404
    return asked


@read_or_send
def round_close(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask before closing, since that cannot be undone, and say who has not answered."""
    document, today = plan_to_lead(request, slug), clock.today()
    asked = round_of(document, pk)
    here = reverse("round", args=[slug, pk])
    if request.method == "POST":
        done = _tried(
            request,
            lambda: reporting.close_round(
                asked,
                by=request.user,  # type: ignore[arg-type]
                now=now(),
                today=today,
                ticks_between=ticks_between,
            ),
        )
        if done:
            messages.success(request, _("Runden er lukket. Det som ble rapportert, er tatt vare på."))
        return redirect(here)
    if not asked.is_open:
        return redirect(here)
    context = {
        "document": document,
        "lang": lang_of(document.language),
        "crumbs": round_crumbs(document, (period_of_round(asked), here), _("Lukk runden")),
        "period": period_of_round(asked),
        "content": content_of(asked, today=today),
        "is_early": today <= asked.due_on,
        "due": due_words(asked, today=today),
        "back": here,
    }
    return render(request, "annual_wheel/round_close.html", context)


@require_POST
def round_undo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    document = plan_to_lead(request, slug)
    asked = round_of(document, pk)
    if _tried(request, lambda: reporting.undo_round(asked, by=request.user)):  # type: ignore[arg-type]
        messages.success(request, _("Åpningen av runden er angret."))
    return redirect("rounds", slug)


@require_POST
def round_finish(request: HttpRequest, slug: str, pk: int, unit: str) -> HttpResponse:
    """A unit says that it is finished with the round."""
    return _finish(request, slug, pk, unit, is_finished=True)


@require_POST
def round_unfinish(request: HttpRequest, slug: str, pk: int, unit: str) -> HttpResponse:
    return _finish(request, slug, pk, unit, is_finished=False)


def _finish(request: HttpRequest, slug: str, pk: int, name: str, *, is_finished: bool) -> HttpResponse:
    document, today, user = plan_to_see(request, slug), clock.today(), request.user
    assert isinstance(user, User)
    asked = round_of(document, pk)
    unit: Any = get_object_or_404(Unit.objects.without_tree_fields(), slug=name)
    if unit not in units_of(measures_of_plan(document, today=today)):
        raise Http404
    if not user.may(Permission.TICK, unit, today=today):
        raise PermissionDenied
    act = reporting.set_finished
    if _tried(request, lambda: act(asked, unit, by=user, now=now(), is_finished=is_finished)):
        if is_finished:
            undo = reverse("round_unfinish", args=[slug, pk, name])
            said = _("%(unit)s er meldt ferdig. Takk for rapportene.") % {"unit": unit.label}
            messages.success(request, said, extra_tags=undo)
        else:
            messages.success(request, _("%(unit)s er ikke lenger meldt ferdig.") % {"unit": unit.label})
    return redirect(asked_for(request) or status_url(slug, unit=name))


def _tried(request: HttpRequest, act: Any) -> bool:
    """Whether it was done; what refused it is said."""
    try:
        act()
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
        return False
    return True
