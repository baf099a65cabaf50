"""What a person is reminded of, on which days, and who is told of a task."""

from datetime import UTC, date, datetime

import pytest

from annual_wheel import services
from annual_wheel.models import Edition, EntryResponsibility, Reminder, Task
from annual_wheel.recipients import Directory
from annual_wheel.reminders import due_for, is_reminded_on
from organisation.models import FunctionHolder, Membership, User
from planning.models import Modality
from tests import factories as make
from tests.cast import Cast

TODAY = date(2026, 4, 13)  # a Monday
NOW = datetime(2026, 4, 13, 6, tzinfo=UTC)


def told(user: User, today: date = TODAY) -> dict[str, list[str]]:
    due = due_for(User.objects.get(pk=user.pk), directory=Directory.on(today), today=today)
    return {code: [f"{t.edition.entry.text} {t.unit.slug}" for t in tasks] for code, tasks in due.groups if tasks}


def give(cast: Cast, text: str, when_words: str, **fields: object) -> Edition:
    """Give the department isl something to do."""
    wheel = cast.hf.wheels.first() or make.wheel("hf", cast.hf)
    return make.edition(make.entry(wheel, cast.isl, text=text, when_words=when_words, **fields))


def test_a_reminder_holds_what_is_late_due_within_a_week_and_newly_begun(cast: Cast) -> None:
    give(cast, "over", "12. april")
    give(cast, "i dag", "13. april")
    give(cast, "om en uke", "20. april")
    give(cast, "om åtte dager", "21. april")
    give(cast, "nå i april", "april")
    give(cast, "åpnet i mars", "1. mars – 30. juni")
    give(cast, "i mai", "mai")
    assert told(cast.coordinator) == {
        "late": ["over isl"],
        "soon": ["i dag isl", "om en uke isl"],
        "new": ["nå i april isl"],
    }


def test_what_only_should_or_may_be_done_is_never_late_but_has_its_day(cast: Cast) -> None:
    for modality in (Modality.SHOULD, Modality.MAY):
        give(cast, f"{modality} før", "12. april", modality=modality)
        give(cast, f"{modality} snart", "15. april", modality=modality)
    assert told(cast.coordinator) == {"soon": ["should snart isl", "may snart isl"]}


def test_what_goes_on_all_year_is_told_of_once_and_never_due(cast: Cast) -> None:
    give(cast, "løper", "løpende", kind="ongoing")
    assert told(cast.coordinator) == {}
    assert told(cast.coordinator, date(2026, 1, 5)) == {"new": ["løper isl"]}
    assert told(cast.coordinator, date(2026, 12, 30)) == {}
    assert told(cast.coordinator, date(2027, 1, 4)) == {}


def test_a_vague_item_is_not_late_before_its_last_day(cast: Cast) -> None:
    give(cast, "tidlig i april", "primo april")
    assert told(cast.coordinator, date(2026, 4, 10)) == {"soon": ["tidlig i april isl"]}
    assert told(cast.coordinator, date(2026, 4, 11)) == {"late": ["tidlig i april isl"]}


def test_what_is_done_cancelled_not_relevant_or_withdrawn_is_never_told_of(cast: Cast) -> None:
    done, off, cancelled, gone = (give(cast, text, "12. april") for text in ("gjort", "uaktuelt", "utgår", "trukket"))
    services.tick(done.tasks.get(), by=cast.coordinator, now=NOW)
    services.mark_not_relevant(off.tasks.get(), by=cast.coordinator, reason="Ikke hos oss")
    services.cancel(cancelled, by=cast.adviser, reason="Ingen", is_partly=False, today=TODAY, expected=1)
    gone.tasks.update(status="withdrawn", reason="Lagt ned")
    assert told(cast.coordinator) == {}


def test_a_day_that_has_been_is_told_as_it_stood(cast: Cast) -> None:
    edition = give(cast, "frist", "12. april")
    services.tick(edition.tasks.get(), by=cast.coordinator, now=NOW)
    assert told(cast.coordinator, date(2026, 4, 10)) == {"soon": ["frist isl"]}
    assert told(cast.coordinator, TODAY) == {}


def test_what_has_newly_begun_is_said_once_a_month(cast: Cast) -> None:
    task = give(cast, "nå i april", "april").tasks.get()
    make_reminder(cast.coordinator, date(2026, 4, 7), "failed", [{"task": task.pk, "group": "new"}])
    assert told(cast.coordinator) == {"new": ["nå i april isl"]}
    make_reminder(cast.coordinator, date(2026, 4, 8), "sent", [{"task": task.pk, "group": "new"}])
    assert told(cast.coordinator) == {}
    assert told(cast.coordinator, date(2026, 4, 24)) == {"soon": ["nå i april isl"]}


def make_reminder(user: User, day: date, status: str, items: list[dict[str, object]] | None = None) -> Reminder:
    return Reminder.objects.create(
        user=user,
        day=day,
        status=status,
        message_id=f"<{user.pk}.{day}@test>",
        items=items or [],
        claimed_at=NOW,
        sent_at=NOW if status == "sent" else None,
    )


def names(task: Task) -> list[str]:
    return [user.email for user in Directory.on(TODAY).recipients_of(Task.objects.get(pk=task.pk))]


def test_the_nearest_who_can_see_to_it_are_told(cast: Cast) -> None:
    """Each step of the chain, taken away one after the other."""
    edition = give(cast, "oppgave", "12. april")
    task = edition.tasks.get()
    leader = make.function("programradsleder")
    EntryResponsibility.objects.filter(entry=edition.entry).update(function=leader)
    holder = make.user("holder@isl.example")
    FunctionHolder.objects.create(function=leader, unit=cast.isl, user=holder)
    FunctionHolder.objects.create(function=leader, unit=cast.ihk, user=cast.reader)
    editor = make.user("editor@isl.example", ("editor", cast.isl))
    Task.objects.filter(pk=task.pk).update(assigned_to=cast.dean)

    assert names(task) == ["dean@hf.example"]
    User.objects.filter(pk=cast.dean.pk).update(is_active=False)
    assert names(task) == ["holder@isl.example"]
    User.objects.filter(pk=holder.pk).update(is_active=False)
    assert names(task) == ["coordinator@hf.example"]
    Membership.objects.filter(user=cast.coordinator).update(to_on=date(2026, 4, 12))
    assert names(task) == ["editor@isl.example"]
    Membership.objects.filter(user=editor).delete()
    assert names(task) == ["adviser@hf.example"]
    Membership.objects.filter(user=cast.adviser).delete()
    assert names(task) == []


def test_a_line_for_another_unit_reaches_nobody_here(cast: Cast) -> None:
    """ "Fakultetet v/rådgiver, instituttene": who is adviser at a department is not meant, but its contributor."""
    adviser = make.function("radgiver")
    entry = make.entry(make.wheel("hf", cast.hf), cast.hf, cast.isl)
    EntryResponsibility.objects.filter(entry=entry, unit=cast.hf).update(function=adviser)
    for unit, user in ((cast.hf, cast.dean), (cast.isl, cast.reader)):
        FunctionHolder.objects.create(function=adviser, unit=unit, user=user)
    tasks = make.tasks_of(make.edition(entry))
    assert {slug: names(task) for slug, task in tasks.items()} == {
        "hf": ["dean@hf.example"],
        "isl": ["coordinator@hf.example"],
    }


def test_a_shared_task_is_told_to_those_near_each_of_its_units(cast: Cast) -> None:
    entry = make.entry(make.wheel("hf", cast.hf), cast.hf, cast.departments, ticks="one")
    task = make.edition(entry).tasks.get()
    assert names(task) == ["adviser@hf.example", "coordinator@hf.example"]


def test_only_those_who_are_told_of_a_task_have_it_in_their_mail(cast: Cast) -> None:
    entry = make.entry(make.wheel("hf", cast.hf), cast.departments, text="alle", when_words="15. april")
    make.edition(entry)
    mails = {name: told(person) for name, person in cast.people.items()}
    assert {name: mail for name, mail in mails.items() if mail} == {
        "coordinator": {"soon": ["alle ihk", "alle isl"]},
        "adviser": {"soon": ["alle imu"]},
    }


def test_one_who_is_given_a_task_outside_their_units_is_told(cast: Cast) -> None:
    edition = give(cast, "din", "15. april")
    edition.tasks.update(assigned_to=cast.outsider)
    assert told(cast.outsider) == {"soon": ["din isl"]}
    assert told(cast.coordinator) == {}


@pytest.mark.parametrize(
    ("rhythm", "day", "is_day"),
    [
        ("workdays", date(2026, 4, 13), True),
        ("workdays", date(2026, 4, 18), False),  # Saturday
        ("workdays", date(2026, 4, 2), False),  # Maundy Thursday
        ("weekly", date(2026, 4, 13), True),
        ("weekly", date(2026, 4, 14), False),
        ("weekly", date(2026, 4, 6), False),  # Easter Monday
        ("weekly", date(2026, 4, 7), True),
        ("never", date(2026, 4, 13), False),
    ],
)
def test_each_rhythm_has_its_days(cast: Cast, rhythm: str, day: date, is_day: bool) -> None:
    cast.coordinator.reminder_rhythm = rhythm
    assert is_reminded_on(cast.coordinator, day) is is_day


@pytest.mark.parametrize(("monday", "tuesday"), [("failed", True), ("sent", False), ("uncertain", False)])
def test_a_weekly_mail_that_failed_is_made_up_for(cast: Cast, monday: str, tuesday: bool) -> None:
    cast.coordinator.reminder_rhythm = "weekly"
    make_reminder(cast.coordinator, date(2026, 4, 13), monday)
    assert is_reminded_on(cast.coordinator, date(2026, 4, 14)) is tuesday


@pytest.mark.parametrize("count", [1, 3])
def test_a_persons_list_costs_the_same_queries_however_long(cast: Cast, django_assert_num_queries, count: int) -> None:  # type: ignore[no-untyped-def]
    for number in range(count):
        give(cast, f"oppgave {number}", "april")
    user, directory = User.objects.get(pk=cast.coordinator.pk), Directory.on(TODAY)
    with django_assert_num_queries(13):
        assert len(due_for(user, directory=directory, today=TODAY).new) == count
