"""The plans above a unit's plan, as it takes them over: as they were when it was adopted, else as they are today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from config.lib.days import day_words
from planning.responsible import PlanMeasure, measures_of
from strategy.in_force import Words, newest_words, words_of_versions
from strategy.inheriting import measures_of_unit
from strategy.models import Document, DocumentKind, Version
from strategy.outline import InheritOutline, outline_of
from strategy.versions import held_at, held_on, versions_of


@dataclass(frozen=True, slots=True)
class Above:
    """The words of one plan above as a plan takes them over, and the keys of the measures there that are the unit's.

    `version` is what was in force above when the plan was adopted; None where it is what now holds that counts.
    `is_named` tells whether the plan's own words name that version, or it is the one that held that day.
    """

    base: Document
    words: Words
    mine: frozenset[str]
    version: Version | None = None
    is_newer: bool = False
    is_named: bool = True


def above_of(
    document: Document, bases: Iterable[Document], words: Words, *, today: date, frozen_at: datetime | None = None
) -> list[Above]:
    """The plans above, of `bases`: as they were where the words were frozen with them, else as they are today.

    With `frozen_at`, older words that name no version are read with what held above at that moment.
    """
    if document.kind != DocumentKind.ACTION_PLAN:
        return []
    named = slugs_above(words)
    kept = {one["document"]: one for one in words.outline.get("inherits", [])}
    plans = [
        base
        for base in bases
        if base.kind == DocumentKind.ACTION_PLAN and base.owner_id != document.owner_id and base.slug in named
    ]
    found = _as_kept([base for base in plans if base.slug in kept], kept, today=today)
    if frozen_at:
        found |= _as_held([base for base in plans if base.pk not in found], document, frozen_at)
    found |= _as_now([base for base in plans if base.pk not in found], document, today=today)
    return [found[base.pk] for base in plans]


def slugs_above(words: Words) -> set[str]:
    """The plans that these words build on, by their names in addresses."""
    return {*words.outline["carries_out"], *(one["document"] for one in words.outline.get("inherits", []))}


def _as_kept(bases: Iterable[Document], kept: Mapping[str, InheritOutline], *, today: date) -> dict[int, Above]:
    of_base = {base.pk: base for base in bases}
    named = {}
    for pk, versions in versions_of(of_base).items():
        of_name = {version.number: version for version in versions}
        if version := of_name.get(kept[of_base[pk].slug]["version"]):
            named[pk] = (version, version.number < held_on(versions, today).number)
    words = words_of_versions({pk: (version.pk, version.frozen_at) for pk, (version, _is_newer) in named.items()})
    return {
        pk: Above(of_base[pk], words[pk], frozenset(kept[of_base[pk].slug]["measures"]), version, is_newer)
        for pk, (version, is_newer) in named.items()
    }


def _as_held(bases: Iterable[Document], document: Document, moment: datetime) -> dict[int, Above]:
    """As they were at a moment."""
    of_base = {base.pk: base for base in bases}
    held = {pk: held_at(versions, moment) for pk, versions in versions_of(of_base).items()}
    words = words_of_versions({pk: (version.pk, version.frozen_at) for pk, version in held.items()})
    outlines = {pk: of_one.outline for pk, of_one in words.items()}
    mine = measures_of_unit(outlines, document.owner_id, today=localdate(moment))
    return {
        pk: Above(of_base[pk], words[pk], frozenset(mine[pk]), version, is_named=False) for pk, version in held.items()
    }


def _as_now(bases: Sequence[Document], document: Document, *, today: date) -> dict[int, Above]:
    if not bases:
        return {}
    frozen = newest_words((base.pk for base in bases), today=today)
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
