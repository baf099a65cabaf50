"""How measures stand, as people meet it: the measure's page, the plan's status, rounds, evaluation and what follows."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annual_wheel import services
from annual_wheel.evaluation_page import advice_by_entry
from annual_wheel.measure_ticks import ticks_between
from annual_wheel.models import Entry, UnitNote
from organisation.models import Unit, User
from planning import reporting
from planning.models import Evaluation, Measure, MeasureResponsibility, ReportingRound, RoundUnit, StatusReport
from strategy.models import Document
from tests import factories as make
from tests.cast import Cast
from tests.page import text_of, texts

NOW = datetime(2026, 3, 14, 9, tzinfo=UTC)
TODAY = date(2026, 3, 15)
STATUS, ROUNDS = "/planer/planen/status/", "/planer/planen/runder/"
Login = Callable[[User], Client]


@pytest.fixture
def login(client: Client, today: date) -> Login:
    def log_in(user: User) -> Client:
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def plan(cast: Cast, today: date) -> Document:
    """Two measures of the departments, one of them in the wheel, and one of the faculty."""
    plan = make.document("planen", cast.hf, title="Planen", is_public=True)
    for position, (key, group) in enumerate((("ett", True), ("to", True), ("fak", False))):
        measure = make.measure(plan, key=key, text=f"Tiltak {key}", position=position)
        party = {"group": cast.departments} if group else {"unit": cast.hf}
        MeasureResponsibility.objects.create(measure=measure, **party)
    wheel = make.wheel("hjulet", cast.hf, title="Hjulet", document=plan)
    entry = make.entry(wheel, cast.departments, key="punktet", text="Punktet")
    entry.measures.add(Measure.objects.get(key="ett"))
    make.edition(entry)
    return plan


def opened(plan: Document, by: User, **fields: Any) -> ReportingRound:
    days = {"from_on": date(2026, 1, 1), "to_on": date(2026, 12, 31), "due_on": date(2026, 4, 1)}
    asked = ReportingRound(document=plan, **{**days, **fields})
    return reporting.start_round(asked, by=by, now=NOW, today=TODAY)


def tell(key: str, cast: Cast, state: str = "under_way", text: str = "Slik står det.", **fields: Any) -> None:
    said = {"unit": cast.ihk, "by": cast.coordinator, "now": NOW, "next_step": "", **fields}
    reporting.report([Measure.objects.get(key=key)], state=state, text=text, **said)


def rows(response: Any) -> dict[str, str]:
    """What each row says, by its measure."""
    soup = BeautifulSoup(response.content, "html.parser")
    found = soup.select("li.follow-row[id]")
    return {str(row["id"]).removeprefix("rad-"): text_of(str(row)) for row in found}


def figures(response: Any) -> dict[str, int]:
    found = re.findall(r'vis=([\w-]+)"[^>]*><strong class="numeric">(\d+)', response.content.decode())
    return {code: int(number) for code, number in found}


# --- The measure's page ---------------------------------------------------------------------------------------------


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


# --- The plan's status ----------------------------------------------------------------------------------------------


def test_numbers_open_into_their_lists(cast: Cast, plan: Document, login: Login) -> None:
    for unit in (cast.ihk, cast.isl, cast.imu):
        tell("ett", cast, "carried_out", unit=unit)
    tell("to", cast, "late")
    client = login(cast.reader)
    assert figures(client.get(STATUS)) == {"gjennomfort": 1, "forsinket": 1, "ikke-rapportert": 1, "uenig": 1}
    shown = {code: list(rows(client.get(f"{STATUS}?vis={code}"))) for code in ("forsinket", "uenig", "stoppet")}
    assert shown == {"forsinket": ["to"], "uenig": ["ett"], "stoppet": []}
    assert "Ingen tiltak her" in text_of(client.get(f"{STATUS}?vis=stoppet").content.decode())


def test_one_units_stop_is_neither_the_measures_nor_another_units(cast: Cast, plan: Document, login: Login) -> None:
    asked = opened(plan, cast.dean)
    tell("ett", cast, "stopped", "Ikke hos oss")
    client = login(cast.dean)
    assert "1 av 3 stoppet, 2 har ikke rapportert" in rows(client.get(STATUS))["ett"]
    assert figures(client.get(STATUS)) == {"ikke-rapportert": 3}
    assert figures(client.get(f"{STATUS}?enhet=ihk")) == {"stoppet": 1, "ikke-rapportert": 1, "uenig": 1}
    assert figures(client.get(f"{STATUS}?enhet=isl")) == {"ikke-rapportert": 2}
    assert "Ikke hos oss" not in rows(client.get(f"{STATUS}?enhet=isl"))["ett"]
    assert "1 av 3 stoppet" in texts(client.get("/rapporter/planen/"), "section", aria_labelledby="staar")[0]
    close(asked, cast.dean)
    then = texts(client.get(f"{ROUNDS}{asked.pk}/"), "table")[1]
    assert "1 av 3 stoppet, 2 har ikke rapportert 0 av 3 Tiltak to" in then
    assert ReportingRound.objects.get().frozen["measures"][0]["state"] == ""  # type: ignore[index]


def test_a_measure_taken_out_in_the_middle_of_a_round_is_marked_there(cast: Cast, plan: Document, login: Login) -> None:
    asked = opened(plan, cast.dean)
    tell("ett", cast, "under_way", "Dette ble sagt")
    Measure.objects.filter(key="ett").update(status="retired")
    client = login(cast.dean)
    here = f"{ROUNDS}{asked.pk}/"
    assert "Tiltak ett Tatt ut av planen mens runden var åpen" in texts(client.get(here), "table")[1]
    close(asked, cast.dean)
    kept = texts(client.get(here), "table")[1]
    assert "Tiltak ett Tatt ut av planen før runden ble lukket" in kept
    assert "Dette ble sagt" in kept


def test_the_owners_stop_is_the_whole_measures(cast: Cast, plan: Document, login: Login) -> None:
    tell("ett", cast, "stopped", "Vi slutter", unit=cast.hf, by=cast.adviser)
    tell("ett", cast, "under_way", now=NOW + timedelta(hours=1))
    said = rows(login(cast.dean).get(STATUS))["ett"]
    assert "Stoppet HF har sagt det for hele tiltaket; 1 av 3 i gang, 2 har ikke rapportert" in said


def test_a_unit_has_its_own_measures_and_a_plan_without_measures_says_so(
    cast: Cast, plan: Document, login: Login
) -> None:
    client = login(cast.coordinator)
    assert list(rows(client.get(f"{STATUS}?enhet=ihk"))) == ["ett", "to"]
    assert client.get(f"{STATUS}?enhet=nv").status_code == 404
    make.document("tom", cast.hf, title="Tom")
    assert "Ingen tiltak å rapportere på" in text_of(client.get("/planer/tom/status/").content.decode())


def test_several_get_the_same_state_at_once(cast: Cast, plan: Document, login: Login) -> None:
    asked = opened(plan, cast.dean)
    client = login(cast.coordinator)
    data = {"measure": ["ett", "to", "fak"], "unit": cast.ihk.pk, "state": "under_way", "text": "Alt går"}
    response = client.post(f"{STATUS}?enhet=ihk", data, follow=True)
    told = StatusReport.objects.order_by("measure__key").values_list("measure__key", "unit__slug", "round")
    assert list(told) == [("ett", "ihk", asked.pk), ("to", "ihk", asked.pk)]
    assert "2 rapporter er lagret." in text_of(response.content.decode())
    assert "2 av 2 tiltak er rapportert" in text_of(response.content.decode())


def several_told(cast: Cast, client: Client) -> str:
    """Tell of both of the departments' measures, and return where it is undone."""
    data = {"measure": ["ett", "to"], "unit": cast.ihk.pk, "state": "under_way", "text": "Alt går"}
    page = client.post(f"{STATUS}?enhet=ihk", data, follow=True)
    return str(next(iter(page.context["messages"])).extra_tags)


def test_what_was_told_of_several_is_taken_back_in_one_press(cast: Cast, plan: Document, login: Login) -> None:
    asked = opened(plan, cast.dean)
    tell("ett", cast, "not_started", "Ikke ennå")
    client = login(cast.coordinator)
    page = client.post(several_told(cast, client), HTTP_REFERER=f"http://testserver{STATUS}?enhet=ihk")
    assert page["Location"] == f"{STATUS}?enhet=ihk"
    page = client.get(page["Location"])
    assert "2 rapporter er tatt tilbake." in text_of(page.content.decode())
    assert "Ikke ennå" in rows(page)["ett"]
    assert "Alt går" not in page.content.decode()
    kept = StatusReport._base_manager.filter(withdrawn_by=cast.coordinator)
    assert [(report.text, report.withdrawn_at is not None) for report in kept] == [("Alt går", True)] * 2
    assert [report.text for report in asked.reports.all()] == ["Ikke ennå"]  # type: ignore[attr-defined]


def test_what_somebody_has_told_of_since_or_a_closed_round_keeps_stays_and_is_named(
    cast: Cast, plan: Document, login: Login
) -> None:
    client = login(cast.coordinator)
    undo = several_told(cast, client)
    tell("to", cast, "late", "Det stoppet opp", by=cast.adviser, now=datetime.now(UTC) + timedelta(hours=1))
    page = text_of(client.post(undo, follow=True).content.decode())
    assert "Rapporten er tatt tilbake." in page
    assert "Disse står som de er: «Tiltak to»." in page
    assert "Det er ingenting å angre." not in page

    asked = opened(plan, cast.dean)
    undo = several_told(cast, client)
    reporting.close_round(asked, by=cast.dean, now=NOW, today=TODAY, ticks_between=ticks_between)
    page = text_of(client.post(undo, follow=True).content.decode())
    assert "eller runden er lukket. Disse står som de er: «Tiltak ett», «Tiltak to»." in page


def test_nobody_takes_back_what_another_told(cast: Cast, plan: Document, login: Login) -> None:
    undo = several_told(cast, login(cast.coordinator))
    page = login(cast.administrator).post(undo, follow=True)
    assert "Det er ingenting å angre." in page.content.decode()
    assert StatusReport.objects.count() == 2


def test_a_round_can_be_taken_back_when_the_only_answer_was(cast: Cast, plan: Document, login: Login) -> None:
    asked = opened(plan, cast.dean)
    client = login(cast.coordinator)
    client.post(several_told(cast, client))
    reporting.undo_round(asked, by=cast.dean)
    assert not ReportingRound.objects.exists()


def test_several_without_a_choice_or_against_the_ticks_keep_what_was_typed(
    cast: Cast, plan: Document, login: Login
) -> None:
    client = login(cast.coordinator)
    data = {"unit": cast.ihk.pk, "state": "carried_out", "text": "Gjort alt"}
    none = client.post(f"{STATUS}?enhet=ihk", data)
    assert "Du har ikke valgt noen tiltak." in texts(none, "div", id="error-summary")[0]
    asked = client.post(f"{STATUS}?enhet=ihk", {**data, "measure": ["ett", "to"]})
    assert "Tiltak ett Meldt gjennomført" in texts(asked, "div", id="clashes")[0]
    assert asked.content.decode().count(" checked") == 3  # the two measures and the state
    assert not StatusReport.objects.exists()
    mark = re.findall(r'name="confirmed" value="(\w+)"', asked.content.decode())[0]
    client.post(f"{STATUS}?enhet=ihk", {**data, "measure": ["ett", "to"], "confirmed": mark})
    assert StatusReport.objects.count() == 2


def test_what_has_gone_stale_is_marked_on_the_plans_report(cast: Cast, plan: Document, login: Login) -> None:
    Measure.history.filter(key__in=["to", "ett"]).update(history_date=datetime(2025, 1, 1, tzinfo=UTC))
    tell("ett", cast)
    response = login(cast.dean).get("/rapporter/planen/")
    [said] = texts(response, "section", aria_labelledby="staar")
    assert "1 stille i et halvt år" in said
    assert "Bør ses på 1 Tiltak to Ikke rapportert Stille i et halvt år" in said
    assert "Tiltak ett" not in said


def test_status_and_report_cost_the_same_for_few_and_for_many(cast: Cast, plan: Document, login: Login) -> None:
    client = login(cast.dean)
    opened(plan, cast.dean)
    tell("ett", cast)
    pages = [STATUS, f"{STATUS}?enhet=hf", "/rapporter/planen/", "/planer/planen/evaluering/2026/", "/mitt-arbeid/"]

    def counts() -> list[int]:
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            found.append(len(queries))
        return found

    counts()
    before = counts()
    for number in range(3):
        measure = make.measure(plan, key=f"mer-{number}")
        MeasureResponsibility.objects.create(measure=measure, group=cast.departments)
        tell(measure.key, cast)
        evaluate(measure.key, cast)
        Entry.objects.get().measures.add(measure)
    counts()  # what has gone stale is read anew, and kept
    assert counts() == before


# --- Rounds ---------------------------------------------------------------------------------------------------------


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


def close(asked: ReportingRound, by: User) -> None:
    reporting.close_round(asked, by=by, now=NOW, today=TODAY, ticks_between=ticks_between)


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


# --- Evaluation -----------------------------------------------------------------------------------------------------


def evaluate(key: str, cast: Cast, verdict: str = "change", **fields: Any) -> Evaluation:
    words = {"measure": Measure.objects.get(key=key), "year": 2026, "unit": cast.ihk, "text": "Ga lite", **fields}
    return reporting.evaluate(Evaluation(verdict=verdict, **words), by=cast.coordinator, now=NOW, expected=None)


def test_evaluation_gathers_what_is_known_of_the_year(cast: Cast, plan: Document, login: Login) -> None:
    tell("ett", cast, text="Rapportert")
    edition = Entry.objects.get().editions.get()
    tasks = make.tasks_of(edition)
    services.tick(tasks["ihk"], by=cast.coordinator, now=NOW, note="Mange kom")
    UnitNote.objects.create(edition=edition, unit=cast.hf, text="Vi hjalp til")
    client = login(cast.coordinator)
    here = "/planer/planen/evaluering/2026/"
    assert rows(client.get(here))["ett"].endswith("Evaluer for IHK Tiltak ett Evaluer for ISL Tiltak ett")
    form = "/tiltak/ett/evaluer/2026/ihk/"
    assert "Det er én ting å rette" in text_of(client.post(form, {"text": "Ga mye"}).content.decode())
    response = client.post(form, {"text": "Ga mye", "verdict": "continue"})
    assert response.headers["Location"] == f"{here}#rad-ett"
    said = rows(login(cast.adviser).get(here))["ett"]
    assert "1 av 3 kvittert ut i 2026 Fortsett Institutt for historiske og klassiske studier, Koordinator" in said
    assert "Ga mye" in said
    assert "Rapportert" in said
    assert "IHK: Mange kom" in said
    assert "HF: Vi hjalp til" in said
    assert list(rows(client.get(f"{here}?vis=continue"))) == ["ett"]
    assert list(rows(client.get(f"{here}?vis=uten"))) == ["to", "fak"]


def test_an_evaluation_is_changed_and_who_was_second_sees_both(cast: Cast, plan: Document, login: Login) -> None:
    evaluate("ett", cast)
    client = login(cast.coordinator)
    form = "/tiltak/ett/evaluer/2026/ihk/"
    client.post(form, {"text": "Ga mer", "verdict": "stop", "lock_version": "1", "why": "Nye tall"})
    stale = client.post(form, {"text": "Ga mest", "verdict": "stop", "lock_version": "1"})
    assert len(texts(stale, "section", id="conflict")) == 1
    stored = Evaluation.objects.get()
    assert (stored.text, stored.verdict, stored.lock_version) == ("Ga mer", "stop", 2)


def test_what_should_change_is_said_in_the_years_turn(cast: Cast, plan: Document, login: Login) -> None:
    evaluate("ett", cast, "continue", year=2025)
    evaluate("ett", cast, "stop", text="Ingen kom")
    evaluate("ett", cast, "change", unit=cast.imu, text="Heller i mai")
    evaluate("to", cast, "stop")
    said = "Tiltaket bør stoppes (IHK, 2026): Ingen kom"
    page = text_of(login(cast.adviser).get("/aarshjul/hjulet/2027/vending/").content.decode())
    assert said in page
    assert "Tiltaket bør endres (IMU, 2026): Heller i mai" in page
    own = text_of(login(cast.coordinator).get("/aarshjul/hjulet/2027/vending/").content.decode())
    assert (said in own, "Heller i mai" in own) == (True, False)
    entry = Entry.objects.get()
    assert advice_by_entry([entry.pk], 2026, cast.adviser, today=TODAY) == {}


def test_an_old_advice_gives_way_to_a_newer_one(cast: Cast, plan: Document) -> None:
    entry = Entry.objects.get()
    evaluate("ett", cast, "stop", year=2025, text="Nei")
    assert list(advice_by_entry([entry.pk], 2027, cast.adviser, today=TODAY)) == [entry.pk]
    assert advice_by_entry([entry.pk], 2028, cast.adviser, today=TODAY) == {}
    evaluate("ett", cast, "continue", year=2026)
    assert advice_by_entry([entry.pk], 2027, cast.adviser, today=TODAY) == {}


def test_whoever_writes_the_next_draft_sees_the_newest_evaluation(cast: Cast, plan: Document, login: Login) -> None:
    evaluate("ett", cast, "continue", year=2024, text="Gammelt")
    evaluate("ett", cast, "stop", text="Ingen kom")
    page = text_of(login(cast.adviser).get("/planer/planen/rediger/").content.decode())
    assert "Evaluert 2026, IHK: Stopp. Ingen kom" in page
    assert "Gammelt" not in page


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


# --- What has been changed ------------------------------------------------------------------------------------------


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


def test_an_evaluation_tells_what_was_changed_in_it_and_why(cast: Cast, plan: Document, login: Login) -> None:
    evaluate("ett", cast, "change", text="Før")
    client, here = login(cast.coordinator), "/tiltak/ett/evaluer/2026/ihk/"
    client.post(here, {"text": "Etter", "verdict": "stop", "lock_version": "1", "why": "Nye tall"})
    assert f'href="{here}endringer/"' in client.get("/planer/planen/evaluering/2026/").content.decode()
    said = texts(client.get(f"{here}endringer/"), "ol", class_="changes")[0]
    assert "Nye tall" in said
    assert "Hva ga tiltaket Fra Før Til Etter" in said
    assert "Hva bør skje videre Fra endre Til stopp" in said
    assert login(cast.outsider).get(f"{here}endringer/").status_code == 404
