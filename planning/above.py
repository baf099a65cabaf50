"""The plans above a unit's plan, as it takes them over: as they were when it was adopted, else as they are today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from config.lib.days import day_words
from planning.responsible import PlanMeasure, measures_of
from strategy.in_force import Words, newest_words, words_of_versions
from strategy.models import Document, DocumentKind, Version
from strategy.outline import InheritOutline, outline_of


@dataclass(frozen=True, slots=True)
class Above:
    """The words of one plan above as a plan takes them over, and the keys of the measures there that are the unit's.

    `version` is what was in force above when the plan was adopted; None where it is what now holds that counts.
    """

    base: Document
    words: Words
    mine: frozenset[str]
    version: Version | None = None
    is_newer: bool = False


def above_of(document: Document, bases: Iterable[Document], words: Words, *, today: date) -> list[Above]:
    """The plans above, of `bases`: as they were where the words were frozen with them, else as they are today."""
    if document.kind != DocumentKind.ACTION_PLAN:
        return []
    kept = {one["document"]: one for one in words.outline.get("inherits", [])}
    plans = [
        base
        for base in bases
        if base.kind == DocumentKind.ACTION_PLAN
        and base.owner_id != document.owner_id
        and (base.slug in kept or base.slug in words.outline["carries_out"])
    ]
    then = _as_kept([base for base in plans if base.slug in kept], kept)
    now = _as_now([base for base in plans if base.pk not in then], document, today=today)
    return [(then | now)[base.pk] for base in plans]


def _as_kept(bases: Iterable[Document], kept: Mapping[str, InheritOutline]) -> dict[int, Above]:
    of_base = {base.pk: base for base in bases}
    if not of_base:
        return {}
    versions = list(Version.objects.filter(document__in=of_base).defer("content").select_related("decision"))
    newest = {pk: max(one.number for one in versions if one.document_id == pk) for pk in of_base}
    named = {one.document_id: one for one in versions if one.number == kept[of_base[one.document_id].slug]["version"]}
    words = words_of_versions({pk: (version.pk, version.frozen_at) for pk, version in named.items()})
    return {
        pk: Above(
            of_base[pk],
            words[pk],
            frozenset(kept[of_base[pk].slug]["measures"]),
            version,
            version.number < newest[pk],
        )
        for pk, version in named.items()
    }


def _as_now(bases: Sequence[Document], document: Document, *, today: date) -> dict[int, Above]:
    if not bases:
        return {}
    frozen = newest_words(base.pk for base in bases)
    measures = measures_of(bases, today=today)
    return {
        base.pk: Above(
            base, frozen.get(base.pk) or Words(outline_of(base)), _led_by(document.owner_id, measures[base.pk])
        )
        for base in bases
    }


def _led_by(unit_id: int, measures: Iterable[PlanMeasure]) -> frozenset[str]:
    led = (measure for measure in measures if not measure.is_owners)
    return frozenset(measure.key for measure in led if unit_id in {unit.pk for unit in measure.units})


def version_words(version: Version) -> str:
    """Which version of a plan it is: "utgave 3 fra 1. mars 2026"."""
    day = version.decision.decided_on if version.decision else None
    words = {"number": version.number, "day": day_words(day or localtime(version.frozen_at).date())}
    return _("utgave %(number)s fra %(day)s") % words
