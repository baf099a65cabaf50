"""The versions of documents, and which of them held at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

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
    return next((version for version in reversed(versions) if version.frozen_at <= moment), versions[0])
