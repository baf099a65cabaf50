"""What units propose for next year, and the answers of those who edit the wheel."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annual_wheel import turning
from annual_wheel.access import Turn, turn_to_see
from annual_wheel.forms_turning import AnswerForm, ProposalForm
from annual_wheel.models import Entry, Proposal
from annual_wheel.proposal_rows import place_of
from annual_wheel.turn_page import turn_url
from annual_wheel.views.turning import crumbs
from config.lib import clock
from config.lib.editing import Editing, FormPage, handle, read_or_send, sent
from config.lib.htmx import came_from
from config.lib.language import lang_of
from organisation.permissions import Permission
from strategy.access import refuse_unless


@read_or_send
def proposal_new(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Propose a new entry on behalf of a unit."""
    turn = turn_to_see(request, slug, year, today=clock.today())
    heading = _("Foreslå et nytt punkt i %(year)s") % {"year": year}
    return propose(request, turn, None, heading, back=turn_url(turn.wheel, year))


@read_or_send
def entry_propose(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """Propose what should become of an entry."""
    today = clock.today()
    visible = Entry.objects.visible_to(request.user, today=today).in_force().select_related("wheel")
    entry = get_object_or_404(visible, key=key)
    turn = turn_to_see(request, entry.wheel.slug, year, today=today)
    heading = _("Foreslå til %(year)s") % {"year": year}
    return propose(request, turn, entry, heading, back=entry.get_absolute_url())


def propose(request: HttpRequest, turn: Turn, entry: Entry | None, heading: str, *, back: str) -> HttpResponse:
    if turn.is_opened or not turn.units.exists():
        raise PermissionDenied
    proposal = Proposal(wheel=turn.wheel, entry=entry, year=turn.year)
    form = ProposalForm(instance=proposal, units=turn.units, **sent(request))
    return handle(
        request,
        Editing(form),
        FormPage(
            heading=heading,
            back=back,
            crumbs=crumbs(turn, heading),
            lead=entry.text if entry else "",
            lead_lang=lang_of(settings.LANGUAGE_CODE),
            verb=_("Send forslaget"),
        ),
        save=lambda: turning.propose(proposal, by=request.user, now=now()),  # type: ignore[arg-type]
        done=at_proposal,
    )


@read_or_send
def proposal_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a proposal; whoever made it sees the answer on the entry's page."""
    today = clock.today()
    seen = Proposal.objects.visible_to(request.user, today=today).for_rows()
    proposal = get_object_or_404(seen.select_related("wheel__owner"), pk=pk)
    refuse_unless(request.user, Permission.EDIT, proposal.wheel, today=today)
    form = AnswerForm(instance=proposal, **sent(request))
    heading = _("Svar på forslaget")
    turn = turn_to_see(request, proposal.wheel.slug, proposal.year, today=today)
    back = f"{turn_url(proposal.wheel, proposal.year)}#svar-forslag-{proposal.pk}"

    def save() -> Proposal:
        try:
            return turning.answer(proposal, by=request.user, now=now(), expected=form.expected)  # type: ignore[arg-type]
        except turning.CannotDecide as refused:
            raise forms.ValidationError(str(refused)) from refused

    return handle(
        request,
        Editing(form),
        FormPage(
            heading=heading,
            back=back,
            crumbs=crumbs(turn, heading),
            lead=proposal.text,
            lead_lang=lang_of(settings.LANGUAGE_CODE),
            verb=_("Svar"),
        ),
        save=save,
        done=lambda saved: back,
    )


@read_or_send
def proposal_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write one's own proposal otherwise, until it is decided on."""
    proposal = own_proposal(request, pk)
    turn = turn_to_see(request, proposal.wheel.slug, proposal.year, today=clock.today())
    form = ProposalForm(instance=proposal, units=turn.units, **sent(request))
    heading = _("Endre forslaget")

    def save() -> Proposal:
        try:
            return turning.change_proposal(proposal, by=request.user, expected=form.expected)  # type: ignore[arg-type]
        except turning.CannotDecide as refused:
            raise forms.ValidationError(str(refused)) from refused

    return handle(
        request,
        Editing(form),
        FormPage(
            heading=heading,
            back=at_proposal(proposal),
            crumbs=crumbs(turn, heading),
            lead=proposal.entry.text if proposal.entry else "",
            lead_lang=lang_of(settings.LANGUAGE_CODE),
        ),
        save=save,
        done=at_proposal,
    )


@require_POST
def proposal_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = own_proposal(request, pk)
    try:
        turning.withdraw(proposal, by=request.user, now=now())  # type: ignore[arg-type]
    except turning.CannotDecide as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Forslaget er trukket."), extra_tags=reverse("proposal_restore", args=[pk]))
    return redirect((came_from(request) or place_of(proposal)) + "#innhold")


@require_POST
def proposal_restore(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = own_proposal(request, pk)
    try:
        turning.propose_again(proposal, by=request.user)  # type: ignore[arg-type]
    except turning.CannotDecide as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Forslaget står igjen."))
    return redirect(at_proposal(proposal))


def own_proposal(request: HttpRequest, pk: int) -> Proposal:
    """The proposal, also a withdrawn one, where one made it and still may propose for its unit."""
    today, user = clock.today(), request.user
    proposal = get_object_or_404(Proposal.objects.told_to(user, today=today).for_rows(), pk=pk)
    if proposal.proposed_by != user or not user.may(Permission.TICK, proposal.unit, today=today):
        raise PermissionDenied
    return proposal


def at_proposal(proposal: Proposal) -> str:
    return f"{place_of(proposal)}#forslag-{proposal.pk}"
