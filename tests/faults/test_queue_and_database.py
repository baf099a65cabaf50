"""Redis and PostgreSQL that fall in the middle of a morning and come back."""

import pytest

from tests.faults.world import MONDAY, QUARTER, World, at

SEVEN = at(MONDAY, 7)


@pytest.mark.parametrize("is_lost", [False, True], ids=["with its data", "without its data"])
def test_redis_restarted(world: World, is_lost: bool) -> None:
    world.give_work(24)
    world.stop_all_with_mails_in_hand(SEVEN)
    world.redis.stop()
    world.tick_off()
    if is_lost:
        world.redis.lose_data()
    world.redis.start()
    world.mail.let_go()
    world.tick(SEVEN + QUARTER)
    world.wait_until_all_are_told()
    world.check()
    assert len(world.mail.taken) == len(world.people)


def test_redis_away_over_a_tick(world: World) -> None:
    """What nobody could queue at seven is queued at a quarter past."""
    world.give_work()
    world.clock.set(SEVEN - QUARTER)
    world.start()
    world.redis.stop()
    world.clock.set(SEVEN)
    world.wait_until(lambda: world.logged("celery.beat: beat: Connection error") >= 2, "both timetables miss the queue")
    world.redis.start()
    world.tick(SEVEN + QUARTER)
    world.wait_until_all_are_told()
    world.check()
    assert len(world.mail.taken) == len(world.people)


def test_the_database_restarted(world: World) -> None:
    """Mails in hand when it fell left, and nobody could write it down: those come twice, under the same Message-ID."""
    world.give_work(24)
    world.stop_all_with_mails_in_hand(SEVEN)
    world.stop_database()
    world.mail.let_go()
    world.database.start()
    world.tick_off()
    world.tick(SEVEN + QUARTER)
    world.wait_until_all_are_told()
    world.check()
    assert len(world.mail.taken) <= len(world.people) + 4


def test_the_database_away_over_a_tick(world: World) -> None:
    world.give_work()
    world.clock.set(SEVEN - QUARTER)
    world.start()
    world.stop_database()
    world.tick(SEVEN)
    world.wait_until(lambda: world.logged("retry: Retry in") > 0, "the task comes back by itself")
    world.database.start()
    world.wait_until_all_are_told()
    world.check()
    assert len(world.mail.taken) == len(world.people)
