"""The one place that asks what day it is; every rule below the views takes `today` as a parameter."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def today() -> date:
    """Return today's date in Europe/Oslo, the time zone of the settings."""
    return timezone.localdate()


def start_of(day: date) -> datetime:
    """Return the moment the day begins there: what a stored moment is compared with, so that an index can be used."""
    return timezone.make_aware(datetime.combine(day, time()))


def end_of(day: date) -> datetime:
    """Return the first moment after the day."""
    return start_of(day + timedelta(days=1))
