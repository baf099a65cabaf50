"""What leaders hear of where the owner has chosen so: late for long, once each; and the month, once a month."""

from datetime import UTC, date, datetime, timedelta

import pytest

from annual_wheel.emails import compose
from annual_wheel.models import Edition, Reminder, Task, Wheel
from annual_wheel.oversight import working_days_since
from annual_wheel.recipients import Directory
from annual_wheel.reminders import due_for
from organisation.models import User
from tests import factories as make
from tests.cast import Cast
from tests.sending import send

DUE = date(2026, 3, 27)  # a Friday, the week before Easter's


@pytest.fixture
def wheel(cast: Cast) -> Wheel:
    return make.wheel("hf", cast.hf, title="Hjulet", escalates_after=5)


@pytest.fixture
def leader(cast: Cast) -> User:
    return make.user("leder@isl.example", ("leader", cast.isl), name="Instituttleder")


def give(wheel: Wheel, cast: Cast, **fields: object) -> Edition:
    edition = make.edition(make.entry(wheel, cast.isl, text="Meld behov", when_words="27. mars", **fields))
    edition.tasks.update(given_at=datetime(2026, 1, 5, tzinfo=UTC))
    return edition


def behind(user: User, today: date) -> list[str]:
    due = due_for(user, directory=Directory.on(today), today=today)
    return [task.edition.entry.text for task in due.behind]


def mailed(user: User, day: date) -> None:
    """Send the day's mail."""
    moment = datetime.combine(day, datetime.min.time(), tzinfo=UTC)
    items = compose(user, due_for(user, directory=Directory.on(day), today=day), today=day).items
    Reminder.objects.create(
        user=user, day=day, status="sent", sent_at=moment, claimed_at=moment, message_id=f"<{day}@test>", items=items
    )


def test_working_days_leave_out_easter() -> None:
    days = {day: working_days_since(DUE, date(2026, *day)) for day in ((3, 27), (3, 28), (4, 1), (4, 7), (4, 8))}
    assert days == {(3, 27): 0, (3, 28): 0, (4, 1): 3, (4, 7): 4, (4, 8): 5}


def test_a_units_leader_is_told_once_after_as_many_working_days_as_the_owner_chose(
    cast: Cast, wheel: Wheel, leader: User
) -> None:
    give(wheel, cast)
    days = [date(2026, 4, 7), date(2026, 4, 8)]
    assert [behind(leader, day) for day in days] == [[], ["Meld behov"]]
    assert [behind(person, days[1]) for person in (cast.coordinator, cast.dean, cast.adviser)] == [[], [], []]
    mail = compose(leader, due_for(leader, directory=Directory.on(days[1]), today=days[1]), today=days[1])
    assert mail.subject == "Rød tråd: 1 lenge forsinket"
    assert (
        "LENGE FORSINKET HOS ENHETEN DU LEDER\n\n* Meld behov\n  ISL, frist 27. mars (for 12 dager siden)" in mail.text
    )
    assert "e-post/gjort" not in mail.text
    mailed(leader, days[1])
    assert behind(leader, date(2026, 4, 9)) == []


def test_a_mail_with_nothing_to_do_says_so_and_asks_for_nothing(cast: Cast, wheel: Wheel, leader: User) -> None:
    give(wheel, cast)
    day = date(2026, 4, 8)
    contributor = make.user("ny@isl.example", ("contributor", cast.isl))
    texts = {}
    for user in (leader, contributor):
        mail = compose(user, due_for(user, directory=Directory.on(day), today=day), today=day)
        texts[user] = (mail.text, mail.html)
    for text in texts[leader]:
        assert "Dette er det greit at du vet." in text
        assert "Gjelder noe av dette ikke hos dere?" not in text
        assert "Kvitter ut" not in text
    for text in texts[contributor]:
        assert "Dette venter på deg i Rød tråd." in text
        assert "Gjelder noe av dette ikke hos dere?" in text


@pytest.mark.parametrize("why", ["not chosen", "should", "done"])
def test_a_leader_hears_nothing_of_what_is_not_late_or_not_chosen(
    cast: Cast, wheel: Wheel, leader: User, why: str
) -> None:
    edition = give(wheel, cast, modality="should" if why == "should" else "must")
    if why == "not chosen":
        Wheel.objects.update(escalates_after=None)
    if why == "done":
        moment = datetime(2026, 4, 1, tzinfo=UTC)
        edition.tasks.update(status="done", done_at=moment, done_by=cast.coordinator)
    assert behind(leader, date(2026, 4, 20)) == []


def test_the_month_is_summed_up_for_the_owners_leaders_and_editors_where_it_is_chosen(
    cast: Cast, wheel: Wheel, leader: User
) -> None:
    give(wheel, cast)
    done = give(wheel, cast)
    moment = datetime(2026, 3, 20, tzinfo=UTC)
    done.tasks.update(status="done", done_at=moment, done_by=cast.coordinator)
    coming = make.edition(make.entry(wheel, cast.isl, text="Kommer", when_words="24. april"))
    coming.tasks.update(given_at=datetime(2026, 1, 5, tzinfo=UTC))

    def told(user: User, today: date) -> list[tuple[str, ...]]:
        return [summary.facts for summary in due_for(user, directory=Directory.on(today), today=today).summaries]

    first = date(2026, 4, 1)
    assert told(cast.dean, first) == []
    Wheel.objects.update(is_summed_up=True)
    month = [("1 gjort i mars", "1 er forsinket", "1 igjen denne måneden")]
    assert [told(user, first) for user in (cast.dean, cast.adviser, leader, cast.outsider)] == [month, month, [], []]
    assert [told(cast.dean, first + timedelta(days=days)) for days in (6, 7)] == [month, []]
    mailed(cast.dean, first)
    assert told(cast.dean, date(2026, 4, 7)) == []
    assert Task.objects.count() == 3


def test_the_owner_chooses_on_the_wheels_own_form(cast: Cast, wheel: Wheel, adviser, today: date) -> None:  # type: ignore[no-untyped-def]
    send(adviser, "/aarshjul/hf/rediger/hjul/", escalates_after="10", is_summed_up="on")
    wheel.refresh_from_db()
    assert (wheel.escalates_after, wheel.is_summed_up) == (10, True)
