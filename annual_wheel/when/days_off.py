"""Easter, and the nearest working day before a weekend or a Norwegian public holiday."""

from __future__ import annotations

import datetime as dt
from functools import cache

import holidays


def easter_sunday(year: int) -> dt.date:
    """The Gregorian Easter Sunday, by the century-corrected lunar cycle of 19 years."""
    century = year // 100
    golden = year % 19
    moon_shift = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    epact = moon_shift - (moon_shift // 28) * (1 - (29 // (moon_shift + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    return dt.date(year, 3, 28) + dt.timedelta(days=epact - weekday)


@cache
def public_holidays(year: int) -> frozenset[dt.date]:
    """The public holidays of Norway; the library knows 1947-2100, other years have none."""
    return frozenset(holidays.country_holidays("NO", years=year))


def holiday_name(day: dt.date, *, language: str) -> str:
    """What the day's public holiday is called within a sentence, in bokmål or English; empty where it is none."""
    known = holidays.country_holidays("NO", years=day.year, language="en_US" if language == "en" else "no")
    name = known.get(day, "")
    return name if language == "en" else name.lower()


def is_working_day(day: dt.date) -> bool:
    return day.weekday() < 5 and day not in public_holidays(day.year)


def working_day_hint(day: dt.date) -> dt.date | None:
    """The nearest earlier working day where `day` is none itself, else None."""
    if is_working_day(day):
        return None
    while not is_working_day(day):
        day -= dt.timedelta(days=1)
    return day
