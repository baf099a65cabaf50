"""Shared by all tests. The cast of people is here too, so that every test speaks of the same ones."""

from datetime import date

import pytest
from django.conf import settings

from config.lib import clock
from tests.cast import Cast, make_cast


def pytest_configure() -> None:
    """Real password hashing is slow on purpose; the tests log in hundreds of times. Files need not be collected."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """Make it 15 March 2026, a Sunday, wherever a view asks what day it is."""
    day = date(2026, 3, 15)
    monkeypatch.setattr(clock, "today", lambda: day)
    return day
