"""Calendar entries → the bytes of a calendar file (RFC 5545 and 7986). Knows no model and asks no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event, vText

PRODUCT: Final = "-//Rod trad//Rod trad//NO"
ASK_AGAIN: Final = "PT4H"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One all-day entry, from `first` to `last` with both included.

    `uid` is the same for ever. `sequence` grows with each change, and `changed_at` is the last one.
    """

    uid: str
    title: str
    first: date
    last: date
    changed_at: datetime
    sequence: int
    url: str
    description: str = ""
    categories: tuple[str, ...] = ()
    is_cancelled: bool = False


def calendar_bytes(name: str, entries: Iterable[CalendarEntry], *, language: str = "nb") -> bytes:
    """The same entries always give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    # As text, said outright: the library escapes only what it knows the kind of.
    calendar.add("name", vText(one_line(name)), parameters={"LANGUAGE": language})
    calendar.add("x-wr-calname", vText(one_line(name)))
    calendar.add("refresh-interval", timedelta(hours=4), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", ASK_AGAIN)  # as text: the library writes a duration of an unknown name as a clock
    for entry in entries:
        calendar.add_component(event_of(entry))
    return bytes(calendar.to_ical())


def event_of(entry: CalendarEntry) -> Event:
    event = Event()
    changed_at = entry.changed_at.astimezone(UTC).replace(microsecond=0)
    event.add("uid", entry.uid)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.first)
    event.add("dtend", entry.last + timedelta(days=1))  # the first day that is not part of it
    event.add("summary", one_line(entry.title))
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # a deadline does not make anybody busy all day
    event.add("x-microsoft-cdo-busystatus", "FREE")
    event.add("url", entry.url)
    if entry.categories:
        event.add("categories", [one_line(category) for category in entry.categories])
    if entry.description:
        event.add("description", clean(entry.description))
    return event


def clean(text: str) -> str:
    """Leave out control characters, which the format forbids; a line break stays one."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(letter for letter in line if letter >= " " and letter != "\x7f") for line in lines)


def one_line(text: str) -> str:
    return " ".join(clean(text).split("\n"))
