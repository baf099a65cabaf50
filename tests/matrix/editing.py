"""Writing documents and wheels: the owner's editors and leaders write, leaders adopt; the rest read."""

from typing import Any, Final

from strategy import writing
from strategy.models import Decision, Document, Fact, Section, Target
from strategy.services import freeze
from tests.matrix import NOW, Args, Row, World, everyone

EDITORS: dict[str, Any] = {"reader": 403, "contributor": 403, "outsider": 403}


def writes(args: Args, *, gives: int = 200, method: str = "get", **fields: Any) -> Row:
    """For those who may edit at the owner; the rest can see the document, so it is 403."""
    may: dict[str, Any] = {"editor": gives, "leader": gives, "administrator": gives}
    return Row(args, method=method, **{**EDITORS, **may, **fields})


def posts(args: Args, **data: str) -> Row:
    return writes(args, gives=302, method="post", data=lambda world: data)


POSTED: Final[dict[str, Any]] = {"gives": 302, "method": "post"}


def decides(args: Args, **more: Any) -> Row:
    """What readers of a plan that holds see at once, so that it takes whoever may decide."""
    return writes(args, editor=403, **more)


def plan(world: World) -> list[Any]:
    return ["planer", world.plan.slug]


def draft(world: World) -> list[Any]:
    return ["planer", world.draft.slug]


def put_away(world: World) -> list[Any]:
    Document.objects.filter(pk=world.draft.pk).update(state="put_away")
    return draft(world)


def section(world: World) -> Section:
    return Section.objects.create(document=world.plan, kind="purpose", text="Hensikten")


def decision(world: World) -> Decision:
    return Decision.objects.create(document=world.plan, kind="mandate", decided_by="Styret")


def adoption(world: World) -> Decision:
    """The decision behind a version of the plan."""
    made = Decision.objects.create(document=world.plan, kind="adoption", decided_by="Styret", decided_on=NOW.date())
    freeze(world.plan, by=world.cast.dean, now=NOW, decision=made)
    return made


def target(world: World) -> Target:
    return Target.objects.create(goal=world.goal, kind="count", value=8, text="Åtte", comparator="at_least")


def fact(world: World) -> Fact:
    return Fact.objects.create(area=world.area, text="Slik var det")


def removed(row: Decision | Section | Target | Fact, world: World) -> list[Any]:
    return [writing.remove_row(row, by=world.cast.adviser, now=NOW)]


def key(name: str) -> Args:
    return lambda world: [getattr(world, name).key]


def restored(name: str) -> Args:
    def args(world: World) -> list[Any]:
        row = getattr(world, name)
        return [row.key, row.history.latest().history_id, "title" if name == "area" else "text"]

    return args


def lines_before(world: World) -> list[Any]:
    """The measure as it was before it got another line."""
    line = world.measure.responsibilities.create(unit=world.cast.ihk)
    return [world.measure.key, line.history.latest().history_id]


def of_row(row: Any) -> list[Any]:
    return [row.pk, row.history.latest().history_id, "text"]


def frozen(world: World) -> World:
    """The plan as it is when its words have been frozen."""
    freeze(world.plan, by=world.cast.dean, now=NOW)
    return world


def year(world: World) -> list[Any]:
    return [world.entry.key, 2026]


MINE: dict[str, Any] = {"reader": 403, "contributor": 403, "note": "whoever writes at some unit"}
SEEN: dict[str, Any] = {"contributor": 403, "outsider": 403, "note": "working texts, for the owner’s readers"}

ROWS: dict[str, Row | tuple[Row, ...]] = {
    "plan_new": Row(**MINE),
    "strategy_new": Row(**MINE),
    "plan_edit": (
        writes(lambda world: [world.plan.slug]),
        writes(lambda world: [world.draft.slug], outsider=404, contributor=404),
    ),
    "strategy_edit": writes(lambda world: [world.strategy.slug], editor=403, leader=403),
    "plan_present": (
        writes(lambda world: [world.plan.slug]),
        writes(lambda world: [world.draft.slug], outsider=404, contributor=404),
    ),
    "strategy_present": writes(lambda world: [world.strategy.slug], editor=403, leader=403),
    "measures_several": writes(lambda world: [world.plan.slug]),
    "measures_several_undo": posts(lambda world: [world.plan.slug]),
    "document_begin": (
        writes(plan, gives=302, note="to the editor, where it is no empty draft"),
        writes(draft, gives=302, outsider=404, contributor=404),
    ),
    "document_begin_undo": posts(plan),
    "plan_build": (
        everyone(302, lambda world: [world.plan.slug], note="to where it is pressed"),
        Row(
            lambda world: [world.draft.slug],
            reader=302,
            contributor=404,
            editor=302,
            leader=302,
            outsider=404,
            administrator=302,
        ),
        Row(
            lambda world: [world.plan.slug],
            reader=403,
            contributor=403,
            editor=302,
            leader=302,
            outsider=403,
            administrator=302,
            method="post",
            data=lambda world: {"enhet": "ihk"},
            note="whoever writes for the unit below",
        ),
    ),
    "plan_bases": (
        Row(lambda world: [world.plan.slug], **SEEN),
        Row(lambda world: [world.draft.slug], **{**SEEN, "contributor": 404, "outsider": 404}),
        writes(lambda world: [world.plan.slug], gives=302, method="post"),
    ),
    "strategy_bases": Row(
        lambda world: [world.strategy.slug], reader=403, contributor=403, editor=403, leader=403, outsider=403
    ),
    "document_edit": (writes(plan), writes(draft, outsider=404, contributor=404)),
    "document_changes": (
        Row(plan, **SEEN),
        Row(draft, **{**SEEN, "contributor": 404, "outsider": 404}),
    ),
    "document_restore": posts(lambda world: [*plan(world), world.plan.history.latest().history_id, "vision"]),
    "note": (
        writes(lambda world: ["mal", world.goal.key]),
        writes(lambda world: ["mal", world.draft_goal.key], outsider=404, contributor=404),
    ),
    "note_changes": Row(lambda world: ["dokument", world.plan.slug], **SEEN),
    "correct": (
        writes(lambda world: ["mal", frozen(world).goal.key]),
        writes(
            lambda world: ["mal", world.draft_goal.key],
            editor=404,
            leader=404,
            administrator=404,
            outsider=404,
            contributor=404,
        ),
    ),
    "document_state": writes(
        draft, gives=302, method="post", outsider=404, contributor=404, data=lambda world: {"to": "draft"}
    ),
    "document_put_away": writes(draft, **POSTED, outsider=404, contributor=404),
    "document_take_back": writes(put_away, **POSTED, outsider=404, contributor=404),
    "document_adopt": writes(plan, editor=403),
    "section_new": writes(plan),
    "decision_new": (decides(plan), writes(draft, outsider=404, contributor=404)),
    "area_new": writes(plan),
    "goal_new": writes(plan),
    "route_new": writes(plan),
    "measure_new": writes(lambda world: [world.plan.slug]),
    "plan_area": writes(lambda world: [world.plan.slug, world.area.key]),
    "strategy_area": writes(lambda world: [world.strategy.slug, "k"], gives=404, editor=403, leader=403),
    "plan_paste": writes(lambda world: [world.plan.slug]),
    "strategy_paste": writes(lambda world: [world.strategy.slug], editor=403, leader=403),
    "plan_paste_undo": posts(lambda world: [world.plan.slug, "k,l"]),
    "strategy_paste_undo": writes(
        lambda world: [world.strategy.slug, "k,l"], gives=302, method="post", editor=403, leader=403
    ),
    "measure_responsible": writes(lambda world: [world.plan.slug]),
    "section_edit": writes(lambda world: [section(world).pk]),
    "section_move": posts(lambda world: [section(world).pk], to="up"),
    "decision_edit": decides(lambda world: [decision(world).pk]),
    "decision_correct": (
        decides(lambda world: [adoption(world).pk]),
        decides(
            lambda world: [decision(world).pk], leader=404, administrator=404, note="not what a version was adopted by"
        ),
    ),
    "decision_remove": decides(lambda world: [decision(world).pk], **POSTED),
    "decision_put_back": decides(lambda world: removed(decision(world), world), **POSTED),
    "decision_changes": Row(lambda world: [decision(world).pk], **SEEN),
    "decision_restore": decides(lambda world: of_row(decision(world)), **POSTED),
    "decision_move": decides(lambda world: [decision(world).pk], data=lambda world: {"to": "up"}, **POSTED),
    "section_remove": posts(lambda world: [section(world).pk]),
    "section_put_back": posts(lambda world: removed(section(world), world)),
    "section_changes": Row(lambda world: [section(world).pk], **SEEN),
    "section_restore": posts(lambda world: of_row(section(world))),
    "area_edit": writes(key("area")),
    "area_place": writes(key("area")),
    "area_move": posts(key("area"), to="up"),
    "area_retire": posts(key("area")),
    "area_bring_back": posts(key("area")),
    "area_changes": Row(key("area"), **SEEN),
    "area_restore": posts(restored("area")),
    "area_target_new": writes(key("area")),
    "goal_edit": (writes(key("goal")), writes(key("draft_goal"), outsider=404, contributor=404)),
    "goal_place": writes(key("goal")),
    "goal_move": posts(key("goal"), to="up"),
    "goal_retire": posts(key("goal")),
    "goal_bring_back": posts(key("goal")),
    "goal_changes": Row(key("goal"), **SEEN),
    "goal_restore": posts(restored("goal")),
    "goal_target_new": writes(key("goal")),
    "route_edit": writes(key("route")),
    "route_place": writes(key("route")),
    "route_move": posts(key("route"), to="up"),
    "route_retire": posts(key("route")),
    "route_bring_back": posts(key("route")),
    "route_changes": Row(key("route"), **SEEN),
    "route_restore": posts(restored("route")),
    "goal_split": (writes(key("goal")), writes(key("draft_goal"), outsider=404, contributor=404)),
    "goal_split_undo": posts(key("goal")),
    "route_split": writes(key("route")),
    "route_split_undo": posts(key("route")),
    "target_edit": writes(lambda world: [target(world).pk]),
    "target_move": posts(lambda world: [target(world).pk], to="up"),
    "target_remove": posts(lambda world: [target(world).pk]),
    "target_put_back": posts(lambda world: removed(target(world), world)),
    "target_changes": Row(lambda world: [target(world).pk], **SEEN),
    "target_restore": posts(lambda world: of_row(target(world))),
    "fact_new": writes(key("area")),
    "fact_edit": writes(lambda world: [fact(world).pk]),
    "fact_move": posts(lambda world: [fact(world).pk], to="up"),
    "fact_remove": posts(lambda world: [fact(world).pk]),
    "fact_put_back": posts(lambda world: removed(fact(world), world)),
    "fact_changes": Row(lambda world: [fact(world).pk], **SEEN),
    "fact_restore": posts(lambda world: of_row(fact(world))),
    "measure_edit": (writes(key("measure")), writes(key("draft_measure"), outsider=404, contributor=404)),
    "measure_place": writes(key("measure")),
    "measure_move": posts(key("measure"), to="up"),
    "measure_retire": posts(key("measure")),
    "measure_bring_back": posts(key("measure")),
    "measure_changes": Row(key("measure"), **SEEN),
    "measure_restore": posts(restored("measure")),
    "measure_split": (writes(key("measure")), writes(key("draft_measure"), outsider=404, contributor=404)),
    "measure_split_undo": posts(key("measure")),
    "measure_join": (writes(key("measure")), writes(key("draft_measure"), outsider=404, contributor=404)),
    "measure_join_undo": posts(key("measure")),
    "measure_restore_lines": (writes(lines_before), posts(lines_before)),
    "wheel_new": Row(**MINE),
    "wheel_edit": writes(lambda world: [world.wheel.slug]),
    "wheel_paste": writes(lambda world: [world.wheel.slug]),
    "wheel_head": writes(lambda world: [world.wheel.slug]),
    "when_preview": writes(lambda world: [world.wheel.slug]),
    "responsible_preview": writes(lambda world: [world.wheel.slug]),
    "entry_new": writes(lambda world: [world.wheel.slug]),
    "entry_edit": writes(key("entry")),
    "entry_move": posts(key("entry"), to="up"),
    "entry_retire": posts(key("entry")),
    "entry_bring_back": posts(key("entry")),
    "entry_changes": Row(key("entry"), **SEEN),
    "edition_edit": writes(year),
    "edition_move": writes(year, method="post", note="nothing sent: the form again"),
    "edition_cancel": writes(year, method="post"),
    "edition_restore": writes(year, method="post", note="made from no version: both texts"),
    "edition_describe": writes(year, method="post"),
    "edition_follow": writes(year, method="post", note="made from no version: both texts"),
}
