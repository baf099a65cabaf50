"""What people meet when something is wrong: a page in plain words with a way on."""

import re

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from organisation.models import User
from tests import factories as make


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault that a test wants")


def missing(request: HttpRequest) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("forbudt/", forbidden),
    path("borte/", missing),
    path("feil/", broken),
    path("", include("config.urls")),
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.test_errors")]


@pytest.fixture
def person() -> User:
    return make.user("reader@hf.example")


def test_403_says_that_reading_is_fine(client: Client, person: User) -> None:
    client.force_login(person)
    answer = client.get("/forbudt/")
    assert answer.status_code == 403
    assert "<h1>Du kan lese dette, men ikke endre det</h1>" in answer.content.decode()


@pytest.mark.parametrize("logged_in", [True, False])
def test_404_offers_a_search(client: Client, person: User, logged_in: bool) -> None:
    if logged_in:
        client.force_login(person)
    answer = client.get("/finnes/ikke/")
    assert answer.status_code == 404
    assert "<h1>Denne siden finnes ikke</h1>" in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "title"), [("nb", "Dette gjøres med en knapp"), ("en", "This is done with a button")]
)
def test_405_says_that_there_is_a_button(client: Client, person: User, language: str, title: str) -> None:
    client.force_login(person)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.get("/oppgaver/kvitter/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert f"<h1>{title}</h1>" in answer.content.decode()


WRITTEN = {
    "text": "Første linje som er <b>lang</b>\r\n- og en liste",
    "why": "Fordi vi ble enige om det i går",
    "state": "under_way",
    "short": "to ord",
    "table": "eyJhIjoxfQ:1abc:signert-og-lang-nok-til-a-vises",
    "password": "en lang hemmelig frase med ord",
    "new_password1": "enda en lang hemmelig frase",
    "csrfmiddlewaretoken": "en to tre fire fem seks sju",
}


@pytest.mark.parametrize("address", ["/forbudt/", "/borte/"])
def test_what_was_written_in_a_form_that_is_refused_is_shown(client: Client, person: User, address: str) -> None:
    client.force_login(person)
    page = client.post(address, WRITTEN).content.decode()
    shown = re.findall(r"<textarea[^>]* readonly>\n(.*?)</textarea>", page, re.DOTALL)
    assert shown == ["Første linje som er &lt;b&gt;lang&lt;/b&gt;\r\n- og en liste", "Fordi vi ble enige om det i går"]
    assert "Dette skrev du" in page
    assert "hemmelig frase" not in page


def test_nothing_is_shown_again_to_others(client: Client, person: User) -> None:
    assert "Dette skrev du" not in client.post("/borte/", WRITTEN).content.decode()
    client.force_login(person)
    assert "Dette skrev du" not in client.get("/borte/", WRITTEN).content.decode()
    assert "Dette skrev du" not in client.post("/finnes/ikke/", WRITTEN).content.decode()


def test_500_leans_on_nothing(person: User) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    answer = client.get("/feil/")
    html = answer.content.decode()
    assert answer.status_code == 500
    assert "<h1>Noe gikk galt hos oss</h1>" in html
    assert '<link rel="stylesheet" href="/static/css/error.css">' in html
    assert "{%" not in html


@pytest.mark.parametrize(("language", "title"), [("nb", "Siden var blitt for gammel")])
def test_an_old_form_says_what_to_do(language: str, title: str) -> None:
    client = Client(enforce_csrf_checks=True)
    data = {"login": "a@b.example", "password": "c"}
    answer = client.post("/konto/login/", data, headers={"Accept-Language": language})
    assert answer.status_code == 403
    assert f"<h1>{title}</h1>" in answer.content.decode()
    assert f'<html lang="{language}"' in answer.content.decode()


@override_settings(ACCOUNT_RATE_LIMITS={"login": "1/m/ip"})
def test_429_says_to_wait(client: Client) -> None:
    client.post("/konto/login/", {"login": "a@b.example", "password": "c"})
    answer = client.post("/konto/login/", {"login": "a@b.example", "password": "c"})
    assert answer.status_code == 429
    assert "<h1>Vent litt før du prøver igjen</h1>" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "heading"), [("/hjelp/", "<h1>Hjelp</h1>"), ("/tilgjengelighet/", "<h1>Tilgjengelighet</h1>")]
)
def test_help_is_there_before_login(client: Client, address: str, heading: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert heading in answer.content.decode()
