"""Dates and responsibility in words, for the rows of lists: made here once, so that templates only print."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from annual_wheel import when
from annual_wheel.models import Edition, EntryKind, Precision
from annual_wheel.when.vocabulary import RELATIONS, any_of
from annual_wheel.when.words import dated_span, day_words, month_words, span_words
from organisation.models import Responsibility
from organisation.words import phrase_of

if TYPE_CHECKING:
    from annual_wheel.year_editions import YearEdition

DAYS_IN_WEEKS = 14  # from here on people count in weeks
DAYS_IN_MONTHS = 63
# A bound that says how the item lies to it, and not only what and when it is.
SAYS_HOW = re.compile(rf"\b(?:{any_of(RELATIONS)})\b|frist|deadline", re.IGNORECASE)


def language() -> str:
    return "en" if (get_language() or "").startswith("en") else "nb"


@dataclass(frozen=True, slots=True)
class When:
    """An edition's date as a list shows it.

    `phrase` is the words as written, `days` what they come to this year where that says more, `bound` what it should be
    done ahead of, and `warning` what nobody knows yet.
    """

    phrase: str
    days: str
    bound: str
    warning: str
    latest: str


def when_of(edition: Edition | YearEdition) -> When:
    days, bound = days_of(edition), bound_of(edition)
    words = edition.as_written
    return When(
        phrase=words,
        days="" if days.casefold() in words.casefold() else days,
        bound="" if bound.casefold() in words.casefold() else bound,
        warning=_("Datoen er ikke kjent ennå.") if edition.said.bound_words and edition.bound_on is None else "",
        latest=edition.due_on.isoformat(),
    )


def days_of(edition: Edition | YearEdition) -> str:
    """The window in days or months, "10.–16. august"; "hele året" for what has no time of its own."""
    window = when.Window("", when.Precision(edition.precision), edition.earliest_on, edition.latest_on)
    first, last = window.earliest, window.latest
    is_whole = first.day == 1 and (last + dt.timedelta(days=1)).day == 1 and first.year == last.year
    if edition.precision == Precision.YEAR and is_whole and (first.month, last.month) == (1, 12):
        return _("hele året")
    if edition.precision in (Precision.MONTH, Precision.MONTHS, Precision.SEASON) and is_whole:
        return month_words(window, language())
    if first.year != last.year:
        return dated_span(first, last, language())
    return span_words(window.earliest, window.latest, language())


def bound_of(edition: Edition | YearEdition) -> str:
    """The bound with its day: "før søknadsfristen (15. april)", and "før 3. november" where the words are no phrase."""
    words, day = edition.said.bound_words, edition.bound_on
    if not words or day is None:
        return words
    written = day_words(day, language())
    if not SAYS_HOW.search(words):
        return _("før %(day)s") % {"day": written}
    names_the_day = written.casefold() in words.casefold() or re.search(rf"\b{day.day}\.\s?0?{day.month}\b", words)
    return words if names_the_day else f"{words} ({written})"


def day_phrase(day: dt.date, *, today: dt.date) -> str:
    """The day, with its year where it is not this year: "15. april", "2. januar 2027"."""
    words = day_words(day, language())
    return words if day.year == today.year else f"{words} {day.year}"


def due_phrase(edition: Edition | YearEdition, *, today: dt.date) -> str:
    """What a list of work says: "innen 15. april", and as written for what has no last day of its own."""
    if edition.entry.kind == EntryKind.ONGOING:
        return edition.as_written if edition.year == today.year else f"{edition.as_written} {edition.year}"
    return _("innen %(day)s") % {"day": day_phrase(edition.due_on, today=today)}


def distance(day: dt.date, *, today: dt.date) -> str:
    """How far away a day is, as people say it: "i dag", "om 3 dager", "for 2 uker siden"."""
    days = (day - today).days
    if days in (-1, 0, 1):
        return {-1: _("i går"), 0: _("i dag"), 1: _("i morgen")}[days]
    span = _span(abs(days))
    return _("om %(span)s") % {"span": span} if days > 0 else _("for %(span)s siden") % {"span": span}


def _span(days: int) -> str:
    if days < DAYS_IN_WEEKS:
        return ngettext("%(count)d dag", "%(count)d dager", days) % {"count": days}
    if days < DAYS_IN_MONTHS:
        weeks = round(days / 7)
        return ngettext("%(count)d uke", "%(count)d uker", weeks) % {"count": weeks}
    months = round(days / 30.4)
    if months < 24:
        return ngettext("%(count)d måned", "%(count)d måneder", months) % {"count": months}
    return ngettext("%(count)d år", "%(count)d år", round(days / 365.25)) % {"count": round(days / 365.25)}


def moment_phrase(moment: dt.datetime, *, today: dt.date) -> str:
    """When something was done: "i dag", "i går", else the day."""
    day = moment.date()
    return distance(day, today=today) if -1 <= (day - today).days <= 0 else day_phrase(day, today=today)


def responsible_words(lines: Iterable[Responsibility]) -> str:
    """The whole responsibility phrase of an entry."""
    return phrase_of(line.wording or line.party_label for line in lines)


def shortened(text: str, length: int = 90) -> str:
    """The text up to a whole word within the length."""
    if len(text) <= length:
        return text
    return f"{text[: length - 1].rsplit(' ', 1)[0].rstrip(',;:–')}…"
