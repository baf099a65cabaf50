"""Workers and timetables as processes that can be killed, all of them by a clock that the test sets.

They are forked from one process that has read all code, so that each starts in a moment. The tests' clock is what the
application and the timetable go by; the queue's own waiting goes by the machine's.
"""

from __future__ import annotations

import multiprocessing
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import forkserver
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import Any, Final

from celery.beat import PersistentScheduler

READ: Final = "READ_ALL_CODE"  # in the environment of the process that the others are forked from
CONTEXT: Final = multiprocessing.get_context("forkserver")
AHEAD: Any = None  # in a forked process: how many seconds the tests' clock is ahead of the machine's


class Clock:
    """A moment that the test says and the processes go by; it runs as fast as any clock."""

    def __init__(self) -> None:
        self.ahead = CONTEXT.RawValue("d", 0.0)

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.ahead.value)

    def set(self, moment: datetime) -> None:
        self.ahead.value = (moment - datetime.now(UTC)).total_seconds()


def now() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=AHEAD.value if AHEAD is not None else 0.0)


@dataclass(frozen=True)
class Options:
    """What is otherwise than in production, so that a test takes seconds: few people in a part, a short patience."""

    people_in_a_part: int = 3
    mail_timeout: float = 20.0  # seconds
    part_seconds: float = 300.0


def work(ahead: Synchronized[float], log: Path, options: Options, _number: int) -> None:
    """A worker, with the words of docker-compose.yml but for its name and that it does not greet the others."""
    from celery.signals import worker_ready
    from django.conf import settings

    from annual_wheel import handing_out

    handing_out.PART = options.people_in_a_part  # type: ignore[misc]
    handing_out.PART_SECONDS = options.part_seconds  # type: ignore[misc]
    settings.EMAIL_TIMEOUT = options.mail_timeout
    worker_ready.connect(lambda **_more: say("worker is ready"), weak=False)
    _celery(ahead, log, "worker", "--pool", "threads", "--concurrency", "2", "--without-mingle", "--loglevel", "INFO")


class Timetable(PersistentScheduler):
    """Looks at the clock once in each tick, so that a jump of the clock falls between two; then says what it did."""

    ahead: float = 0.0  # seconds, as `AHEAD` was when this tick began
    ticks: tuple[str, ...] = ()
    has_begun = False

    @classmethod
    def look_at_clock(cls) -> None:
        cls.ahead = AHEAD.value

    @classmethod
    def now(cls) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=cls.ahead)

    def apply_entry(self, entry: Any, producer: Any = None) -> None:
        from django.utils.timezone import localtime

        if entry.task == "annual_wheel.send_reminders":
            self.ticks = (*self.ticks, f"tick {localtime(self.now()):%Y-%m-%d %H:%M%z}")
        super().apply_entry(entry, producer=producer)

    def tick(self, *arguments: Any, **more: Any) -> Any:
        self.look_at_clock()
        wait = super().tick(*arguments, **more)
        for words in self.ticks:
            say(words)
        self.ticks = ()
        if not self.has_begun:
            self.has_begun = True
            say("timetable is ready")  # only now does it know when each row is due next
        return wait


def keep_time(ahead: Synchronized[float], log: Path, _options: Options, number: int) -> None:
    """A timetable with a file of its own, with what goes by the clock; it looks at it ten times a second."""
    from celery.schedules import crontab

    from config.celery import app

    crontab.now = lambda _schedule: Timetable.now()  # type: ignore[method-assign, assignment, misc]  # each is stored
    timed = {name: row for name, row in app.conf.beat_schedule.items() if isinstance(row["schedule"], crontab)}
    app.conf.beat_schedule, app.conf.beat_max_loop_interval = timed, 0.1
    kept = str(log.with_name(f"timetable-{number}"))
    _celery(ahead, log, "beat", "--scheduler", f"{__name__}:Timetable", "--schedule", kept, "--loglevel", "WARNING")


def say(words: str) -> None:
    """Write a line that the tests look for."""
    os.write(1, f"{words}\n".encode())


def _celery(ahead: Synchronized[float], log: Path, command: str, *words: str) -> None:
    global AHEAD
    from config.celery import app

    AHEAD = ahead
    Timetable.look_at_clock()
    with log.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    app.start(["--quiet", command, "--hostname", f"{command}{os.getpid()}@%h", *words])


def nursery(environment: dict[str, str]) -> None:
    """Start what all others are forked from, with this environment. It ends with the process that started it."""
    before = dict(os.environ)
    os.environ.update(environment, **{READ: "1"})
    try:
        CONTEXT.set_forkserver_preload([__name__])
        forkserver.ensure_running()
    finally:
        os.environ.clear()
        os.environ.update(before)


def read_all_code() -> None:
    from django.utils import timezone

    timezone.now = now  # before anything else has got hold of it
    import django

    django.setup()
    import celery.apps.beat
    import celery.apps.worker
    import celery.bin.celery  # noqa: F401
    from django.template.loader import get_template
    from django.urls import reverse

    from config.celery import app

    app.loader.import_default_modules()
    for name in ("annual_wheel/email/reminder.txt", "annual_wheel/email/reminder.html"):
        get_template(name)
    reverse("my_work")


if os.environ.get(READ):
    read_all_code()
