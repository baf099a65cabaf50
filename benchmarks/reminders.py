"""A morning of reminders for many people, sent by two workers with four threads each, as in docker-compose.yml.

`python -m benchmarks.reminders [people] [tasks] [--postgresql postgresql://user:password@host/]` uses SQLite, or a
database of its own on that server, which is thrown away afterwards.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import shutil
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from multiprocessing.connection import Connection
from typing import Any, Final

import django
import psycopg
from psycopg import sql

WORKERS: Final = 2
THREADS: Final = 4
PEOPLE_PER_UNIT: Final = 10
TARGET_SECONDS: Final = 300
TARGET_MEGABYTES: Final = 300


@dataclass(frozen=True)
class Done:
    """What one worker did, and what it took."""

    sent: int
    seconds: float
    cpu_seconds: float
    megabytes: float
    queries: int


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reminders")
    parser.add_argument("people", type=int, nargs="?", default=10_000)
    parser.add_argument("tasks", type=int, nargs="?", default=100_000)
    parser.add_argument("--postgresql", metavar="ADDRESS", default="")
    asked = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    with own_database(asked.postgresql):
        django.setup()
        measure(asked.people, asked.tasks)


@contextmanager
def own_database(address: str) -> Iterator[None]:
    """Make a database on the server and drop it at the end; without an address it is SQLite's, made by itself."""
    if not address:
        yield
        return
    name = f"rodtraad_bench_{os.getpid()}"
    os.environ["BENCH_DATABASE_URL"] = f"{address.rstrip('/')}/{name}"
    with psycopg.connect(f"{address.rstrip('/')}/postgres", autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def measure(people: int, tasks: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.settings import BENCH_FOLDER

    try:
        call_command("migrate", verbosity=0)
        now = working_morning()
        fill(people, tasks, today=now.date())
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        started = time.monotonic()
        done = run(now)
        print(connection.vendor, *lines(people, tasks, done, time.monotonic() - started), sep="\n")
    finally:
        shutil.rmtree(BENCH_FOLDER, ignore_errors=True)


def working_morning() -> datetime:
    """Eight o'clock on the next working day but a Monday."""
    from django.utils import timezone

    from annual_wheel import when

    day = timezone.localdate() + timedelta(days=1)
    while not when.is_working_day(day) or day.weekday() == 0:
        day += timedelta(days=1)
    return datetime(day.year, day.month, day.day, 8, tzinfo=timezone.get_current_timezone())


def fill(people: int, tasks: int, *, today: date) -> None:
    """Units of ten people, and as many entries as give each unit its share; days spread from last week to next year."""
    from django.utils import timezone

    from annual_wheel.models import Edition, Entry, EntryResponsibility, Task, Wheel
    from organisation.models import Membership, Unit, UnitGroup, User

    units_count = max(1, people // PEOPLE_PER_UNIT)
    faculty = Unit.objects.create(slug="fakultetet", name="Fakultetet", kind="faculty")
    units = Unit.objects.bulk_create(
        Unit(slug=f"enhet-{number}", name=f"Enhet {number}", kind="department", parent=faculty)
        for number in range(units_count)
    )
    users = User.objects.bulk_create(
        User(email=f"person{number}@bench.example", name=f"Person {number}", password="!") for number in range(people)
    )
    Membership.objects.bulk_create(
        Membership(user=user, unit=units[number % units_count], role="contributor") for number, user in enumerate(users)
    )
    group = UnitGroup.objects.create(
        slug="enhetene", name="Enhetene", owner=faculty, rule="children", member_kind="department"
    )
    wheel = Wheel.objects.create(slug="hjulet", title="Hjulet", owner=faculty)
    count = max(1, tasks // units_count)
    entries = Entry.objects.bulk_create(
        Entry(wheel=wheel, key=f"punkt-{number}", text=f"Punkt nummer {number}: gjøre noe med noen", month=1,
              when_words="1. januar", position=number) for number in range(count)
    )  # fmt: skip
    EntryResponsibility.objects.bulk_create(
        EntryResponsibility(entry=entry, group=group, wording="Enhetene") for entry in entries
    )
    days = [today + timedelta(days=number * 360 // count - 7) for number in range(count)]
    editions = Edition.objects.bulk_create(
        Edition(entry=entry, year=today.year, as_written="1. januar", precision="day",
                earliest_on=day, latest_on=day, due_on=day) for entry, day in zip(entries, days, strict=True)
    )  # fmt: skip
    for edition in editions:
        Task.objects.bulk_create([Task(edition=edition, unit=unit) for unit in units], batch_size=500)
    Task.objects.update(given_at=timezone.now() - timedelta(days=200))


def run(now: datetime) -> list[Done]:
    """Hand the day out, and let the workers send it to a mail server of this machine, which only counts."""
    from annual_wheel import handing_out
    from tests.smtp_server import SmtpServer

    context = multiprocessing.get_context("spawn")  # a worker shall not carry what this process has read
    with SmtpServer() as server:
        parts = handing_out.hand_out(now=now)
        pipes = []
        for number in range(WORKERS):
            here, there = context.Pipe()
            context.Process(target=worker, args=(parts[number::WORKERS], now, server.port, there)).start()
            pipes.append(here)
        return [pipe.recv() for pipe in pipes]


def worker(parts: Sequence[list[int]], now: datetime, port: int, pipe: Connection) -> None:
    """A process of its own that sends its parts."""
    django.setup()
    from django.conf import settings

    settings.EMAIL_BACKEND = "config.lib.mail.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF)
    with ThreadPoolExecutor(THREADS) as threads:
        told = list(threads.map(lambda part: send(part, now), parts))
    used = resource.getrusage(resource.RUSAGE_SELF)
    pipe.send(
        Done(
            sent=sum(sent for sent, _queries in told),
            seconds=time.monotonic() - began,
            cpu_seconds=used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime,
            megabytes=used.ru_maxrss / 1024,
            queries=sum(queries for _sent, queries in told),
        )
    )


def send(part: list[int], now: datetime) -> tuple[int, int]:
    """Send one part, and say how many mails left and how many queries that took."""
    from django.db import connection

    from annual_wheel import handing_out

    queries = 0

    def count(execute: Any, *arguments: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        sent = handing_out.send_part(part, handed_out_at=now, clock=lambda: now)["sent"]
    return sent, queries


def lines(people: int, tasks: int, done: list[Done], seconds: float) -> list[str]:
    sent, queries = sum(each.sent for each in done), sum(each.queries for each in done)
    cpu, megabytes = sum(each.cpu_seconds for each in done), max(each.megabytes for each in done)
    return [
        f"{people} people, {tasks} tasks, {WORKERS} workers of {THREADS} threads:"
        f" {sent} mails in {seconds:.0f} s (target {TARGET_SECONDS})",
        f"CPU of the workers {cpu:.0f} s, {1000 * cpu / max(sent, 1):.1f} ms a mail",
        f"memory of a worker {megabytes:.0f} MB (target {TARGET_MEGABYTES})",
        f"queries {queries}, {queries / max(sent, 1):.1f} a mail",
    ]


if __name__ == "__main__":
    main()
