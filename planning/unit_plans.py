"""Every unit shall have a plan: which units have one that holds, which are writing one, and which have none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django.urls import reverse

from config.lib.language import lang_of
from config.lib.norwegian import sort_key
from organisation.models import Unit, UnitKind, User
from organisation.permissions import Permission
from planning.models import ActionPlan
from strategy.models import Document, DocumentState
from strategy.shown_state import chip_of, code_of
from strategy.words import period_of

OUGHT_TO: Final = (UnitKind.FACULTY, UnitKind.DEPARTMENT)


class Delivery(StrEnum):
    HOLDS = "holds"
    WRITING = "writing"  # a draft or a hearing, seen only by those who read the unit's drafts
    LAPSED = "lapsed"  # the last one holds no longer
    NONE = "none"


@dataclass(frozen=True)
class Linked:
    title: str
    url: str
    lang: str


@dataclass(frozen=True)
class UnitRow:
    """A unit with its newest plan, and the `others` that hold beside it.

    `new_url` is where whoever may writes the first one, `builds` where they start it on each of the faculty's.
    """

    name: str
    is_faculty: bool
    delivery: Delivery
    title: str = ""
    url: str = ""
    lang: str = ""
    state: str = ""
    period: str = ""
    new_url: str = ""
    slug: str = ""
    builds: tuple[Linked, ...] = ()
    others: tuple[Linked, ...] = ()


@dataclass(frozen=True)
class FacultyRows:
    """A faculty first, then its departments by name."""

    name: str
    rows: tuple[UnitRow, ...]

    @property
    def delivered(self) -> int:
        return sum(row.delivery == Delivery.HOLDS for row in self.rows)


def rows_by_faculty(user: Any, *, today: date) -> list[FacultyRows]:
    """Every faculty with its departments, those that are open today and take part (a constant number of queries)."""
    units = Unit.objects.without_tree_fields().open_on(today).participating().filter(kind__in=OUGHT_TO)
    plans = _plans_of_units(user, today=today)
    writes = user.reach(today)[Permission.EDIT] if isinstance(user, User) else frozenset()
    below: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in units:
        below[unit.pk if unit.kind == UnitKind.FACULTY else unit.parent_id].append(unit)
    found = []
    for group in below.values():
        ordered = sorted(group, key=lambda unit: (unit.kind != UnitKind.FACULTY, sort_key(str(unit))))
        bases = _bases_in(ordered[0], plans, today=today)
        rows = tuple(
            _row(unit, plans[unit.pk], today=today, may_write=unit.pk in writes, bases=bases) for unit in ordered
        )
        found.append(FacultyRows(str(ordered[0]), rows))
    return sorted(found, key=lambda faculty: sort_key(faculty.name))


def _plans_of_units(user: Any, *, today: date) -> dict[int, list[Document]]:
    found: dict[int, list[Document]] = defaultdict(list)
    for plan in ActionPlan.objects.visible_to(user, today=today):
        found[plan.owner_id].append(plan)
    return found


def delivery_of(plan: Document, *, today: date) -> Delivery:
    if plan.has_lapsed(today):
        return Delivery.LAPSED
    return Delivery.HOLDS if code_of(plan, today=today) == DocumentState.IN_FORCE else Delivery.WRITING


def _bases_in(unit: Unit, plans: dict[int, list[Document]], *, today: date) -> list[Document]:
    """The plans of a faculty that those below can build theirs on, the newest first."""
    return _holding(_ranked(plans[unit.pk], today=today)) if unit.kind == UnitKind.FACULTY else []


def _holding(ranked: Iterable[tuple[Delivery, Document]]) -> list[Document]:
    return [plan for delivery, plan in ranked if delivery == Delivery.HOLDS]


def _linked(plan: Document, url: str = "") -> Linked:
    return Linked(plan.known_as, url or plan.get_absolute_url(), lang_of(plan.language))


def _ranked(plans: Iterable[Document], *, today: date) -> list[tuple[Delivery, Document]]:
    """The plan that holds counts before one that is being written, and that before one that has lapsed."""
    order = list(Delivery)
    return sorted(
        ((delivery_of(plan, today=today), plan) for plan in plans),
        key=lambda found: (order.index(found[0]), -(found[1].head.from_on or date.min).toordinal(), -found[1].pk),
    )


def _row(unit: Unit, plans: Iterable[Document], *, today: date, may_write: bool, bases: list[Document]) -> UnitRow:
    is_faculty = unit.kind == UnitKind.FACULTY
    ranked = _ranked(plans, today=today)
    delivery = ranked[0][0] if ranked else Delivery.NONE
    may_build = may_write and not is_faculty and delivery in (Delivery.NONE, Delivery.LAPSED)
    builds = tuple(_linked(base, reverse("plan_build", args=[base.slug])) for base in bases if may_build)
    if not ranked:
        new_url = f"{reverse('plan_new')}?eier={unit.slug}" if may_write else ""
        return UnitRow(str(unit), is_faculty, delivery, new_url=new_url, slug=unit.slug, builds=builds)
    plan = ranked[0][1]
    return UnitRow(
        str(unit),
        is_faculty,
        delivery,
        plan.known_as,
        plan.get_absolute_url(),
        lang_of(plan.language),
        chip_of(plan, today=today),
        period_of(plan),
        slug=unit.slug,
        builds=builds,
        others=tuple(map(_linked, _holding(ranked[1:]))),
    )
