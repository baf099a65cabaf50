"""Mornings on both sides of the days on which the clock is changed, with real timetables."""

from datetime import UTC, date, timedelta

import pytest

from tests.faults.world import QUARTER, World, at


@pytest.mark.parametrize("sunday", [date(2026, 3, 29), date(2026, 10, 25)], ids=["spring", "autumn"])
def test_the_clock_is_changed(world: World, sunday: date) -> None:
    """Every quarter of the night ticks once, also those that come twice, and Monday's mails leave at Monday's hour."""
    monday = sunday + timedelta(days=1)
    world.give_work(6, day=monday)
    before = at(sunday, 0, 45).astimezone(UTC)
    world.clock.set(before)
    world.start(workers=1, timetables=2)
    quarters = [before + number * QUARTER for number in range(1, 17)]
    for moment in quarters:
        world.tick(moment)
    assert world.logged("tick ") == 2 * len(quarters)
    world.tick(at(monday, 6, 45))
    world.wait_until(lambda: world.is_idle(), "nobody is told before their hour")
    assert world.mail.taken == []
    world.tick(at(monday, 7))
    world.wait_until_all_are_told(monday)
    world.tick(at(monday, 8))
    world.check(monday)
    assert len(world.mail.taken) == 6
