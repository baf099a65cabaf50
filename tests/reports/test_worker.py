"""A PDF that is ordered is made by a real worker, through a real broker, into a database of its own."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

from tests.config.test_worker import command_of, environment_for, running, wait_until

# What the process that orders does, in a database of its own.
ORDER = """
import django; django.setup()
from django.utils import timezone
from organisation.models import Unit, User
from reports import services
from strategy.models import Document, Goal
unit = Unit.objects.create(slug="hf", name="HF", kind="faculty")
plan = Document.objects.create(slug="planen", title="Planen", owner=unit, kind="action_plan", state="in_force")
Goal.objects.create(document=plan, text="Et mål")
user = User.objects.create_user("dean@hf.example", "x", name="Dekan")
services.order_rendering(plan, by=user, language="nb", now=timezone.now())
"""
LOOK = "SELECT state, attempt_count, CAST(substr(content, 1, 5) AS TEXT), error FROM reports_rendering"


@pytest.mark.redis
def test_a_pdf_is_made_by_the_worker(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    environment = environment_for(folder, settings.REDIS_URL)
    environment |= {"DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "config.settings"}
    for arguments in (["manage.py", "migrate", "--verbosity", "0"], ["-c", ORDER]):
        subprocess.run([sys.executable, *arguments], cwd=settings.BASE_DIR, env=environment, check=True)

    def orders() -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(folder / "rodtraad.sqlite3")) as database:
            return database.execute(LOOK).fetchall()

    assert orders() == [("queued", 0, None, "")]
    with running(command_of("worker"), environment):
        wait_until(lambda: orders()[0][0] in ("done", "failed"))
    assert orders() == [("done", 1, "%PDF-", "")]
