"""How the measures of a plan stand, and telling of several at once."""

import re
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annual_wheel.measure_ticks import ticks_between
from annual_wheel.models import Entry
from annual_wheel.status_page import status_url
from planning import reporting
from planning.models import Measure, MeasureResponsibility, ReportingRound, StatusReport
from strategy.models import Document
from tests import factories as make
from tests.annual_wheel.following.told import (
    NOW,
    ROUNDS,
    STATUS,
    TODAY,
    Login,
    close,
    evaluate,
    figures,
    opened,
    rows,
    tell,
)
from tests.cast import Cast
from tests.page import text_of, texts


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


def test_after_an_undo_one_is_led_nowhere_else(cast: Cast, plan: Document, login: Login) -> None:
    client = login(cast.coordinator)
    undo = several_told(cast, client)
    for referer in ("http://testserver//elsewhere.example/x", "http://elsewhere.example/x"):
        answer = client.post(undo, headers={"Referer": referer})
        assert answer["Location"] == status_url(plan.slug)


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
