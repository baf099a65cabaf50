"""Proposals in words, for the year's turn and for the page of an entry."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from annual_wheel.models import Proposal
from annual_wheel.phrases import day_phrase
from config.lib.clock import start_of
from config.lib.ready_query import ReadyColumns
from organisation.models import User

DAYS_NEW = 30


@dataclass(frozen=True, slots=True)
class ProposalRow:
    mark: str
    url: str
    year: str
    kind: str
    text: str
    who: str
    answer: str
    answer_words: str
    answer_text: str
    answered: str
    answer_url: str
    edit_url: str = ""  # where it is one's own, and not decided on yet
    withdraw_url: str = ""


def newly_answered(units: Collection[int], *, today: date) -> list[ProposalRow]:
    """What these units proposed that has been answered in the last month, the newest first."""
    since = start_of(today - timedelta(days=DAYS_NEW))
    own = [pk for pk, unit in ANSWERED.rows(since=since) if unit in units]
    if not own:  # as on most days
        return []
    answered = Proposal.objects.filter(pk__in=own).for_rows().order_by("-answered_at", "pk")
    return [proposal_row(proposal, today=today) for proposal in answered]


def _answered(*, since: datetime) -> QuerySet[Proposal, Any]:
    return Proposal.objects.filter(answered_at__gte=since).order_by().values_list("pk", "unit")


ANSWERED: Final = ReadyColumns(_answered, since=datetime)


def place_of(proposal: Proposal) -> str:
    """Where a proposal is read: its entry's page, or the year's turn for a new one."""
    if proposal.entry:
        return proposal.entry.get_absolute_url()
    return reverse("wheel_turn", args=[proposal.wheel.slug, proposal.year])


def proposal_row(
    proposal: Proposal, *, today: date, user: User | None = None, opened: Collection[int] = ()
) -> ProposalRow:
    """Make a proposal's row; `opened` are the years of the wheel that have been opened."""
    is_own = proposal.proposed_by == user and not proposal.answer and proposal.year not in opened
    return ProposalRow(
        mark=f"forslag-{proposal.pk}",
        url=f"{place_of(proposal)}#forslag-{proposal.pk}",
        year=str(proposal.year),
        kind=proposal.get_kind_display(),
        text=proposal.text,
        who=_("%(unit)s, ved %(who)s %(day)s")
        % {
            "unit": proposal.unit.label,
            "who": proposal.proposed_by,
            "day": day_phrase(localtime(proposal.proposed_at).date(), today=today),
        },
        answer=proposal.answer,
        answer_words=proposal.get_answer_display() if proposal.answer else "",
        answer_text=proposal.answer_text,
        answered=str(proposal.answered_by) if proposal.answered_by else "",
        answer_url=reverse("proposal_answer", args=[proposal.pk]),
        edit_url=reverse("proposal_edit", args=[proposal.pk]) if is_own else "",
        withdraw_url=reverse("proposal_withdraw", args=[proposal.pk]) if is_own else "",
    )
