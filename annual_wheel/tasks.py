from celery import shared_task

from annual_wheel import feeds, giving, ledger, nudging
from config.lib import clock


@shared_task(name="annual_wheel.send_reminders")
def send_reminders() -> None:
    """Send what is unsent today. Asked every quarter of an hour, so that a missed one is soon made up for."""
    ledger.send_due()
    nudging.send_waiting()


@shared_task(name="annual_wheel.give_again")
def give_again() -> None:
    """Let tasks follow what today has brought: a unit that closes or a membership that ends on a day set beforehand.

    Asked every hour, as a machine may sleep at midnight; done again it changes nothing.
    """
    giving.give_again(today=clock.today())


@shared_task(name="annual_wheel.send_nudges")
def send_nudges() -> None:
    """Send the friendly reminders that wait."""
    nudging.send_waiting()


@shared_task(name="annual_wheel.catch_up_calendars")
def catch_up_calendars() -> None:
    """Put what has changed into words for the calendars, so that whoever asks for one need not wait for it."""
    feeds.catch_up_all(today=clock.today())
