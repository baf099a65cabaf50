"""The versions of documents, and which of them held at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils.timezone import localdate

from strategy.models import Version


def versions_of(documents: Iterable[int]) -> dict[int, list[Version]]:
    """Every version of each document that has any, the oldest first, without the words; one query at most."""
    found: dict[int, list[Version]] = {}
    asked = list(documents)
    if not asked:
        return found
    rows = Version.objects.filter(document__in=asked).defer("content").select_related("decision")
    for version in rows.order_by("number"):
        found.setdefault(version.document_id, []).append(version)
    return found


def held_at(versions: Sequence[Version], moment: datetime) -> Version:
    """The version that held at a moment, of a document's from the oldest on.

    The first where none was frozen yet, since that keeps the words of then.
    """
    return held_on([version for version in versions if version.frozen_at <= moment] or versions[:1], localdate(moment))


def held_on(versions: Sequence[Version], day: date) -> Version:
    """The version that is read on a day, of a document's from the oldest on: what holds first where none does yet."""
    holding = [version for version in versions if version.holds_from <= day]
    return holding[-1] if holding else min(reversed(versions), key=lambda version: version.holds_from)
