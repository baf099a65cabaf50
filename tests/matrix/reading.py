"""The reading pages: who sees a public strategy, a plan in force, a draft, and the working text."""

from typing import Any

from django.utils import timezone

from strategy.access import place_of
from strategy.services import freeze
from tests.matrix import Args, Row, World, everyone


def in_force(args: Args) -> Row:
    return everyone(200, args, anonymous=302, note="for all who are logged in; others are asked to log in")


def draft(args: Args) -> Row:
    return Row(
        args,
        anonymous=302,
        reader=200,
        contributor=404,
        editor=200,
        leader=200,
        outsider=404,
        administrator=200,
        note="for those who read the drafts of the faculty; the contributor is at two of its departments",
    )


def working_text(args: Args) -> Row:
    statuses: dict[str, Any] = {"contributor": 403, "outsider": 403}
    return Row(args, **statuses, data=lambda world: {"tekst": "arbeid"}, note="the document is seen, this text is not")


def frozen(name: str) -> Args:
    """The first version of one of the world's documents."""

    def made(world: World) -> list[Any]:
        document = getattr(world, name)
        version = freeze(document, by=world.cast.dean, now=timezone.now())
        return [place_of(document), document.slug, version.number]

    return made


ROWS = {
    "home": everyone(200),
    "plans": everyone(200, note="those who are not logged in see the public ones"),
    "unit_plans": everyone(200, anonymous=302),
    "strategies": everyone(200),
    "plan": (
        in_force(lambda world: [world.plan.slug]),
        draft(lambda world: [world.draft.slug]),
        working_text(lambda world: [world.plan.slug]),
    ),
    "plan_part": (
        in_force(lambda world: [world.plan.slug, world.area.key]),
        everyone(404, lambda world: [world.plan.slug, "k"], anonymous=302, note="no such area"),
    ),
    "strategy_part": everyone(404, lambda world: [world.strategy.slug, "k"], anonymous=302, note="no such area"),
    "strategy": (
        everyone(200, lambda world: [world.strategy.slug], note="a public one"),
        everyone(404, lambda world: [world.plan.slug], anonymous=302, note="a plan has another address"),
    ),
    "document_compare": (
        in_force(lambda world: ["planer", world.plan.slug]),
        draft(lambda world: ["planer", world.draft.slug]),
    ),
    "document_versions": (
        in_force(lambda world: ["planer", world.plan.slug]),
        draft(lambda world: ["planer", world.draft.slug]),
    ),
    "document_version": (
        in_force(frozen("plan")),
        everyone(200, frozen("strategy"), note="of a public one"),
        draft(frozen("draft")),
        everyone(404, lambda world: ["planer", world.plan.slug, 9], anonymous=302, note="no such version"),
    ),
    "goal": (
        in_force(lambda world: [world.goal.key]),
        draft(lambda world: [world.draft_goal.key]),
        working_text(lambda world: [world.goal.key]),
    ),
    "route": (in_force(lambda world: [world.route.key]), draft(lambda world: [world.draft_route.key])),
    "measure": (in_force(lambda world: [world.measure.key]), draft(lambda world: [world.draft_measure.key])),
}
