"""What a date as written is understood as, told back to whoever writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annual_wheel import when
from annual_wheel.models import Edition, Entry
from annual_wheel.opening import set_dates
from annual_wheel.when_words import explain
from config.lib.days import day_words

MOST_DAYS = 366  # that one item's date can lie from another's


@dataclass(frozen=True)
class Understood:
    """`text` is the window in words; `error` says why there is none; `warning` what nobody knows yet."""

    text: str = ""
    error: str = ""
    warning: str = ""


def language() -> str:
    return "en" if (get_language() or "").startswith("en") else "nb"


def understood(entry: Entry, year: int, *, moved_to: str = "") -> Understood:
    """Read an entry's date for a year, as its edition would: with its bound, and the date it hangs on."""
    edition = Edition(entry=entry, year=year, is_moved=bool(moved_to), as_written=moved_to)
    try:
        set_dates(edition)
    except when.Unreadable as error:
        if entry.anchor and not moved_to and stands_in(entry.anchor, year):
            return Understood(text=hangs_on(entry.anchor, entry.anchor_offset_days))
        return Understood(error=explain(error))
    window = when.Window("", when.Precision.DAY, edition.earliest_on, edition.latest_on)
    text = when.limits(window, language())
    if edition.due_on != edition.latest_on:
        text = _("%(window)s, men må være gjort senest %(due)s") % {"window": text, "due": short_day(edition.due_on)}
    is_unknown = bool(entry.bound_words) and edition.bound_on is None
    warning = _("Datoen for «%(bound)s» er ikke kjent ennå.") % {"bound": entry.bound_words}
    return Understood(text=text, warning=warning if is_unknown else "")


def stands_in(entry: Entry, year: int) -> bool:
    return (entry.from_year or year) <= year <= (entry.to_year or year)


def hangs_on(anchor: Entry, days: int) -> str:
    """What is known of a date before the year of the item it hangs on has been opened."""
    if days == 0:
        return _("samme dag som «%(anchor)s»") % {"anchor": anchor}
    words = _("%(days)s dager etter «%(anchor)s»") if days > 0 else _("%(days)s dager før «%(anchor)s»")
    return words % {"days": abs(days), "anchor": anchor}


def short_day(day: date) -> str:
    return day_words(day) if language() == "en" else f"{day.day}.{day.month}.{day.year}"


def from_fields(fields: Mapping[str, str], entries: Mapping[str, Entry], *, today: date) -> Understood | None:
    """What the fields of the form come to this year, while they are typed; None where nothing is typed."""
    words, month = fields.get("when_words", "").strip(), fields.get("month", "")
    anchor = entries.get(fields.get("anchor", ""))
    if not words and not anchor:
        return None
    entry = Entry(
        when_words=words[:120],
        month=int(month) if month in {str(number) for number in range(1, 13)} else today.month,
        bound_words=fields.get("bound_words", "").strip()[:200],
        bound_entry=entries.get(fields.get("bound_entry", "")),
        anchor=anchor,
        anchor_offset_days=_days(fields.get("anchor_offset_days", "")),
    )
    return understood(entry, today.year)


def _days(text: str) -> int:
    """The number of days typed, 0 where it is no number that the form would take."""
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and int(digits) <= MOST_DAYS else 0
