"""A whole installation in which things fail: database, queue, mail server, workers, timetables, people with work."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final

from django.core.management import call_command
from django.db import connection, connections
from django.db.models import Q
from django.utils import timezone
from kombu import Connection

from annual_wheel import ledger, services, tasks
from annual_wheel.models import Edition, Reminder, ReminderStatus, Task
from config import backends
from config.env import Env
from organisation.models import User
from tests import factories as make
from tests.cast import make_cast
from tests.faults import processes
from tests.faults.processes import Clock, Options
from tests.faults.servers import PostgreSQL, Redis, wait_until
from tests.smtp_server import SmtpServer

DATABASE: Final = "faults"
QUARTER: Final = timedelta(minutes=15)
SOON: Final = timedelta(minutes=30)  # by then the pause after a first attempt is over, and a claim is stale
MONDAY: Final = date(2026, 4, 13)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment by the clock in Oslo."""
    return datetime(day.year, day.month, day.day, hour, minute, 1, tzinfo=timezone.get_default_timezone())


@contextmanager
def speaking_to(database: PostgreSQL) -> Iterator[None]:
    """Let this process use a new and empty database there, whichever it used before."""
    before, settings = connections["default"], connections.settings["default"]
    mine = backends.database(Env({"DATABASE_URL": database.url("postgres")}), Path())
    del mine["OPTIONS"]["pool"]  # a test is one thread, and a pool remembers a server that has fallen
    mine["TEST"] = {"NAME": DATABASE, "MIGRATE": False}
    connections.settings.update(connections.configure_settings({"default": mine}))
    del connections["default"]
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        yield
    finally:
        connection.close()
        connections.settings["default"], connections["default"] = settings, before


@dataclass
class World:
    """What a test takes hold of. `people` are all who shall be told."""

    database: PostgreSQL
    redis: Redis
    mail: SmtpServer
    folder: Path
    clock: Clock = field(default_factory=Clock)
    people: list[User] = field(default_factory=list)
    taken_before: int | None = None  # how many mails there were when things were ticked off
    running: list[BaseProcess] = field(default_factory=list)

    def clear(self) -> None:
        """Leave nothing to the next test."""
        self.kill()
        self.database.ensure()
        self.redis.ensure()
        self.mail.ensure()
        self.mail.let_go()
        self.mail.forget()
        self.redis.forget()
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
        self.people, self.taken_before = [], None
        for file in self.folder.glob("*"):
            file.unlink() if file.is_file() else None

    # --- processes ---

    def start(self, *, workers: int = 2, timetables: int = 2, **options: Any) -> None:
        """Start workers and timetables, and wait until they are at work."""
        counts = {"worker": workers, "timetable": timetables}
        wanted = {kind: self.logged(f"{kind} is ready") + count for kind, count in counts.items()}
        self._fork("worker", processes.work, workers, Options(**options))
        self._fork("timetable", processes.keep_time, timetables, Options(**options))
        self.wait_until(
            lambda: all(self.logged(f"{kind} is ready") >= count for kind, count in wanted.items()), f"{counts} start"
        )

    def _fork(self, kind: str, target: Any, count: int, options: Options) -> None:
        for number in range(count):
            arguments = (self.clock.ahead, self.log, options, number)
            process = processes.CONTEXT.Process(target=target, args=arguments, name=kind, daemon=True)
            process.start()
            self.running.append(process)

    def wait_until(self, done: Callable[[], bool], what: str) -> None:
        """As everywhere, and where it is in vain with what the processes wrote."""
        try:
            wait_until(done, what)
        except AssertionError as error:
            log = self.log.read_text(encoding="utf-8") if self.log.exists() else ""
            raise AssertionError(f"{error}\n{log[-6000:]}") from None

    def kill(self, kind: str = "") -> None:
        """End workers or timetables, or both, as kill -9 does."""
        ending = [process for process in self.running if kind in process.name]
        for process in ending:
            process.kill()
        for process in ending:
            process.join(timeout=60)
            self.running.remove(process)

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def logged(self, what: str) -> int:
        """How often something stands in what the processes have written."""
        return len(re.findall(what, self.log.read_text(encoding="utf-8"))) if self.log.exists() else 0

    def tick(self, moment: datetime) -> None:
        """Put the clock forward to a quarter of an hour, and wait until every timetable has noticed."""
        quarter = timezone.localtime(moment).strftime("%Y-%m-%d %H:%M%z")
        self.clock.set(moment)
        count = sum(process.name == "timetable" for process in self.running)
        self.wait_until(
            lambda: self.logged(re.escape(f"tick {quarter}")) >= count, f"{count} timetables tick at {quarter}"
        )

    def stop_all_with_mails_in_hand(self, moment: datetime) -> None:
        """Bring two workers to where each of their threads has handed over a mail and waits for an answer."""
        self.clock.set(moment - QUARTER)
        self.start()
        self.mail.fail("stall")
        self.tick(moment)
        self.wait_until(lambda: self.mail.waiting_count == 4, "every worker has two mails in hand")

    def stop_database(self) -> None:
        connection.close()  # the test's own
        self.database.stop()

    def is_idle(self) -> bool:
        """Whether nothing waits in the queue and no worker has anything in hand, at two looks.

        At one, a message can have left the queue and not yet be in hand.
        """
        first = self.redis.count("celery", "unacked")
        time.sleep(0.05)
        return first + self.redis.count("celery", "unacked") == 0

    def ask(self) -> None:
        """Ask for the day's reminders, besides the timetables."""
        with Connection(self.redis.url) as queue:
            tasks.send_reminders.apply_async(connection=queue)

    # --- work and people ---

    def give_work(self, count: int = 12, *, day: date = MONDAY) -> None:
        """As many people at one unit, with two things that are late and two that are due on the day after next."""
        cast = make_cast()
        self.people = [make.user(f"p{number:02}@isl.example", ("contributor", cast.isl)) for number in range(count)]
        User.objects.exclude(pk__in=[person.pk for person in self.people]).update(reminder_rhythm="never")
        wheel = make.wheel("hf", cast.hf)
        for text, due in (("Sent og åpent", -7), ("Sent og gjort", -7), ("Snart og åpent", 2), ("Snart og gjort", 2)):
            on = day + timedelta(days=due)
            entry = make.entry(wheel, cast.isl, text=text, month=on.month, when_words=f"{on.day}.{on.month}.{on.year}")
            make.edition(entry, on.year, today=day - timedelta(days=60))
        Task.objects.update(given_at=at(day - timedelta(days=60), 12))

    def tick_off(self) -> None:
        """Do what is called done. No mail that is written from now on may tell of it."""
        by = User.objects.get(email="adviser@hf.example")
        for edition in Edition.objects.select_related("entry"):
            if edition.said.text.endswith("gjort"):
                services.tick(edition.tasks.get(), by=by, now=self.clock.now())
        self.taken_before = len(self.mail.taken)

    # --- how it went ---

    def statuses(self, day: date = MONDAY) -> Counter[str]:
        return Counter(Reminder.objects.filter(day=day).values_list("status", flat=True))

    def settled(self, day: date = MONDAY) -> int:
        """How many have got their mail: it was answered for, or it was handed over twice without an answer."""
        twice = Q(status=ReminderStatus.UNCERTAIN, uncertain_count__gte=ledger.MOST_UNCERTAIN)
        return Reminder.objects.filter(Q(status=ReminderStatus.SENT) | twice, day=day).count()

    def wait_until_all_are_told(self, day: date = MONDAY) -> None:
        self.wait_until(lambda: self.settled(day) == len(self.people), "all are told")

    def check(self, day: date = MONDAY) -> None:
        """Everybody has the mail of the ledger and no other; a double only where nobody knew, under its own id."""
        rows = {
            (row.user.email, row.message_id): row for row in Reminder.objects.filter(day=day).select_related("user")
        }
        told = Counter(self.mail.told)
        assert {email for email, _id in told} == {person.email for person in self.people}
        assert set(told) == set(rows)
        doubled = {key for key, count in told.items() if count > 1}
        assert doubled <= {key for key, row in rows.items() if row.uncertain_count}
        assert max(told.values()) <= ledger.MOST_UNCERTAIN
        later = self.texts()[self.taken_before or 0 :]
        assert all("og åpent" in text for text in later)
        if self.taken_before is not None:
            assert later, "nothing was written after it was done"
            assert not [text for text in later if "og gjort" in text]

    def texts(self) -> list[str]:
        bodies = [mail.get_body(("plain",)) for mail in self.mail.taken]
        return [body.get_content() for body in bodies if body is not None]
