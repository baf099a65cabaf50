"""The command writes byte for byte what a subscription with the same choices answers, and says what is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from annual_wheel import feeds, services
from annual_wheel.calendars import wheel_calendar
from annual_wheel.models import Edition, Ringing, Wheel
from tests import factories as make
from tests.annual_wheel.test_ical import read_back
from tests.cast import Cast

TODAY = date(2026, 3, 15)
NOW = datetime(2026, 3, 15, 12, tzinfo=ZoneInfo("Europe/Oslo"))
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def wheel(cast: Cast) -> Wheel:
    """A wheel with something of each kind, done and cancelled, and another one to follow."""
    wheel = make.wheel("hf", cast.hf, title="Årshjul HF")
    each = make.edition(make.entry(wheel, cast.departments, text="Sjekk nettsidene", when_words="medio april"))
    make.edition(make.entry(wheel, kind="deadline", ticks="none", text="Søknadsfrist"))
    off = make.edition(make.entry(wheel, cast.ihk, kind="event", text="Messe", when_words="20. april"))
    make.edition(each.entry, 2027)
    make.edition(make.entry(make.wheel("nv", cast.outsider.memberships.get().unit), kind="event", text="Møte ved NV"))
    services.tick(make.tasks_of(each)["ihk"], by=cast.coordinator, now=NOW)
    services.cancel(off, by=cast.adviser, reason="Avlyst", is_partly=False, today=TODAY, expected=1)
    return wheel


WHOSE = {
    "user": ["--user", "coordinator@hf.example"],
    "unit": ["--unit", "imu"],
    "unit to an outsider": ["--unit", "imu", "--reader", "adviser@nv.example"],
    "wheel": ["--wheel", "hf"],
    "user who follows": ["--user", "coordinator@hf.example", "--follow", "nv"],
}
CHOICES: list[tuple[list[str], dict[str, Any]]] = [
    ([], {}),
    (["--deadlines-only"], {"kinds": ["deadline"]}),
    (["--kind", "task", "--kind", "event"], {"kinds": ["task", "event"]}),
    (["--language", "en"], {"language": "en"}),
    (["--without-done"], {"has_done": False}),
    (["--todo"], {"as_todo": True}),
    (["--alarm", "week_before"], {"ringing": "week_before"}),
    (
        ["--language", "en", "--without-done", "--todo", "--alarm", "same_day", "--kind", "task"],
        {"language": "en", "has_done": False, "as_todo": True, "ringing": "same_day", "kinds": ["task"]},
    ),
]


def written(*arguments: str) -> bytes:
    out = StringIO(newline="")
    call_command("feed", *arguments, stdout=out)
    return out.getvalue().encode()


@pytest.mark.parametrize("whose", WHOSE)
@pytest.mark.parametrize(("arguments", "chosen"), CHOICES)
def test_the_command_writes_what_the_subscription_answers(
    cast: Cast, wheel: Wheel, whose: str, arguments: list[str], chosen: dict[str, Any]
) -> None:
    subscriptions: dict[str, dict[str, Any]] = {
        "user": {"by": cast.coordinator},
        "unit": {"by": cast.adviser, "unit": cast.imu},
        "unit to an outsider": {"by": cast.outsider, "unit": cast.imu},
        "wheel": {"by": cast.outsider, "wheel": wheel},
        "user who follows": {"by": cast.coordinator, "follows": [Wheel.objects.get(slug="nv")]},
    }
    _feed, secret = feeds.subscribe(**{"name": "min", "unit": None, **subscriptions[whose], **chosen})
    assert written(*WHOSE[whose], *arguments) == Client().get(f"/kalender/{secret}.ics").content


@pytest.mark.parametrize("arguments", [[], ["--kind", "deadline"], ["--language", "en"]])
def test_the_command_writes_what_a_public_wheel_answers(cast: Cast, wheel: Wheel, arguments: list[str]) -> None:
    wheel.is_public = True
    wheel.save()
    asked = {"--kind": "?type=deadline", "--language": "?sprak=en", "": ""}[arguments[0] if arguments else ""]
    assert written("--wheel", "hf", *arguments) == Client().get(f"/aarshjul/hf/kalender.ics{asked}").content


def test_a_year_alone_has_nothing_of_the_others(cast: Cast, wheel: Wheel) -> None:
    for year, count in ((2026, 3), (2027, 1), (1999, 0)):
        data = written("--wheel", "hf", "--year", str(year))
        assert data == wheel_calendar(wheel, today=TODAY, year=year).to_bytes()
        assert {entry.first.year for entry in read_back(data)[1]} == ({year} if count else set())
        assert len(read_back(data)[1]) == count
    assert Edition.objects.filter(year=2027).exists()


def test_every_choice_of_a_subscription_has_its_argument() -> None:
    assert {*feeds.RINGS} == {value for value in Ringing.values if value}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "one of the arguments --unit --user --wheel is required"),
        (["--unit", "imu", "--wheel", "hf"], "not allowed with argument"),
        (["--unit", "tull"], "There is no unit called tull."),
        (["--user", "ingen@hf.example"], "There is no user called ingen@hf.example."),
        (["--wheel", "tull"], "There is no wheel called tull."),
        (["--wheel", "hf", "--year", "26"], "26 is not a year from 1900 to 2200"),
        (["--wheel", "hf", "--year", "i år"], "i år is not a year from 1900 to 2200"),
        (["--wheel", "hf", "--kind", "ongoing"], "invalid choice: 'ongoing'"),
        (["--wheel", "hf", "--kind", "task", "--deadlines-only"], "not allowed with argument"),
        (["--wheel", "hf", "--language", "nn"], "invalid choice: 'nn'"),
        (["--wheel", "hf", "--alarm", "never"], "invalid choice: 'never'"),
        (["--wheel", "hf", "--reader", "adviser@hf.example"], "--reader goes with --unit only."),
        (["--unit", "imu", "--follow", "nv"], "--follow goes with --user only."),
        (["--user", "adviser@hf.example", "--follow", "tull"], "There is no wheel called tull."),
    ],
)
def test_what_is_wrong_is_said(cast: Cast, wheel: Wheel, arguments: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=None) as error:
        written(*arguments)
    assert said in str(error.value)


@pytest.mark.once
@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--year", "1"], 2, "1 is not a year from 1900 to 2200"),
        (["--wheel", "hf", "--follow", "nv"], 2, "--follow goes with --user only."),
    ],
)
def test_a_wrong_command_ends_with_a_status_and_one_message(
    arguments: list[str], status: int, said: str, tmp_path: Path
) -> None:
    command = [sys.executable, "manage.py", "feed", *arguments]
    run = subprocess.run(
        command, cwd=settings.BASE_DIR, env={**os.environ, "DATA_DIR": str(tmp_path)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert (run.returncode, run.stdout) == (status, "")
    assert said in run.stderr
    assert "Traceback" not in run.stderr
