"""One installation for all tests of faults, emptied between them."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.faults.processes import nursery
from tests.faults.servers import PostgreSQL, Redis, lacking
from tests.faults.world import DATABASE, World, speaking_to
from tests.smtp_server import SmtpServer


@pytest.fixture(scope="session")
def installation(django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    if missing := lacking():
        pytest.skip(missing)
    folder = tmp_path_factory.mktemp("faults")
    with PostgreSQL() as database, Redis() as redis, SmtpServer() as mail, django_db_blocker.unblock():
        addresses = {
            "DATABASE_URL": database.url(DATABASE),
            "REDIS_URL": redis.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{mail.port}",
            "DATA_DIR": str(folder),
            "ENV_FILE": os.devnull,
        }
        nursery(addresses)  # reads all code while the database is being filled
        with speaking_to(database):
            yield World(database, redis, mail, folder)


@pytest.fixture
def world(installation: World, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock():
        yield installation
        installation.clear()
