"""A mail server that refuses, is slow, hangs up, or is away for a day."""

from datetime import timedelta

from annual_wheel.ledger_search import given_up
from annual_wheel.models import Reminder
from organisation.models import User
from tests.faults.world import MONDAY, QUARTER, SOON, World, at

SEVEN = at(MONDAY, 7)
TUESDAY = MONDAY + timedelta(days=1)


def test_refused_in_every_way_one_after_another(world: World) -> None:
    """Nobody is told twice, as what was refused surely did not leave; the pauses grow."""
    world.give_work(6)
    world.clock.set(SEVEN - QUARTER)
    world.start()
    for fault, minutes in (("busy", 0), ("later", 30), ("refuse", 60), ("reject", 105), ("drop_at_data", 180)):
        world.mail.fail(fault)
        moment = SEVEN + timedelta(minutes=minutes)
        world.tick(moment)
        failed = Reminder.objects.filter(status="failed", claimed_at__gte=moment)
        world.wait_until(lambda failed=failed: failed.count() == 6, f"all are refused by {fault}")  # type: ignore[misc]
    world.tick_off()
    world.mail.let_go()
    world.tick(SEVEN + timedelta(minutes=315))
    world.wait_until_all_are_told()
    world.check()
    assert len(world.mail.taken) == 6


def test_one_person_is_refused_for_good(world: World) -> None:
    """The others hear nothing of it; the one is tried six times, and again the next day."""
    world.give_work(6)
    gone, *others = world.people
    world.clock.set(SEVEN - QUARTER)
    world.mail.unknown = {gone.email}
    world.start()
    for count, minutes in enumerate((0, 30, 75, 150, 285, 540), start=1):
        world.tick(SEVEN + timedelta(minutes=minutes))
        written = Reminder.objects.filter(user=gone, status="failed", attempt_count=count)
        world.wait_until(written.exists, f"attempt {count} is written down")
        assert world.mail.refused_count == count
    world.wait_until(lambda: world.statuses() == {"sent": 5, "failed": 1}, "the others are told")
    assert [row.user for row in Reminder.objects.filter(given_up(today=MONDAY))] == [gone]
    assert sorted(to for to, _id in world.mail.told) == sorted(person.email for person in others)


def test_the_line_breaks_after_each_mail_was_handed_over(world: World) -> None:
    world.give_work(6)
    world.clock.set(SEVEN - QUARTER)
    world.mail.fail("drop_after_data", times=6)
    world.start()
    world.tick(SEVEN)
    world.wait_until(lambda: world.statuses() == {"uncertain": 6}, "nobody knows")
    world.tick_off()
    world.tick(SEVEN + SOON)
    world.wait_until_all_are_told()
    world.check()
    assert len(world.mail.taken) == 12


def test_slow_for_fifty_people_but_within_patience(world: World) -> None:
    """Parts run out of time and leave the rest to the next tick; nobody is told twice."""
    world.give_work(50)
    world.clock.set(SEVEN - QUARTER)
    world.mail.delay = 0.1
    world.mail.fail("slow")
    world.start(people_in_a_part=25, part_seconds=0.5)
    moment = SEVEN
    while world.settled() < 50:
        world.tick(moment)
        world.wait_until(lambda: world.is_idle(), "the parts are through or out of time")
        moment += QUARTER
    assert moment > SEVEN + QUARTER
    world.check()
    assert len(world.mail.taken) == 50


def test_slower_than_patience_for_fifty_people(world: World) -> None:
    """Each mail arrives, nobody hears that it did: each is sent once more and never a third time."""
    world.give_work(50)
    world.clock.set(SEVEN - QUARTER)
    world.mail.fail("stall")
    world.start(people_in_a_part=13, mail_timeout=0.3)
    moment = SEVEN
    while world.settled() < 50:
        world.tick(moment)
        world.wait_until(lambda: world.is_idle(), "the parts are through")
        moment += SOON
    assert moment > SEVEN + SOON
    world.tick(moment + 8 * QUARTER)
    world.wait_until(lambda: world.is_idle(), "nothing more is sent")
    world.check()
    assert len(world.mail.taken) == 100


def test_away_for_some_hours(world: World) -> None:
    """Nobody's attempts are used up by a server that was not there: all are told the same day."""
    world.give_work(6)
    world.clock.set(SEVEN - QUARTER)
    world.mail.close()
    world.start()
    for hours in range(9):
        world.tick(SEVEN + timedelta(hours=hours))
        world.wait_until(lambda: world.is_idle(), "the parts have given up")
    world.tick_off()
    world.mail.open()
    world.tick(SEVEN + timedelta(hours=9))
    world.wait_until_all_are_told()
    world.check()
    assert len(world.mail.taken) == 6


def test_away_for_a_day(world: World) -> None:
    """One mail the next day makes up for it, also for those who get one a week."""
    world.give_work(6)
    User.objects.filter(pk__in=[person.pk for person in world.people[:3]]).update(
        reminder_rhythm="weekly", is_told_at_once=False
    )
    world.clock.set(SEVEN - QUARTER)
    world.mail.close()
    world.start()
    for hours in (0, 1, 4, 12):
        world.tick(SEVEN + timedelta(hours=hours))
        world.wait_until(lambda: world.is_idle(), "the parts have given up")
    world.tick_off()
    world.mail.open()
    world.tick(at(TUESDAY, 7))
    world.wait_until_all_are_told(TUESDAY)
    world.tick(at(TUESDAY, 9))
    world.check(TUESDAY)
    assert len(world.mail.taken) == 6
