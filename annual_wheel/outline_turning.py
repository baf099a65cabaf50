"""What meetings decided about a wheel and what units proposed, as plain data for the export."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from annual_wheel.models import Proposal, TurnDecision, Wheel


def decisions_outline(wheel: Wheel) -> list[dict[str, Any]]:
    decisions = TurnDecision.objects.filter(entry__wheel=wheel).select_related("entry", "decided_by")
    return [
        {
            "entry": decision.entry.key,
            "year": decision.year,
            "choice": decision.choice,
            "why": decision.why,
            "decided_at": _moment(decision.decided_at),
            "decided_by": decision.decided_by.email,
        }
        for decision in decisions.order_by("year", "entry__month", "entry__position", "entry__pk")
    ]


def proposals_outline(wheel: Wheel) -> list[dict[str, Any]]:
    proposals = Proposal.objects.filter(wheel=wheel).for_rows().select_related("withdrawn_by")
    return [
        {
            "entry": proposal.entry.key if proposal.entry else None,
            "year": proposal.year,
            "unit": proposal.unit.name,
            "unit_slug": proposal.unit.slug,
            "kind": proposal.kind,
            "text": proposal.text,
            "proposed_at": _moment(proposal.proposed_at),
            "proposed_by": proposal.proposed_by.email,
            "answer": proposal.answer,
            "answer_text": proposal.answer_text,
            "answered_at": _moment(proposal.answered_at) if proposal.answered_at else None,
            "answered_by": proposal.answered_by.email if proposal.answered_by else None,
            "withdrawn_at": _moment(proposal.withdrawn_at) if proposal.withdrawn_at else None,
            "withdrawn_by": proposal.withdrawn_by.email if proposal.withdrawn_by else None,
        }
        for proposal in proposals.order_by("year", "proposed_at", "pk")
    ]


def _moment(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat()
