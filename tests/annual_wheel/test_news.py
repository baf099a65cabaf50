"""What has happened since the last mail: moved, cancelled, given; each told once, and to those it is news to."""

from datetime import UTC, date, datetime, timedelta

import pytest

from annual_wheel import handing, services
from annual_wheel.emails import compose
from annual_wheel.models import Edition, Reminder, Task, Wheel
from annual_wheel.past_mails import pasts_of
from annual_wheel.recipients import Directory
from annual_wheel.reminders import due_for
from organisation.models import User
from tests import factories as make
from tests.cast import Cast

TODAY = date(2026, 4, 13)  # a Monday
LONG_AGO = datetime(2026, 1, 5, 8, tzinfo=UTC)
FRIDAY = datetime(2026, 4, 10, 10, tzinfo=UTC)


@pytest.fixture
def wheel(cast: Cast) -> Wheel:
    return make.wheel("hf", cast.hf)


def give(wheel: Wheel, cast: Cast, text: str, words: str = "15. juni") -> Edition:
    """Something for isl that has been there since January."""
    edition = make.edition(make.entry(wheel, cast.isl, text=text, when_words=words))
    edition.tasks.update(given_at=LONG_AGO)
    edition.history.update(history_date=LONG_AGO)  # type: ignore[attr-defined]
    return edition


def happened_on(moment: datetime) -> None:
    """What has been written to the log just now was written then."""
    for log in (Edition.history, Task.history):
        log.filter(history_date__gt=datetime(2026, 5, 1, tzinfo=UTC)).update(history_date=moment)


def mailed(user: User, moment: datetime) -> None:
    Reminder.objects.create(
        user=user,
        day=moment.date(),
        status="sent",
        message_id=f"<{user.pk}.{moment}@test>",
        items=[],
        claimed_at=moment,
        sent_at=moment,
    )


def told(user: User, today: date = TODAY) -> dict[str, list[str]]:
    due = due_for(User.objects.get(pk=user.pk), directory=Directory.on(today), today=today)
    return {code: [task.edition.entry.text for task in tasks] for code, tasks in due.groups if tasks}


def lines(user: User, today: date = TODAY) -> list[str]:
    due = due_for(User.objects.get(pk=user.pk), directory=Directory.on(today), today=today)
    text = compose(user, due, today=today).text
    return [
        line for line in text.split("\n\n", 2)[2].splitlines() if line and not line.startswith(("  http", "  Gjort?"))
    ]


def test_what_was_moved_is_told_of_until_a_mail_has_said_it(cast: Cast, wheel: Wheel) -> None:
    edition = give(wheel, cast, "samling")
    services.move(edition, by=cast.adviser, words="22. juni", today=TODAY, expected=1)
    happened_on(FRIDAY)
    assert told(cast.coordinator) == {"changed": ["samling"]}
    assert lines(cast.coordinator)[:3] == [
        "ENDRET SIDEN SIST",
        "* samling",
        "  ISL, innen 22. juni (om 2 måneder), flyttet fra 15. juni",
    ]
    mailed(cast.coordinator, FRIDAY + timedelta(hours=1))
    assert told(cast.coordinator) == {}


def test_what_was_moved_and_is_due_soon_says_both_in_one_line(cast: Cast, wheel: Wheel) -> None:
    edition = give(wheel, cast, "samling")
    services.move(edition, by=cast.adviser, words="15. april", today=TODAY, expected=1)
    happened_on(FRIDAY)
    assert told(cast.coordinator) == {"soon": ["samling"]}
    assert "  ISL, innen 15. april (om 2 dager), flyttet fra 15. juni" in lines(cast.coordinator)


def test_what_was_cancelled_is_told_of_with_its_reason_and_then_no_more(cast: Cast, wheel: Wheel) -> None:
    edition = give(wheel, cast, "samling", "15. april")
    assert told(cast.coordinator) == {"soon": ["samling"]}
    services.cancel(edition, by=cast.adviser, reason="Ingen påmeldte.", is_partly=False, today=TODAY, expected=1)
    happened_on(FRIDAY)
    assert told(cast.coordinator) == {"changed": ["samling"]}
    assert "  ISL, utgår i år: Ingen påmeldte" in lines(cast.coordinator)
    mailed(cast.coordinator, FRIDAY + timedelta(hours=1))
    assert told(cast.coordinator) == {}


def test_what_was_cancelled_and_set_back_between_two_mails_is_no_news(cast: Cast, wheel: Wheel) -> None:
    edition = give(wheel, cast, "samling")
    services.cancel(edition, by=cast.adviser, reason="Nei", is_partly=False, today=TODAY, expected=1)
    happened_on(FRIDAY)
    services.restore(Edition.objects.get(), by=cast.adviser, today=TODAY, expected=2)
    happened_on(FRIDAY + timedelta(hours=1))
    assert told(cast.coordinator) == {}
    mailed(cast.coordinator, FRIDAY + timedelta(minutes=30))  # this one told of it
    assert told(cast.coordinator) == {"changed": ["samling"]}
    assert "  ISL, innen 15. juni (om 2 måneder), utgår likevel ikke" in lines(cast.coordinator)


def test_one_is_not_told_of_what_one_did_oneself_nor_of_what_is_done(cast: Cast, wheel: Wheel) -> None:
    own, done = give(wheel, cast, "egen"), give(wheel, cast, "gjort")
    services.move(own, by=cast.coordinator, words="22. juni", today=TODAY, expected=1)
    services.move(done, by=cast.adviser, words="22. juni", today=TODAY, expected=1)
    services.tick(done.tasks.get(), by=cast.coordinator, now=FRIDAY)
    happened_on(FRIDAY)
    assert told(cast.coordinator) == {}


def test_a_task_that_has_come_to_ones_unit_is_new_once(cast: Cast, wheel: Wheel) -> None:
    edition = give(wheel, cast, "ny")
    assert told(cast.coordinator) == {}
    edition.tasks.update(given_at=FRIDAY)
    assert told(cast.coordinator) == {"given": ["ny"]}
    mailed(cast.coordinator, FRIDAY + timedelta(hours=1))
    assert told(cast.coordinator) == {}


def test_a_task_handed_to_somebody_is_new_to_them_and_not_where_they_took_it_themselves(
    cast: Cast, wheel: Wheel
) -> None:
    other = make.user("kollega@isl.example", ("contributor", cast.isl))
    handed, taken = give(wheel, cast, "gitt"), give(wheel, cast, "tatt")
    mailed(other, FRIDAY - timedelta(days=1))
    handing.hand_to(handed.tasks.get(), other, by=cast.coordinator)
    handing.hand_to(taken.tasks.get(), other, by=other)
    happened_on(FRIDAY)
    assert (told(other), told(cast.coordinator)) == ({"given": ["gitt"]}, {})
    mailed(other, FRIDAY + timedelta(hours=1))
    assert told(other) == {}


def test_an_urgent_mail_between_two_weekly_ones_loses_no_news(cast: Cast, wheel: Wheel) -> None:
    """What was moved on Monday afternoon is told with what is urgent on Wednesday, as Monday's mail could not."""
    moved = give(wheel, cast, "flyttet")
    services.move(moved, by=cast.adviser, words="22. juni", today=TODAY, expected=1)
    happened_on(FRIDAY)

    def urgent(today: date) -> dict[str, list[str]]:
        due = due_for(cast.coordinator, directory=Directory.on(today), today=today)
        found = due.urgent(today, past=pasts_of([cast.coordinator], today=today)[cast.coordinator.pk])
        return {code: [task.edition.entry.text for task in tasks] for code, tasks in found.groups if tasks}

    assert urgent(TODAY) == {}
    give(wheel, cast, "haster", "14. april")
    assert urgent(TODAY) == {"soon": ["haster"], "changed": ["flyttet"]}


def test_a_long_section_is_cut_and_says_how_many_there_are_besides(cast: Cast, wheel: Wheel) -> None:
    for number in range(12):
        give(wheel, cast, f"ny {number}")
    Task.objects.update(given_at=FRIDAY)
    found = lines(cast.coordinator)
    assert sum(line.startswith("* ny") for line in found) == 10
    assert "og 2 til på Mitt arbeid" in found


@pytest.mark.parametrize("count", [1, 3])
def test_news_cost_the_same_queries_however_much_there_is(
    cast: Cast,
    wheel: Wheel,
    django_assert_num_queries,
    count: int,  # type: ignore[no-untyped-def]
) -> None:
    for number in range(count):
        edition = give(wheel, cast, f"samling {number}")
        services.move(edition, by=cast.adviser, words="22. juni", today=TODAY, expected=1)
        happened_on(FRIDAY)
    user, directory = User.objects.get(pk=cast.coordinator.pk), Directory.on(TODAY)
    with django_assert_num_queries(13):
        due = due_for(user, directory=directory, today=TODAY)
        compose(user, due, today=TODAY)
    assert len(due.changed) == count
