"""What the date reader could not read, in the reader's own language."""

from __future__ import annotations

from datetime import date

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from annual_wheel.when import AnchorCircle, Code, Unreadable
from config.lib.days import day_words

MESSAGES = {
    Code.EMPTY: _("Skriv en dato, for eksempel «medio oktober», «uke 33» eller «15.4.»."),
    Code.TOO_LONG: _("Teksten er for lang. En dato kan ha høyst %(longest)s tegn."),
    Code.UNKNOWN: _("«%(words)s» kan ikke leses som en dato."),
    Code.WRONG_YEAR: _("Du har skrevet %(written)s, men datoen skal gjelde %(year)s."),
    Code.YEAR_OUT_OF_RANGE: _("Året må være mellom %(first)s og %(last)s, ikke %(year)s."),
    Code.WRONG_WEEKDAY: _("Ukedagen i «%(words)s» stemmer ikke: %(day)s er en %(weekday)s."),
    Code.NO_SUCH_DAY: _("«%(words)s» finnes ikke i %(year)s."),
    Code.NO_SUCH_MONTH: _("Måned %(month)s finnes ikke."),
    Code.NO_SUCH_WEEK: _("Uke %(week)s finnes ikke i %(year)s, som har %(last)s uker."),
    Code.BACKWARDS: _("«%(words)s» slutter før det begynner. Start og slutt må ligge i samme år."),
    Code.NEEDS_MONTH: _("Skriv hvilken måned «%(words)s» gjelder."),
}
MISSING = {
    Code.NO_SUCH_DAY: _("«%(words)s» finnes ikke i %(year)s. Det året brukes %(nearest)s."),
    Code.NO_SUCH_WEEK: _("Uke %(week)s finnes ikke i %(year)s. Det året brukes %(nearest)s."),
}
SUGGESTION = _("Mente du «%(nearest)s»?")
CIRCLE = _("Datoene henger på hverandre i ring: %(chain)s.")


def explain(error: Unreadable | AnchorCircle) -> str:
    """What is wrong, and the nearest words that can be read."""
    if isinstance(error, AnchorCircle):
        return str(CIRCLE) % {"chain": " → ".join(str(key) for key in error.chain)}
    params = {**error.params, "words": error.words}
    day = error.params.get("day")
    if isinstance(day, date):
        params |= {"weekday": WEEKDAYS[day.weekday()], "day": day_words(day)}
    message = str(MESSAGES[error.code]) % params
    return f"{message} {str(SUGGESTION) % {'nearest': error.nearest}}" if error.nearest else message


def told_missing(error: Unreadable) -> str:
    """What a year lacks of words that hold for many years, and what it has instead."""
    return str(MISSING[error.code]) % {**error.params, "words": error.words, "nearest": error.nearest}
