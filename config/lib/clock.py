"""The one place that asks what day it is; every rule below the views takes `today` as a parameter."""

from datetime import date

from django.utils import timezone


def today() -> date:
    """Return today's date in Europe/Oslo, the time zone of the settings."""
    return timezone.localdate()
