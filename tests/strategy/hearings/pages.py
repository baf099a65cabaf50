"""What each of the cast is shown of comments and hearings."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.page import texts

DRAFT, PLAN = "/planer/utkastet/", "/planer/planen/"
ON_GOAL = "/kommentarer/mal/maalet/"


def client_of(cast: Cast, person: str) -> Client:
    client = Client()
    if person:
        client.force_login(cast.people[person])
    return client


def page(cast: Cast, person: str, address: str, **query: str) -> Any:
    response = client_of(cast, person).get(address, query)
    assert response.status_code == 200
    return response


def openers(response: Any) -> list[str]:
    return texts(response, "a", class_="talk-open")


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
