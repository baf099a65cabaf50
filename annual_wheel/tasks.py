from celery import shared_task

from annual_wheel import ledger


@shared_task(name="annual_wheel.send_reminders")
def send_reminders() -> None:
    """Send what is unsent today. Asked every quarter of an hour, so that a missed one is soon made up for."""
    ledger.send_due()
