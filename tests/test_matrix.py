"""Who gets what: every named address × the cast, against the written table in tests/matrix/."""

import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from config.lib import clock
from tests.cast import make_cast, session_of
from tests.matrix import PEOPLE, TODAY, Row, World, gather, make_world

# Namespace → why its addresses have no rows of their own.
THIRD_PARTY = {"admin": "Django's own administration: for those with is_staff, tested by Django"}

# What belongs to no place in the menu: the front page, one's own pages, search, help and administration.
NOWHERE = re.compile(
    r"home|my_page|reminder_choices|stand_in_.*|feed.*|search|help|accessibility|first_.*|admin.*|account_.*|mail_.*"
)
MENU = re.compile(r'<nav class="places".*?</nav>', re.DOTALL)

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


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[World, dict[str, str]]]:
    """One world for all rows, and a session for everyone in it, as no row leaves anything behind."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "today", lambda: TODAY)
        world = make_world(make_cast())
        yield world, {role: session_of(person) for role in PEOPLE if (person := world.person(role))}
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "row"),
    [pytest.param(name, row, id=f"{name}-{number}") for name, rows in ROWS.items() for number, row in enumerate(rows)],
)
def test_everyone_gets_what_is_written(name: str, row: Row, made: tuple[World, dict[str, str]], today: date) -> None:
    world, sessions = deepcopy(made)
    assert {role: status_for(sessions.get(role, ""), name, row, world) for role in PEOPLE} == row.statuses


def status_for(session: str, name: str, row: Row, world: World) -> int:
    """Ask as one person, and undo whatever it changed."""
    with transaction.atomic():
        client = Client()
        if session:
            client.cookies["sessionid"] = session
        address = reverse(name, args=row.args(world))
        response = getattr(client, row.method)(address, dict(row.data(world)))
        transaction.set_rollback(True)
    return int(response.status_code)


@pytest.mark.django_db
def test_the_menu_says_where_one_is_on_every_page(made: tuple[World, dict[str, str]], today: date) -> None:
    """On the forms too that have an address of their own, such as that of a measure or a target."""
    world, sessions = deepcopy(made)
    lost = set()
    for name, row in ((name, row) for name, rows in ROWS.items() for row in rows if row.method == "get"):
        reader = next((role for role in sessions if row.statuses[role] == 200), None)
        menu = MENU.search(page_of(sessions[reader], name, row, world)) if reader else None
        if menu and 'aria-current="page"' not in menu[0]:
            lost.add(name)
    assert {name for name in lost if not NOWHERE.fullmatch(name)} == set()


def page_of(session: str, name: str, row: Row, world: World) -> str:
    """What one person is shown; empty where it is no page."""
    with transaction.atomic():
        client = Client()
        client.cookies["sessionid"] = session
        response = client.get(reverse(name, args=row.args(world)), dict(row.data(world)))
        transaction.set_rollback(True)
    return response.content.decode() if response["Content-Type"].startswith("text/html") else ""
