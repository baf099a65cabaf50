"""Any entries give a valid calendar that tells the same facts when it is read back."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from annual_wheel.ical import CalendarEntry, calendar_bytes, clean, one_line

# The first examples pay for the library's start.
calm = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
letters = st.characters(exclude_categories=["Cs"])
texts = st.text(letters, min_size=1, max_size=150)
days = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@st.composite
def entries(draw: st.DrawFn) -> CalendarEntry:
    first = draw(days)
    return CalendarEntry(
        uid=draw(st.from_regex(r"[a-z0-9-]{1,40}@rodtraad", fullmatch=True)),
        title=draw(texts),
        first=first,
        last=first + timedelta(days=draw(st.integers(0, 400))),
        changed_at=draw(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))),
        sequence=draw(st.integers(0, 10_000)),
        url=draw(st.from_regex(r"https://[a-z]{1,10}\.example/[a-z0-9/]{0,60}", fullmatch=True)),
        description=draw(texts | st.just("")),
        categories=tuple(
            draw(st.lists(st.sampled_from(["Frist", "Møte, stort", "Årshjul; HF", "🎓 æøå"]), max_size=3))
        ),
        is_cancelled=draw(st.booleans()),
    )


def read_back(data: bytes) -> tuple[str, list[CalendarEntry]]:
    calendar = Calendar.from_ical(data)
    events: list[Any] = calendar.walk("VEVENT")
    assert [fault for event in events for fault in event.errors] == []
    # The library leaves a property it does not know as it stands, with its backslashes.
    return re.sub(r"\\(.)", r"\1", str(calendar["NAME"])), [
        CalendarEntry(
            uid=str(event["UID"]),
            title=str(event["SUMMARY"]),
            first=event.decoded("DTSTART"),
            last=event.decoded("DTEND") - timedelta(days=1),
            changed_at=event.decoded("LAST-MODIFIED"),
            sequence=event["SEQUENCE"],
            url=str(event["URL"]),
            description=str(event.get("DESCRIPTION", "")),
            categories=tuple(str(name) for name in event["CATEGORIES"].cats) if "CATEGORIES" in event else (),
            is_cancelled=str(event["STATUS"]) == "CANCELLED",
        )
        for event in events
    ]


def as_told(entry: CalendarEntry) -> CalendarEntry:
    """The entry as a calendar can tell it: without control characters and parts of a second."""
    return CalendarEntry(
        uid=entry.uid,
        title=one_line(entry.title),
        first=entry.first,
        last=entry.last,
        changed_at=entry.changed_at.replace(microsecond=0),
        sequence=entry.sequence,
        url=entry.url,
        description=clean(entry.description),
        categories=entry.categories,
        is_cancelled=entry.is_cancelled,
    )


@calm
@given(name=texts, told=st.lists(entries(), max_size=4))
def test_any_entries_read_back_as_the_same_facts(name: str, told: list[CalendarEntry]) -> None:
    assert read_back(calendar_bytes(name, told)) == (one_line(name), [as_told(entry) for entry in told])


@calm
@given(name=texts, told=st.lists(entries(), max_size=3))
def test_any_calendar_keeps_to_the_form(name: str, told: list[CalendarEntry]) -> None:
    data = calendar_bytes(name, told)
    assert data == calendar_bytes(name, told)
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
    assert calendar_bytes("Rød tråd: HF", [entry]).decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Rod trad//Rod trad//NO",
        "METHOD:PUBLISH",
        "NAME;LANGUAGE=nb:Rød tråd: HF",
        "X-WR-CALNAME:Rød tråd: HF",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "X-PUBLISHED-TTL:PT4H",
        "BEGIN:VEVENT",
        "SUMMARY:Søknadsfrist",
        "DTSTART;VALUE=DATE:20260415",
        "DTEND;VALUE=DATE:20260416",
        "DTSTAMP:20260102T030405Z",
        "UID:abc-2026@rodtraad",
        "SEQUENCE:3",
        "CATEGORIES:Frist,Årshjul HF",
        "DESCRIPTION:Når: 15. april\\nAnsvar: HF\\, IHK",
        "LAST-MODIFIED:20260102T030405Z",
        "STATUS:CANCELLED",
        "TRANSP:TRANSPARENT",
        "URL:https://rodtraad.example/aarshjul/punkt/abc/",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
