"""The demo is loaded once for all of these tests, and exported once: no test sees what another has changed."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from reports.exporters import export
from tests.conftest import loaded_demo
from tests.reports.demo.written import Json


@pytest.fixture(scope="package")
def demo_data(django_db_setup: None, django_db_blocker: Any) -> Iterator[date]:
    with loaded_demo(django_db_blocker) as day:
        yield day


@pytest.fixture(scope="package")
def exported(demo_data: date, django_db_blocker: Any) -> Json:
    with django_db_blocker.unblock():
        content: Json = json.loads(json.dumps(export()))
    return content
