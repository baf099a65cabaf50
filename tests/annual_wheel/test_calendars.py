"""What stands in a person's, a unit's and a wheel's calendar, and in what words."""

from datetime import UTC, date, datetime

import pytest

from annual_wheel import services
from annual_wheel.calendars import OneCalendar, personal_calendar, unit_calendar, wheel_calendar
from annual_wheel.ical import CalendarEntry
from annual_wheel.models import Edition, Task
from organisation.models import Membership, User
from strategy.models import ItemStatus
from tests import factories as make
from tests.annual_wheel.test_ical import read_back
from tests.cast import Cast

TODAY = date(2026, 3, 15)
NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)


def entries(calendar: OneCalendar) -> list[CalendarEntry]:
    return read_back(calendar.to_bytes())[1]


def titles(calendar: OneCalendar) -> list[str]:
    return [entry.title for entry in entries(calendar)]


@pytest.fixture
def year(cast: Cast) -> dict[str, Edition]:
    """A wheel at the faculty, with an item of each kind."""
    wheel = make.wheel("hf", cast.hf, title="Årshjul HF")
    other = make.wheel("nv", cast.outsider.memberships.get().unit, title="Årshjul NV")
    made = {
        "task": make.entry(wheel, cast.departments, key="oppgaven", text="Sjekk nettsidene.", when_words="medio april"),
        "own": make.entry(wheel, cast.hf, key="egen", text="Skriv referat", when_words="20. mars"),
        "deadline": make.entry(wheel, key="fristen", kind="deadline", ticks="none", text="Søknadsfrist"),
        "event": make.entry(wheel, cast.ihk, key="motet", kind="event", text="Møte", when_words="28. april – 3. mai"),
        "ongoing": make.entry(wheel, cast.ihk, key="lopende", kind="ongoing", text="Svar", when_words="løpende"),
        "other": make.entry(other, key="deres", kind="deadline", ticks="none", text="Frist ved NV"),
    }
    return {name: make.edition(entry) for name, entry in made.items()}


def test_a_person_has_the_tasks_of_their_units_and_what_is_held_in_the_wheels_above(
    cast: Cast, year: dict[str, Edition]
) -> None:
    assert titles(personal_calendar(cast.coordinator, today=TODAY)) == [
        "Sjekk nettsidene (medio april) – IHK",
        "Sjekk nettsidene (medio april) – ISL",
        "Søknadsfrist",
        "Møte",
    ]


def test_one_who_only_reads_has_what_is_held_but_no_tasks(cast: Cast, year: dict[str, Edition]) -> None:
    assert titles(personal_calendar(cast.reader, today=TODAY)) == ["Søknadsfrist", "Møte"]


def test_an_editor_is_not_given_the_tasks_of_every_unit_below(cast: Cast, year: dict[str, Edition]) -> None:
    assert titles(personal_calendar(cast.adviser, today=TODAY)) == ["Skriv referat", "Søknadsfrist", "Møte"]


def test_one_without_a_role_has_an_empty_calendar(cast: Cast, year: dict[str, Edition]) -> None:
    Membership.objects.filter(user=cast.coordinator).update(to_on=date(2026, 3, 14))
    assert titles(personal_calendar(cast.coordinator, today=TODAY)) == []


def test_a_task_given_to_a_person_is_in_their_calendar_while_they_may_see_it(
    cast: Cast, year: dict[str, Edition]
) -> None:
    Task.objects.filter(unit=cast.imu).update(assigned_to=cast.reader)
    assert titles(personal_calendar(cast.reader, today=TODAY)) == [
        "Sjekk nettsidene (medio april)",
        "Søknadsfrist",
        "Møte",
    ]
    Membership.objects.filter(user=cast.reader).update(to_on=date(2026, 3, 14))
    assert titles(personal_calendar(User.objects.get(pk=cast.reader.pk), today=TODAY)) == []


def test_a_unit_has_its_own_tasks_and_its_facultys_wheel(cast: Cast, year: dict[str, Edition]) -> None:
    theirs = ["Sjekk nettsidene (medio april)", "Søknadsfrist", "Møte"]
    assert titles(unit_calendar(cast.imu, reader=None, today=TODAY)) == theirs
    assert titles(unit_calendar(cast.imu, reader=cast.reader, today=TODAY)) == theirs
    assert titles(unit_calendar(cast.imu, reader=cast.outsider, today=TODAY)) == ["Søknadsfrist", "Møte"]


def test_a_wheel_has_each_item_once(cast: Cast, year: dict[str, Edition]) -> None:
    wheel = year["task"].entry.wheel
    assert titles(wheel_calendar(wheel, today=TODAY)) == [
        "Skriv referat",
        "Sjekk nettsidene (medio april)",
        "Søknadsfrist",
        "Møte",
    ]


def test_a_task_that_stands_with_several_is_in_the_calendar_of_each(cast: Cast) -> None:
    entry = make.entry(make.wheel("hf", cast.hf), cast.hf, cast.departments, ticks="one", text="Felles liste")
    make.edition(entry)
    for unit in (cast.hf, cast.imu):
        assert titles(unit_calendar(unit, reader=None, today=TODAY)) == ["Felles liste"]


def test_an_entry_tells_all_there_is_to_know(cast: Cast, year: dict[str, Edition]) -> None:
    edition = year["task"]
    Edition.objects.update(changed_at=NOW)
    for log in (edition.entry.history, Task.objects.get(unit=cast.imu).history):
        log.update(history_date=datetime(2026, 1, 1, tzinfo=UTC))
    (found,) = [e for e in entries(unit_calendar(cast.imu, reader=None, today=TODAY)) if "nettsidene" in e.title]
    assert found == CalendarEntry(
        uid=f"oppgaven-2026-{cast.imu.pk}@rodtraad",
        title="Sjekk nettsidene (medio april)",
        first=date(2026, 4, 11),
        last=date(2026, 4, 20),
        changed_at=NOW,
        sequence=3,
        url="http://127.0.0.1:8000/aarshjul/punkt/oppgaven/",
        description="Når: medio april (11.–20. april)\nAnsvar: Instituttene\nStatus: ikke startet\n"
        "http://127.0.0.1:8000/aarshjul/punkt/oppgaven/",
        categories=("Oppgave", "Årshjul HF"),
    )


def test_what_is_ticked_off_says_so_and_when_it_last_changed(cast: Cast, year: dict[str, Edition]) -> None:
    services.tick(make.tasks_of(year["own"])["hf"], by=cast.adviser, now=NOW)
    (found,) = [e for e in entries(personal_calendar(cast.adviser, today=TODAY)) if "referat" in e.title]
    assert (found.title, found.is_cancelled, found.sequence) == ("Gjort: Skriv referat", False, 4)
    assert "Status: gjort 15. mars" in found.description.splitlines()
    logged = make.tasks_of(year["own"])["hf"].history.latest().history_date
    assert found.changed_at == logged.replace(microsecond=0)


def test_what_is_cancelled_stays_as_cancelled_with_the_reason(cast: Cast, year: dict[str, Edition]) -> None:
    for name in ("task", "event"):
        services.cancel(year[name], by=cast.adviser, reason="Ingen påmeldte", is_partly=False, today=TODAY, expected=1)
    told = {entry.title: entry for entry in entries(unit_calendar(cast.ihk, reader=None, today=TODAY))}
    assert {title: entry.is_cancelled for title, entry in told.items()} == {
        "Utgår: Sjekk nettsidene (medio april)": True,
        "Søknadsfrist": False,
        "Utgår: Møte": True,
    }
    assert all(
        "Utgår i år: Ingen påmeldte" in entry.description.splitlines() for entry in told.values() if entry.is_cancelled
    )


def test_what_is_not_relevant_here_is_cancelled_in_this_units_calendar_alone(
    cast: Cast, year: dict[str, Edition]
) -> None:
    task = make.tasks_of(year["task"])["isl"]
    services.mark_not_relevant(task, by=cast.coordinator, reason="Ingen nettsider")
    (at_isl, *_rest) = entries(unit_calendar(cast.isl, reader=None, today=TODAY))
    (at_ihk, *_rest) = entries(unit_calendar(cast.ihk, reader=None, today=TODAY))
    assert (at_isl.title, at_isl.is_cancelled) == ("Ikke aktuelt hos oss: Sjekk nettsidene (medio april)", True)
    assert (at_ihk.title, at_ihk.is_cancelled) == ("Sjekk nettsidene (medio april)", False)


def test_a_move_keeps_the_uid_and_raises_the_sequence_of_all_that_follows(cast: Cast, year: dict[str, Edition]) -> None:
    deadline = year["deadline"]
    follower = make.entry(
        deadline.entry.wheel, cast.hf, text="Svar søkerne", when_words="", anchor=deadline.entry, anchor_offset_days=7
    )
    make.edition(follower)
    before = {entry.uid: entry for entry in entries(personal_calendar(cast.adviser, today=TODAY))}
    services.move(deadline, by=cast.adviser, words="20. april", today=TODAY, expected=1)
    after = {entry.uid: entry for entry in entries(personal_calendar(cast.adviser, today=TODAY))}
    assert set(before) == set(after)
    moved = {uid for uid in before if before[uid].first != after[uid].first}
    assert {after[uid].title: after[uid].first for uid in moved} == {
        "Søknadsfrist": date(2026, 4, 20),
        "Svar søkerne": date(2026, 4, 27),
    }
    assert {uid for uid in before if after[uid].sequence > before[uid].sequence} == moved


def test_retired_and_proposed_items_and_old_years_are_left_out(cast: Cast, year: dict[str, Edition]) -> None:
    make.edition(year["deadline"].entry, 2025)
    make.edition(year["deadline"].entry, 2024)
    year["event"].entry.__class__.objects.filter(key="motet").update(status=ItemStatus.RETIRED)
    year["event"].entry.__class__.objects.filter(key="egen").update(status=ItemStatus.PROPOSED)
    found = entries(personal_calendar(cast.adviser, today=TODAY))
    assert [(entry.title, entry.first.year) for entry in found] == [("Søknadsfrist", 2025), ("Søknadsfrist", 2026)]
    (old,) = entries(personal_calendar(cast.adviser, today=TODAY, year=2024))
    assert old.first == date(2024, 4, 15)


@pytest.mark.parametrize("count", [1, 3])
def test_a_calendar_costs_the_same_queries_however_long(cast: Cast, django_assert_num_queries, count: int) -> None:  # type: ignore[no-untyped-def]
    wheel = make.wheel("hf", cast.hf)
    for _ in range(count):
        make.edition(make.entry(wheel, cast.departments))
        make.edition(make.entry(wheel, cast.ihk, kind="event"))
    personal_calendar(cast.coordinator, today=TODAY)
    with django_assert_num_queries(5):
        personal_calendar(cast.coordinator, today=TODAY)


def test_an_event_that_ones_units_tick_off_stands_there_for_each_of_them(cast: Cast) -> None:
    wheel = make.wheel("hf", cast.hf)
    fair = make.edition(make.entry(wheel, cast.departments, kind="event", text="Messe"))
    assert titles(personal_calendar(cast.coordinator, today=TODAY)) == ["Messe – IHK", "Messe – ISL"]
    assert titles(personal_calendar(cast.reader, today=TODAY)) == ["Messe"]
    services.tick(make.tasks_of(fair)["ihk"], by=cast.coordinator, now=NOW)
    assert titles(unit_calendar(cast.ihk, reader=None, today=TODAY)) == ["Gjort: Messe"]
    services.mark_not_relevant(make.tasks_of(fair)["isl"], by=cast.coordinator, reason="Vi skal ikke dit.")
    assert set(titles(unit_calendar(cast.isl, reader=None, today=TODAY))) == {"Messe", "Ikke aktuelt hos oss: Messe"}


def test_what_stands_does_not_depend_on_the_day_it_is_read(cast: Cast, year: dict[str, Edition]) -> None:
    services.tick(make.tasks_of(year["own"])["hf"], by=cast.adviser, now=datetime(2025, 12, 30, tzinfo=UTC))
    read = [personal_calendar(cast.adviser, today=day).to_bytes() for day in (TODAY, date(2027, 1, 2))]
    assert read[0] == read[1]
    assert "Status: gjort 30. desember 2025" in read[0].decode().replace("\r\n ", "")
