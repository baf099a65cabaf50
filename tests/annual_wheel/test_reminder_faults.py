"""Reminders with real workers over Redis, PostgreSQL and a mail server, all of which fail: nobody is left out."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from annual_wheel import ledger, services, tasks
from annual_wheel.models import Reminder, Task
from organisation.models import User
from tests import factories as make
from tests.cast import make_cast
from tests.smtp_server import SmtpServer

pytestmark = [pytest.mark.redis, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
PEOPLE = 12
SECONDS = 150  # far more than it takes, but a machine may be busy


def monday_at_ten() -> datetime:
    """Ten o'clock in Oslo on the next Monday that is a working day."""
    from annual_wheel import when

    day = timezone.localdate() + timedelta(days=1)
    while day.weekday() != 0 or not when.is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, datetime.min.time().replace(hour=10), tzinfo=timezone.get_current_timezone())


def environment(port: int) -> dict[str, str]:
    to = settings.DATABASES["default"]
    url = f"postgresql://{to['USER']}:{to['PASSWORD']}@{to['HOST']}:{to['PORT'] or 5432}"
    return {
        **os.environ,
        "DATABASE_URL": f"{url}/{connection.settings_dict['NAME']}",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


@contextmanager
def workers(port: int, ahead: timedelta, count: int = 2) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Workers whose clocks are put forward, taken down at the end where nobody has killed them."""
    command = [sys.executable, "-m", "tests.annual_wheel.later", str(int(ahead.total_seconds()))]
    started = [
        subprocess.Popen([*command, str(number + 3)], env=environment(port), cwd=settings.BASE_DIR)
        for number in range(count)
    ]
    try:
        yield started
    finally:
        for worker in started:
            worker.terminate()
        for worker in started:
            worker.wait(timeout=SECONDS)


def wait_until(done: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + SECONDS
    while not done():
        assert time.monotonic() < end, what
        time.sleep(0.1)


def tick_twice() -> None:
    """What two timetables do at the same moment."""
    ticks = [threading.Thread(target=tasks.send_reminders.delay) for _ in range(2)]
    for tick in ticks:
        tick.start()
    for tick in ticks:
        tick.join()


def statuses() -> Counter[str]:
    return Counter(Reminder.objects.values_list("status", flat=True))


def settled() -> int:
    """How many have got their mail: it was answered for, or it was handed over twice without an answer."""
    twice = Q(status="uncertain", uncertain_count__gte=ledger.MOST_UNCERTAIN)
    return Reminder.objects.filter(Q(status="sent") | twice).count()


@pytest.fixture
def queue() -> Iterator[Any]:
    from config.celery import app

    app.control.purge()
    yield app
    app.control.purge()


def test_killed_workers_two_timetables_and_a_faulty_mail_server_leave_nobody_out(queue: Any) -> None:
    cast = make_cast()
    ahead = monday_at_ten() - timezone.now()
    day = (timezone.now() + ahead).date()
    people = [make.user(f"p{number:02}@isl.example", ("contributor", cast.isl)) for number in range(PEOPLE)]
    User.objects.exclude(pk__in=[person.pk for person in people]).update(reminder_rhythm="never")
    wheel = make.wheel("hf", cast.hf)
    words = f"{day.day}.{day.month}.{day.year}"
    kept, ticked = (
        make.edition(make.entry(wheel, cast.isl, text=text, month=day.month, when_words=words), day.year, today=day)
        for text in ("Blir stående", "Blir gjort")
    )
    with SmtpServer() as server:
        server.fail("stall", times=1)
        with workers(server.port, ahead) as started:
            tick_twice()
            assert server.stalled.wait(timeout=SECONDS)
            for worker in started:
                worker.send_signal(signal.SIGKILL)
        before = len(server.taken)
        assert statuses()["claimed"] >= 1
        queue.control.purge()  # what the dead had in hand would come back in ten minutes; the next tick is there before
        services.tick(Task.objects.get(edition=ticked), by=cast.adviser, now=timezone.now())

        server.fail("drop_after_data", times=1)
        with workers(server.port, ahead + timedelta(minutes=15)):
            tick_twice()
            wait_until(lambda: sum(statuses().values()) == PEOPLE and not statuses()["claimed"], "second tick")
            wait_until(lambda: server.faults_left == 0, "a line broken after the mail was handed over")
        with workers(server.port, ahead + timedelta(minutes=60), count=1):
            tick_twice()
            wait_until(lambda: settled() == PEOPLE, "third tick")

        told = Counter(server.told)
        assert {to for to, _id in told} == {person.email for person in people}
        ids = {row.user.email: row.message_id for row in Reminder.objects.select_related("user")}
        assert set(told) == set(ids.items())
        uncertain = set(Reminder.objects.filter(uncertain_count__gt=0).values_list("message_id", flat=True))
        assert {message_id for (_to, message_id), count in told.items() if count > 1} <= uncertain
        assert max(told.values()) == 2
        texts = [mail.get_body(("plain",)).get_content() for mail in server.taken[before:]]  # type: ignore[union-attr]
        assert all("Blir stående" in text and "Blir gjort" not in text for text in texts)
        assert kept.tasks.get().status == "open"
