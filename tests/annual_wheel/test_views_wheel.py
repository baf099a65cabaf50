"""The list of wheels, a year of one, and opening a year."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annual_wheel import opening, services, year_page
from annual_wheel.models import Edition, Entry, Task, Wheel
from organisation.models import User
from tests import factories as make
from tests.cast import Cast

NOW = datetime(2026, 1, 1, 12, tzinfo=ZoneInfo("Europe/Oslo"))
TODAY = date(2026, 1, 1)


@pytest.fixture
def login(client: Client) -> Callable[[User], Client]:
    def log_in(user: User) -> Client:
        client.force_login(user)
        return client

    return log_in


def opened(cast: Cast, *entries: dict[str, Any], year: int = 2026, **fields: Any) -> Wheel:
    wheel = make.wheel("hf", cast.hf, title="Årshjul HF", **fields)
    for number, entry in enumerate(entries):
        make.entry(wheel, cast.departments, position=number, **entry)
    opening.open_year(wheel, year=year, by=cast.adviser, now=NOW, today=TODAY)
    return wheel


def titles(html: str) -> list[str]:
    """The texts of the list, in its order."""
    cells = re.findall(r'<th class="year-what" scope="row"><a[^>]*>(.*?)</a>', html)
    return [re.sub("<[^>]+>", "", cell) for cell in cells]


def test_the_wheels_are_listed_with_how_far_this_year_is(today: date, cast: Cast, login: Any) -> None:
    opened(cast, {"text": "Punkt"})
    services.tick(Task.objects.get(unit=cast.ihk), by=cast.coordinator, now=NOW)
    html = login(cast.reader).get("/aarshjul/").content.decode()
    assert "1 årshjul" in html
    assert "Åpnet: 2026" in html
    assert "1 av 3" in html


def test_without_wheels_the_list_says_what_comes_next(cast: Cast, login: Any) -> None:
    assert "Ingen årshjul ennå" in login(cast.reader).get("/aarshjul/").content.decode()


@pytest.mark.parametrize(
    ("years", "goes_to"), [((2026, 2027), 2026), ((2021, 2022), 2022), ((), 2026), ((2028,), 2028)]
)
def test_a_wheel_goes_to_this_year_or_the_nearest(
    today: date, cast: Cast, login: Any, years: tuple[int, ...], goes_to: int
) -> None:
    wheel = make.wheel("hf", cast.hf)
    for year in years:
        opening.open_year(wheel, year=year, by=cast.adviser, now=NOW, today=TODAY)
    assert login(cast.reader).get("/aarshjul/hf/")["Location"] == f"/aarshjul/hf/{goes_to}/"


def test_the_year_stands_by_month_with_what_goes_on_all_year_at_the_end(today: date, cast: Cast, login: Any) -> None:
    opened(
        cast,
        {"text": "Intervjue", "kind": "ongoing", "month": 1, "when_words": "løpende"},
        {"text": "Mottak", "month": 8, "when_words": "uke 33"},
        {"text": "E-post", "month": 2, "when_words": "1. februar"},
    )
    html = login(cast.reader).get("/aarshjul/hf/2026/?vis=liste").content.decode()
    months = re.findall(r'<th colspan="4" scope="rowgroup">([^<]+)', html)
    assert [month.strip() for month in months] == ["Februar", "August", "Løpende gjennom året"]
    assert titles(html) == ["E-post", "Mottak", "Intervjue"]
    assert "10.–16. august" in html
    assert login(cast.reader).get("/aarshjul/hf/2026/").content.decode().count('<a class="wheel-mark"') == 3


def test_what_is_cancelled_is_struck_with_its_reason(today: date, cast: Cast, login: Any) -> None:
    opened(cast, {"text": "Messe"})
    services.cancel(
        Edition.objects.get(), by=cast.adviser, reason="Messene ble avlyst", is_partly=False, today=TODAY, expected=1
    )
    html = login(cast.reader).get("/aarshjul/hf/2026/?vis=liste").content.decode()
    assert '<s class="struck">Messe</s>' in html
    assert "Messene ble avlyst" in html
    assert "Utgår i år" in html


def test_moved_digital_and_voluntary_are_said(today: date, cast: Cast, login: Any) -> None:
    opened(cast, {"text": "Karrieredag", "modality": "may"})
    edition = Edition.objects.get()
    services.move(edition, by=cast.adviser, words="20. mai", today=TODAY, expected=1)
    services.describe(edition, by=cast.adviser, form="digital", outcome="300 kom", today=TODAY, expected=2)
    html = login(cast.reader).get("/aarshjul/hf/2026/?vis=liste").content.decode()
    assert re.findall(r"<span>(flyttet i år|digitalt i år|Kan gjøres)</span>", html) == [
        "Kan gjøres",
        "flyttet i år",
        "digitalt i år",
    ]
    assert "300 kom" in html
    assert 'id="maaned-5"' in html


def test_a_bound_nobody_knows_the_day_of_is_a_warning(today: date, cast: Cast, login: Any) -> None:
    opened(cast, {"when_words": "mai", "month": 5, "bound_words": "før svarfristen utløper"})
    assert "Datoen er ikke kjent ennå." in login(cast.reader).get("/aarshjul/hf/2026/?vis=liste").content.decode()


def filtered(cast: Cast) -> Wheel:
    wheel = opened(
        cast,
        {"text": "Gjort", "month": 1, "when_words": "1. januar"},
        {"text": "Sen", "month": 1, "when_words": "15. januar"},
        {"text": "Kommer", "month": 6, "when_words": "juni"},
    )
    make.entry(wheel, text="Frist", kind="deadline", ticks="none", when_words="1. mars", month=3)
    make.entry(wheel, cast.hf, text="Fakultetets", when_words="2. mars", month=3, modality="should")
    opening.open_year(wheel, year=2026, by=cast.adviser, now=NOW, today=TODAY)
    for task in Task.objects.filter(edition__entry__text="Gjort"):
        services.tick(task, by=cast.adviser, now=NOW)
    return wheel


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["Gjort", "Sen", "Frist", "Fakultetets", "Kommer"]),
        ("type=deadline", ["Frist"]),
        ("ansvar=hf", ["Fakultetets"]),
        ("ansvar=ihk", ["Gjort", "Sen", "Kommer"]),
        ("ansvar=instituttene&status=late", ["Sen"]),
        ("status=late", ["Sen"]),
        ("status=open", ["Sen", "Fakultetets", "Kommer"]),
        ("status=done", ["Gjort"]),
        ("status=cancelled", []),
        ("type=tull&status=tull", ["Gjort", "Sen", "Frist", "Fakultetets", "Kommer"]),
    ],
)
def test_the_address_narrows_the_list(today: date, cast: Cast, login: Any, query: str, shown: list[str]) -> None:
    filtered(cast)
    client = login(cast.reader)
    html = client.get(f"/aarshjul/hf/2026/?vis=liste&{query}").content.decode()
    assert titles(html) == shown
    assert f"{len(shown)} punkt" in html
    picture = client.get(f"/aarshjul/hf/2026/?{query}").content.decode()
    assert picture.count('<a class="wheel-mark"') == len(shown)


def test_only_mine_is_what_my_own_unit_ticks(today: date, cast: Cast, login: Any) -> None:
    filtered(cast)
    assert titles(login(cast.adviser).get("/aarshjul/hf/2026/?vis=liste&mine=on").content.decode()) == ["Fakultetets"]


def test_what_narrows_the_year_is_said_in_words_where_the_fields_are_folded_away(
    today: date, cast: Cast, login: Any
) -> None:
    opened(cast, {"text": "Punkt"})
    client = login(cast.coordinator)
    html = client.get("/aarshjul/hf/2026/?vis=liste&type=task&mine=on").content.decode()
    chosen = re.findall(r'<p class="wheel-chosen"><span>(.*?)</span><a href="(.*?)">', html)
    assert chosen == [("Type: Oppgave, Bare det enheten min skal gjøre", "?vis=liste")]
    assert '<details class="wheel-filter no-print">' in html
    assert "wheel-chosen" not in client.get("/aarshjul/hf/2026/?vis=liste").content.decode()


def test_the_list_narrows_to_a_target_group(today: date, cast: Cast, login: Any) -> None:
    opened(cast, {"text": "Elever", "key": "elever"}, {"text": "Andre"})
    group = cast.hf.target_groups.create(slug="elever", name="Elever i videregående")
    Entry.objects.get(key="elever").target_groups.add(group)
    client = login(cast.reader)
    assert titles(client.get("/aarshjul/hf/2026/?vis=liste&maalgruppe=elever").content.decode()) == ["Elever"]
    assert "Elever i videregående" in client.get("/aarshjul/hf/2026/").content.decode()


@pytest.mark.parametrize(
    "query", ["", "ringer=maal", "fra=8", "maaned=4", "vis=liste", "vis=kalender", "vis=tidslinje"]
)
def test_the_page_costs_the_same_for_one_row_and_for_three(today: date, cast: Cast, login: Any, query: str) -> None:
    opened(cast, {"text": "En"})
    client, address = login(cast.coordinator), f"/aarshjul/hf/2026/?{query}"
    client.get(address)
    costs = []
    for _ in range(2):
        year_page.forget()
        for _first_and_kept in range(2):
            with CaptureQueriesContext(connection) as counted:
                client.get(address)
            costs.append(len(counted))
        wheel = Wheel.objects.get()
        for number in range(2):
            make.edition(make.entry(wheel, cast.departments, text=f"Ny {number}"))
    assert costs[:2] == costs[2:]
    # One stamp in place of two, of lines, editions, counts and parties. To settle one, the logs are taken for a moment.
    to_settle = 2 * 3 if connection.vendor == "postgresql" else 0
    assert costs[1] == costs[0] - 5 - to_settle


def test_an_editor_opens_a_year_and_doing_it_again_doubles_nothing(today: date, cast: Cast, login: Any) -> None:
    opened(cast, {"text": "Punkt"})
    client = login(cast.adviser)
    assert "Åpne året" in client.get("/aarshjul/hf/2027/").content.decode()
    for _ in range(2):
        answer = client.post("/aarshjul/hf/2027/aapne/")
        assert (answer.status_code, answer["Location"]) == (302, "/aarshjul/hf/2027/")
    assert Task.objects.filter(edition__year=2027).count() == 3
    assert "2027 er åpnet, og enhetene har fått oppgavene sine." in client.get("/aarshjul/hf/2027/").content.decode()


def test_a_year_that_gives_nobody_a_task_is_opened_with_a_warning(today: date, cast: Cast, login: Any) -> None:
    make.entry(make.wheel("hf", cast.hf), cast.students, text="Partneren gjør det")
    client = login(cast.adviser)
    page = client.post("/aarshjul/hf/2026/aapne/", follow=True).content.decode()
    assert "2026 er åpnet, men ingen fikk oppgaver" in page


def test_others_are_told_who_opens_a_year(today: date, cast: Cast, login: Any) -> None:
    opened(cast, {"text": "Punkt"})
    client = login(cast.coordinator)
    html = client.get("/aarshjul/hf/2027/").content.decode()
    assert "Åpne året" not in html
    assert "De som redigerer årshjulet, åpner året." in html
    assert client.post("/aarshjul/hf/2027/aapne/").status_code == 403
    assert not Edition.objects.filter(year=2027).exists()


def test_a_year_that_cannot_be_worked_out_stays_closed_and_says_why(today: date, cast: Cast, login: Any) -> None:
    opened(cast, {"text": "Punkt"})
    Entry.objects.update(when_words="når det passer seg")
    client = login(cast.adviser)
    client.post("/aarshjul/hf/2027/aapne/")
    assert "Året er ikke åpnet." in client.get("/aarshjul/hf/2027/").content.decode()
    assert not Wheel.objects.get().years.filter(year=2027).exists()


def test_a_public_wheel_is_read_by_all_and_others_after_login(today: date, cast: Cast, client: Client) -> None:
    wheel = opened(cast, {"text": "Punkt"})
    assert client.get("/aarshjul/hf/2026/")["Location"] == "/konto/login/?next=/aarshjul/hf/2026/"
    Wheel.objects.filter(pk=wheel.pk).update(is_public=True)
    assert titles(client.get("/aarshjul/hf/2026/?vis=liste").content.decode()) == ["Punkt"]


@pytest.mark.parametrize("year", [0, 1999, 2029, 9999, 99999, 10**20])
def test_a_year_nobody_can_open_is_not_there(today: date, cast: Cast, login: Any, year: int) -> None:
    opened(cast, {"text": "Punkt"})
    client = login(cast.adviser)
    assert [client.get(f"/aarshjul/hf/{year}/{query}").status_code for query in ("", "?fra=8", "?uke=1")] == [404] * 3
    assert client.get("/aarshjul/hf/2027/").status_code == 200


def test_who_is_responsible_in_the_shown_year_alone_can_be_chosen(today: date, cast: Cast, login: Any) -> None:
    wheel = make.wheel("hf", cast.hf)
    edition = make.edition(make.entry(wheel, cast.ihk, text="Punkt"), has_own_lines=True)
    edition.responsibilities.create(unit=cast.students, position=0)
    wheel.years.create(year=2026, opened_at=NOW, opened_by=cast.adviser)
    client = login(cast.adviser)
    html = client.get("/aarshjul/hf/2026/?vis=liste&ansvar=studentene").content.decode()
    assert re.search(r'<option value="studentene"\s+selected', html)
    assert titles(html) == ["Punkt"]
