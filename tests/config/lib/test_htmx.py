"""Whoever is not logged in comes back, after logging in, to the page they were on."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
PLACE = "/konto/passord/"  # asks for a login, and needs nothing else


def next_of(address: str) -> tuple[str, list[str]]:
    parts = urlsplit(address)
    return parts.path, parse_qs(parts.query)["next"]


def test_a_page_leads_to_login_and_back(client: Client) -> None:
    answer = client.get(f"{PLACE}?a=1&b=2")
    assert (answer.status_code, next_of(answer["Location"])) == (302, ("/konto/login/", [f"{PLACE}?a=1&b=2"]))


@pytest.mark.parametrize("method", ["get", "post"])
def test_htmx_is_told_to_take_the_browser_to_login(client: Client, method: str) -> None:
    headers: dict[str, Any] = {"HX-Request": "true", "HX-Current-URL": "http://testserver/mitt-arbeid/?vis=alle"}
    answer = getattr(client, method)(PLACE, headers=headers)
    assert (answer.status_code, answer.content) == (200, b"")
    assert next_of(answer["HX-Redirect"]) == ("/konto/login/", ["/mitt-arbeid/?vis=alle"])


@pytest.mark.parametrize(
    "at", ["http://elsewhere.example/mitt-arbeid/", "http://testserver//elsewhere.example/x", "http://[", ""]
)
def test_a_page_elsewhere_is_not_gone_back_to(client: Client, at: str) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": at}
    assert next_of(client.get(PLACE, headers=headers)["HX-Redirect"]) == ("/konto/login/", ["/"])


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/planer/?q=a", "/planer/?q=a"),
        ("http://elsewhere.example/planer/", "/"),
        ("http://testserver//elsewhere.example/x", "/"),
        ("http://testserver/\\elsewhere.example/x", "/"),
        ("http://[", "/"),
        ("", "/"),
    ],
)
def test_a_form_leads_back_to_the_page_it_stood_on(client: Client, referer: str, back: str) -> None:
    answer = client.post(PLACE, headers={"Referer": referer})
    assert next_of(answer["Location"]) == ("/konto/login/", [back])
