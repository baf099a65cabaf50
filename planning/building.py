"""A plan of a unit that builds on that of a unit above: it leans on the goals and measures there, and copies none."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from organisation.models import Unit, User
from planning.models import ActionPlan
from strategy.models import PUBLISHED_STATES, Document, DocumentKind, DocumentState
from strategy.writing import create_document

LONGEST_TITLE = 200


def may_build_on(base: Document, unit: Unit, user: User) -> bool:
    """Whether a plan of the unit can build on this one: a published action plan of a unit above it."""
    if base.kind != DocumentKind.ACTION_PLAN or base.state not in PUBLISHED_STATES:
        return False
    return base.owner_id in above(unit.pk, user)


def above(unit_id: int, user: User) -> set[int]:
    parents, found = user.parent_of_units(), set()
    at = parents.get(unit_id)
    while at is not None and at not in found:
        found.add(at)
        at = parents.get(at)
    return found


def builders(base: Document, unit_ids: Collection[int]) -> dict[int, Document]:
    """The standing plan of each of these units that builds on this one, drafts among them."""
    plans = ActionPlan.objects.filter(owner__in=unit_ids, carries_out=base).order_by("pk")
    return {plan.owner_id: plan for plan in plans if plan.is_standing}


@transaction.atomic
def start_plan(base: Document, unit: Unit, *, by: User, now: datetime) -> tuple[Document, bool]:
    """The unit's plan that builds on this one, and whether it was made now; pressing twice makes one.

    It takes over the language and the period, and follows the unit's last plan where that no longer holds.
    """
    Unit.objects.select_for_update().get(pk=unit.pk)
    if standing := builders(base, [unit.pk]).get(unit.pk):
        return standing, False
    head = base.head
    tail = f" – {unit.label}"
    plan = Document(
        title=head.title[: LONGEST_TITLE - len(tail)] + tail,
        owner=unit,
        language=base.language,
        period_from_on=head.from_on,
        period_to_on=head.to_on,
        state=DocumentState.DRAFT,
        kind=DocumentKind.ACTION_PLAN,
        follows=_last_plan(ActionPlan.objects.kept().filter(owner=unit), now),
    )
    return create_document(plan, by=by, many={"carries_out": [base]}), True


def _last_plan(plans: Iterable[Any], now: datetime) -> Document | None:
    lapsed = [plan for plan in plans if plan.has_lapsed(now.date()) and not plan.followed_by.kept().exists()]
    return max(lapsed, key=lambda plan: (plan.head.to_on or plan.head.from_on or now.date(), plan.pk), default=None)
