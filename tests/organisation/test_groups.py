"""Which groups a unit is in, asked from the unit: the same answer as from the group."""

from datetime import date

from organisation.groups import groups_with
from organisation.models import UnitGroup
from tests import factories as make
from tests.cast import Cast

DAY = date(2026, 3, 15)


def test_the_answer_is_the_one_the_groups_give(cast: Cast) -> None:
    having = make.group("med", cast.hf, cast.ihk)
    make.group("uten", cast.hf, except_group=having)
    make.group("alle", cast.university, rule="children", member_kind="department")
    make.group("navn", cast.hf, rule="named", member_kind="")
    cast.imu.closes_on = date(2026, 1, 1)
    cast.imu.save()
    for unit in (cast.hf, cast.ihk, cast.isl, cast.imu, cast.students):
        expected = {group.slug for group in UnitGroup.objects.all() if unit in group.units_on(DAY)}
        found = groups_with([unit.pk], on=DAY)
        assert {group.slug for group in UnitGroup.objects.filter(pk__in=found)} == expected, unit.slug


def test_several_units_are_in_the_groups_of_each(cast: Cast) -> None:
    first, second = make.group("en", cast.hf, cast.ihk), make.group("to", cast.hf, cast.isl)
    assert groups_with([cast.ihk.pk, cast.isl.pk], on=DAY) == {first.pk, second.pk, cast.departments.pk}
    assert groups_with([], on=DAY) == set()
