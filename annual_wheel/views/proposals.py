"""What units propose for next year, and the answers of those who edit the wheel."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from django.utils.translation import gettext as _

from annual_wheel import turning
from annual_wheel.access import Turn, turn_to_see
from annual_wheel.forms_turning import AnswerForm, ProposalForm
from annual_wheel.models import Entry, Proposal
from annual_wheel.turn_page import turn_url
from annual_wheel.views.turning import crumbs
from config.lib import clock
from config.lib.editing import Editing, FormPage, handle
from config.lib.language import lang_of
from organisation.permissions import Permission
from strategy.access import refuse_unless
from strategy.views.editing import read_or_send, sent


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
        done=lambda saved: f"{back}#forslag-{saved.pk}",
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
        save=lambda: turning.answer(proposal, by=request.user, now=now(), expected=form.expected),  # type: ignore[arg-type]
        done=lambda saved: back,
    )
