"""Days in words with their year, the same on every page. Dates without a year belong to `annual_wheel.when`."""

from datetime import date

from django.utils.dates import MONTHS
from django.utils.translation import get_language


def day_words(day: date) -> str:
    """The day as "15. april 2027", in English "15 April 2027"."""
    dot = "" if (get_language() or "").startswith("en") else "."
    return f"{day.day}{dot} {MONTHS[day.month]} {day.year}"
