"""The morning of reminders that is measured, on a few people."""

from datetime import UTC, datetime
from multiprocessing import Pipe
from typing import Any

import pytest

from annual_wheel import handing_out
from annual_wheel.models import Reminder, Task
from benchmarks import reminders
from organisation.models import User
from tests.smtp_server import SmtpServer

pytestmark = pytest.mark.once


@pytest.mark.django_db
def test_everyone_gets_the_mail_that_is_counted(settings: Any) -> None:
    now = datetime(2026, 4, 14, 6, tzinfo=UTC)  # a Tuesday, eight in Oslo
    reminders.fill(20, 40, today=now.date())
    assert (User.objects.count(), Task.objects.count()) == (20, 40)
    with SmtpServer() as server:
        settings.EMAIL_BACKEND = "config.lib.mail.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        here, there = Pipe()
        reminders.work(handing_out.hand_out(now=now), now, there)
        done = here.recv()
        there.close()
        here.close()
    assert (done.sent, len(server.taken), Reminder.objects.filter(status="sent").count()) == (20, 20, 20)
    told = reminders.lines(20, 40, [done], seconds=1.5)
    assert told[0] == "20 people, 40 tasks, 2 workers: 20 mails in 2 s (target 300)"
    assert told[3] == f"queries {done.queries}, {done.queries / 20:.1f} a mail"
