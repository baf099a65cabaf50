"""Shared by all tests. The cast of people is here too, so that every test speaks of the same ones."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.utils import translation

from annual_wheel import asks, board_page, public_calendars, silent, year_page
from annual_wheel.views.feeds import LIMIT, PUBLIC_LIMIT
from config.lib import clock
from config.lib.messages import compile_messages
from organisation import groups
from strategy import talk_for_me
from strategy.changes import forget_comparisons
from strategy.in_force import forget_words
from strategy.views.reading import forget_pages
from tests.cast import Cast, make_cast
from tests.demo_rows import load_demo


def pytest_configure() -> None:
    """What tests do not need of a real installation: hashed file names, slow passwords, a cache between processes."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = True  # else it looks for files that only an installation has collected
    if not settings.REDIS_URL:
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    if settings.DATABASES["default"]["ENGINE"] == "config.lib.sqlite":  # which pytest-django does not know by name
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = ":memory:"
    for path in settings.LOCALE_PATHS:
        compile_messages(Path(path))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of rows locked one by one say so where the database cannot do it."""
    if connection.vendor == "postgresql":
        return
    skip = pytest.mark.skip(reason="needs PostgreSQL: rows that can be locked one by one")
    for item in items:
        if item.get_closest_marker("postgresql"):
            item.add_marker(skip)


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Login throttling counts in the cache, frozen words are kept, a language stays on: no test inherits another's."""
    yield
    cache.clear()
    forget()
    translation.deactivate()


def forget() -> None:
    """Let go of what the process keeps of frozen words."""
    forget_words()
    public_calendars.KEPT.clear()
    LIMIT.counts.clear()
    PUBLIC_LIMIT.counts.clear()
    forget_comparisons()
    forget_pages()
    year_page.forget()
    board_page.forget()
    silent.forget()
    asks.forget()
    groups.forget()
    talk_for_me.forget()


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def adviser(cast: Cast, client: Client) -> Any:
    """The adviser at the keyboard."""
    client.force_login(cast.adviser)
    return client


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """Make it 15 March 2026, a Sunday, wherever a view asks what day it is."""
    day = date(2026, 3, 15)
    monkeypatch.setattr(clock, "today", lambda: day)
    return day


DEMO_DAY = date(2026, 5, 20)


@pytest.fixture(scope="module")
def demo_data(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[date]:
    """Load the demo once for a module, as it is on 20 May 2026; each test's own changes go when it ends."""
    with loaded_demo(django_db_blocker) as day:
        yield day


@contextmanager
def loaded_demo(blocker: Any) -> Iterator[date]:
    """The demo of 20 May 2026, gone again at the end."""
    with blocker.unblock(), transaction.atomic():
        load_demo(today=DEMO_DAY)
        yield DEMO_DAY
        transaction.set_rollback(True)
