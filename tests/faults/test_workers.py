"""Two workers and two timetables, and workers that are killed with mails in hand."""

from datetime import timedelta

from tests.faults.world import MONDAY, QUARTER, World, at

SEVEN = at(MONDAY, 7)


def test_two_workers_and_two_timetables_tell_each_person_once(world: World) -> None:
    world.give_work()
    world.clock.set(SEVEN - QUARTER)
    world.start()
    world.tick(SEVEN)
    world.wait_until_all_are_told()
    world.tick(SEVEN + QUARTER)
    world.check()
    assert len(world.mail.taken) == len(world.people)
    assert world.statuses() == {"sent": len(world.people)}


def test_workers_killed_with_mails_in_hand(world: World) -> None:
    world.give_work()
    world.stop_all_with_mails_in_hand(SEVEN)
    world.kill("worker")
    assert world.statuses() == {"claimed": 4}
    world.tick_off()
    world.mail.let_go()
    world.start(timetables=0)
    world.tick(SEVEN + QUARTER)
    world.wait_until_all_are_told()
    world.check()
    assert len(world.mail.taken) == len(world.people) + 4


def test_handed_out_again_while_workers_have_mails_in_hand(world: World) -> None:
    """A third worker sends what the others have in their parts; they find it sent when they come to it."""
    world.give_work()
    world.stop_all_with_mails_in_hand(SEVEN)
    world.mail.fault = ""  # those four wait on, the others need not
    world.clock.set(SEVEN + timedelta(minutes=2))
    world.start(workers=1, timetables=0)
    world.ask()
    world.wait_until(lambda: world.statuses() == {"claimed": 4, "sent": 8}, "the third sends all the rest")
    world.mail.let_go()
    world.wait_until_all_are_told()
    world.wait_until(lambda: world.is_idle(), "all parts have been gone through")
    world.check()
    assert len(world.mail.taken) == len(world.people)


def test_a_timetable_killed_before_its_hour_is_made_up_for_by_the_other_and_by_itself(world: World) -> None:
    """They share one folder, as two of them in one installation would."""
    world.give_work()
    world.clock.set(SEVEN - QUARTER)
    world.start(workers=1, timetables=1)
    world.kill("timetable")
    world.clock.set(SEVEN + QUARTER / 2)  # nobody saw seven o'clock
    world.start(workers=0, timetables=1)
    world.wait_until(lambda: world.logged("tick") == 1, "the tick that was missed comes as soon as it is back")
    world.wait_until_all_are_told()
    world.check()
