"""The order of what a document holds: rows that stand beside each other, and the place of a new or a moved one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_noop

from config.lib.saving import sign
from organisation.models import User
from strategy.models import Area, Decision, Fact, ItemStatus, Section, Target


@transaction.atomic
def next_position(row: Any) -> int:
    """The place after all its siblings; whoever else puts something in order there waits."""
    _wait_for_order(row)
    last = type(row)._default_manager.filter(**_siblings(row)).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def _siblings(row: Any) -> dict[str, Any]:
    """What rows of the same kind that are put in order together have in common."""
    for name in ("document", "wheel"):
        if hasattr(row, f"{name}_id"):
            return {name: getattr(row, f"{name}_id")}
    return {name: getattr(row, f"{name}_id") for name in ("goal", "area") if hasattr(row, f"{name}_id")}


def _wait_for_order(row: Any) -> None:
    """Lock what the row stands in, so that two never put the same rows in order at once."""
    for name, pk in _siblings(row).items():
        holder: Any = type(row)._meta.get_field(name).related_model
        list(holder._default_manager.select_for_update().filter(pk=pk).order_by().values_list("pk"))


@transaction.atomic
def put_beside(row: Any, *, by: User, beside: Sequence[Any], is_up: bool) -> bool:
    """Let a row change place with its neighbour in `beside`; False where it already stands first or last.

    Its version number stays: order is no text that somebody else could be writing over. What is saved with the new
    place is the row as it now is, not as it was when the page was asked for. One that somebody else has moved there
    meanwhile stays.
    """
    keys = [each.pk for each in beside]
    at = keys.index(row.pk)
    to = at - 1 if is_up else at + 1
    if not 0 <= to < len(keys):
        return False
    _wait_for_order(row)
    model = type(row)
    order = list(model._default_manager.filter(**_siblings(row)).values_list("pk", flat=True))
    if (order.index(row.pk) < order.index(keys[to])) == is_up:
        return True
    stored = model._default_manager.select_for_update().get(pk=row.pk)
    neighbour = beside[to]
    stored.position = make_room(stored, [neighbour], before=neighbour if is_up else None)
    sign(stored, by=by, why=gettext_noop("Flyttet opp.") if is_up else gettext_noop("Flyttet ned."))
    stored.save()
    return True


def make_room(row: Any, beside: Sequence[Any], *, before: Any = None) -> int:
    """Put in order what a row is put in order with, and return the row's own place, which is not saved.

    It comes before `before`, one of `beside`, else after the last of them.
    """
    rows = type(row)._default_manager.filter(**_siblings(row)).exclude(pk=row.pk)
    places = dict(rows.values_list("pk", "position"))
    others = [each.pk for each in beside if each.pk != row.pk]
    order = order_with(row.pk, list(places), others, before.pk if before is not None else None)
    elsewhere = [
        type(row)(pk=pk, position=place) for place, pk in enumerate(order, 1) if pk != row.pk and places[pk] != place
    ]
    type(row)._default_manager.bulk_update(elsewhere, ["position"], batch_size=200)  # order alone has no history
    return order.index(row.pk) + 1


def order_with(new: int, order: Sequence[int], beside: Sequence[int], before: int | None) -> list[int]:
    """The order with a new number in it: before one of those beside it, else after the last of them."""
    at = order.index(before) if before is not None else order.index(beside[-1]) + 1 if beside else len(order)
    return [*order[:at], new, *order[at:]]


def stays_in_place_of(row: Any, beside: Sequence[Any]) -> Any:
    """What one looks at when a row has gone: the one after it, else the one before it, else what it stood in."""
    at = next((number for number, each in enumerate(beside) if each.pk == row.pk), None)
    if at is None or len(beside) == 1:
        holders = (getattr(row, name, None) for name in ("goal", "parent", "area"))
        goals = row.goals.all()[:1] if hasattr(row, "goals") else ()  # a measure stands under its first goal
        return next((holder for holder in (*holders, *goals) if holder is not None), None)
    return beside[at + 1] if at + 1 < len(beside) else beside[at - 1]


def rows_beside(row: Any) -> list[Any]:
    """What a row of a document is put in order with."""
    if isinstance(row, Section):
        return list(row.document.sections.filter(kind=row.kind))
    if isinstance(row, Decision):
        return list(row.document.decisions.filter(decided_on=row.decided_on))
    if isinstance(row, Target):
        return list((row.goal or row.area).targets.all())  # type: ignore[union-attr]  # it has one of the two
    if isinstance(row, Fact):
        return list(row.area.facts.all())
    group = {"parent": row.parent} if isinstance(row, Area) else {"area": row.area}
    return list(type(row)._default_manager.filter(document=row.document, **group).exclude(status=ItemStatus.RETIRED))
