"""Proposals in words, for the year's turn and for the page of an entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from annual_wheel.models import Proposal
from annual_wheel.phrases import day_phrase


@dataclass(frozen=True, slots=True)
class ProposalRow:
    mark: str
    year: str
    kind: str
    text: str
    who: str
    answer: str
    answer_words: str
    answer_text: str
    answered: str
    answer_url: str


def proposal_row(proposal: Proposal, *, today: date) -> ProposalRow:
    return ProposalRow(
        mark=f"forslag-{proposal.pk}",
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
    )
