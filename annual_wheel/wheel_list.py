"""Rows of the list of wheels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from annual_wheel.models import Wheel, WheelQuerySet


@dataclass(frozen=True, slots=True)
class WheelRow:
    """A wheel in the list, with how far this year has come."""

    title: str
    url: str
    owner: str
    plan: str
    plan_url: str
    years: str
    done: int
    total: int
    this_year: str


def wheel_rows(wheels: WheelQuerySet, *, today: date) -> list[WheelRow]:
    this_year = Q(entries__editions__year=today.year)
    tasks = "entries__editions__tasks"
    counted = (
        wheels.select_related("owner", "document")
        .prefetch_related("years")
        .annotate(
            done_count=Count(tasks, filter=this_year & Q(**{f"{tasks}__status": "done"})),
            task_count=Count(tasks, filter=this_year & Q(**{f"{tasks}__status__in": ("open", "done", "not_relevant")})),
        )
    )
    return [_row(wheel, str(today.year)) for wheel in counted]


def _row(wheel: Wheel, this_year: str) -> WheelRow:
    plan = wheel.document if wheel.document and wheel.document.is_published else None
    opened = ", ".join(str(year.year) for year in wheel.years.all())
    return WheelRow(
        title=wheel.title,
        url=wheel.get_absolute_url(),
        owner=str(wheel.owner),
        plan=plan.known_as if plan else "",
        plan_url=plan.get_absolute_url() if plan else "",
        years=_("Åpnet: %(years)s") % {"years": opened} if opened else _("Ingen år er åpnet ennå"),
        done=getattr(wheel, "done_count", 0),
        total=getattr(wheel, "task_count", 0),
        this_year=this_year,
    )
