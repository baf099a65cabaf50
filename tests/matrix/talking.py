"""Comments and hearings: who is asked, who writes notes, who answers."""

from typing import Any

from organisation.models import Comment, Hearing
from tests import talking
from tests.matrix import Row, World, everyone

# At the documents of the faculty: its readers are heard, and its departments' contributors write notes.
NOBODY: dict[str, Any] = dict.fromkeys(("reader", "contributor", "editor", "leader", "outsider", "administrator"), 403)
NOTES: dict[str, Any] = {"reader": 403, "outsider": 403}
ASKED: dict[str, Any] = {"outsider": 404}
DRAFT: dict[str, Any] = {"reader": 403, "contributor": 404, "outsider": 404}
EDITORS: dict[str, Any] = {"reader": 403, "contributor": 403, "outsider": 404}


def note(world: World) -> Comment:
    return talking.comment(world.plan, world.cast.coordinator)


def hearing(world: World) -> Hearing:
    return talking.hearing(world.draft, world.cast.adviser)


def said(world: World) -> Comment:
    return talking.comment(world.draft, world.cast.coordinator, hearing=hearing(world))


def about(kind: str, name: str) -> Any:
    return lambda world: [kind, getattr(world, name).key]


def plan(world: World) -> list[Any]:
    return ["dokument", world.plan.slug]


def pk(make: Any) -> Any:
    return lambda world: [make(world).pk]


def draft_on_hearing(world: World) -> list[Any]:
    hearing(world)
    return ["mal", world.draft_goal.key]


ROWS: dict[str, Row | tuple[Row, ...]] = {
    "comments": (
        Row(plan, **NOTES),
        Row(about("mal", "goal"), **NOTES),
        Row(about("veivalg", "route"), **NOTES),
        Row(about("omrade", "area"), **NOTES),
        Row(about("tiltak", "measure"), **NOTES),
        Row(about("mal", "draft_goal"), **DRAFT),
        Row(draft_on_hearing, **ASKED, note="the departments are asked"),
        Row(plan, **NOTES, method="post", note="nothing sent: the form again"),
    ),
    "comment_people": Row(plan, **NOTES, data=lambda world: {"q": "råd"}),
    "comment_edit": Row(
        pk(note), reader=404, editor=403, leader=403, outsider=404, administrator=403, note="whoever wrote it"
    ),
    "comment_changes": (Row(pk(note), reader=404, outsider=404), Row(pk(said), **ASKED)),
    "comment_resolve": Row(
        pk(note), contributor=302, editor=302, leader=302, administrator=302, reader=404, outsider=404, method="post"
    ),
    "comment_remove": (
        Row(
            pk(note),
            contributor=302,
            editor=302,
            leader=302,
            administrator=302,
            reader=404,
            outsider=404,
            method="post",
            note="whoever wrote it, and those who edit",
        ),
        Row(
            pk(said),
            reader=403,
            contributor=302,
            editor=302,
            leader=302,
            administrator=302,
            outsider=404,
            method="post",
        ),
    ),
    "comment_put_back": Row(
        pk(note), contributor=302, editor=302, leader=302, administrator=302, reader=404, outsider=404, method="post"
    ),
    "comment_answer": (
        Row(pk(said), **EDITORS),
        everyone(404, pk(note), anonymous=302, note="internal ones have no answer"),
    ),
    "hearing_new": (
        Row(lambda world: ["planer", world.draft.slug], **DRAFT),
        Row(
            lambda world: ["planer", world.plan.slug],
            **{**NOBODY, "editor": 302, "leader": 302, "administrator": 302},
            note="to the editor, which says that nothing is changed in what holds",
        ),
    ),
    "hearing": Row(pk(hearing), **ASKED),
    "hearing_edit": Row(pk(hearing), **EDITORS),
}
