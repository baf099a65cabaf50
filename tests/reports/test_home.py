"""The start page: what is open for me, what the month holds, and which documents are mine."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annual_wheel.models import Entry, Wheel
from annual_wheel.opening import open_year
from tests import factories as make
from tests.cast import Cast
from tests.page import texts

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def get(cast: Cast, person: str | None):  # type: ignore[no-untyped-def]
    client = Client()
    if person:
        client.force_login(cast.people[person])
    response = client.get("/")
    assert response.status_code == 200
    return response


@pytest.fixture
def wheel(cast: Cast, today: date) -> Wheel:
    """Five entries for the departments: late, this month twice, later, and one that goes on all year."""
    wheel = make.wheel("hjul", cast.hf, title="Hjulet")
    for number, (text, when, kind) in enumerate(
        [
            ("Forsinket", "1. februar", "task"),
            ("Messe", "20. mars", "event"),
            ("Sider", "25. mars", "task"),
            ("Bilder", "15. april", "task"),
            ("Svare på e-post", "løpende", "ongoing"),
        ]
    ):
        make.entry(wheel, cast.departments, text=text, when_words=when, kind=kind, month=3, position=number)
    open_year(wheel, year=2026, by=cast.adviser, now=NOW, today=date(2026, 1, 5))
    return wheel


def test_a_coordinator_sees_the_three_nearest_and_the_month(cast: Cast, wheel: Wheel) -> None:
    response = get(cast, "coordinator")
    assert texts(response, "p", class_="kicker") == ["15. mars, uke 11"]
    assert texts(response, "p", class_="home-count") == ["10 oppgaver 2 forsinket"]
    [work, month, documents] = texts(response, "section")
    assert texts(response, "h3", class_="row-title")[:3] == ["Forsinket", "Forsinket", "Messe"]
    assert month == (
        "Mars i årshjulet 2 Messe Hendelse 20. mars Ikke startet 0 av 3 "
        "Sider Oppgave 25. mars Ikke startet 0 av 3 Se hele Hjulet"
    )
    assert documents == "Planer og strategier du hører til 0 Enhetene dine har ingen planer ennå. Se alle planer"
    assert 'href="/mitt-arbeid/"' in response.content.decode()
    assert work.startswith("Åpent for deg 10 oppgaver 2 forsinket Forsinket ")


def test_an_editor_sees_how_many_are_late_below(cast: Cast, wheel: Wheel) -> None:
    assert texts(get(cast, "adviser"), "p", class_="row-warning") == ["1 punkt er forsinket ved enhetene under deg"]
    assert texts(get(cast, "reader"), "p", class_="row-warning") == []
    assert texts(get(cast, "outsider"), "p", class_="row-warning") == []


def test_documents_of_my_units_and_those_above_that_hold_or_are_on_their_way(cast: Cast, today: date) -> None:
    make.document("hf", cast.hf, title="HFs plan")
    make.document("ntnu", cast.university, title="Strategien", kind="strategy")
    make.document("gammel", cast.hf, title="Gammel plan", state="expired")
    make.document("utkast", cast.hf, title="Utkastet", state="draft")
    make.document("ihk", cast.ihk, title="IHKs plan")
    found = {person: texts(get(cast, person), "h3", class_="row-title") for person in ("adviser", "coordinator")}
    assert found == {
        "adviser": ["HFs plan", "Strategien", "Utkastet"],
        "coordinator": ["HFs plan", "IHKs plan", "Strategien"],
    }


def test_only_who_can_mend_it_is_warned(cast: Cast, today: date) -> None:
    plan = make.document("hf", cast.hf)
    plan.carries_out.add(make.document("gammel", cast.university, kind="policy", title="Den gamle", state="expired"))
    warned = {person for person in cast.people if texts(get(cast, person), "p", class_="row-warning")}
    assert warned == {"adviser", "dean"}
    assert texts(get(cast, "dean"), "p", class_="row-warning") == [
        "Bygger på noe som er utløpt. Den gamle gjelder ikke lenger."
    ]


def test_with_nothing_to_do_one_is_told_where_to_go(cast: Cast, today: date) -> None:
    stranger = make.user("ny@ntnu.example")
    client = Client()
    client.force_login(stranger)
    assert texts(client.get("/"), "div", class_="empty") == [
        "Du er ikke knyttet til noen enhet ennå En administrator knytter deg til enheten din. "
        "Planene kan du lese likevel. Les planene"
    ]
    assert texts(get(cast, "coordinator"), "div", class_="empty") == [
        "Ingenting er åpent for deg nå Se i årshjulet hva som kommer. Se årshjulet"
    ]


READY = "Logg inn i en ny fane"  # in a message that stands ready to be said


def test_a_stranger_reads_what_this_is_and_the_public_documents(cast: Cast, today: date) -> None:
    make.document("aapen", cast.hf, title="Åpen plan", is_public=True)
    make.document("lukket", cast.hf, title="Lukket plan")
    make.document("utkast", cast.hf, title="Åpent utkast", is_public=True, state="draft")
    response = get(cast, None)
    assert texts(response, "h1") == ["Fra visjon til det som gjøres i dag"]
    assert texts(response, "h2") == ["Dokumenter alle kan lese 1"]
    assert texts(response, "h3", class_="row-title") == ["Åpen plan"]
    assert texts(response, "a", href="/konto/login/") == ["Logg inn", "Logg inn", READY]


def test_the_number_of_queries_does_not_grow(cast: Cast, today: date) -> None:
    wheel = make.wheel("hjul", cast.hf, title="Hjulet")
    client = Client()
    client.force_login(cast.coordinator)
    counts = []
    for size in (1, 3):
        while Entry.objects.count() < size:
            plan = make.document(f"plan-{Entry.objects.count()}", cast.hf)
            entry = make.entry(wheel, cast.departments, when_words="20. mars", month=3)
            entry.measures.add(make.measure(plan, make.goal(plan)))
            make.edition(entry)
        client.get("/")  # reads what is kept for as long as the logs stand still
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_whoever_has_no_plan_of_their_own_is_told_of_those_below(cast: Cast) -> None:
    words = "Planer og strategier du hører til 0 Enhetene dine har ingen planer {} Se alle planer"
    assert texts(get(cast, "administrator"), "section")[-1] == words.format("ennå.")
    make.document("planen", cast.hf, state="draft")
    make.document("for-lenge-siden", cast.hf, state="expired")
    assert texts(get(cast, "administrator"), "section")[-1] == words.format("selv, men det finnes 1 under dem.")
