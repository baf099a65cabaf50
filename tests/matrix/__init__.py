"""The written table of who gets what: every named address × the cast.

Each area has a module here with `ROWS = {"url_name": Row(...)}`, or a tuple of rows where one address answers
differently for different objects (a draft, a plan in force). `tests/test_matrix.py` asks every row of the running
application.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final

from annual_wheel import opening
from annual_wheel.models import Edition, Entry, Task, Wheel, WheelYear
from organisation.models import User
from planning.models import Measure
from strategy.models import Area, Document, Goal, Route
from tests import factories as make
from tests.cast import Cast

TODAY: Final = date(2026, 3, 15)
NOW: Final = datetime(2026, 3, 15, 8, tzinfo=UTC)

# Role in the table → person in the cast.
PEOPLE: Final = {
    "anonymous": None,
    "reader": "reader",
    "contributor": "coordinator",
    "editor": "adviser",
    "leader": "dean",
    "outsider": "outsider",
    "administrator": "administrator",
}


@dataclass(frozen=True)
class World:
    """One of everything, all of it at the faculty of the cast."""

    cast: Cast
    strategy: Document  # in force, public: what the plan carries out
    plan: Document  # an action plan in force, for those who are logged in
    draft: Document  # an action plan that only the owner's readers see
    area: Area
    goal: Goal
    route: Route
    measure: Measure
    draft_goal: Goal
    draft_route: Route
    draft_measure: Measure
    wheel: Wheel
    wheel_year: WheelYear  # 2026
    entry: Entry
    edition: Edition
    task: Task  # of the department ihk, open

    def person(self, role: str) -> User | None:
        name = PEOPLE[role]
        return self.cast.people[name] if name else None


Args = Callable[[World], list[Any]]
Data = Callable[[World], Mapping[str, Any]]


def nothing(world: World) -> list[Any]:
    return []


def no_data(world: World) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """The status that each person gets. `args` and `data` are asked anew for each person, and undone afterwards."""

    args: Args = nothing
    anonymous: int = 302
    reader: int = 200
    contributor: int = 200
    editor: int = 200
    leader: int = 200
    outsider: int = 200
    administrator: int = 200
    method: str = "get"
    data: Data = field(default=no_data)
    note: str = ""

    @property
    def statuses(self) -> dict[str, int]:
        return {role: getattr(self, role) for role in PEOPLE}


def everyone(status: int, args: Args = nothing, *, anonymous: int | None = None, **fields: Any) -> Row:
    """The same for all who are logged in, and for the others too unless `anonymous` says otherwise."""
    statuses: dict[str, Any] = dict.fromkeys(PEOPLE, status)
    return Row(args, **{**statuses, "anonymous": anonymous or status, **fields})


def make_world(cast: Cast) -> World:
    strategy = make.document("strategien", cast.university, kind="strategy", title="Strategien", is_public=True)
    plan = make.document("planen", cast.hf, title="Planen")
    plan.carries_out.add(strategy)
    draft = make.document("utkastet", cast.hf, title="Utkastet", state="draft")
    area = make.area(plan, key="omraadet", title="Området")
    goal = make.goal(plan, key="maalet", area=area, text="Målet")
    measure = make.measure(plan, goal, key="tiltaket", text="Tiltaket")
    draft_goal = make.goal(draft, key="utkastmaalet", text="Målet i utkastet")
    wheel = make.wheel("hjulet", cast.hf, title="Hjulet", document=plan)
    entry = make.entry(wheel, cast.departments, key="punktet", text="Punktet")
    entry.measures.add(measure)
    wheel_year = opening.open_year(wheel, year=2026, by=cast.adviser, now=NOW, today=TODAY)
    edition = entry.editions.get(year=2026)
    return World(
        cast=cast,
        strategy=strategy,
        plan=plan,
        draft=draft,
        area=area,
        goal=goal,
        route=make.route(plan, key="veivalget", area=area, text="Veivalget"),
        measure=measure,
        draft_goal=draft_goal,
        draft_route=make.route(draft, key="utkastveivalget", text="Veivalget i utkastet"),
        draft_measure=make.measure(draft, draft_goal, key="utkasttiltaket", text="Tiltaket i utkastet"),
        wheel=wheel,
        wheel_year=wheel_year,
        entry=entry,
        edition=edition,
        task=make.tasks_of(edition)["ihk"],
    )


def gather() -> dict[str, tuple[Row, ...]]:
    """Return every row of every module here; ValueError where two modules write about one address."""
    rows: dict[str, tuple[Row, ...]] = {}
    for module in pkgutil.iter_modules(__path__):
        for name, row in importlib.import_module(f"{__name__}.{module.name}").ROWS.items():
            if name in rows:
                raise ValueError(f"{name} is written about twice")
            rows[name] = row if isinstance(row, tuple) else (row,)
    return rows
