"""Joining two measures: one goes on as both, and the other is taken out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from config.lib.models import lock_in_order
from config.lib.saving import delete_all, save_all_new, save_changed
from config.lib.turns import Turn, take_turn
from organisation.models import User
from planning.lines import copy_lines
from planning.models import Measure, MeasureLink, MeasureResponsibility
from planning.services import home_of
from strategy.circles import way_round
from strategy.models import LINK_ENDS, Document, ItemStatus, LinkKind
from strategy.undoing import hold
from strategy.words import shortened
from strategy.writing import keep_words_in_force, set_status, status_before, write_row

JOINED: Final = gettext_noop("Slått sammen med et annet tiltak.")
UNDONE: Final = gettext_noop("Angret sammenslåingen.")
CHANGED: Final = gettext_noop("«%(item)s» er endret siden de ble slått sammen. Ingenting er angret.")
WORDS: Final = ("text", "modality")
TIES: Final = ("goals", "routes", "target_groups")
ENDS: Final = [f"{end}_id" for end in LINK_ENDS]


@dataclass(frozen=True)
class Joined:
    """The measure that goes on, the one that was taken out, and what it takes to part them again."""

    measure: Measure
    other: Measure
    kept: Mapping[str, Any]


@transaction.atomic
def join(measure: Measure, other: Measure, *, by: User, now: datetime, expected: int, why: str) -> Joined:
    """Save a measure's new words with what the other has besides, and take that out; it follows the other.

    StaleEdit where one of the two has been changed since it was fetched.
    """
    take_turn(Turn.LEANING)
    Document.objects.select_for_update(of=("self",), no_key=True).get(pk=measure.document_id)
    stored, theirs = lock_in_order((measure, expected), (other, other.lock_version))
    if stored.is_taken_out:
        raise ValidationError(_("Dette er tatt ut. Hent det tilbake før du slår det sammen med noe."))
    refuse_changed(other, theirs)
    if home_of(stored) != home_of(theirs):
        raise ValidationError(elsewhere(theirs))
    before = {name: [row.pk for row in getattr(stored, name).all()] for name in TIES}
    many = {name: list(dict.fromkeys([*getattr(stored, name).all(), *_standing(theirs, name)])) for name in TIES}
    write_row(measure, by=by, now=now, expected=expected, why=why or JOINED, many=many)
    lines, links = _take_lines(measure, theirs, by=by), _take_links(measure, theirs, by=by)
    gone = set_status(theirs, ItemStatus.RETIRED, by=by, why=JOINED)
    kept = {
        "before": {**{name: getattr(stored, name) for name in WORDS}, **before},
        "expected": measure.lock_version,
        "gone": gone.lock_version,
        "lines": [line.pk for line in lines],
        "links": [link.pk for link in links],
    }
    return Joined(measure, theirs, kept)


def refuse_changed(seen: Measure, now: Measure) -> None:
    """ValidationError where what one is joining with is not as it was when one read it."""
    if now.is_taken_out:
        raise ValidationError(_("«%(other)s» er tatt ut i mellomtiden. Avbryt, og velg et annet.") % {"other": now})
    if now.lock_version != seen.lock_version:
        words = {"text": now.text}
        raise ValidationError(_("Det andre tiltaket er endret i mellomtiden, og sier nå: «%(text)s»") % words)


def elsewhere(other: Measure) -> str:
    """What is said where the other does not stand beside the first: it would be lost from the place it is read in."""
    said = _("«%(other)s» står et annet sted i planen. Flytt det hit først, eller velg et annet.")
    return said % {"other": shortened(str(other))}


def _standing(other: Measure, name: str) -> list[Any]:
    rows = getattr(other, name)
    return list(rows.all() if name == "target_groups" else rows.standing())


def _take_lines(measure: Measure, other: Measure, *, by: User) -> list[MeasureResponsibility]:
    """The lines of the other, but for those whose party does the same here already."""
    own = list(measure.responsibilities.all())  # type: ignore[attr-defined]
    at = {_party(line): line for line in own}
    same = {line.pk: at[_party(line)] for line in other.responsibilities.all() if _party(line) in at}  # type: ignore[attr-defined]
    after = max((line.position for line in own), default=-1) + 1
    return copy_lines({other: measure}, by=by, why=JOINED, instead=same, after=after)


def _party(line: MeasureResponsibility) -> tuple[Any, ...]:
    return line.unit_id, line.group_id, line.function_id, line.relation


def _take_links(measure: Measure, other: Measure, *, by: User) -> list[MeasureLink]:
    """It builds up under what both did, and follows the other and what that followed, where that is no way round."""
    links: Any = MeasureLink.objects
    own = {(link.kind, *_ends(link)) for link in links.filter(from_measure=measure)}
    wanted: list[tuple[Any, ...]] = [(LinkKind.SUCCEEDED, None, None, other.pk)]
    theirs = links.filter(from_measure=other).exclude(kind=LinkKind.TRANSLATED)
    wanted += [(LinkKind(link.kind), *_ends(link)) for link in theirs]
    steps: dict[int, list[int]] = defaultdict(list)
    for here, to in links.filter(kind=LinkKind.SUCCEEDED).values_list("from_measure_id", "to_measure_id"):
        steps[here].append(to)
    new = [
        MeasureLink(kind=kind, from_measure=measure, **dict(zip(ENDS, ends, strict=True)))
        for kind, *ends in dict.fromkeys(wanted)
        if (kind, *ends) not in own and not (ends[2] and way_round(measure.pk, [ends[2]], steps))
    ]
    save_all_new(new, by=by, why=JOINED)
    return new


def _ends(link: MeasureLink) -> tuple[int | None, ...]:
    return tuple(getattr(link, end) for end in ENDS)


@transaction.atomic
def part(measure: Measure, other: Measure, kept: Mapping[str, Any], *, by: User, now: datetime) -> Any:
    """Undo a join: what came from the other is taken away again, and the other is brought back and returned.

    CannotUndo where either has been changed since.
    """
    keep_words_in_force(measure.document, by=by, now=now)
    measure, other = hold((measure, kept["expected"]), (other, kept["gone"]), changed=_(CHANGED))
    before = kept["before"]
    for name in WORDS:
        setattr(measure, name, before[name])
    models: dict[str, Any] = {name: Measure._meta.get_field(name).related_model for name in TIES}
    many = {name: model.objects.filter(pk__in=before[name]) for name, model in models.items()}
    save_changed(measure, by=by, expected=kept["expected"], why=UNDONE, many=many)
    lines = MeasureResponsibility.objects.filter(pk__in=kept["lines"], measure=measure)
    delete_all(list(lines), by=by, why=UNDONE)
    delete_all(list(MeasureLink.objects.filter(pk__in=kept["links"], from_measure=measure)), by=by, why=UNDONE)
    return set_status(other, status_before(other), by=by, why=UNDONE)
