import pytest
from django.core.cache import BaseCache, caches
from django.db import OperationalError, connection
from django.test import Client

pytestmark = pytest.mark.django_db


def answer(client: Client) -> tuple[int, str]:
    response = client.get("/healthz")
    return response.status_code, response.content.decode()


def test_healthy(client: Client):
    assert answer(client) == (200, "ok")


def test_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch):
    def refuse() -> None:
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", refuse)
    assert answer(client) == (503, "database")


def test_without_a_cache(client: Client, monkeypatch: pytest.MonkeyPatch):
    def refuse(self: BaseCache, key: str) -> None:
        raise ConnectionError(key)

    monkeypatch.setattr(type(caches["default"]), "get", refuse)
    assert answer(client) == (503, "cache")


def test_only_reading(client: Client):
    assert client.post("/healthz").status_code == 405
