"""Reporting rounds: opened, answered, put off, closed, and set beside the one before."""

import re
from datetime import date, timedelta

import pytest

from organisation.models import Unit
from planning import reporting
from planning.models import ReportingRound, RoundUnit, StatusReport
from strategy.models import Document
from tests.annual_wheel.following.told import NOW, ROUNDS, STATUS, Login, close, opened, tell
from tests.cast import Cast
from tests.page import text_of, texts


def test_a_round_is_opened_answered_and_closed(cast: Cast, plan: Document, login: Login) -> None:
    client = login(cast.dean)
    assert "Ingen runder ennå" in text_of(client.get(ROUNDS).content.decode())
    assert "Disse enhetene blir spurt: HF, IHK, IMU, ISL." in text_of(client.get(f"{ROUNDS}ny/").content.decode())
    days = {"from_on": "2026-01-01", "to_on": "2026-06-30", "due_on": "2026-04-01", "message": "Kort, takk"}
    response = client.post(f"{ROUNDS}ny/", days)
    asked = ReportingRound.objects.get()
    here = f"{ROUNDS}{asked.pk}/"
    assert response.headers["Location"] == here
    assert "Angre" in text_of(client.get(here).content.decode())
    client = login(cast.coordinator)
    [banner] = texts(client.get(f"{STATUS}?enhet=ihk"), "section", class_="round-banner")
    assert "Frist 1. april, om 2 uker 0 av 2 tiltak er rapportert Kort, takk Vi er ferdige" in banner
    tell("ett", cast)
    response = client.post(f"{here}ferdig/ihk/", follow=True)
    assert "IHK er meldt ferdig. Takk for rapportene." in text_of(response.content.decode())
    client = login(cast.dean)
    table = texts(client.get(here), "table")[0]
    assert "Institutt for historiske og klassiske studier 1 av 2 15. mars av Koordinator" not in table  # the real clock
    assert "Institutt for musikk 0 av 2 Ikke ennå" in table
    asking = text_of(client.get(f"{here}lukk/").content.decode())
    assert "Fristen er ikke ute ennå: 1. april, om 2 uker." in asking
    assert "Ikke meldt ferdig 3" in asking
    response = client.post(f"{here}lukk/", follow=True)
    assert "Runden er lukket. Det som ble rapportert, er tatt vare på." in text_of(response.content.decode())
    again = text_of(client.post(f"{here}lukk/", follow=True).content.decode())
    assert "Runden ble lukket av Dekan" in again
    assert client.get(f"{here}endre/").status_code == 404
    assert client.get(f"{here}lukk/").headers["Location"] == here


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"to_on": "2025-12-31"}, "Perioden slutter: Perioden slutter før den begynner."),
        ({"due_on": "2025-12-31"}, "Frist for å rapportere: Fristen er før perioden begynner."),
        ({"due_on": "2026-03-14"}, "Frist for å rapportere: Fristen er allerede passert."),
        ({"from_on": ""}, "Perioden begynner: "),
    ],
)
def test_days_that_make_no_sense_are_told_at_their_field(
    cast: Cast, plan: Document, login: Login, days: dict[str, str], said: str
) -> None:
    sent = {"from_on": "2026-01-01", "to_on": "2026-06-30", "due_on": "2026-04-01", "message": "Stå her", **days}
    response = login(cast.dean).post(f"{ROUNDS}ny/", sent)
    assert said in texts(response, "div", id="error-summary")[0]
    assert "Stå her" in response.content.decode()
    assert not ReportingRound.objects.exists()


def test_a_round_of_days_already_asked_about_is_refused_in_words(cast: Cast, plan: Document, login: Login) -> None:
    asked = opened(plan, cast.dean, to_on=date(2026, 6, 30))
    client = login(cast.dean)
    days = {"from_on": "2026-06-01", "to_on": "2026-12-31", "due_on": "2026-08-01"}
    still_open = texts(client.post(f"{ROUNDS}ny/", days), "div", id="error-summary")[0]
    assert "En runde er allerede åpen, med frist 1. april 2026. Lukk den først." in still_open
    close(asked, cast.dean)
    same = texts(client.post(f"{ROUNDS}ny/", days), "div", id="error-summary")[0]
    assert "Perioden begynner: Det er allerede holdt en runde for 1. januar 2026 – 30. juni 2026." in same


def test_the_next_round_stands_beside_the_one_before(cast: Cast, plan: Document, login: Login) -> None:
    first = opened(plan, cast.dean, to_on=date(2026, 3, 1))
    tell("ett", cast, "not_started")
    close(first, cast.dean)
    tell("ett", cast, "under_way", now=NOW + timedelta(hours=1))
    second = opened(plan, cast.dean, from_on=date(2026, 3, 2), due_on=date(2026, 5, 1))
    client = login(cast.reader)
    now = texts(client.get(f"{ROUNDS}{second.pk}/"), "table")[1]
    assert "Tiltak ett Ikke startet I gang 1 av 3 i gang, 2 har ikke rapportert 0 av 3" in now
    then = texts(client.get(f"{ROUNDS}{first.pk}/"), "table")[1]
    words = "Ikke startet .* Ikke startet 1 av 3 ikke startet, 2 har ikke rapportert –"
    assert re.search(f"Tiltak ett Institutt for historiske og klassiske studier {words}", then)
    assert "I gang" not in then


def test_a_report_written_while_the_round_closed_is_saved_and_that_is_said(
    cast: Cast, plan: Document, login: Login
) -> None:
    asked = opened(plan, cast.dean)
    close(asked, cast.dean)
    data = {"unit": cast.ihk.pk, "state": "under_way", "text": "Sent", "round": asked.pk}
    response = login(cast.coordinator).post("/tiltak/to/rapporter/", data, follow=True)
    said = "Runden ble lukket mens du skrev. Rapporten er lagret, men er ikke med i runden."
    assert said in text_of(response.content.decode())
    assert StatusReport.objects.get().round is None
    late = login(cast.coordinator).post(f"{ROUNDS}{asked.pk}/ferdig/ihk/", follow=True)
    assert "Runden ble lukket av Dekan" in text_of(late.content.decode())
    assert not RoundUnit.objects.exists()


def test_opening_is_undone_and_the_deadline_put_off(cast: Cast, plan: Document, login: Login) -> None:
    asked = opened(plan, cast.dean)
    client = login(cast.dean)
    client.post(f"{ROUNDS}{asked.pk}/endre/", {"due_on": "2026-05-01", "lock_version": "1"})
    assert ReportingRound.objects.get().due_on == date(2026, 5, 1)
    stale = client.post(f"{ROUNDS}{asked.pk}/endre/", {"due_on": "2026-06-01", "lock_version": "1"})
    assert len(texts(stale, "section", id="conflict")) == 1
    response = client.post(f"{ROUNDS}{asked.pk}/angre/", follow=True)
    assert "Åpningen av runden er angret." in text_of(response.content.decode())
    assert not ReportingRound.objects.exists()


def test_my_work_asks_until_the_unit_is_finished(cast: Cast, plan: Document, login: Login) -> None:
    asked = opened(plan, cast.dean)
    client = login(cast.coordinator)
    [said] = texts(client.get("/mitt-arbeid/"), "section", aria_labelledby="group-asks")
    line = "Rapporter for Planen, 2026 {} frist 1. april (om 2 uker) 2 tiltak"
    assert said == f"Rapporter 2 {line.format('IHK')} {line.format('ISL')}"
    reporting.set_finished(asked, cast.ihk, by=cast.coordinator, now=NOW, is_finished=True)
    [said] = texts(client.get("/mitt-arbeid/"), "section", aria_labelledby="group-asks")
    assert said == f"Rapporter 1 {line.format('ISL')}"
    close(asked, cast.dean)
    assert texts(client.get("/mitt-arbeid/"), "section", aria_labelledby="group-asks") == []


def test_a_message_written_while_the_round_was_closed_is_not_lost(cast: Cast, plan: Document, login: Login) -> None:
    asked = opened(plan, cast.dean)
    close(asked, cast.dean)
    written = {"due_on": "2026-05-01", "message": "En lang melding til alle enhetene", "lock_version": "1"}
    response = login(cast.dean).post(f"{ROUNDS}{asked.pk}/endre/", written)
    assert response.status_code == 404
    assert "En lang melding til alle enhetene</textarea>" in response.content.decode()


def test_in_english_the_buttons_are_verbs_and_the_units_have_their_english_names(
    cast: Cast, plan: Document, login: Login
) -> None:
    for unit in (cast.ihk, cast.isl):
        unit.name_en = f"Department {unit.slug}"
        unit.save()
    asked = opened(plan, cast.dean)
    tell("ett", cast)
    client = login(cast.adviser)
    client.cookies["django_language"] = "en"
    here = f"{ROUNDS}{asked.pk}/"
    assert texts(client.get(here), "a", href=STATUS, class_="ds-button") == ["Report"]
    assert texts(client.get(STATUS), "a", id="rapporter-ett") == ["Report Tiltak ett"]
    assert texts(client.get("/tiltak/ett/rapporter/"), "h1") == ["Report"]
    close(asked, cast.dean)
    Unit.objects.filter(pk=cast.isl.pk).update(name="Annet navn", name_en="Another name")
    units, measures = texts(client.get(here), "table")
    assert "Department ihk 1 of 2" in units
    assert "Department ihk Under way" in measures
    assert cast.isl.name in units  # as it was called then
    assert "Another name" not in units


def test_a_round_tells_what_was_changed_in_it_and_why(cast: Cast, plan: Document, login: Login) -> None:
    asked = opened(plan, cast.dean)
    client, here = login(cast.dean), f"{ROUNDS}{asked.pk}/"
    client.post(f"{here}endre/", {"due_on": "2026-05-01", "message": "Kort", "lock_version": "1", "why": "Påske"})
    for by, is_finished in ((cast.coordinator, True), (cast.adviser, False)):
        reporting.set_finished(asked, cast.ihk, by=by, now=NOW, is_finished=is_finished)
    assert f'href="{here}endringer/"' in client.get(here).content.decode()
    said = texts(client.get(f"{here}endringer/"), "ol", class_="changes")[0]
    assert "Påske Frist for å rapportere Fra 1. april 2026 Til 1. mai 2026 Melding til enhetene Fra – Til Kort" in said
    assert "IHK: Meldt ferdig." in said
    assert "IHK: Angret." in said
    assert "Meldt ferdig av Fra Koordinator Til –" in said
