"""What has been said about a document, as plain data for the export."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from organisation.models import About, Comment
from strategy.models import Document


def comments_outline(document: Document) -> list[dict[str, Any]]:
    """All comments in the order they were written; `under` is the place in this list of what a reply stands under."""
    rows = list(Comment.objects.filter(within=document.slug).for_rows().prefetch_related("mentioned"))
    places = {row.pk: place for place, row in enumerate(rows)}
    return [_comment(row, places) for row in rows]


def _comment(row: Comment, places: dict[int, int]) -> dict[str, Any]:
    return {
        "about": About(row.about).name.lower(),
        "about_id": None if row.about == About.SECTION else row.about_key,
        "about_words": row.about_words,
        "hearing": _hearing(row),
        "is_about_draft": row.is_about_draft,
        "under": places[row.under_id] if row.under_id else None,
        "unit": row.unit.name if row.unit else None,
        "unit_slug": row.unit.slug if row.unit else None,
        "text": "" if row.removed_at else row.text,
        "mentioned": sorted(person.email for person in row.mentioned.all()),
        "written_at": _moment(row.written_at),
        "written_by": row.written_by.email,
        "edited_at": _moment(row.edited_at),
        "resolved_at": _moment(row.resolved_at),
        "resolved_by": row.resolved_by.email if row.resolved_by else None,
        "removed_at": _moment(row.removed_at),
        "removed_by": row.removed_by.email if row.removed_by else None,
        "answer": row.answer,
        "answer_text": row.answer_text,
        "answered_at": _moment(row.answered_at),
        "answered_by": row.answered_by.email if row.answered_by else None,
    }


def _hearing(row: Comment) -> dict[str, str] | None:
    if row.hearing is None:
        return None
    return {"opened_on": row.hearing.opened_on.isoformat(), "closes_on": row.hearing.closes_on.isoformat()}


def _moment(moment: datetime | None) -> str | None:
    return timezone.localtime(moment).isoformat() if moment else None
