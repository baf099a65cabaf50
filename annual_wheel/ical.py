"""Calendar entries → the bytes of a calendar file (RFC 5545 and 7986). Knows no model and asks no clock.

Written here and not by the library, which takes twenty times as long; the tests hold the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

PRODUCT: Final = "-//Rod trad//Rod trad//NO"
ASK_AGAIN: Final = "PT4H"
COLOR: Final = ("firebrick", "#B22222")  # of the thread, as the two properties name it
LINE_OCTETS: Final = 75
CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")  # all but the line feed


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One all-day entry, from `first` to `last` with both included.

    `uid` is the same for ever. `sequence` grows with each change, and `changed_at` is the last one. What somebody is to
    tick off can stand as a thing to do as well, done at `done_at`.
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
    is_ticked_off: bool = False
    done_at: datetime | None = None


class Parts(NamedTuple):
    """An entry as bytes: its title, what it is however it is told, what an event adds, and what a thing to do adds.

    `as_todo` is empty for what nobody ticks off.
    """

    title: bytes
    shared: bytes
    as_event: bytes
    as_todo: bytes


class Alarm(NamedTuple):
    """When to ring: a duration from the end of the entry, which as an event is the midnight after its last day and as
    a thing to do the one before."""

    after_event: str
    after_due: str


class Row(NamedTuple):
    """An entry ready to be joined with others; one that is over or cancelled does not ring."""

    parts: Parts
    may_ring: bool


def parts_of(entry: CalendarEntry) -> Parts:
    """All that an entry says but when it changed: the same content always gives the same bytes."""
    shared = [f"UID:{entry.uid}"]
    if entry.categories:
        shared.append(f"CATEGORIES:{','.join(text(one_line(category)) for category in entry.categories)}")
    shared.append(f"URL:{entry.url}")
    if entry.description:
        shared.append(f"DESCRIPTION:{text(clean(entry.description))}")
    todo = lines(_todo_lines(entry)) if entry.is_ticked_off else b""
    return Parts(title_line(entry.title), lines(shared), lines(_event_lines(entry)), todo)


def title_line(title: str) -> bytes:
    return lines([f"SUMMARY:{text(one_line(title))}"])


def _event_lines(entry: CalendarEntry) -> list[str]:
    return [
        f"DTSTART;VALUE=DATE:{entry.first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.last + timedelta(days=1):%Y%m%d}",  # the first day that is not part of it
        f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",  # a deadline does not make anybody busy all day
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
    ]


def _todo_lines(entry: CalendarEntry) -> list[str]:
    # The day it is due must come after the one it starts, so what has one day has no start.
    start = [f"DTSTART;VALUE=DATE:{entry.first:%Y%m%d}"] if entry.first < entry.last else []
    due = f"DUE;VALUE=DATE:{entry.last:%Y%m%d}"
    if entry.is_cancelled:
        return [*start, due, "STATUS:CANCELLED"]
    if entry.done_at:
        return [*start, due, "STATUS:COMPLETED", f"COMPLETED:{moment(entry.done_at)}", "PERCENT-COMPLETE:100"]
    return [*start, due, "STATUS:NEEDS-ACTION"]


def stamped(shared: bytes, *, changed_at: datetime, sequence: int) -> bytes:
    """The shared part with when it changed, and how many times."""
    at = moment(changed_at)
    return f"DTSTAMP:{at}\r\nLAST-MODIFIED:{at}\r\nSEQUENCE:{sequence}\r\n".encode() + shared


def row_of(entry: CalendarEntry) -> Row:
    parts = parts_of(entry)
    shared = stamped(parts.shared, changed_at=entry.changed_at, sequence=entry.sequence)
    return Row(parts._replace(shared=shared), may_ring=not (entry.is_cancelled or entry.done_at))


def calendar_bytes(
    name: str,
    rows: Iterable[Row],
    *,
    language: str = "nb",
    url: str = "",
    as_todo: bool = False,
    alarm: Alarm | None = None,
    rings: str = "",
) -> bytes:
    """The rows as one calendar; the same rows always give the same bytes. `rings` is what an alarm says."""
    head = lines(
        [
            *("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"),
            *(f"NAME;LANGUAGE={language}:{text(one_line(name))}", f"X-WR-CALNAME:{text(one_line(name))}"),
            *(f"COLOR:{COLOR[0]}", f"X-APPLE-CALENDAR-COLOR:{COLOR[1]}"),
            *([f"URL:{url}"] if url else []),
            *(f"REFRESH-INTERVAL;VALUE=DURATION:{ASK_AGAIN}", f"X-PUBLISHED-TTL:{ASK_AGAIN}"),
        ]
    )
    event_alarm, todo_alarm = (_alarm_bytes(after, rings) for after in alarm) if alarm else (b"", b"")
    pieces = [head]
    for (title, shared, as_event, todo), may_ring in rows:
        if as_todo and todo:
            pieces += (b"BEGIN:VTODO\r\n", title, shared, todo, todo_alarm if may_ring else b"", b"END:VTODO\r\n")
        else:
            pieces += (
                b"BEGIN:VEVENT\r\n",
                title,
                shared,
                as_event,
                event_alarm if may_ring else b"",
                b"END:VEVENT\r\n",
            )
    pieces.append(b"END:VCALENDAR\r\n")
    return b"".join(pieces)


def _alarm_bytes(after: str, says: str) -> bytes:
    trigger = f"TRIGGER;RELATED=END:{after}"
    return lines(["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{text(one_line(says))}", trigger, "END:VALARM"])


def lines(told: Iterable[str]) -> bytes:
    """Content lines, folded so that none is longer than 75 octets."""
    return b"".join(folded(line.encode()) for line in told)


def folded(line: bytes) -> bytes:
    """The line with its end, cut between letters, never inside one or between a backslash and what it escapes."""
    if len(line) <= LINE_OCTETS:
        return line + b"\r\n"
    pieces, at, room = [], 0, LINE_OCTETS
    while len(line) - at > room:
        end = at + room
        while line[end] & 0xC0 == 0x80:  # in the middle of a letter
            end -= 1
        if (end - at - len(line[at:end].rstrip(b"\\"))) % 2:
            end -= 1
        pieces.append(line[at:end])
        at, room = end, LINE_OCTETS - 1  # the space that a continued line begins with
    pieces.append(line[at:])
    return b"\r\n ".join(pieces) + b"\r\n"


def moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def text(value: str) -> str:
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def clean(value: str) -> str:
    """Leave out control characters, which the format forbids; a line break stays one."""
    return CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(value: str) -> str:
    return clean(value).replace("\n", " ")
