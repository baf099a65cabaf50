"""What a date as written is understood as, told back to whoever writes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annual_wheel import when
from annual_wheel.models import Edition, Entry, EntryKind
from annual_wheel.naming import Named, link_named
from annual_wheel.opening import set_dates
from annual_wheel.phrases import shortened
from annual_wheel.when_words import explain, told_missing
from config.lib.days import day_words
from config.lib.numbers import whole_number

MOST_DAYS = 366  # that one item's date can lie from another's


@dataclass(frozen=True)
class Understood:
    """`text` is the window in words; `error` says why there is none; `warning` what nobody knows yet.

    `notes` are what else is good to know: what it follows, what a year lacks, a last day that is no working day.
    """

    text: str = ""
    error: str = ""
    warning: str = ""
    notes: tuple[str, ...] = ()


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
    return Understood(text, warning=warning if is_unknown else "", notes=tuple(notes_of(edition)))


def notes_of(edition: Edition) -> Iterator[str]:
    """What is good to know of a date besides its days."""
    for year in (edition.year, edition.year + 1) if not edition.is_moved and not edition.entry.anchor_id else ():
        missing = missing_in(edition.entry, year)
        if missing:
            yield missing
    if hint := day_off_words(edition):
        yield hint


def missing_in(entry: Entry, year: int) -> str:
    """That a year lacks week 53 or 29 February, and what is used instead; empty where it does not."""
    try:
        _window, error = when.read_yearly(entry.when_words, year, month=entry.month)
    except when.Unreadable:
        return ""
    return told_missing(error) if error else ""


def day_off_words(edition: Edition) -> str:
    """That a task's last day is a weekend or a holiday, and the working day before it.

    A deadline is left as it is, and so is what may be done at any time: the last day of a year is nobody's aim.
    """
    day = edition.due_on
    is_aimed_at = edition.entry.kind == EntryKind.TASK and edition.precision != when.Precision.YEAR
    nearest = when.working_day_hint(day) if is_aimed_at else None
    if nearest is None:
        return ""
    if nearest < edition.earliest_on:
        words = _("Siste dag, %(day)s, er %(what)s.")
        return words % {"day": short_day(day), "what": what_day(day)}
    words = _("Siste dag, %(day)s, er %(what)s. Nærmeste arbeidsdag før er %(nearest)s.")
    return words % {"day": short_day(day), "what": what_day(day), "nearest": weekday_words(nearest)}


def what_day(day: date) -> str:
    """The holiday's kind or the weekday: "en helligdag", "en søndag"."""
    if day.weekday() < 5:
        return _("en helligdag")
    return _("en lørdag") if day.weekday() == 5 else _("en søndag")


def weekday_words(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {short_day(day)}"


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
    if (kind := fields.get("kind", "")) in EntryKind.values:
        entry.kind = kind
    return with_names(entry, entries, year=today.year)


def with_names(entry: Entry, entries: Mapping[str, Entry], *, year: int) -> Understood:
    """Read a date with what its words name among the entries, and tell what was found."""
    chosen = (entry.anchor_id, entry.bound_entry_id)
    named = link_named(entry, entries.values(), year=year)
    read = understood(entry, year)
    is_new = chosen != (entry.anchor_id, entry.bound_entry_id)
    note = named_words(named if is_new or named.may_be else Named())
    return replace(read, notes=(note, *read.notes)) if note else read


def named_words(named: Named) -> str:
    if named.entry:
        return _("Følger «%(entry)s», og flytter seg med det.") % {"entry": named.entry.text.rstrip(".")}
    if not named.may_be:
        return ""
    names = ", ".join(f"«{shortened(entry.text, 60).rstrip('.')}»" for entry in named.may_be[:4])
    if len(named.may_be) == 1:
        return _("Mener du %(entry)s? Velg det lenger ned, så følger datoen det.") % {"entry": names}
    return _("Ordene kan bety flere punkter: %(entries)s. Velg det rette lenger ned.") % {"entries": names}


def _days(text: str) -> int:
    """The number of days typed, 0 where it is no number that the form would take."""
    number = whole_number(text.removeprefix("-"), MOST_DAYS) or 0
    return -number if text.startswith("-") else number
