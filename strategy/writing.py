"""Writing a document: its head, its running text, its areas, goals and routes, in the order people give them.

Every write says who (`by`), and a row that others may be writing too is saved from a version (`expected`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from config.lib.fetched import forget
from config.lib.norwegian import free_slug
from config.lib.saving import save_changed, save_new, sign, signed
from config.lib.turns import Turn, take_turn
from organisation.comments import end_hearing
from organisation.models import Comment, Hearing, User
from strategy.levels import hold_areas, refuse_misfit
from strategy.models import (
    Area,
    Document,
    DocumentState,
    Fact,
    Goal,
    Item,
    ItemStatus,
    Observation,
    Route,
    Target,
)
from strategy.order import next_position, put_beside
from strategy.picking import Picker, links_before, save_links
from strategy.reading import newest_version
from strategy.services import freeze


def keep_words_in_force(document: Document, *, by: User, now: datetime) -> None:
    """Before the first change of a document that holds, keep what readers have read until now."""
    if not document.is_published:
        return
    document.adopted_last = newest_version(document)
    if document.adopted_last is None:
        _keep_once(document, by=by, now=now)


@transaction.atomic
def _keep_once(document: Document, *, by: User, now: datetime) -> None:
    """Whoever makes the first change at the same moment waits, and finds the words kept."""
    stored = Document.objects.select_for_update().get(pk=document.pk)
    if not stored.versions.exists():
        freeze(stored, by=by, now=now)


@transaction.atomic
def create_document(document: Document, *, by: User, many: Mapping[str, Iterable[Any]]) -> Document:
    document.slug = free_slug(document.title, Document.objects.values_list("slug", flat=True))
    return save_new(document, by=by, many=many)


def write_row(
    row: Any,
    *,
    by: User,
    now: datetime,
    expected: int | None = None,
    why: str = "",
    many: Mapping[str, Iterable[Any]] | None = None,
) -> Any:
    """Save a row of a document, within a transaction; a new one (`expected` None) goes last among its own kind."""
    keep_words_in_force(document_of(row), by=by, now=now)
    if isinstance(row, Area) and not row.stands_there():
        refuse_misfit(row)
    if expected is not None:
        saved = save_changed(row, by=by, expected=expected, why=why, many=many)
        if isinstance(row, Document):
            _follow_owner(row)
        return saved
    row.position = next_position(row)
    if isinstance(row, Item):
        row.status = ItemStatus.PROPOSED
    return save_new(row, by=by, many=many)


save_row = transaction.atomic(write_row)


def _follow_owner(document: Document) -> None:
    """What has been said about a document is for those of its new owner."""
    for model in (Comment, Hearing):
        model._default_manager.filter(within=document.slug).update(owner=document.owner)


def document_of(row: Any) -> Document:
    """The document that a row of any kind stands in."""
    if isinstance(row, Document):
        return row
    if hasattr(row, "document"):
        return row.document
    return (getattr(row, "goal", None) or row.area).document


@transaction.atomic
def move(row: Any, *, by: User, now: datetime, beside: Sequence[Any], is_up: bool) -> bool:
    """`put_beside` for a row of a document."""
    keep_words_in_force(document_of(row), by=by, now=now)
    return put_beside(row, by=by, beside=beside, is_up=is_up)


@transaction.atomic
def retire(item: Any, *, by: User, now: datetime) -> Any:
    """Take an item out of its document. It keeps its identity and everything that hangs on it."""
    if isinstance(item, Area):
        hold_areas(item)
        if _stands_in(item):
            raise ValidationError(_("Flytt eller ta ut det som står i området først."))
    keep_words_in_force(document_of(item), by=by, now=now)
    return set_status(item, ItemStatus.RETIRED, by=by, why=gettext_noop("Tatt ut."))


def count_untied_by(goal: Goal) -> int:
    """How many measures stand without goal and area because this goal was taken out."""
    measures: Any = goal.measures  # type: ignore[attr-defined]  # planning stands above this part
    return int(measures.standing().filter(area=None).exclude(goals__in=Goal.objects.standing()).count())


def _stands_in(area: Area) -> bool:
    inside: tuple[Any, ...] = (area.areas, area.goals, area.routes, area.measures)  # type: ignore[attr-defined]
    return any(related.standing().exists() for related in inside)


@transaction.atomic
def bring_back(item: Any, *, by: User, now: datetime) -> Any:
    """Put a retired item back as what it was, in the place it had."""
    if item.status != ItemStatus.RETIRED:
        return item
    place = getattr(item, "area", None) or getattr(item, "parent", None)
    if place is not None and place.status == ItemStatus.RETIRED:
        raise ValidationError(_("Hent først tilbake området «%(area)s», som dette sto i.") % {"area": place})
    if isinstance(item, Area):
        refuse_misfit(item)
    keep_words_in_force(document_of(item), by=by, now=now)
    return set_status(item, status_before(item), by=by, why=gettext_noop("Hentet tilbake."))


def status_before(item: Any) -> str:
    """What a retired item was before it was taken out."""
    before = item.history.exclude(status=ItemStatus.RETIRED).values_list("status", flat=True).first()
    return before or ItemStatus.IN_FORCE


@transaction.atomic
def set_status(item: Any, status: str, *, by: User, why: str) -> Any:
    """Save the new status over whatever the text now is; whoever is writing the item meets a newer version."""
    stored = type(item)._default_manager.select_for_update().get(pk=item.pk)
    stored.status = status
    return save_changed(stored, by=by, expected=stored.lock_version, why=why)


@transaction.atomic
def move_to_area(item: Any, *, by: User, now: datetime, expected: int, why: str = "") -> Any:
    """Put a goal, a route or an area last in the area it has been given, or with none outside them or at the top."""
    keep_words_in_force(item.document, by=by, now=now)
    item.position = next_position(item)
    if isinstance(item, Area):
        refuse_misfit(item)
    return save_changed(item, by=by, expected=expected, why=why or moved_words(item), and_place=True)


def moved_words(item: Any) -> str:
    """Why the log says that an item stands in another place than before."""
    holder = item.parent_id if isinstance(item, Area) else item.area_id
    return gettext_noop("Flyttet til et annet område.") if holder else gettext_noop("Flyttet ut av området.")


@transaction.atomic
def remove_row(row: Any, *, by: User, now: datetime) -> int:
    """Remove a section, a target or a fact box, and return the number of the history row it can be put back from."""
    keep_words_in_force(document_of(row), by=by, now=now)
    if isinstance(row, Fact):
        _let_go(row, by=by)
    sign(row, by=by, why=gettext_noop("Tatt ut."))
    history, pk = type(row).history, row.pk
    row.delete()
    return history.filter(id=pk, history_type="-").latest().history_id


@transaction.atomic
def put_back_row(removed: Any, *, by: User, now: datetime) -> Any:
    """Put back what `remove_row` removed, as it was; doing it again changes nothing."""
    row = removed.instance
    if type(row)._default_manager.filter(pk=row.pk).exists():
        return row
    keep_words_in_force(document_of(row), by=by, now=now)
    sign(row, by=by, why=gettext_noop("Hentet tilbake."))
    row.save(force_insert=True)
    if isinstance(row, Fact):
        _take_back(row, by=by)
    return row


BOX_TAKEN_OUT = gettext_noop("Faktaboksen ble tatt ut.")


def _let_go(fact: Fact, *, by: User) -> None:
    """The figures of a box outlive it: others may be counted from them."""
    for seen in fact.observations.all():
        seen.fact = None
        sign(seen, by=by, why=BOX_TAKEN_OUT)
        seen.save()


def _take_back(fact: Fact, *, by: User) -> None:
    """Put the figures that went with the box back in it, but not those that were taken out of it by themselves."""
    history: Any = Observation.history
    for seen in Observation.objects.filter(fact=None, pk__in=history.filter(fact_id=fact.pk).values("id")):
        if seen.history.first().history_change_reason == BOX_TAKEN_OUT:  # type: ignore[attr-defined]
            seen.fact = fact
            sign(seen, by=by, why=gettext_noop("Hentet tilbake."))
            seen.save()


@transaction.atomic
def save_linked(
    item: Goal | Route,
    *,
    by: User,
    now: datetime,
    expected: int | None,
    why: str,
    many: Mapping[str, Iterable[Any]],
    pickers: Iterable[Picker],
) -> Any:
    """Save a goal or a route with what it builds up under, follows and translates."""
    pickers = list(pickers)
    before = links_before(item, "links", pickers)
    write_row(item, by=by, now=now, expected=expected, why=why, many=many)
    save_links(item.links, pickers, before, by=by)
    forget(item, "links")
    return item


@transaction.atomic
def save_head(
    document: Document,
    *,
    by: User,
    now: datetime,
    expected: int | None,
    why: str,
    many: Mapping[str, Iterable[Any]],
    refuse_circles: Callable[[], None] | None,
) -> Any:
    """Save the head of a document. `refuse_circles` is asked where it is to lean on other documents than before."""
    if refuse_circles is not None:
        take_turn(Turn.LEANING)
        refuse_circles()
    return write_row(document, by=by, now=now, expected=expected, why=why, many=many)


@transaction.atomic
def save_target(
    target: Target, *, by: User, now: datetime, expected: int | None, why: str, baseline_value: Decimal | None
) -> Target:
    """Save a target. A new baseline is a new observation: the one that stood there may stand in a fact box too."""
    before = target.baseline
    is_same = before is not None and (before.value, before.indicator_id) == (baseline_value, target.indicator_id)
    if baseline_value is None:
        target.baseline = None
    elif not is_same:
        measured: Any = target.indicator  # the form asks for one wherever there is a baseline
        target.baseline = signed(Observation(indicator=measured, value=baseline_value, unit=target.unit), by=by)
        target.baseline.save()
    return write_row(target, by=by, now=now, expected=expected, why=why)


@transaction.atomic
def save_fact(
    fact: Fact, *, by: User, now: datetime, expected: int | None, why: str, values: Sequence[Mapping[str, Any]]
) -> Fact:
    """Save a fact box with its figures. A figure taken out of it stays an observation of its indicator."""
    write_row(fact, by=by, now=now, expected=expected, why=why)
    stored = {seen.pk: seen for seen in fact.observations.all()}
    period = {name: getattr(fact, name) for name in ("period_words", "period_from_on", "period_to_on")}
    for value in values:
        seen = stored.pop(value["pk"], None) or Observation(fact=fact, **period)
        figures = {name: value[name] for name in ("indicator", "value", "unit", "comparator")}
        if seen.pk is None or any(getattr(seen, name) != figure for name, figure in figures.items()):
            _save_figure(seen, by=by, **figures)
    for seen in stored.values():
        _save_figure(seen, by=by, fact=None)
    return fact


def _save_figure(seen: Observation, *, by: User, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(seen, name, value)
    sign(seen, by=by)
    seen.save()


class CannotChangeState(Exception):
    """The document cannot go from the state it is in to the one asked for."""


EDITORS_STATES: Mapping[str, tuple[DocumentState, ...]] = {
    DocumentState.HEARING: (DocumentState.DRAFT,),
}
LEADERS_STATES: Mapping[str, tuple[DocumentState, ...]] = {
    DocumentState.IN_FORCE: (DocumentState.EXPIRED, DocumentState.REPLACED),
    DocumentState.EXPIRED: (DocumentState.IN_FORCE, DocumentState.REPLACED),
    DocumentState.REPLACED: (DocumentState.IN_FORCE, DocumentState.EXPIRED),
}


def next_states(document: Document, *, may_decide: bool) -> tuple[DocumentState, ...]:
    """Where the document can go from here without being adopted."""
    states = EDITORS_STATES.get(document.state, ())
    stands = DocumentState.REPLACED if document.replaced_on else document.state
    return states + LEADERS_STATES.get(stands, ()) if may_decide else states


def _end_standing(document: Document, *, by: User, now: datetime) -> None:
    """Take what is to be changed back from hearing. The document holds as before."""
    if not end_hearing(document.slug, by=by, now=now):
        raise CannotChangeState(_("Høringen er avsluttet alt."))


@transaction.atomic
def change_state(
    document: Document, *, by: User, now: datetime, to: str, may_decide: bool, expected: int, why: str = ""
) -> Document:
    """Take a document back from hearing, or say that it no longer holds. `open_hearing` sends it there."""
    if to == DocumentState.DRAFT and document.is_published:
        _end_standing(document, by=by, now=now)
        return document
    if to not in next_states(document, may_decide=may_decide):
        raise CannotChangeState(_("Dokumentet kan ikke få denne statusen nå."))
    keep_words_in_force(document, by=by, now=now)
    document.state, document.replaced_on = to, None
    end_hearing(document.slug, by=by, now=now)
    return save_changed(document, by=by, expected=expected, why=why)
