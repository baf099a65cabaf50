"""What a person is reminded of, on which days, and who is told of a task."""

from datetime import UTC, date, datetime

import pytest

from annual_wheel import services
from annual_wheel.models import Edition, EntryResponsibility, Reminder, Task
from annual_wheel.past_mails import pasts_of
from annual_wheel.recipients import Directory
from annual_wheel.reminder_days import Occasion, occasion_of
from annual_wheel.reminders import due_for, dues_for
from organisation.models import FunctionHolder, Membership, Unit, User
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
    assert names(task) == ["coordinator@hf.example"]
    Membership.objects.filter(user=cast.coordinator).update(to_on=date(2026, 4, 12))
    assert names(task) == ["holder@isl.example"]
    User.objects.filter(pk=holder.pk).update(is_active=False)
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


def occasion(user: User, day: date) -> Occasion:
    rests = Directory.on(day).rests_in_july(user)
    return occasion_of(user, day, past=pasts_of([user], today=day)[user.pk], rests_in_july=rests)


@pytest.mark.parametrize(
    ("rhythm", "day", "found"),
    [
        ("workdays", date(2026, 4, 13), Occasion.USUAL),
        ("workdays", date(2026, 4, 18), Occasion.NONE),  # Saturday
        ("workdays", date(2026, 4, 2), Occasion.NONE),  # Maundy Thursday
        ("workdays", date(2026, 7, 13), Occasion.USUAL),
        ("weekly", date(2026, 4, 13), Occasion.USUAL),
        ("weekly", date(2026, 4, 14), Occasion.URGENT),
        ("weekly", date(2026, 4, 6), Occasion.NONE),  # Easter Monday
        ("weekly", date(2026, 4, 7), Occasion.USUAL),
        ("never", date(2026, 4, 13), Occasion.NONE),
    ],
)
def test_each_rhythm_has_its_days(cast: Cast, rhythm: str, day: date, found: Occasion) -> None:
    cast.coordinator.reminder_rhythm = rhythm
    assert occasion(cast.coordinator, day) is found


@pytest.mark.parametrize(
    ("monday", "tuesday"), [("failed", Occasion.USUAL), ("sent", Occasion.NONE), ("uncertain", Occasion.NONE)]
)
def test_a_weekly_mail_that_failed_is_made_up_for(cast: Cast, monday: str, tuesday: Occasion) -> None:
    cast.coordinator.reminder_rhythm, cast.coordinator.is_told_at_once = "weekly", False
    make_reminder(cast.coordinator, date(2026, 4, 13), monday)
    assert occasion(cast.coordinator, date(2026, 4, 14)) is tuesday


def test_july_is_quiet_where_the_units_say_so(cast: Cast) -> None:
    """The faculty says so for its departments; another faculty's people work on."""
    give(cast, "i juli", "15. juli")
    july, august = date(2026, 7, 13), date(2026, 8, 3)
    assert (occasion(cast.coordinator, july), told(cast.coordinator, july)) == (
        Occasion.USUAL,
        {"soon": ["i juli isl"]},
    )
    Unit.objects.filter(pk=cast.hf.pk).update(is_quiet_in_july=True)
    people = (cast.coordinator, cast.adviser, cast.outsider)
    assert [occasion(user, july) for user in people] == [Occasion.NONE, Occasion.NONE, Occasion.USUAL]
    assert told(cast.coordinator, july) == {}
    assert (occasion(cast.coordinator, august), told(cast.coordinator, august)) == (
        Occasion.USUAL,
        {"late": ["i juli isl"]},
    )


def test_who_works_at_two_units_hears_in_july_only_of_the_one_that_works(cast: Cast) -> None:
    entry = make.entry(make.wheel("hf", cast.hf), cast.departments, text="alle", when_words="15. juli")
    make.edition(entry)
    Unit.objects.filter(pk=cast.isl.pk).update(is_quiet_in_july=True)
    assert occasion(cast.coordinator, date(2026, 7, 13)) is Occasion.USUAL
    assert told(cast.coordinator, date(2026, 7, 13)) == {"soon": ["alle ihk"]}


def test_after_a_quiet_july_the_weekly_mail_goes_on_the_first_working_day_of_its_week(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.hf.pk).update(is_quiet_in_july=True)
    cast.coordinator.reminder_rhythm = "weekly"
    days = (date(2024, 7, 29), date(2024, 8, 1), date(2024, 8, 2))  # a Monday, a Thursday, a Friday
    assert [occasion(cast.coordinator, day) for day in days] == [Occasion.NONE, Occasion.USUAL, Occasion.URGENT]


@pytest.mark.parametrize(
    ("lead", "rhythm", "told_of"),
    [
        (1, "workdays", ["i morgen", "sier 30"]),
        (7, "workdays", ["i morgen", "om en uke", "sier 30"]),
        (14, "workdays", ["i morgen", "om en uke", "om to uker", "sier 30"]),
        (1, "weekly", ["i morgen", "om en uke", "sier 2", "sier 30"]),
    ],
)
def test_each_and_each_entry_chooses_how_long_before(cast: Cast, lead: int, rhythm: str, told_of: list[str]) -> None:
    User.objects.filter(pk=cast.coordinator.pk).update(reminder_lead_days=lead, reminder_rhythm=rhythm)
    give(cast, "i morgen", "14. april")
    give(cast, "om en uke", "20. april")
    give(cast, "sier 2", "16. april", lead_days=2)
    give(cast, "om to uker", "27. april")
    give(cast, "sier 30", "13. mai", lead_days=30)
    give(cast, "sier 30 for langt", "14. mai", lead_days=30)
    assert sorted(text.removesuffix(" isl") for text in told(cast.coordinator)["soon"]) == sorted(told_of)


def test_only_what_is_due_by_the_next_working_day_is_urgent_and_it_is_told_once(cast: Cast) -> None:
    friday = date(2026, 4, 10)
    for text, words in (
        ("fredag", "10. april"),
        ("søndag", "12. april"),
        ("mandag", "13. april"),
        ("tirsdag", "14. april"),
    ):
        give(cast, text, words)

    def urgent() -> list[str]:
        due = due_for(cast.coordinator, directory=Directory.on(friday), today=friday)
        past = pasts_of([cast.coordinator], today=friday)[cast.coordinator.pk]
        return [task.edition.entry.text for task in due.urgent(friday, past=past).soon]

    assert urgent() == ["fredag", "søndag", "mandag"]
    task = Task.objects.get(edition__entry__text="fredag")
    make_reminder(cast.coordinator, date(2026, 4, 8), "sent", [{"task": task.pk, "group": "soon"}])
    assert urgent() == ["fredag", "søndag", "mandag"]  # on Wednesday it was not urgent yet
    make_reminder(cast.coordinator, date(2026, 4, 9), "sent", [{"task": task.pk, "group": "soon"}])
    assert urgent() == ["søndag", "mandag"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_persons_list_costs_the_same_queries_however_long(cast: Cast, django_assert_num_queries, count: int) -> None:  # type: ignore[no-untyped-def]
    for number in range(count):
        give(cast, f"oppgave {number}", "april")
    user, directory = User.objects.get(pk=cast.coordinator.pk), Directory.on(TODAY)
    with django_assert_num_queries(13):
        assert len(due_for(user, directory=directory, today=TODAY).new) == count


def test_many_people_cost_the_same_queries_as_one(cast: Cast, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    give(cast, "oppgave", "april")
    others = [make.user(f"p{number}@isl.example", ("contributor", cast.isl)) for number in range(5)]
    directory = Directory.on(TODAY)
    with django_assert_num_queries(13):
        found = dues_for([*others, cast.coordinator], directory=directory, today=TODAY)
    assert [len(due.new) for due in found.values()] == [1] * 6
