"""Who gets what: every named address × the cast, against the written table in tests/matrix/."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import Cast
from tests.matrix import PEOPLE, Row, World, gather, make_world

# Namespace → why its addresses have no rows of their own.
THIRD_PARTY = {"admin": "Django's own administration: for those with is_staff, tested by Django"}

ROWS = gather()


def addresses(resolver: URLResolver | None = None) -> Iterator[str]:
    """Yield the name of every address of ours, "(no name) <pattern>" where it has none."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace not in THIRD_PARTY:
                yield from addresses(pattern)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or f"(no name) {pattern.pattern}"


def test_every_address_has_a_row() -> None:
    assert sorted(set(addresses()) - set(ROWS)) == []


def test_every_row_has_an_address() -> None:
    assert sorted(set(ROWS) - set(addresses())) == []


@pytest.fixture
def world(cast: Cast, today: date) -> World:
    return make_world(cast)


@pytest.mark.parametrize(
    ("name", "row"),
    [pytest.param(name, row, id=f"{name}-{number}") for name, rows in ROWS.items() for number, row in enumerate(rows)],
)
def test_everyone_gets_what_is_written(name: str, row: Row, world: World) -> None:
    assert {role: status_for(role, name, row, world) for role in PEOPLE} == row.statuses


def status_for(role: str, name: str, row: Row, world: World) -> int:
    """Ask as one person, and undo whatever it changed."""
    with transaction.atomic():
        client = Client()
        if person := world.person(role):
            client.force_login(person)
        address = reverse(name, args=row.args(world))
        response = getattr(client, row.method)(address, dict(row.data(world)))
        transaction.set_rollback(True)
    return int(response.status_code)
