"""The lists of plans and of strategies: in the order people think, with what each holds, and what to worry about."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from planning.models import Measure
from strategy.coverage import Tally, tallies
from strategy.models import Document
from strategy.services import freeze
from tests import factories as make
from tests.cast import Cast
from tests.conftest import forget
from tests.page import texts

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
BOTH = pytest.mark.parametrize("is_frozen", [False, True])


def client_of(cast: Cast, person: str | None) -> Client:
    client = Client()
    if person:
        client.force_login(cast.people[person])
    return client


@pytest.fixture
def documents(cast: Cast, today: date) -> dict[str, Document]:
    """One document in each state, a strategy and a policy among them."""
    years = {"period_from_on": date(2018, 1, 1), "period_to_on": date(2021, 12, 31)}
    made = [
        make.document("gammel", cast.university, title="Gammel plan", state="expired", **years),
        make.document("erstattet", cast.university, title="Erstattet plan", state="replaced"),
        make.document("utkast", cast.hf, title="Utkast til plan", state="draft"),
        make.document("hoering", cast.hf, title="Plan på høring", state="hearing"),
        make.document("gjelder", cast.hf, title="Plan som gjelder", is_public=True),
        make.document("strategi", cast.university, title="Strategi", kind="strategy", language="en"),
        make.document("politikk", cast.university, title="Politikk", kind="policy", state="expired"),
    ]
    return {document.slug: document for document in made}


def titles(cast: Cast, person: str | None, address: str) -> list[str]:
    response = client_of(cast, person).get(address)
    assert response.status_code == 200
    return texts(response, "h2", class_="row-title")


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("reader", ["Plan som gjelder", "Plan på høring", "Utkast til plan", "Gammel plan", "Erstattet plan"]),
        ("coordinator", ["Plan som gjelder", "Plan på høring", "Gammel plan", "Erstattet plan"]),
        ("outsider", ["Plan som gjelder", "Gammel plan", "Erstattet plan"]),
        (None, ["Plan som gjelder"]),
    ],
)
def test_each_sees_what_is_theirs_those_that_hold_first(
    cast: Cast, documents: dict[str, Document], person: str | None, expected: list[str]
) -> None:
    assert titles(cast, person, "/planer/") == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/planer/?status=expired", ["Gammel plan"]),
        ("/planer/?eier=hf", ["Plan som gjelder", "Plan på høring", "Utkast til plan"]),
        ("/planer/?eier=hf&status=draft", ["Utkast til plan"]),
        ("/strategi/", ["Strategi", "Politikk"]),
        ("/strategi/?type=policy", ["Politikk"]),
        ("/planer/?status=tull", []),
    ],
)
def test_filters_stand_in_the_address(
    cast: Cast, documents: dict[str, Document], address: str, expected: list[str]
) -> None:
    assert titles(cast, "reader", address) == expected
    fragment = client_of(cast, "reader").get(address, headers={"HX-Request": "true"})
    assert texts(fragment, "h2", class_="row-title") == expected
    assert b"<html" not in fragment.content


def test_the_list_says_how_many_and_what_to_do_when_there_are_none(cast: Cast, today: date) -> None:
    client = client_of(cast, "reader")
    assert texts(client.get("/planer/"), "div", class_="empty") == [
        "Det er ingen dokumenter her ennå De kommer hit når en redaktør har skrevet dem."
    ]
    make.document("en", cast.hf)
    assert texts(client.get("/planer/"), "p", class_="list-count") == ["1 dokument"]
    assert texts(client.get("/planer/?status=draft"), "div", class_="empty") == [
        "Ingen dokumenter passer med det du har valgt Vis alle"
    ]


def fill(plan: Document) -> None:
    """Four goals: one with a dated measure, two in an area that shares one, one with none; and one route."""
    area = make.area(plan, title="Felles")
    below = make.area(plan, title="Under", parent=area)
    dated = make.measure(plan, make.goal(plan))
    make.goal(plan, area=area)
    make.goal(plan, area=below)
    make.goal(plan, text="Uten tiltak")
    shared = make.measure(plan, area=area)
    make.route(plan, area=area)
    make.goal(plan, status="retired")
    make.measure(plan, status="retired")
    wheel = make.wheel(f"hjul-{plan.slug}", plan.owner)
    make.entry(wheel).measures.add(dated)
    make.entry(wheel, status="retired").measures.add(dated, shared)


@BOTH
def test_counts_are_of_what_stands_in_the_document(cast: Cast, today: date, is_frozen: bool) -> None:
    plan = make.document("planen", cast.hf)
    fill(plan)
    if is_frozen:
        freeze(plan, by=cast.adviser, now=NOW)
        make.goal(plan, text="Nytt, ikke vedtatt")
    expected = Tally(goals=4, routes=1, measures=2, dated=1, goals_without=1)
    assert tallies([plan], today=NOW.date()) == {plan.pk: expected}
    rows = texts(client_of(cast, "reader").get("/planer/"), "p", class_="numeric")
    assert rows == [f"{expected.goals} mål 1 veivalg 2 tiltak 1 i årshjulet {expected.goals_without} mål uten tiltak"]


def test_numbers_open_into_their_lists(cast: Cast, today: date) -> None:
    fill(make.document("planen", cast.hf))
    html = client_of(cast, "reader").get("/planer/").content.decode()
    assert '<a href="/planer/planen/?vis=datert">1 i årshjulet</a>' in html
    assert '<a href="/planer/planen/?vis=uten-tiltak">1 mål uten tiltak</a>' in html


def test_warnings_for_what_has_lapsed(cast: Cast, today: date) -> None:
    over = {"period_to_on": date(2025, 12, 31)}
    plan = make.document("planen", cast.hf, title="Planen", **over)
    plan.carries_out.add(
        make.document("politikk", cast.university, kind="policy", title="Politikken", state="expired"),
        make.document("ny", cast.university, kind="policy", title="Den nye"),
    )
    old = make.document("gammel", cast.hf, state="replaced", **over)
    old.carries_out.add(Document.objects.get(slug="politikk"))
    assert texts(client_of(cast, "reader").get("/planer/"), "p", class_="row-warning") == [
        "Perioden er over. Dokumentet gjaldt til 31. desember 2025.",
        "Bygger på noe som er utløpt. Politikken gjelder ikke lenger.",
    ]


def test_what_one_may_not_see_is_not_named_though_it_has_lapsed(cast: Cast, today: date) -> None:
    plan = make.document("planen", cast.hf, is_public=True)
    plan.carries_out.add(
        make.document("utkast", cast.university, title="Utkastet", state="draft", period_to_on=date(2025, 12, 31)),
        make.document("lukket", cast.hf, title="Lukket", state="expired"),
        make.document("aapen", cast.hf, title="Åpen", state="expired", is_public=True),
    )
    readers = {"administrator": {"Utkastet", "Lukket", "Åpen"}, "dean": {"Lukket", "Åpen"}, None: {"Åpen"}}
    for who, titles in readers.items():
        user = cast.people[who] if who else AnonymousUser()
        assert {base.title for base in plan.rests_on_expired(user, today=today)} == titles


@pytest.mark.parametrize("is_public", [True, False])
@pytest.mark.parametrize("state", ["draft", "hearing", "in_force", "expired", "replaced", "put_away"])
def test_one_row_is_seen_by_those_whose_lists_have_it(cast: Cast, today: date, state: str, is_public: bool) -> None:
    document = make.document("planen", cast.hf, state=state, is_public=is_public)
    for user in (*cast.people.values(), AnonymousUser()):
        is_listed = Document.objects.visible_to(user, today=today).exists()
        assert document.is_visible_to(user, today=today) == is_listed


@BOTH
def test_the_number_of_queries_does_not_grow(cast: Cast, today: date, is_frozen: bool) -> None:
    client = client_of(cast, "reader")
    counts = []
    for size in (1, 3):
        while Document.objects.filter(kind="action_plan").count() < size:
            plan = make.document(f"plan-{Document.objects.count()}", cast.hf)
            fill(plan)
            plan.carries_out.add(make.document(f"grunn-{plan.pk}", cast.university, kind="policy", state="expired"))
            if is_frozen:
                freeze(plan, by=cast.adviser, now=NOW)
        forget()
        with CaptureQueriesContext(connection) as queries:
            assert len(texts(client.get("/planer/"), "h2", class_="row-title")) == size
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert Measure.objects.count() == 9
