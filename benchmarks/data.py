"""Rows for the benchmarks: plans of a given size, made by rule so that every run has the same."""

from datetime import date, datetime

from django.utils import timezone

from organisation.models import Unit, UnitGroup, User
from planning.models import Measure, MeasureResponsibility
from strategy.models import Area, Document, Goal
from strategy.services import freeze


def plan_of(measure_count: int, *, owner: Unit, group: UnitGroup, by: User) -> Document:
    """Make a plan in force with one goal for every three measures and ten goals an area."""
    plan = Document.objects.create(
        slug=f"bench-{measure_count}", title=f"Plan med {measure_count} tiltak", kind="action_plan", state="in_force",
        owner=owner, period_from_on=date(2026, 1, 1), period_to_on=date(2029, 12, 31),
    )  # fmt: skip
    goals: list[Goal] = []
    for number in range(measure_count):
        if number % 30 == 0:
            area = Area.objects.create(document=plan, title=f"Område {number // 30 + 1}", position=number)
        if number % 3 == 0:
            goals.append(
                Goal.objects.create(document=plan, area=area, text=f"Mål {number} for rekrutteringen", position=number)
            )
        measure = Measure.objects.create(
            document=plan, text=f"Tiltak {number}: lage felles materiell til skolebesøk", position=number
        )
        measure.goals.add(goals[-1])
        MeasureResponsibility.objects.create(measure=measure, unit=owner, wording="Fakultetet")
        MeasureResponsibility.objects.create(
            measure=measure, group=group, relation="with", wording="i samarbeid med instituttene", position=1
        )
    freeze(plan, by=by, now=now())
    return plan


def now() -> datetime:
    return timezone.now()
