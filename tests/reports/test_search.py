"""What is found, by whom, and how it is shown."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisation.models import User
from reports.search import highlighted, search
from strategy.services import freeze
from tests import factories as make
from tests.cast import Cast
from tests.conftest import forget

TODAY = date(2026, 3, 15)
NOW = datetime(2026, 3, 15, 12, tzinfo=ZoneInfo("Europe/Oslo"))


def found(text: str, user: User, only: str = "") -> dict[str, list[str]]:
    groups = search(text, user=user, today=TODAY, only=only)
    return {group.group.value: [hit.text for hit in group.hits] for group in groups}


@pytest.fixture
def world(cast: Cast) -> Cast:
    plan = make.document("planen", cast.hf, title="Plan for økt rekruttering")
    goal = make.goal(plan, text="ØKE søkningen")
    make.route(plan, text="Økt synlighet")
    make.measure(plan, goal, text="Få flere til å søke, og øke samarbeidet")
    make.entry(make.wheel("hjulet", cast.hf, title="Hjulet"), text="Søknadsfristen økes")
    make.goal(make.document("hemmelig", cast.university, state="draft"), text="Øke i det skjulte")
    return cast


def test_every_kind_is_found_whatever_the_case_of_norwegian_letters(world: Cast) -> None:
    assert found("øK", world.reader) == {
        "dokumenter": ["Plan for <mark>øk</mark>t rekruttering"],
        "mal": ["<mark>ØK</mark>E s<mark>øk</mark>ningen"],
        "veivalg": ["<mark>Øk</mark>t synlighet"],
        "tiltak": ["Få flere til å s<mark>øk</mark>e, og <mark>øk</mark>e samarbeidet"],
        "arshjul": ["S<mark>øk</mark>nadsfristen <mark>øk</mark>es"],
    }


def test_all_the_words_must_be_there_and_parts_of_words_will_do(world: Cast) -> None:
    assert found("frist søknad", world.reader) == {"arshjul": ["<mark>Søknad</mark>s<mark>frist</mark>en økes"]}
    assert found("frist finnesikke", world.reader) == {}
    assert found("", world.reader) == {}
    assert found("   ", world.reader) == {}


def test_drafts_of_others_are_not_found(world: Cast) -> None:
    assert found("skjulte", world.reader) == {}
    assert list(found("skjulte", world.administrator)) == ["mal"]


def test_readers_find_what_is_in_force(cast: Cast) -> None:
    plan = make.document("planen", cast.hf)
    goal = make.goal(plan, text="Vedtatt ordlyd")
    freeze(plan, by=cast.dean, now=NOW)
    goal.text = "Ny ordlyd"
    goal.save()
    assert found("ordlyd", cast.reader) == {"mal": ["Vedtatt <mark>ordlyd</mark>"]}


def test_units_are_found_by_their_short_names(world: Cast) -> None:
    assert found("ihk", world.reader) == {"enheter": ["Institutt for historiske og klassiske studier"]}


def test_a_unit_leads_to_what_it_owns(world: Cast, today: date) -> None:
    make.document("ihk", world.ihk, title="IHKs plan")
    client = Client()
    client.force_login(world.reader)
    [group] = search("ihk", user=world.reader, today=TODAY, only="enheter")
    page = BeautifulSoup(client.get(group.hits[0].url).content, "html.parser")
    assert [title.get_text(strip=True) for title in page.select(".row-title")] == ["IHKs plan"]


def test_retired_entries_are_not_found(cast: Cast) -> None:
    make.entry(make.wheel("hjulet", cast.hf), text="Tatt ut", status="retired")
    assert found("tatt", cast.reader) == {}


def test_what_is_written_is_shown_as_text(cast: Cast) -> None:
    assert highlighted("<b>Ål & ål</b>", ["ål"]) == "&lt;b&gt;<mark>Ål</mark> &amp; <mark>ål</mark>&lt;/b&gt;"
    assert highlighted("Straße", ["strasse"]) == "Straße"


def test_a_long_text_is_cut_round_the_first_hit() -> None:
    text = f"{'ord ' * 60}treffet {'mer ' * 60}"
    shown = highlighted(text, ["treffet"])
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert "<mark>treffet</mark>" in shown
    assert len(shown) < 250


def test_each_group_shows_its_first_and_opens_into_all(cast: Cast) -> None:
    plan = make.document("planen", cast.hf)
    for number in range(12):
        make.goal(plan, text=f"Mål nummer {number}")
    [group] = search("nummer", user=cast.reader, today=TODAY)
    assert (group.count, len(group.hits), group.has_more) == (12, 8, True)
    [whole] = search("nummer", user=cast.reader, today=TODAY, only="mal")
    assert (whole.count, len(whole.hits), whole.has_more) == (12, 12, False)


def test_the_page_keeps_the_words_and_says_how_many(world: Cast, client: Client, today: date) -> None:
    client.force_login(world.reader)
    page = BeautifulSoup(client.get("/sok/", {"q": "  frist "}).content, "html.parser")
    field = page.select_one("#q")
    assert field is not None
    assert field["value"] == "frist"
    assert [" ".join(node.get_text().split()) for node in page.select(".list-count, .group-title")] == [
        "1 treff",
        "Punkter i årshjul 1",
    ]


def test_nothing_found_gives_advice(world: Cast, client: Client, today: date) -> None:
    client.force_login(world.reader)
    page = BeautifulSoup(client.get("/sok/", {"q": "<finnes> ikke"}).content, "html.parser")
    assert [node.get_text() for node in page.select(".empty .row-title")] == ["Ingen treff på «<finnes> ikke»"]


def test_htmx_gets_the_hits_alone(world: Cast, client: Client, today: date) -> None:
    client.force_login(world.reader)
    part = BeautifulSoup(client.get("/sok/?q=frist", headers={"HX-Request": "true"}).content, "html.parser")
    assert part.find("form") is None
    assert len(part.select(".hit")) == 1


def test_as_many_questions_however_much_there_is(cast: Cast, client: Client, today: date) -> None:
    def fill(name: str, *, is_frozen: bool) -> None:
        plan = make.document(name, cast.hf)
        make.measure(plan, make.goal(plan, text="Ordet"), text="Ordet")
        make.entry(make.wheel(name, cast.hf), text="Ordet")
        if is_frozen:
            freeze(plan, by=cast.dean, now=NOW)

    def count() -> Any:
        forget()
        with CaptureQueriesContext(connection) as asked:
            client.get("/sok/?q=ordet")
        return len(asked)

    client.force_login(cast.reader)
    fill("en", is_frozen=True)
    fill("to", is_frozen=False)
    count()
    first = count()
    fill("tre", is_frozen=True)
    fill("fire", is_frozen=False)
    count()  # words just frozen are read once, then kept
    assert count() == first


def test_words_that_are_not_adopted_are_not_found(cast: Cast) -> None:
    plan = make.document("planen", cast.hf, title="Planen", vision="Gammel visjon")
    make.entry(make.wheel("hjulet", cast.hf), text="Foreslått visjon", status="proposed")
    freeze(plan, by=cast.dean, now=NOW)
    plan.vision = "Hemmelig visjon"
    plan.save()
    assert found("hemmelig", cast.outsider) == {}
    assert found("foreslått", cast.outsider) == {}
    assert found("gammel", cast.outsider) == {"dokumenter": ["Planen"]}
    assert list(found("foreslått", cast.reader)) == ["arshjul"]
