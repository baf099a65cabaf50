from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from celery import shared_task
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from annual_wheel import feeds, giving, handing_out, nudging
from config.lib import clock

# A task that meets a database which is away comes back a few times, not all at once. What a mail server refuses is the
# ledger's to try again. No soft limit: it would break off in the middle of a mail and take it for unsent.
BOUNDED: Final[dict[str, Any]] = {
    "acks_late": True,
    "autoretry_for": (OperationalError, InterfaceError),
    "max_retries": 4,
    "retry_backoff": 5,
    "retry_backoff_max": 120,
    "retry_jitter": True,
    "time_limit": 9 * 60,
}
UNTIL_NEXT: Final = 14 * 60  # the next tick hands out again what has not been sent by then


@shared_task(name="annual_wheel.send_reminders", **BOUNDED)
def send_reminders() -> None:
    """Hand out what is unsent today. Asked every quarter of an hour, so that a missed one is soon made up for."""
    now = timezone.now()
    for part in handing_out.hand_out(now=now):
        send_part.apply_async((part, now.isoformat()), expires=UNTIL_NEXT)
    send_nudges.apply_async(expires=UNTIL_NEXT)


@shared_task(name="annual_wheel.send_part", **BOUNDED)
def send_part(people: Sequence[int], handed_out_at: str) -> None:
    handing_out.send_part(people, handed_out_at=datetime.fromisoformat(handed_out_at))


@shared_task(name="annual_wheel.give_again")
def give_again() -> None:
    """Let tasks follow what today has brought: a unit that closes or a membership that ends on a day set beforehand.

    Asked every hour, as a machine may sleep at midnight; done again it changes nothing.
    """
    giving.give_again(today=clock.today())


@shared_task(name="annual_wheel.send_nudges", **BOUNDED)
def send_nudges() -> None:
    """Send the friendly reminders that wait."""
    nudging.send_waiting()


@shared_task(name="annual_wheel.catch_up_calendars")
def catch_up_calendars() -> None:
    """Put what has changed into words for the calendars, so that whoever asks for one need not wait for it."""
    feeds.catch_up_all(today=clock.today())
