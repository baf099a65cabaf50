"""Numbers that leadership reads, and the lists that they open into."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from annual_wheel import opening, services
from annual_wheel.models import Entry
from organisation.models import User
from reports import lists, overview
from reports.lists import ListKind
from strategy.models import Document
from strategy.services import freeze
from tests import factories as make
from tests.cast import Cast

NOW = datetime(2026, 3, 15, 12, tzinfo=ZoneInfo("Europe/Oslo"))


@pytest.fixture
def plan(cast: Cast, today: date) -> Document:
    """Two goals, two measures, one of them dated; three entries, one of them explained; one department is late."""
    plan = make.document("planen", cast.hf, title="Planen")
    served, _bare = make.goal(plan, text="Tjent", key="tjent"), make.goal(plan, text="Bart", key="bart")
    dated, _undated = make.measure(plan, served, text="Datert"), make.measure(plan, served, text="Udatert")
    wheel = make.wheel("hjulet", cast.hf, title="Hjulet", document=plan)
    make.entry(wheel, cast.departments, text="I januar", month=1, when_words="januar").measures.add(dated)
    make.entry(wheel, cast.imu, text="I mai", month=5, when_words="mai")
    make.entry(wheel, text="Frist", kind="deadline", ticks="none")
    opening.open_year(wheel, year=2026, by=cast.adviser, now=NOW, today=date(2026, 1, 1))
    tasks = make.tasks_of(Entry.objects.get(text="I januar").editions.get())
    services.tick(tasks["ihk"], by=cast.coordinator, now=NOW)
    services.mark_not_relevant(tasks["isl"], by=cast.coordinator, reason="Har ingen slike")
    return plan


def row_of(plan: Document, user: User, today: date) -> overview.PlanRow:
    [row] = overview.plan_rows([plan], user=user, year=2026, today=today)
    return row


def texts(kind: ListKind, plan: Document, user: User, today: date, unit: str = "") -> list[str]:
    return [row.text for row in lists.list_rows(kind, plan, user=user, year=2026, unit=unit, today=today)]


def test_a_plan_counts_both_ways(cast: Cast, plan: Document, today: date) -> None:
    numbers = {number.label: (number.count, number.is_gap) for number in row_of(plan, cast.dean, today).numbers}
    assert numbers == {
        "Mål": (2, False),
        "Tiltak": (2, False),
        "Mål uten tiltak": (1, True),
        "Tiltak ingen har datert": (1, True),
        "Punkter uten tiltak": (2, True),
    }


def test_the_rows_of_another_year_open_in_that_year(cast: Cast, plan: Document, today: date) -> None:
    opening.open_year(plan.wheels.get(), year=2027, by=cast.adviser, now=NOW, today=today)
    for year, query in ((2026, set()), (2027, {"aar=2027"})):
        rows = [
            row
            for kind in (ListKind.UNEXPLAINED, ListKind.OPEN, ListKind.LATE)
            for row in lists.list_rows(kind, plan, user=cast.dean, year=year, unit="", today=today)
        ]
        assert len(rows) >= 3
        assert {part for row in rows for part in row.url.split("?")[1:]} == query


def test_each_number_opens_into_as_many_rows(cast: Cast, plan: Document, today: date) -> None:
    assert texts(ListKind.WITHOUT_MEASURE, plan, cast.dean, today) == ["Bart"]
    assert texts(ListKind.UNDATED, plan, cast.dean, today) == ["Udatert"]
    assert texts(ListKind.UNEXPLAINED, plan, cast.dean, today) == ["Frist", "I mai"]
    assert texts(ListKind.LATE, plan, cast.dean, today) == ["I januar"]
    assert texts(ListKind.DONE, plan, cast.dean, today) == ["I januar"]
    assert texts(ListKind.NOT_RELEVANT, plan, cast.dean, today) == ["I januar"]
    assert texts(ListKind.OPEN, plan, cast.dean, today) == ["I mai"]
    assert texts(ListKind.LATE, plan, cast.dean, today, unit="ihk") == []
    assert texts(ListKind.LATE, plan, cast.dean, today, unit="imu") == ["I januar"]


def test_the_year_rolls_up_for_the_plan_and_for_each_unit(cast: Cast, plan: Document, today: date) -> None:
    tallies = overview.tallies_of([plan], user=cast.dean, year=2026, today=today)[plan.pk]
    assert {cast.ihk.pk, cast.isl.pk, cast.imu.pk} == set(tallies)
    rows = overview.unit_rows(tallies, "planen", year=2026)
    told = [(row.name, row.words, [(part.words, part.start, part.width) for part in row.parts]) for row in rows]
    assert told == [
        (cast.imu.name, "0 av 2", [("1 forsinket", 0.0, 50.0), ("1 gjenstår", 50.0, 50.0)]),
        (cast.ihk.name, "1 av 1", [("1 gjort", 0.0, 100.0)]),
        (cast.isl.name, "0 av 1", [("1 ikke aktuelt", 0.0, 100.0)]),
    ]
    whole = row_of(plan, cast.dean, today).tally
    assert whole is not None
    assert (whole.words, [part.url for part in whole.parts][:2]) == (
        "1 av 4",
        ["/rapporter/planen/liste/?vis=gjort&aar=2026", "/rapporter/planen/liste/?vis=ikke-aktuelt&aar=2026"],
    )


def test_tasks_of_units_one_does_not_read_are_not_counted(cast: Cast, plan: Document, today: date) -> None:
    assert row_of(plan, cast.outsider, today).tally is None
    whole = row_of(plan, cast.coordinator, today).tally
    assert whole is not None
    assert whole.words == "1 av 2"


def test_what_is_in_force_is_counted_not_what_is_being_written(cast: Cast, plan: Document, today: date) -> None:
    freeze(plan, by=cast.dean, now=NOW)
    make.goal(plan, text="Nytt")
    plan.goals.filter(key="bart").update(text="Skrevet om")
    numbers = {number.label: number.count for number in row_of(plan, cast.dean, today).numbers}
    assert numbers["Mål"] == 2
    assert texts(ListKind.WITHOUT_MEASURE, plan, cast.dean, today) == ["Bart"]


def test_a_measure_for_a_whole_area_serves_the_goals_below_it(cast: Cast, today: date) -> None:
    plan = make.document("planen", cast.hf)
    top = make.area(plan)
    make.goal(plan, area=make.area(plan, parent=top), text="Nede")
    make.measure(plan, area=top)
    assert texts(ListKind.WITHOUT_MEASURE, plan, cast.dean, today) == []
    freeze(plan, by=cast.dean, now=NOW)
    assert texts(ListKind.WITHOUT_MEASURE, plan, cast.dean, today) == []


def test_an_expired_plan_has_gaps_that_nobody_needs_to_fill(cast: Cast, plan: Document, today: date) -> None:
    plan.state = "expired"
    assert [number for number in row_of(plan, cast.dean, today).numbers if number.is_gap] == []


def test_warnings_of_period_and_of_what_it_rests_on(cast: Cast, plan: Document, today: date) -> None:
    policy = make.document("politikken", cast.university, title="Politikken", state="expired")
    draft = make.document("utkast", cast.university, title="Hemmelig", state="draft", period_to_on=date(2025, 1, 1))
    plan.carries_out.add(policy, draft)
    plan.period_to_on = date(2025, 12, 31)
    assert row_of(plan, cast.dean, today).warnings == (
        "Perioden er over. Dokumentet gjaldt til 31. desember 2025.",
        "Bygger på noe som ikke gjelder lenger: Politikken.",
    )


@pytest.mark.parametrize(("asked", "year"), [("2026", 2026), ("2027", 2026), ("", 2026), ("x", 2026), ("²", 2026)])
def test_only_an_opened_year_can_be_chosen(asked: str, year: int) -> None:
    assert overview.chosen_year(asked, [2026, 2022], today=date(2026, 3, 15)) == year


@pytest.mark.parametrize("page", ["/rapporter/", "/rapporter/planen/", "/rapporter/planen/liste/?vis=forsinket"])
def test_pages_ask_as_many_questions_of_three_plans_as_of_one(
    page: str, cast: Cast, plan: Document, django_assert_num_queries: Any, client: Client
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(cast.dean)
    client.get(page)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(page)
    for number in range(2):
        other = make.document(f"plan-{number}", cast.hf)
        make.measure(other, make.goal(other))
        wheel = make.wheel(f"hjul-{number}", cast.hf, document=other)
        make.entry(wheel, cast.departments)
        make.entry(plan.wheels.get(), cast.departments, when_words="februar", month=2)
        opening.open_year(wheel, year=2026, by=cast.adviser, now=NOW, today=date(2026, 1, 1))
    opening.open_year(plan.wheels.get(), year=2026, by=cast.adviser, now=NOW, today=date(2026, 1, 1))
    with django_assert_num_queries(len(one)):
        client.get(page)
