"""A measure's own page: how it stands, and reporting on it."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from annual_wheel import services
from annual_wheel.models import Entry
from planning.models import Measure, StatusReport
from strategy.models import Document
from tests import factories as make
from tests.annual_wheel.following.told import NOW, ROUNDS, STATUS, Login, evaluate, opened, rows, tell
from tests.cast import Cast
from tests.page import text_of, texts


def test_a_measure_tells_its_state_its_ticks_and_its_history(cast: Cast, plan: Document, login: Login) -> None:
    tell("ett", cast, "not_started", "Ventet", now=NOW - timedelta(days=9))
    tell("ett", cast, "under_way", "Begynt", next_step="Fortsette")
    services.tick(make.tasks_of(Entry.objects.get().editions.get())["ihk"], by=cast.coordinator, now=NOW)
    [said] = texts(login(cast.coordinator).get("/tiltak/ett/"), "section", id="status")
    assert "I gang 1 av 3 i gang, 2 har ikke rapportert 1 av 3 kvittert ut i 2026" in said
    assert "I gang IHK Ikke rapportert IMU, ISL" in said
    assert "Institutt for historiske og klassiske studier I gang 14. mars Begynt Neste steg: Fortsette" in said
    assert "Tidligere rapporter 1" in said
    assert "Ikke startet Institutt for historiske og klassiske studier Koordinator, 5. mars Ventet" in said


def test_what_is_told_keeps_its_paragraphs_and_lists_wherever_it_is_read(
    cast: Cast, plan: Document, login: Login
) -> None:
    asked = opened(plan, cast.dean)
    words = "Vi har:\n\n- skrevet <b>lista</b>\n- sendt den"
    tell("ett", cast, "not_started", words, now=NOW - timedelta(days=9))
    tell("ett", cast, "under_way", words, next_step="Spørre:\n\n1. studentene\n2. de ansatte")
    evaluate("ett", cast, text=words)
    client = login(cast.coordinator)
    for place, count in (
        ("/tiltak/ett/", 4),
        (STATUS, 1),
        (f"{ROUNDS}{asked.pk}/", 2),
        ("/planer/planen/evaluering/2026/", 3),
    ):
        page = client.get(place).content.decode()
        said = "<p>Vi har:</p>\n<ul>\n<li>skrevet &lt;b&gt;lista&lt;/b&gt;</li>\n<li>sendt den</li>\n</ul>"
        assert (place, page.count(said)) == (place, count)
        assert "<ol>\n<li>studentene</li>" in page


def test_the_form_shows_what_each_unit_one_speaks_for_said_last(cast: Cast, plan: Document, login: Login) -> None:
    tell("ett", cast, "not_started", "Først", now=NOW - timedelta(days=9))
    tell("ett", cast, "under_way", "Så dette", next_step="Mer")
    tell("ett", cast, "late", "En annens", unit=cast.imu, by=cast.adviser)
    client = login(cast.coordinator)
    for place in ("/tiltak/ett/rapporter/", "/tiltak/ett/"):
        [said] = texts(client.get(place), "section", class_="last-told")
        words = "I gang Koordinator, 14. mars Så dette Neste steg: Mer"
        assert said == f"Sist sa Institutt for historiske og klassiske studier {words}"
    assert texts(client.get("/tiltak/to/rapporter/"), "section", class_="last-told") == []


def test_who_may_not_report_has_no_form_and_who_is_not_logged_in_no_status(
    cast: Cast, plan: Document, login: Login
) -> None:
    [said] = texts(login(cast.outsider).get("/tiltak/ett/"), "section", id="status")
    assert "Ingen har rapportert på tiltaket ennå." in said
    assert "Rapporter status" not in said
    assert texts(Client().get("/tiltak/ett/"), "section", id="status") == []


def test_a_report_is_given_from_the_page_and_comes_back_to_it(cast: Cast, plan: Document, login: Login) -> None:
    data = {"unit": cast.isl.pk, "state": "late", "text": "Venter på tall", "next_step": "Be om dem"}
    response = login(cast.coordinator).post("/tiltak/ett/rapporter/", data)
    assert response.headers["Location"] == "/tiltak/ett/#status"
    told = StatusReport.objects.filter(round=None).values_list(
        "unit__slug", "state", "text", "next_step", "reported_by"
    )
    assert list(told) == [("isl", "late", "Venter på tall", "Be om dem", cast.coordinator.pk)]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"state": ""}, "Hvor står tiltaket? Velg hvor tiltaket står."),
        ({"state": "stopped", "text": " "}, "Hva er gjort? Skriv hvorfor tiltaket er stoppet."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stands(
    cast: Cast, plan: Document, login: Login, data: dict[str, str], said: str
) -> None:
    sent = {"unit": cast.ihk.pk, "state": "late", "text": "Skrevet", "next_step": "Mer å gjøre", **data}
    response = login(cast.coordinator).post("/tiltak/ett/rapporter/", sent)
    assert [said in error for error in texts(response, "div", id="error-summary")] == [True]
    assert "Mer å gjøre" in response.content.decode()
    assert not StatusReport.objects.exists()


def test_nobody_speaks_for_others(cast: Cast, plan: Document, login: Login) -> None:
    data = {"unit": cast.imu.pk, "state": "late", "text": "Ikke vårt"}
    assert "På vegne av" in text_of(login(cast.coordinator).post("/tiltak/ett/rapporter/", data).content.decode())
    assert not StatusReport.objects.exists()


def test_a_report_that_the_ticks_speak_against_is_asked_about_once(cast: Cast, plan: Document, login: Login) -> None:
    data = {"unit": cast.ihk.pk, "state": "carried_out", "text": "Ferdig"}
    client = login(cast.coordinator)
    response = client.post("/tiltak/ett/rapporter/", data)
    [notice] = texts(response, "div", id="clashes")
    assert "Meldt gjennomført, men 1 av 1 i årshjulet for 2026 er ikke kvittert ut." in notice
    assert not StatusReport.objects.exists()
    mark = re.findall(r'name="confirmed" value="(\w+)"', response.content.decode())[0]
    other = client.post("/tiltak/ett/rapporter/", {**data, "state": "stopped", "confirmed": mark})
    assert len(texts(other, "div", id="clashes")) == 1
    assert client.post("/tiltak/ett/rapporter/", {**data, "confirmed": mark}).status_code == 302
    assert "Meldt gjennomført, men 1 av 1 i årshjulet" in rows(client.get(f"{STATUS}?enhet=ihk"))["ett"]
    for unit in (cast.isl, cast.imu):
        tell("ett", cast, "carried_out", unit=unit)
    [said] = texts(client.get("/tiltak/ett/"), "section", id="status")
    assert "Meldt gjennomført, men 3 av 3 i årshjulet for 2026 er ikke kvittert ut." in said


def test_a_measure_that_is_not_in_force_is_not_reported_on(cast: Cast, plan: Document, login: Login) -> None:
    Measure.objects.filter(key="fak").update(status="retired")
    assert login(cast.adviser).get("/tiltak/fak/rapporter/").status_code == 404
