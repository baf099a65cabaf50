"""Roles reach down the unit tree, from the day they begin to the day they end."""

import pickle
from copy import deepcopy
from datetime import date

import pytest

from organisation.models import Membership
from organisation.permissions import PERMISSIONS, Permission, Role
from tests.cast import Cast

TODAY = date(2026, 3, 15)


def test_the_table_is_what_it_should_be() -> None:
    assert {role.value: {permission.value for permission in held} for role, held in PERMISSIONS.items()} == {
        "reader": {"read_drafts", "be_heard"},
        "contributor": {"read_drafts", "be_heard", "tick", "note"},
        "editor": {"read_drafts", "be_heard", "tick", "note", "edit"},
        "leader": {"read_drafts", "be_heard", "tick", "note", "edit", "decide"},
        "administrator": {"read_drafts", "be_heard", "tick", "note", "edit", "decide", "administer"},
    }
    assert set(PERMISSIONS) == set(Role)


@pytest.mark.parametrize(
    ("person", "permission", "units"),
    [
        ("coordinator", Permission.TICK, {"ihk", "isl"}),
        ("coordinator", Permission.EDIT, set()),
        ("adviser", Permission.EDIT, {"hf", "ihk", "isl", "imu"}),
        ("adviser", Permission.DECIDE, set()),
        ("dean", Permission.DECIDE, {"hf", "ihk", "isl", "imu"}),
        ("reader", Permission.TICK, set()),
        ("outsider", Permission.EDIT, {"nv"}),
        ("coordinator", Permission.BE_HEARD, {"ihk", "isl", "hf", "ntnu"}),
        ("coordinator", Permission.NOTE, {"ihk", "isl", "hf", "ntnu"}),
        ("reader", Permission.BE_HEARD, {"hf", "ihk", "isl", "imu", "ntnu"}),
        ("reader", Permission.NOTE, set()),
        ("outsider", Permission.BE_HEARD, {"nv", "ntnu"}),
        ("administrator", Permission.ADMINISTER, {"ntnu", "hf", "nv", "ihk", "isl", "imu", "studentene"}),
    ],
)
def test_a_role_reaches_the_unit_and_all_below_and_what_is_said_the_units_above(
    cast: Cast, person: str, permission: Permission, units: set[str]
) -> None:
    from organisation.models import Unit

    reached = Unit.objects.reached_by(cast.people[person], permission, today=TODAY)
    assert {unit.slug for unit in reached} == units


def test_a_person_who_was_asked_for_can_be_copied(cast: Cast) -> None:
    reach = cast.adviser.reach(TODAY)
    for copied in (deepcopy(cast.adviser), pickle.loads(pickle.dumps(cast.adviser))):
        assert (copied, copied.reach(TODAY)) == (cast.adviser, reach)
    again = type(cast.adviser).objects.get(pk=cast.adviser.pk).reach(TODAY)
    assert again == reach
    assert again is not reach  # what one object holds is its own


def test_a_role_holds_only_in_its_days(cast: Cast) -> None:
    Membership.objects.filter(user=cast.reader).update(from_on=date(2026, 3, 1), to_on=date(2026, 3, 31))
    for day, holds in ((date(2026, 2, 28), False), (TODAY, True), (date(2026, 4, 1), False)):
        assert cast.reader.may(Permission.READ_DRAFTS, cast.imu, today=day) is holds
