"""The pages as people meet them, with and without script."""

import json
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from config.lib import pdf
from reports.models import Rendering
from strategy.models import Document
from tests import factories as make
from tests.cast import Cast
from tests.reports.builders import NOW, order

HTMX = {"HX-Request": "true"}


@pytest.fixture
def plan(cast: Cast, today: date) -> Document:
    return make.document("planen", cast.hf, title="Planen")


@pytest.fixture
def dean(cast: Cast, client: Client) -> Client:
    client.force_login(cast.dean)
    return client


@pytest.fixture(autouse=True)
def pdfs_can_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "is_available", lambda: True)


def page(response: Any) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(node: Any) -> str:
    return " ".join(node.get_text(" ").split())


def test_plans_come_first_the_others_after_and_drafts_of_others_not_at_all(
    cast: Cast, plan: Document, dean: Client
) -> None:
    make.document("gammel", cast.hf, title="Gammel plan", state="expired")
    make.document("strategien", cast.university, title="Strategien", kind="strategy")
    make.document("hemmelig", cast.university, title="Hemmelig", state="draft")
    titles = [words(title) for title in page(dean.get("/rapporter/")).select(".rows .row-title")]
    assert titles == ["Planen", "Gammel plan", "Strategien"]


def test_filters_stand_in_the_address_and_nonsense_is_left_out(cast: Cast, plan: Document, dean: Client) -> None:
    make.document("gammel", cast.university, title="Gammel plan", state="expired")
    kept = {
        query: [words(title) for title in page(dean.get(f"/rapporter/?{query}")).select(".rows .row-title")]
        for query in ("status=expired", "eier=hf", "eier=hf&status=expired", "eier=tull", "aar=tull")
    }
    assert kept == {
        "status=expired": ["Gammel plan"],
        "eier=hf": ["Planen"],
        "eier=hf&status=expired": [],
        "eier=tull": ["Planen", "Gammel plan"],
        "aar=tull": ["Planen", "Gammel plan"],
    }


def test_nothing_found_says_how_to_see_all(cast: Cast, plan: Document, dean: Client) -> None:
    make.document("gammel", cast.university, state="expired")
    empty = page(dean.get("/rapporter/?eier=hf&status=expired")).select_one(".empty")
    assert words(empty) == "Ingen planer passer med det du har valgt Vis alle planene"


def test_htmx_gets_the_list_alone(plan: Document, dean: Client) -> None:
    part = page(dean.get("/rapporter/", headers=HTMX))
    assert part.find("html") is None
    assert [words(title) for title in part.select(".rows .row-title")] == ["Planen"]


def test_a_plan_without_a_wheel_says_so(plan: Document, dean: Client) -> None:
    empty = page(dean.get("/rapporter/planen/")).select_one(".empty .row-title")
    assert words(empty) == "Planen har ikke noe årshjul ennå"


def test_an_empty_list_is_good_news(plan: Document, dean: Client) -> None:
    shown = page(dean.get("/rapporter/planen/liste/?vis=forsinket"))
    assert [words(title) for title in shown.select("h1, .empty .row-title")] == ["Forsinket", "Ingenting er forsinket"]
    for query in ("", "?vis=tull"):
        opened = page(dean.get(f"/rapporter/planen/liste/{query}"))
        assert (words(opened.h1), opened.select(".ds-validation-message")) == ("Mål uten tiltak", [])


def test_ordering_leads_to_the_page_that_waits(cast: Cast, plan: Document, dean: Client) -> None:
    response = dean.post("/rapporter/planen/pdf/")
    made = Rendering.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/rapporter/bestilling/{made.pk}/")
    assert (made.requested_by, made.language, made.state) == (cast.dean, "nb", "queued")


def test_the_order_is_in_the_language_of_the_interface(plan: Document, dean: Client) -> None:
    dean.cookies["django_language"] = "en"
    dean.post("/rapporter/planen/pdf/")
    assert Rendering.objects.get().language == "en"


def test_ordering_is_never_by_a_link(plan: Document, dean: Client) -> None:
    assert dean.get("/rapporter/planen/pdf/").status_code == 405


@pytest.mark.parametrize(
    ("fields", "said", "bar"),
    [
        ({}, "Står i kø.", ("0", "4")),
        ({"state": "running", "step": 1, "step_words": "Setter side 7."}, "Steg 2 av 4: Setter side 7.", ("1", "4")),
        ({"state": "running", "step": 0, "step_words": ""}, "Steg 1 av 4: Begynner.", ("0", "4")),
    ],
)
def test_waiting_tells_how_far_it_has_come(
    cast: Cast, plan: Document, dean: Client, fields: dict[str, Any], said: str, bar: tuple[str, str]
) -> None:
    shown = page(dean.get(f"/rapporter/bestilling/{order(plan, cast.dean, **fields).pk}/"))
    progress = shown.select_one(".progress")
    assert progress is not None
    assert said in words(progress)
    assert "Du kan gå fra siden og komme tilbake." in words(progress)
    [drawn] = progress.select("progress")
    assert (drawn["value"], drawn["max"]) == bar
    assert len(shown.select('noscript meta[http-equiv="refresh"]')) == 1


def test_when_done_it_gives_the_file_and_says_so(cast: Cast, plan: Document, dean: Client) -> None:
    made = order(plan, cast.dean, state="done")
    response = dean.get(f"/rapporter/bestilling/{made.pk}/", headers=HTMX)
    part = page(response)
    assert json.loads(response["HX-Trigger"]) == {"announce": "PDF-en er ferdig."}
    assert [link["href"] for link in part.select("a")] == [f"/rapporter/bestilling/{made.pk}/fil/"]
    assert part.select("[hx-get]") == []
    file = dean.get(f"/rapporter/bestilling/{made.pk}/fil/")
    assert (file.content, file["Content-Type"]) == (b"%PDF-1.7", "application/pdf")
    assert file["Content-Disposition"] == 'attachment; filename="planen.pdf"'


def test_a_failure_says_what_happened_and_can_be_tried_again(cast: Cast, plan: Document, dean: Client) -> None:
    made = order(plan, cast.dean, state="failed", error="Noe gikk galt.", finished_at=NOW)
    shown = page(dean.get(f"/rapporter/bestilling/{made.pk}/"))
    assert words(shown.select_one(".notice")) == "Dokumentet ble ikke laget Noe gikk galt."
    [form] = shown.select(".progress form")
    assert (form["method"], form["action"]) == ("post", "/rapporter/planen/pdf/")
    assert dean.get(f"/rapporter/bestilling/{made.pk}/fil/").status_code == 404
    dean.post(str(form["action"]))
    assert Rendering.objects.count() == 2


def test_only_who_ordered_sees_it(cast: Cast, plan: Document, client: Client) -> None:
    made = order(plan, cast.dean, state="done")
    client.force_login(cast.administrator)
    assert client.get(f"/rapporter/bestilling/{made.pk}/").status_code == 404
    assert client.get(f"/rapporter/bestilling/{made.pk}/fil/").status_code == 404


def test_an_order_is_gone_with_the_right_to_read_the_document(cast: Cast, plan: Document, client: Client) -> None:
    made = order(plan, cast.outsider, state="done")
    client.force_login(cast.outsider)
    assert client.get(f"/rapporter/bestilling/{made.pk}/").status_code == 200
    Document.objects.filter(pk=plan.pk).update(state="draft")
    assert client.get(f"/rapporter/bestilling/{made.pk}/").status_code == 404


def test_one_comes_back_to_ones_own_orders(cast: Cast, plan: Document, dean: Client) -> None:
    done = order(plan, cast.dean, state="done")
    waiting = order(plan, cast.dean, state="running", step=1, step_words="Setter sidene.")
    order(plan, cast.reader)
    listed = page(dean.get("/rapporter/")).select("section[aria-labelledby=bestilt] li")
    assert {(item.a["href"], words(item)) for item in listed if item.a} == {
        (f"/rapporter/bestilling/{done.pk}/fil/", "Planen Ferdig. Bestilt i dag kl. 12.00"),
        (f"/rapporter/bestilling/{waiting.pk}/", "Planen Steg 2 av 4: Setter sidene. Bestilt i dag kl. 12.00"),
    }


def test_without_the_libraries_the_page_and_the_button_say_so(
    plan: Document, dean: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    why = (
        "Tjeneren mangler det som trengs for å lage PDF. "
        "Den som drifter den, må installere libpangoft2-1.0-0 og libharfbuzz-subset0."
    )
    shown = page(dean.get("/rapporter/"))
    assert words(shown.select_one(".notice")) == why
    assert words(shown.select_one("#pdf-planen")) == "PDF er slått av"
    answer = dean.post("/rapporter/planen/pdf/", follow=True)
    assert [str(message) for message in answer.context["messages"]] == [why]
    assert not Rendering.objects.exists()
