"""PDFs that are ordered are made by a real worker, through a real broker, into a database of its own."""

import io
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from django.conf import settings

from reports.models import Paper
from tests.config.test_worker import command_of, environment_for, running, wait_until

# What the process that orders does, in a database of its own.
ORDER = """
import django; django.setup()
from datetime import date
from django.utils import timezone
from annual_wheel import opening
from annual_wheel.models import Entry, Wheel
from organisation.models import Unit, User
from reports import services
from reports.models import Paper
from strategy.models import Document, Goal
unit = Unit.objects.create(slug="hf", name="HF", kind="faculty")
plan = Document.objects.create(slug="planen", title="Planen", owner=unit, kind="action_plan", state="in_force")
Goal.objects.create(document=plan, text="Et mål")
user, now = User.objects.create_user("dean@hf.example", "x", name="Dekan"), timezone.now()
wheel = Wheel.objects.create(slug="hjulet", title="Årshjulet", owner=unit)
Entry.objects.create(wheel=wheel, text="Søknadsfrist", kind="deadline", ticks="none", month=4, when_words="15. april")
opening.open_year(wheel, year=2026, by=user, now=now, today=date(2026, 1, 1))
services.order_rendering(plan, by=user, language="nb", now=now)
for size in Paper.values:
    services.order_poster(wheel, year=2026, paper_size=size, selection="", by=user, language="nb", now=now)
"""
LOOK = "SELECT state, attempt_count, error FROM reports_rendering"
CONTENT = "SELECT paper, content FROM reports_rendering"
SIDES = {"": (210, 297), "a3-landscape": (420, 297), "a3-portrait": (297, 420), "a4-landscape": (297, 210),
         "a4-portrait": (210, 297)}  # fmt: skip


@pytest.mark.parametrize(
    "broker", [pytest.param("folder", marks=pytest.mark.once), pytest.param("redis", marks=pytest.mark.redis)]
)
def test_a_plan_and_posters_of_every_size_are_made_by_the_worker(tmp_path: Path, broker: str) -> None:
    folder = tmp_path / "data"
    environment = environment_for(folder, settings.REDIS_URL if broker == "redis" else "")
    environment |= {"DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "config.settings"}
    for arguments in (["manage.py", "migrate", "--verbosity", "0"], ["-c", ORDER]):
        subprocess.run([sys.executable, *arguments], cwd=settings.BASE_DIR, env=environment, check=True)

    def asked(query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(folder / "rodtraad.sqlite3")) as database:
            return database.execute(query).fetchall()

    count = 1 + len(Paper)
    assert asked(LOOK) == [("queued", 0, "")] * count
    with running(command_of("worker"), environment):
        wait_until(lambda: {state for state, *_rest in asked(LOOK)} <= {"done", "failed"})
    assert asked(LOOK) == [("done", 1, "")] * count
    for size, content in asked(CONTENT):
        document = pypdfium2.PdfDocument(io.BytesIO(content))  # type: ignore[arg-type]
        sides = tuple(round(side / 72 * 25.4) for side in document[0].get_size())
        assert (size, sides) == (size, SIDES[str(size)])
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
        assert ("Søknadsfrist" if size else "Et mål") in text
