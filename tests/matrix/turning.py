"""The year's turn: the wheel's editors decide, units with tasks in it see it and propose."""

from typing import Any

from annual_wheel import opening, turning
from annual_wheel.models import Proposal
from tests.matrix import NOW, TODAY, Row, World

# The wheel is seen by all who are logged in: whoever has nothing to do with its turn gets 403, not 404.
SEEN: dict[str, Any] = {"reader": 403, "outsider": 403}
DECIDED: dict[str, Any] = {**SEEN, "contributor": 403, "editor": 302, "leader": 302, "administrator": 302}
# A proposal is its maker's alone to change; whoever does not see it meets nothing.
OWN: dict[str, Any] = {"reader": 403, "outsider": 404, "editor": 403, "leader": 403, "administrator": 403}
PROPOSED: dict[str, Any] = {**SEEN, "contributor": 302, "editor": 302, "leader": 302, "administrator": 302}


def turn(world: World) -> list[Any]:
    return [world.wheel.slug, 2027]


def entry(world: World) -> list[Any]:
    return [world.entry.key, 2027]


def opened(world: World) -> list[Any]:
    opening.open_year(world.wheel, year=2027, by=world.cast.adviser, now=NOW, today=TODAY)
    return turn(world)


def proposal(world: World) -> list[Any]:
    made = Proposal.objects.create(
        wheel=world.wheel,
        entry=world.entry,
        year=2027,
        unit=world.cast.ihk,
        kind="change",
        text="Heller i mars",
        proposed_at=NOW,
        proposed_by=world.cast.coordinator,
    )
    return [made.pk]


def withdrawn(world: World) -> list[Any]:
    args = proposal(world)
    turning.withdraw(Proposal.objects.get(pk=args[0]), by=world.cast.coordinator, now=NOW)
    return args


def proposed(kind: str) -> Any:
    return lambda world: {"kind": kind, "text": "Heller i mars", "unit": str(world.cast.ihk.pk)}


ROWS = {
    "wheel_turn": (Row(turn, **SEEN), Row(opened, **SEEN)),
    "turn_preview": Row(turn, **SEEN),
    "turn_decide": Row(entry, method="post", data=lambda world: {"choice": "keep", "lock_version": "0"}, **DECIDED),
    "wheel_close": Row(opened, method="post", **DECIDED),
    "proposal_new": (
        Row(turn, **SEEN),
        Row(turn, method="post", data=proposed("new"), **PROPOSED),
        Row(
            opened,
            **{**SEEN, "contributor": 403, "editor": 403, "leader": 403, "administrator": 403},
            note="too late: the year is open",
        ),
    ),
    "entry_propose": (Row(entry, **SEEN), Row(entry, method="post", data=proposed("change"), **PROPOSED)),
    "proposal_answer": (
        Row(proposal, reader=403, contributor=403, outsider=404),
        Row(
            proposal,
            method="post",
            data=lambda world: {"answer": "taken_in", "lock_version": "1"},
            **{**DECIDED, "outsider": 404},
        ),
    ),
    "proposal_edit": (
        Row(proposal, **OWN),
        Row(
            proposal,
            method="post",
            data=lambda world: {**proposed("drop")(world), "lock_version": "1"},
            **{**OWN, "contributor": 302},
        ),
    ),
    "proposal_withdraw": Row(proposal, method="post", **{**OWN, "contributor": 302}),
    "proposal_restore": Row(withdrawn, method="post", **{**OWN, "contributor": 302}),
}
