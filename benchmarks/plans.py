"""Plans of a given size, in force and as drafts: what is opened, and what is saved in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.urls import reverse
from django.utils import timezone

from benchmarks.measure import Workload, fetch
from organisation.models import Unit, UnitGroup, User
from planning.models import Measure, MeasureResponsibility
from strategy.models import Area, Document, Goal
from strategy.services import freeze
from tests.sending import Fields

TOKEN: Final = "a" * 32
PART: Final = {"HTTP_HX_REQUEST": "true", "HTTP_X_CSRFTOKEN": TOKEN}


@dataclass(frozen=True)
class Size:
    """How many measures a plan has, how many of them a goal has, and how many goals an area has."""

    measures: int
    of_goal: int = 3
    of_area: int = 10


SMALL, MIDDLE = Size(60), Size(300)
LARGE: Final = Size(600, of_goal=6, of_area=5)  # 20 areas, 100 goals


def plan_of(size: Size, *, owner: Unit, group: UnitGroup, by: User, is_draft: bool = False) -> Document:
    """Make a plan in force, or a draft; written in bulk, since its history is no part of what is measured."""
    plan = Document.objects.create(
        slug=f"bench-{'utkast-' if is_draft else ''}{size.measures}",
        title=f"Plan med {size.measures} tiltak",
        kind="action_plan",
        state="draft" if is_draft else "in_force",
        owner=owner,
        period_from_on=date(2026, 1, 1),
        period_to_on=date(2029, 12, 31),
    )
    goal_count = size.measures // size.of_goal
    areas = Area.objects.bulk_create(
        Area(document=plan, title=f"Område {number + 1}", position=number)
        for number in range(-(-goal_count // size.of_area))
    )
    goals = Goal.objects.bulk_create(
        Goal(
            document=plan, area=areas[number // size.of_area], text=f"Mål {number} for rekrutteringen", position=number
        )
        for number in range(goal_count)
    )
    measures = Measure.objects.bulk_create(
        Measure(document=plan, text=f"Tiltak {number}: lage felles materiell til skolebesøk", position=number)
        for number in range(size.measures)
    )
    Measure.goals.through.objects.bulk_create(
        Measure.goals.through(measure=measure, goal=goals[number // size.of_goal])
        for number, measure in enumerate(measures)
    )
    with_group = {"group": group, "relation": "with", "wording": "i samarbeid med instituttene", "position": 1}
    MeasureResponsibility.objects.bulk_create(
        line
        for measure in measures
        for line in (
            MeasureResponsibility(measure=measure, unit=owner, wording="Fakultetet"),
            MeasureResponsibility(measure=measure, **with_group),
        )
    )
    if not is_draft:
        freeze(plan, by=by, now=timezone.now())
    return plan


def workloads(handler: WSGIHandler, cookie: str, forget: Callable[[], None]) -> list[Workload]:
    """The largest plan beside the small one: opened by a reader and by an adviser, and one measure saved in it."""
    cookie = f"{cookie}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
    return [*_opened(cookie, forget), *_saved(handler, cookie)]


def _opened(cookie: str, forget: Callable[[], None]) -> list[Workload]:
    """Each page of 60 measures, and after it the same page of 600 with it as its floor, and one area of it."""
    rows = []
    for name, slug, below, before in (
        ("editing", "bench-utkast", "rediger/", None),
        ("draft read", "bench-utkast", "", None),
        ("plan read", "bench", "", None),
        ("plan read first", "bench", "", forget),
    ):
        small = Workload(f"{name}, {SMALL.measures}", f"/planer/{slug}-{SMALL.measures}/{below}", cookie, before=before)
        path = f"/planer/{slug}-{LARGE.measures}/{below}"
        area = Area.objects.filter(document__slug=f"{slug}-{LARGE.measures}")[LARGE.of_area]
        rows += [
            small,
            Workload(f"{name}, {LARGE.measures}", path, cookie, before=before, goal=5, floor=small.name),
            Workload(f"{name}, one area", f"{path}omrade/{area.key}/", cookie, PART, before=before),
        ]
    return rows


def _saved(handler: WSGIHandler, cookie: str) -> list[Workload]:
    """A measure in plans of each size, and a goal and an area in the small draft."""
    rows = [
        row
        for size in (SMALL, LARGE)
        for name, slug in (("draft", "bench-utkast"), ("plan", "bench"))
        for row in saving(
            handler, cookie, _one_of(Measure, f"{slug}-{size.measures}"), "text", f"in a {name} of {size.measures}"
        )
    ]
    for name, model, field in (("a goal", Goal, "text"), ("an area", Area, "title")):
        item = _one_of(model, f"bench-utkast-{SMALL.measures}")
        rows += saving(handler, cookie, item, field, f"of {name} in a draft of {SMALL.measures}")
    return rows


def _one_of(model: Any, slug: str) -> Any:
    """One in the middle, where there are many."""
    items = list(model.objects.filter(document__slug=slug).order_by("position")[:30])
    return items[-1]


def saving(handler: WSGIHandler, cookie: str, item: Any, field: str, where: str) -> list[Workload]:
    """An item opened in its place, and saved with new words each time: the answer must be its line with the words."""
    address = reverse(f"{item._meta.model_name}_edit", args=[item.key])
    opened = Workload(f"form {where}", address, cookie, PART)
    fields = Fields(fetch(handler, opened)[2].decode(), address).values
    first, number = int(fields["lock_version"][0]), count()

    def body() -> bytes:
        at = next(number)
        changed = {"lock_version": str(first + at), field: words(at)}
        return urlencode({**fields, **changed}, doseq=True).encode()

    def words(at: int) -> str:
        return f"Ord som er endret {at} ganger"

    def is_saved(answer: bytes, at: int) -> bool:
        return f'id="linje-{item.key}"'.encode() in answer and f">{words(at)}<".encode() in answer

    save = Workload(f"save {where}", address, cookie, PART, goal=15, method="POST", body=body, is_right=is_saved)
    return [opened, save]
