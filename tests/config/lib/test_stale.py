"""A form that is sent too late: what was written is not lost, and nothing is stored."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from config.lib.typed import MOST
from planning.models import Measure
from tests import factories as make
from tests.cast import Cast, client_of

EDIT = "/tiltak/tiltaket/endre/"
HERE = {"Origin": "http://testserver", "Referer": f"http://testserver{EDIT}"}
WRITTEN = {
    "text": "Ny tekst med <script>alert(1)</script>",
    "why": "to ord",
    "lock_version": "1",
    "password": "en lang hemmelig frase med ord",
    "responsible_was": "Det som sto før",
    "csrfmiddlewaretoken": "en to tre fire",
}
SHOWN = ["Ny tekst med &lt;script&gt;alert(1)&lt;/script&gt;", "to ord"]
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture(autouse=True)
def measure(cast: Cast) -> Measure:
    return make.measure(make.document("planen", cast.hf), key="tiltaket", text="Før")


def shown(answer: Any) -> list[str]:
    return re.findall(r"<textarea[^>]* readonly>\n(.*?)</textarea>", answer.content.decode(), re.DOTALL)


def careful(person: Any = None) -> Client:
    """A browser whose forms must carry the mark that counts."""
    client = Client(enforce_csrf_checks=True)
    if person:
        client.force_login(person)
    return client


def test_who_is_logged_out_gets_the_words_back_and_a_way_to_log_in(measure: Measure) -> None:
    answer = client_of(None).post(EDIT, WRITTEN, headers=HERE)
    assert (answer.status_code, shown(answer)) == (403, SHOWN)
    page = answer.content.decode()
    assert "<h1>Du er logget ut</h1>" in page
    assert f'href="/konto/login/?next={EDIT.replace("/", "%2F")}" target="_blank"' in page
    assert "no-store" in answer["Cache-Control"]
    measure.refresh_from_db()
    assert measure.text == "Før"


def test_a_form_without_words_leads_to_login_as_before() -> None:
    answer = client_of(None).post("/tiltak/tiltaket/ta-ut/", {"next": "/planer/"}, headers=HERE)
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/konto/login/")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Referer": "http://elsewhere.example/"},
    ],
)
def test_nothing_from_elsewhere_is_said_by_our_pages(cast: Cast, headers: dict[str, str]) -> None:
    assert client_of(None).post(EDIT, WRITTEN, headers=headers).status_code == 302
    answer = careful(cast.adviser).post(EDIT, WRITTEN, headers=headers)
    assert (answer.status_code, shown(answer)) == (403, [])
    assert (
        not careful(cast.adviser)
        .post(EDIT, WRITTEN, headers={**headers, "HX-Request": "true"})
        .has_header("HX-Trigger")
    )


def test_an_old_mark_gives_the_words_back_and_the_form_anew(cast: Cast, measure: Measure) -> None:
    answer = careful(cast.adviser).post(EDIT, WRITTEN, headers=HERE)
    assert (answer.status_code, shown(answer)) == (403, SHOWN)
    assert f'href="{EDIT}" target="_blank"' in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    measure.refresh_from_db()
    assert measure.text == "Før"


def test_a_page_that_is_not_ours_is_no_link(cast: Cast) -> None:
    headers = {"Origin": "http://testserver", "Referer": "http://testserver//elsewhere.example/x"}
    for answer in (
        client_of(None).post(EDIT, WRITTEN, headers=headers),
        careful(cast.adviser).post(EDIT, WRITTEN, headers=headers),
    ):
        assert (answer.status_code, shown(answer)) == (403, SHOWN)
        assert "elsewhere.example" not in answer.content.decode()


def test_an_old_mark_of_somebody_who_is_logged_out_leads_to_login() -> None:
    answer = careful().post(EDIT, WRITTEN, headers=HERE)
    assert shown(answer) == SHOWN
    assert 'href="/konto/login/?next=' in answer.content.decode()


def test_htmx_leaves_the_form_and_gets_the_mark_that_counts(cast: Cast) -> None:
    client = careful(cast.adviser)
    answer = client.post(EDIT, WRITTEN, headers={**HERE, "HX-Request": "true"})
    assert (answer.status_code, answer.content) == (403, b"")
    said = json.loads(answer["HX-Trigger"])["stale"]
    assert said["who"] == "Rådgiver"
    headers: dict[str, Any] = {**HERE, "HX-Request": "true"}
    again = client.post(EDIT, {**WRITTEN, "csrfmiddlewaretoken": said["token"]}, headers=headers)
    assert again.status_code == 200


def test_htmx_of_nobody_gets_no_mark() -> None:
    answer = careful().post(EDIT, WRITTEN, headers={**HERE, "HX-Request": "true"})
    assert json.loads(answer["HX-Trigger"]) == {"stale": {}}


@pytest.mark.parametrize("address", ["/konto/login/", "/konto/passord/"])
def test_nothing_that_is_sent_to_log_in_is_shown(cast: Cast, address: str) -> None:
    data = {"login": "to ord her", "oldpassword": "en lang frase", "noe": "to ord her"}
    assert shown(careful(cast.adviser).post(address, data, headers=HERE)) == []


def test_of_very_much_the_beginning_is_shown() -> None:
    answer = client_of(None).post(EDIT, {"text": "ord " * MOST, "why": "to ord"}, headers=HERE)
    assert [len(text) for text in shown(answer)] == [MOST]


def test_what_is_no_form_of_ours_is_not_shown() -> None:
    assert shown(client_of(None).post("/finnes/ikke/", WRITTEN, headers=HERE)) == []
