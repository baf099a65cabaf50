"""What a plan takes over from the plans above it: which version of each, and which measures there are its owner's.

It is kept with the words when they are frozen, as links: the words themselves stand in the version that is named.
"""

from __future__ import annotations

from collections.abc import Mapping
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


def is_under_plan(document: Document) -> bool:
    """Whether a plan carries out one of another unit, which has goals for its measures."""
    if document.kind != DocumentKind.ACTION_PLAN:
        return False
    return any(base.is_plan_above(document) for base in document.carries_out.only("kind", "owner"))


def inherits_of(document: Document, *, today: date) -> list[InheritOutline]:
    """What a plan would take over if it were frozen today; bases that were never frozen have no version to name."""
    slugs = {base.pk: base.slug for base in bases_above(document)}
    versions = [Version.objects.filter(document=pk).as_read(today=today).first() for pk in slugs]
    frozen = {version.document_id: version for version in versions if version is not None}
    outlines = {pk: version.content for pk, version in frozen.items()}
    mine = measures_of_unit(outlines, document.owner_id, today=today)
    return [{"document": slugs[pk], "version": version.number, "measures": mine[pk]} for pk, version in frozen.items()]


def measures_of_unit(outlines: Mapping[int, Outline], unit_id: int, *, today: date) -> dict[int, list[str]]:
    """The keys of the measures in each plan that a unit leads that day, alone or as one of a group."""
    lines = [line for words in outlines.values() for one in words["measures"] for line in one["responsible"]]
    members = units_behind([line for line in lines if leads(line)], today=today)
    behind = {party for party, units in members.items() if unit_id in {unit.pk for unit in units}}
    return {
        name: [measure["id"] for measure in words["measures"] if _is_led_by(measure, behind)]
        for name, words in outlines.items()
    }


def _is_led_by(measure: Any, behind: set[tuple[str, str]]) -> bool:
    return any(leads(line) and (line["party_kind"], line["party_slug"]) in behind for line in measure["responsible"])
