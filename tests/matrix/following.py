"""Status, rounds and evaluation: who is logged in reads, responsible units tell, the plan's editors hold rounds."""

from datetime import date
from typing import Any

from planning import reporting
from planning.models import Evaluation, MeasureResponsibility, ReportingRound
from tests.matrix import NOW, TODAY, Row, World, everyone

# The plan is seen by all who are logged in, so what is not theirs to write is 403. The departments lead the measure.
TOLD: dict[str, Any] = {"reader": 403, "outsider": 403}
LED: dict[str, Any] = {**TOLD, "contributor": 403}
DONE: dict[str, Any] = {"contributor": 302, "editor": 302, "leader": 302, "administrator": 302}


def led(world: World) -> None:
    MeasureResponsibility.objects.get_or_create(measure=world.measure, group=world.cast.departments)


def plan(world: World) -> list[Any]:
    led(world)
    return [world.plan.slug]


def draft(world: World) -> list[Any]:
    return [world.draft.slug]


def measure(world: World) -> list[Any]:
    led(world)
    return [world.measure.key]


def of_draft(world: World) -> list[Any]:
    return [world.draft_measure.key]


def year(world: World) -> list[Any]:
    return [*plan(world), 2026]


def unit_of(slug: str) -> Any:
    return lambda world: [*measure(world), 2026, slug]


def evaluated(world: World) -> list[Any]:
    words = {"measure": world.measure, "year": 2026, "unit": world.cast.ihk, "verdict": "continue", "text": "Mye"}
    reporting.evaluate(Evaluation(**words), by=world.cast.coordinator, now=NOW, expected=None)
    return unit_of("ihk")(world)  # type: ignore[no-any-return]


def held(world: World) -> ReportingRound:
    led(world)
    days = {"from_on": date(2026, 1, 1), "to_on": date(2026, 12, 31), "due_on": date(2026, 4, 1)}
    asked = ReportingRound(document=world.plan, **days)
    return reporting.start_round(asked, by=world.cast.dean, now=NOW, today=TODAY)


def in_round(world: World) -> list[Any]:
    return [world.plan.slug, held(world).pk]


def finished(slug: str) -> Any:
    return lambda world: [*in_round(world), slug]


def report(world: World) -> dict[str, Any]:
    return {"unit": world.cast.ihk.pk, "state": "under_way", "text": "Godt i gang"}


def several(world: World) -> dict[str, Any]:
    return {**report(world), "measure": world.measure.key}


def days(world: World) -> dict[str, Any]:
    return {"from_on": "2026-01-01", "to_on": "2026-06-30", "due_on": "2026-07-01", "lock_version": "1"}


HELD: dict[str, Any] = {**LED, "editor": 302, "leader": 302, "administrator": 302}

ROWS = {
    "plan_status": (
        everyone(200, plan, anonymous=302),
        Row(draft, contributor=404, outsider=404),
        Row(plan, method="post", data=several, **{**LED, "editor": 403, "leader": 403, "administrator": 403},
            note="nobody tells anything without having chosen a unit in the address"),
    ),
    "plan_status_undo": (
        everyone(302, lambda world: [world.plan.slug, "1"], method="post", note="one takes back what one told oneself"),
        Row(lambda world: [world.draft.slug, "1"], method="post", reader=302, editor=302, leader=302,
            administrator=302, contributor=404, outsider=404),
    ),
    "measure_report": (
        Row(measure, **TOLD),
        Row(measure, method="post", data=report, **{**TOLD, **DONE}),
        Row(of_draft, reader=403, contributor=404, outsider=404),
    ),
    "plan_evaluation": (
        everyone(200, year, anonymous=302),
        everyone(404, lambda world: [world.plan.slug, 2027], anonymous=302, note="a year that has not begun"),
    ),
    "measure_evaluate": (
        Row(unit_of("ihk"), **TOLD),
        Row(unit_of("imu"), **LED),
        Row(
            unit_of("ihk"),
            method="post",
            data=lambda world: {"text": "Mye", "verdict": "continue"},
            **{**TOLD, **DONE},
        ),
    ),
    "evaluation_changes": (Row(evaluated, outsider=404), everyone(404, unit_of("ihk"), anonymous=302)),
    "rounds": (everyone(200, plan, anonymous=302), Row(draft, contributor=404, outsider=404)),
    "round_new": (Row(plan, **LED), Row(plan, method="post", data=days, **HELD)),
    "round": everyone(200, in_round, anonymous=302),
    "round_changes": Row(in_round, contributor=403, outsider=403),
    "round_edit": (Row(in_round, **LED), Row(in_round, method="post", data=days, **HELD)),
    "round_close": (Row(in_round, **LED), Row(in_round, method="post", **HELD)),
    "round_undo": Row(in_round, method="post", **HELD),
    "round_finish": (
        Row(finished("ihk"), method="post", **{**TOLD, **DONE}),
        Row(finished("imu"), method="post", **HELD, note="not one of the contributor's departments"),
        everyone(404, finished("hf"), anonymous=302, method="post", note="leads nothing"),
    ),
    "round_unfinish": Row(finished("ihk"), method="post", **{**TOLD, **DONE}),
}  # fmt: skip
