"""A unit that takes part can note without owning the tick; and what fan-out changed is listed for the editor."""

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from annual_wheel import opening, services
from annual_wheel.giving import give_again
from annual_wheel.models import EntryResponsibility, Task, UnitNote, Wheel
from annual_wheel.reporting_in import report_in
from organisation.models import Unit
from tests import factories as make
from tests.cast import Cast, client_of
from tests.page import texts
from tests.sending import send

NOW = datetime(2026, 1, 1, 12, tzinfo=ZoneInfo("Europe/Oslo"))
NOTE = "/aarshjul/punkt/messe/2026/merknad/ihk/"
CHANGES = "/aarshjul/hf/2026/tavle/endringer/"


@pytest.fixture
def wheel(today: date, cast: Cast) -> Wheel:
    """The faculty leads, the departments contribute."""
    wheel = make.wheel("hf", cast.hf)
    entry = make.entry(wheel, cast.hf, key="messe", text="Messe")
    EntryResponsibility.objects.create(entry=entry, group=cast.departments, relation="contributes", position=1)
    opening.open_year(wheel, year=2026, by=cast.adviser, now=NOW, today=date(2026, 1, 1))
    return wheel


def test_a_contributing_unit_notes_without_owning_the_tick(cast: Cast, wheel: Wheel) -> None:
    client = client_of(cast.coordinator)
    page = client.get("/aarshjul/punkt/messe/").content.decode()
    assert f'href="{NOTE}"' in page
    assert "/kvitter/" not in page
    send(client, NOTE, text="Vi stiller med to")
    said = client_of(cast.adviser).get("/aarshjul/punkt/messe/")
    assert "IHK: Vi stiller med to" in texts(said, "p", class_="task-note")
    assert UnitNote.objects.get().history.get().history_user == cast.coordinator


def test_two_notes_at_once_are_shown_to_the_second(cast: Cast, wheel: Wheel) -> None:
    client = client_of(cast.coordinator)
    page = client.get(NOTE)
    send(client_of(cast.adviser), NOTE, text="Den første")
    refused = send(client, NOTE, of=page, text="Den andre")
    assert "Noen skrev en merknad samtidig: «Den første»." in refused.content.decode()
    assert UnitNote.objects.get().text == "Den første"
    send(client, NOTE, of=refused, text="Begge")
    assert UnitNote.objects.get().text == "Begge"


def test_who_may_note_and_read_it(cast: Cast, wheel: Wheel) -> None:
    codes = {name: client_of(user).get(NOTE).status_code for name, user in cast.people.items()}
    assert codes == {
        "adviser": 200,
        "coordinator": 200,
        "dean": 200,
        "reader": 403,
        "outsider": 403,
        "administrator": 200,
    }
    send(client_of(cast.coordinator), NOTE, text="Vi stiller med to")
    seen = {
        name: "Vi stiller med to" in client_of(user).get("/aarshjul/punkt/messe/").content.decode()
        for name, user in cast.people.items()
    }
    assert seen == {
        "adviser": True,
        "coordinator": True,
        "dean": True,
        "reader": True,
        "outsider": False,
        "administrator": True,
    }


def test_the_unit_with_the_tick_has_no_second_note(cast: Cast, wheel: Wheel) -> None:
    assert client_of(cast.adviser).get("/aarshjul/punkt/messe/2026/merknad/hf/").status_code == 404


def rows(page: Any) -> list[str]:
    return [words.rsplit(" kl. ", 1)[0] for words in texts(page, "tr")[1:]]


@pytest.fixture
def fanned(today: date, cast: Cast) -> Wheel:
    """Something for those without a recruitment group."""
    groups = make.group("rekrutteringsgruppene", cast.hf, cast.isl, name="Med gruppe")
    rest = make.group(
        "uten", cast.hf, rule="children", member_kind="department", except_group=groups, name="Uten gruppe"
    )
    wheel = make.wheel("hf", cast.hf)
    make.entry(wheel, rest, key="gruppe", text="Opprette gruppe", month=11, when_words="1. november")
    opening.open_year(wheel, year=2026, by=cast.adviser, now=NOW, today=date(2026, 1, 1))
    return wheel


def test_what_fan_out_changed_is_told_with_why(cast: Cast, fanned: Wheel, today: date) -> None:
    assert "Ingenting er endret siden året ble åpnet" in client_of(cast.adviser).get(CHANGES).content.decode()
    make.unit("ifs", cast.hf, name="Institutt for fag og språk")
    give_again(today=today)
    group = fanned.entries.get().responsibilities.get().group.except_group  # type: ignore[union-attr]
    assert group is not None
    report_in(group, cast.ihk, by=cast.coordinator, today=today)
    Unit.objects.filter(slug="imu").update(closes_on=today)
    give_again(today=today)
    page = client_of(cast.adviser).get(CHANGES)
    assert [re.sub(r" \d+\. \w+$| i dag$", "", row) for row in rows(page)] == [
        "Institutt for musikk fikk ikke lenger oppgaven: Opprette gruppe Enheten er lagt ned.",
        "Institutt for historiske og klassiske studier fikk ikke lenger oppgaven: Opprette gruppe Enheten er ikke "
        "lenger blant de ansvarlige.",
        "Institutt for fag og språk fikk oppgaven: Opprette gruppe Enheten er kommet med blant de ansvarlige.",
    ]


def test_what_is_ticked_off_stays_when_the_unit_falls_away(cast: Cast, fanned: Wheel, today: date) -> None:
    task = Task.objects.get(unit=cast.ihk)
    services.tick(task, by=cast.coordinator, now=NOW)
    Unit.objects.filter(slug="ihk").update(closes_on=today)
    give_again(today=today)
    task.refresh_from_db()
    assert task.status == "done"
    assert rows(client_of(cast.adviser).get(CHANGES)) == []


def test_a_unit_reports_by_itself_that_it_has_a_group_now(cast: Cast, fanned: Wheel, today: date) -> None:
    client = client_of(cast.coordinator)
    client.post("/grupper/rekrutteringsgruppene/meld/", {"unit": "ihk"})
    task = Task.objects.get(unit=cast.ihk)
    assert (task.status, task.reason) == ("withdrawn", "Enheten er ikke lenger blant de ansvarlige.")
    assert rows(client_of(cast.adviser).get(CHANGES))[0].startswith("Institutt for historiske og klassiske studier")
