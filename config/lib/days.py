"""Days and clocks as people write them in the language of whoever reads."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def is_english() -> bool:
    return (get_language() or "").startswith("en")


def day_words(day: date) -> str:
    """The day as "15. april 2027", in English "15 April 2027"."""
    return f"{day.day}{'' if is_english() else '.'} {MONTHS[day.month]} {day.year}"


def clock_words(moment: datetime) -> str:
    """The time of day as "9.05", in English "9:05"."""
    local = timezone.localtime(moment)
    return f"{local.hour}{':' if is_english() else '.'}{local.minute:02}"


def moment_words(moment: datetime) -> str:
    """The moment as "15. mars 2026 kl. 9.05", in English "15 March 2026 at 9:05"."""
    return at_clock(day_words(timezone.localtime(moment).date()), moment)


def at_clock(day: str, moment: datetime) -> str:
    return _("%(day)s kl. %(time)s") % {"day": day, "time": clock_words(moment)}
