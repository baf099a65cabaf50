"""Any entries give a valid calendar that tells the same facts when it is read back."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event, vText

from annual_wheel.ical import Alarm, CalendarEntry, calendar_bytes, clean, one_line, row_of

# The first examples pay for the library's start.
calm = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
letters = st.characters(exclude_categories=["Cs"])
# Letters of one to four octets and what is escaped, long enough to be folded at any of them.
hard = st.text(st.sampled_from('aæøåÆØÅé–🎓🧵\\;,:\n" '), min_size=1, max_size=200)
texts = st.text(letters, min_size=1, max_size=150) | hard
ALARM = Alarm(after_event="-P1DT15H", after_due="-PT15H")
days = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@st.composite
def entries(draw: st.DrawFn) -> CalendarEntry:
    first = draw(days)
    is_ticked_off = draw(st.booleans())
    is_cancelled = draw(st.booleans())
    moments = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
    return CalendarEntry(
        uid=draw(st.from_regex(r"[a-z0-9-]{1,40}@rodtraad", fullmatch=True)),
        title=draw(texts),
        first=first,
        last=first + timedelta(days=draw(st.integers(0, 400))),
        changed_at=draw(moments),
        sequence=draw(st.integers(0, 10_000)),
        url=draw(st.from_regex(r"https://[a-z]{1,10}\.example/[a-z0-9/]{0,60}", fullmatch=True)),
        description=draw(texts | st.just("")),
        categories=tuple(
            draw(st.lists(st.sampled_from(["Frist", "Møte, stort", "Årshjul; HF", "🎓 æøå"]), max_size=3))
        ),
        is_cancelled=is_cancelled,
        is_ticked_off=is_ticked_off,
        done_at=draw(st.none() | moments) if is_ticked_off and not is_cancelled else None,
    )


def written(name: str, told: list[CalendarEntry], **choices: Any) -> bytes:
    return calendar_bytes(name, [row_of(entry) for entry in told], **choices)


def read_back(data: bytes) -> tuple[str, list[CalendarEntry]]:
    """What the library makes of a calendar; what is told as an event does not say whether it was done."""
    calendar = Calendar.from_ical(data)
    parts: list[Any] = [part for part in calendar.subcomponents if part.name in ("VEVENT", "VTODO")]
    assert [fault for part in parts for fault in part.errors] == []
    # The library leaves a property it does not know as it stands, with its backslashes.
    return re.sub(r"\\(.)", r"\1", str(calendar["NAME"])), [
        CalendarEntry(
            uid=str(part["UID"]),
            title=str(part["SUMMARY"]),
            first=part.decoded("DTSTART") if "DTSTART" in part else part.decoded("DUE"),
            last=part.decoded("DTEND") - timedelta(days=1) if part.name == "VEVENT" else part.decoded("DUE"),
            changed_at=part.decoded("LAST-MODIFIED"),
            sequence=part["SEQUENCE"],
            url=str(part["URL"]),
            description=str(part.get("DESCRIPTION", "")),
            categories=tuple(str(name) for name in part["CATEGORIES"].cats) if "CATEGORIES" in part else (),
            is_cancelled=str(part["STATUS"]) == "CANCELLED",
            is_ticked_off=part.name == "VTODO",
            done_at=part.decoded("COMPLETED") if "COMPLETED" in part else None,
        )
        for part in parts
    ]


def as_told(entry: CalendarEntry, *, as_todo: bool = False) -> CalendarEntry:
    """The entry as a calendar can tell it: without control characters and parts of a second."""
    is_todo = as_todo and entry.is_ticked_off
    return replace(
        entry,
        title=one_line(entry.title),
        description=clean(entry.description),
        changed_at=entry.changed_at.replace(microsecond=0),
        is_ticked_off=is_todo,
        done_at=entry.done_at.replace(microsecond=0) if entry.done_at and is_todo else None,
    )


def by_the_library(entry: CalendarEntry) -> bytes:
    """The same entry as the library writes it as an event, unfolded and in the order of its own."""
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.first)
    event.add("dtend", entry.last + timedelta(days=1))
    event.add("summary", vText(one_line(entry.title)))
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    event.add("url", entry.url)
    if entry.categories:
        event.add("categories", list(entry.categories))
    if entry.description:
        event.add("description", vText(clean(entry.description)))
    return bytes(event.to_ical())


def unfolded(data: bytes) -> set[bytes]:
    return set(data.replace(b"\r\n ", b"").splitlines())


@calm
@given(entry=entries())
def test_any_event_is_written_line_for_line_as_the_library_writes_it(entry: CalendarEntry) -> None:
    # The library takes a backslash before an N for a line break.
    assume("\\N" not in entry.title + entry.description)
    (body,) = re.findall(rb"BEGIN:VEVENT.*END:VEVENT\r\n", written("Navn", [entry]), re.DOTALL)
    assert unfolded(body) == unfolded(by_the_library(entry))


@calm
@given(name=texts, told=st.lists(entries(), max_size=4), as_todo=st.booleans(), alarm=st.sampled_from([None, ALARM]))
def test_any_entries_read_back_as_the_same_facts(
    name: str, told: list[CalendarEntry], as_todo: bool, alarm: Alarm | None
) -> None:
    data = written(name, told, as_todo=as_todo, alarm=alarm, rings="Frist 🎓, ring; nå")
    assert read_back(data) == (one_line(name), [as_told(entry, as_todo=as_todo) for entry in told])
    assert alarms_in(data) == [rung(entry, alarm, as_todo=as_todo) for entry in told]


def alarms_in(data: bytes) -> list[list[tuple[str, str]]]:
    """What each entry rings with, and when."""
    calendar: Any = Calendar.from_ical(data)
    return [
        [(str(alarm["DESCRIPTION"]), alarm["TRIGGER"].to_ical().decode()) for alarm in part.walk("VALARM")]
        for part in calendar.subcomponents
    ]


def rung(entry: CalendarEntry, alarm: Alarm | None, *, as_todo: bool) -> list[tuple[str, str]]:
    if alarm is None or entry.is_cancelled or entry.done_at:
        return []
    return [("Frist 🎓, ring; nå", alarm.after_due if as_todo and entry.is_ticked_off else alarm.after_event)]


@calm
@given(name=texts, told=st.lists(entries(), max_size=3), as_todo=st.booleans(), rings=texts)
def test_any_calendar_keeps_to_the_form(name: str, told: list[CalendarEntry], as_todo: bool, rings: str) -> None:
    data = written(name, told, as_todo=as_todo, alarm=ALARM, rings=rings)
    assert data == written(name, told, as_todo=as_todo, alarm=ALARM, rings=rings)
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)
    assert max(len(line) for line in lines) <= 75
    data.decode("utf-8")
    for line in lines:
        line.decode("utf-8")  # folded between letters, never inside one


def test_a_calendar_says_what_programs_ask_for() -> None:
    entry = CalendarEntry(
        uid="abc-2026@rodtraad",
        title="Søknadsfrist",
        first=date(2026, 4, 15),
        last=date(2026, 4, 15),
        changed_at=datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC),
        sequence=3,
        url="https://rodtraad.example/aarshjul/punkt/abc/",
        description="Når: 15. april\nAnsvar: HF, IHK",
        categories=("Frist", "Årshjul HF"),
        is_cancelled=True,
    )
    assert written("Rød tråd: HF", [entry], url="https://rodtraad.example/aarshjul/").decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Rod trad//Rod trad//NO",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME;LANGUAGE=nb:Rød tråd: HF",
        "X-WR-CALNAME:Rød tråd: HF",
        "COLOR:firebrick",
        "X-APPLE-CALENDAR-COLOR:#B22222",
        "URL:https://rodtraad.example/aarshjul/",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "X-PUBLISHED-TTL:PT4H",
        "BEGIN:VEVENT",
        "SUMMARY:Søknadsfrist",
        "DTSTAMP:20260102T030405Z",
        "LAST-MODIFIED:20260102T030405Z",
        "SEQUENCE:3",
        "UID:abc-2026@rodtraad",
        "CATEGORIES:Frist,Årshjul HF",
        "URL:https://rodtraad.example/aarshjul/punkt/abc/",
        "DESCRIPTION:Når: 15. april\\nAnsvar: HF\\, IHK",
        "DTSTART;VALUE=DATE:20260415",
        "DTEND;VALUE=DATE:20260416",
        "STATUS:CANCELLED",
        "TRANSP:TRANSPARENT",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def to_do(**facts: Any) -> list[str]:
    entry = CalendarEntry(
        uid="abc-2026-1@rodtraad", title="Sjekk nettsidene", first=date(2026, 4, 11), last=date(2026, 4, 20),
        changed_at=datetime(2026, 1, 2, tzinfo=UTC), sequence=1, url="https://rodtraad.example/", is_ticked_off=True,
    )  # fmt: skip
    data = written("Rød tråd", [replace(entry, **facts)], as_todo=True, alarm=ALARM, rings="Frist i Rød tråd")
    told = data.decode().split("\r\n")
    return told[told.index("URL:https://rodtraad.example/") + 1 : -2]


def test_a_thing_to_do_is_due_on_its_last_day_and_rings_before_it() -> None:
    alarm = ["BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Frist i Rød tråd", "TRIGGER;RELATED=END:-PT15H"]
    days = ["DTSTART;VALUE=DATE:20260411", "DUE;VALUE=DATE:20260420"]
    assert to_do() == [*days, "STATUS:NEEDS-ACTION", *alarm, "END:VALARM", "END:VTODO"]
    assert to_do(first=date(2026, 4, 20))[:2] == ["DUE;VALUE=DATE:20260420", "STATUS:NEEDS-ACTION"]
    assert to_do(is_cancelled=True) == [*days, "STATUS:CANCELLED", "END:VTODO"]
    assert to_do(done_at=datetime(2026, 4, 12, 10, tzinfo=UTC)) == [
        *(*days, "STATUS:COMPLETED", "COMPLETED:20260412T100000Z", "PERCENT-COMPLETE:100", "END:VTODO")
    ]


def test_what_nobody_ticks_off_stays_an_event_among_things_to_do() -> None:
    assert to_do(is_ticked_off=False)[-3:] == ["TRIGGER;RELATED=END:-P1DT15H", "END:VALARM", "END:VEVENT"]
