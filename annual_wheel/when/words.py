"""Days, weeks and months in words, the way people write them in bokmål, nynorsk and English."""

from __future__ import annotations

import datetime as dt

from .vocabulary import MONTH_NAMES, SEASONS
from .window import Precision, Window

SEASON_NAMES = {SEASONS[name]: name for name in ("vår", "sommer", "høst", "vinter", "vårsemesteret", "høstsemesteret")}
PART_NAMES = ("primo", "medio", "ultimo")
SPOKEN = {
    "nb": {"week": "uke", "all": "hele", "ongoing": "løpende"},
    "nn": {"week": "veke", "all": "heile", "ongoing": "løpande"},
    "en": {"week": "week", "all": "all of", "ongoing": "ongoing"},
}
SPOKEN_SEASONS = {
    "nb": {**SEASON_NAMES, (3, 5): "våren", (6, 8): "sommeren", (9, 11): "høsten", (1, 2): "vinteren"},
    "nn": {
        **{(3, 5): "våren", (6, 8): "sommaren", (9, 11): "hausten", (1, 2): "vinteren"},
        **{(1, 6): "vårsemesteret", (8, 12): "haustsemesteret"},
    },
    "en": {
        **{(3, 5): "spring", (6, 8): "summer", (9, 11): "autumn", (1, 2): "winter"},
        **{(1, 6): "spring semester", (8, 12): "autumn semester"},
    },
}


def month_name(month: int, language: str = "nb") -> str:
    return MONTH_NAMES[0][month - 1] if language != "en" else MONTH_NAMES[1][month - 1].capitalize()


def day_words(day: dt.date, language: str = "nb") -> str:
    """The day as "15. april" or "15 April"."""
    return f"{day.day}{'' if language == 'en' else '.'} {month_name(day.month, language)}"


def span_words(first: dt.date, last: dt.date, language: str = "nb") -> str:
    """Days from and to, as in "28. april – 3. mai"; English has no dots."""
    if first == last:
        return day_words(first, language)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{'' if language == 'en' else '.'}–{day_words(last, language)}"
    return f"{day_words(first, language)} – {day_words(last, language)}"


def month_words(window: Window, language: str = "nb") -> str:
    names = [month_name(day.month, language) for day in (window.earliest, window.latest)]
    return "–".join(dict.fromkeys(names))


def week_words(window: Window) -> str:
    weeks = (window.earliest.isocalendar().week, window.latest.isocalendar().week)
    return "–".join(str(week) for week in dict.fromkeys(weeks))


def part_words(window: Window) -> str:
    """The Latin word and the month, "medio oktober" or "ultimo mai – primo juni"."""
    parts = [
        f"{PART_NAMES[min(2, (day.day - 1) // 10)]} {month_name(day.month)}" for day in (window.earliest, window.latest)
    ]
    return " – ".join(dict.fromkeys(parts))


def write(window: Window) -> str:
    """Canonical bokmål words for a window; read for `window.year`, they give the same window again.

    A window cut by two bounds has no words of its own and is written as its days.
    """
    if window.within is not None and window.within.within is not None:
        return span_words(window.earliest, window.latest)
    if window.bound is not None and window.within is not None and window.precision is not Precision.DAY:
        return f"{write(window.within)}, {window.bound.as_written}"
    if not window.is_ongoing:
        return plain_words(window)
    if window.precision is Precision.YEAR:
        return "løpende"
    joiner = "i " if window.precision in (Precision.WEEK, Precision.MONTH, Precision.MONTHS) else ""
    return f"løpende {joiner}{plain_words(window)}"


def plain_words(window: Window) -> str:
    match window.precision:
        case Precision.WEEK:
            return f"uke {week_words(window)}"
        case Precision.PART_OF_MONTH:
            return part_words(window)
        case Precision.MONTH | Precision.MONTHS:
            return month_words(window)
        case Precision.SEASON:
            return SEASON_NAMES[window.earliest.month, window.latest.month]
        case Precision.YEAR:
            return "hele året"
        case _:
            return span_words(window.earliest, window.latest)


def describe(window: Window, language: str = "nb") -> str:
    """The window as people write dates, with its year: "15. april 2027", "uke 33 (16.–22. august 2027)"."""
    spoken = SPOKEN[language]
    text = dated_words(window, language)
    if window.is_ongoing:
        text = f"{spoken['ongoing']}, {text}"
    is_without_date = window.bound is not None and window.bound.date is None
    return f"{text}, {window.bound.as_written}" if window.bound and is_without_date else text


def dated_words(window: Window, language: str) -> str:
    year, spoken = window.latest.year, SPOKEN[language]
    days = dated_span(window.earliest, window.latest, language)
    if window.within is not None and (window.earliest, window.latest) != (window.within.earliest, window.within.latest):
        return days
    match window.precision:
        case Precision.WEEK:
            return f"{spoken['week']} {week_words(window)} ({days})"
        case Precision.MONTH | Precision.MONTHS if window.earliest.year == year:
            return f"{month_words(window, language)} {year}"
        case Precision.SEASON:
            season = SPOKEN_SEASONS[language][window.earliest.month, window.latest.month]
            return f"{season} {year} ({month_words(window, language)})"
        case Precision.YEAR:
            return f"{spoken['all']} {year}"
        case _:
            return days


def dated_span(first: dt.date, last: dt.date, language: str) -> str:
    if first.year == last.year:
        return f"{span_words(first, last, language)} {last.year}"
    return f"{day_words(first, language)} {first.year} – {day_words(last, language)} {last.year}"


def limits(window: Window, language: str = "nb") -> str:
    """What a form shows while a date is typed: "tidligst 11.10., senest 20.10.2027"."""
    first, last = window.earliest, window.latest
    if language == "en":
        year = "" if first.year == last.year else f" {first.year}"
        return f"earliest {day_words(first, 'en')}{year}, latest {day_words(last, 'en')} {last.year}"
    words = ("tidlegast", "seinast") if language == "nn" else ("tidligst", "senest")
    year = "" if first.year == last.year else f"{first.year}"
    return f"{words[0]} {first.day}.{first.month}.{year}, {words[1]} {last.day}.{last.month}.{last.year}"
