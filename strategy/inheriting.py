"""What a plan takes over from the plans above it: which version of each, and which measures there are its owner's.

It is kept with the words when they are frozen, as links: the words themselves stand in the version that is named.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from strategy.leads import leads, units_behind
from strategy.models import PUBLISHED_STATES, Document, DocumentKind, Version
from strategy.outline import InheritOutline, Outline


def bases_above(document: Document) -> list[Document]:
    """The published plans of other units that a plan carries out."""
    if document.kind != DocumentKind.ACTION_PLAN:
        return []
    above = document.carries_out.filter(kind=DocumentKind.ACTION_PLAN, state__in=PUBLISHED_STATES)
    return list(above.exclude(owner=document.owner_id).order_by("slug"))


def inherits_of(document: Document, *, today: date) -> list[InheritOutline]:
    """What a plan would take over if it were frozen today; bases that were never frozen have no version to name."""
    found: list[InheritOutline] = []
    for base in bases_above(document):
        version = Version.objects.filter(document=base).order_by("-number").first()
        if version is not None:
            measures = measures_of_unit(version.content, document.owner_id, today=today)
            found.append({"document": base.slug, "version": version.number, "measures": measures})
    return found


def measures_of_unit(outline: Outline, unit_id: int, *, today: date) -> list[str]:
    """The keys of the measures that a unit leads that day, alone or as one of a group."""
    lines = [line for measure in outline["measures"] for line in measure["responsible"] if leads(line)]
    members = units_behind(lines, today=today)
    behind = {party for party, units in members.items() if unit_id in {unit.pk for unit in units}}
    return [measure["id"] for measure in outline["measures"] if _is_led_by(measure, behind)]


def _is_led_by(measure: Any, behind: set[tuple[str, str]]) -> bool:
    return any(leads(line) and (line["party_kind"], line["party_slug"]) in behind for line in measure["responsible"])
