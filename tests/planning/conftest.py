"""The adviser at the keyboard, as every test of writing has it."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast


@pytest.fixture
def adviser(cast: Cast, client: Client) -> Any:
    client.force_login(cast.adviser)
    return client


def as_person(person: Any) -> Any:
    client = Client()
    client.force_login(person)
    return client
