"""The morning of reminders that is measured, on a few people."""

from datetime import UTC, datetime
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
        told = [reminders.send(part, now) for part in handing_out.hand_out(now=now)]
    sent, queries = (sum(numbers) for numbers in zip(*told, strict=True))
    assert (sent, len(server.taken), Reminder.objects.filter(status="sent").count()) == (20, 20, 20)
    done = reminders.Done(sent=sent, seconds=1.0, cpu_seconds=0.5, megabytes=100.0, queries=queries)
    words = reminders.lines(20, 40, [done, done], seconds=1.5)
    assert words[0] == "20 people, 40 tasks, 2 workers of 4 threads: 40 mails in 2 s (target 300)"
    assert words[3] == f"queries {2 * queries}, {queries / 20:.1f} a mail"
