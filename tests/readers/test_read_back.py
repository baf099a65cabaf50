"""A year with moves, cancellations and ticks, served over HTTP and read by four programs that are not ours.

What each makes of every entry is held against the database, worked out here and not by the calendars' own code.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from pytest_django.live_server_helper import LiveServer

from annual_wheel import feeds, opening, services
from annual_wheel.models import Edition, EntryKind, Task, Wheel
from organisation.models import Unit
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.readers.programs import READERS, Read

TODAY = date(2026, 3, 15)
NOW = datetime(2026, 3, 15, 12, tzinfo=ZoneInfo("Europe/Oslo"))
KINDS = {EntryKind.TASK: "Oppgave", EntryKind.DEADLINE: "Frist", EntryKind.EVENT: "Hendelse"}
TICKED = {"done": "Gjort: ", "not_relevant": "Ikke aktuelt hos oss: "}
LONG = (
    "Søknadsfrist; «æøå», ÆØÅ – 🎓🧵 \\ og nok til at linja må brettes flere ganger, også midt i bokstaver: "
    + "æ🎓" * 30
)
pytestmark = [pytest.mark.usefixtures("today"), pytest.mark.once, pytest.mark.django_db(transaction=True)]


@dataclass
class Sources:
    """A wheel with a year opened, and how it stands for whoever asks."""

    cast: Cast
    wheel: Wheel
    sequences: dict[tuple[str, str], int] = field(default_factory=dict)

    def edition(self, key: str) -> Edition:
        return Edition.objects.get(entry__key=key, year=2026)

    def task(self, key: str, slug: str = "ihk") -> Task:
        return Task.objects.get(edition__entry__key=key, unit__slug=slug)

    def act(self, service: Any, key: str, **how: Any) -> None:
        edition = self.edition(key)
        service(edition, by=self.cast.adviser, today=TODAY, expected=edition.lock_version, **how)


@pytest.fixture
def sources(live_server: LiveServer) -> Sources:
    cast = make_cast()
    wheel = make.wheel("hf", cast.hf, title="Årshjul HF – æøå 🎓")
    each = cast.departments
    make.entry(wheel, each, key="vague", text="Sjekk nettsidene", when_words="medio april")
    make.entry(wheel, each, key="day", text=LONG, when_words="15. april")
    make.entry(wheel, each, key="month", text="Skriv\tom studiene", when_words="mai", month=5)
    make.entry(wheel, cast.ihk, key="week", kind="event", text="Messe", when_words="uke 17")
    make.entry(wheel, key="deadline", kind="deadline", ticks="none", text="Frist", when_words="1. juni", month=6)
    make.entry(wheel, key="days", kind="event", ticks="none", text="Åpen dag", when_words="30. april – 2. mai")
    make.entry(wheel, cast.hf, each, key="one", ticks="one", text="Felles liste", when_words="september", month=9)
    make.entry(wheel, cast.ihk, key="ongoing", kind="ongoing", text="Svar", when_words="løpende")
    opening.open_year(wheel, year=2026, by=cast.adviser, now=NOW, today=TODAY)
    return Sources(cast, wheel)


def first_round(y: Sources) -> None:
    """As the year was opened."""


def second_round(y: Sources) -> None:
    y.act(services.move, "deadline", words="20. mai")
    y.act(services.cancel, "days", reason="Ingen påmeldte; «æøå», dessverre.", is_partly=False)
    y.act(services.cancel, "vague", reason="Bare noen få.", is_partly=True)
    services.tick(y.task("day"), by=y.cast.coordinator, now=NOW)
    services.mark_not_relevant(y.task("month", "isl"), by=y.cast.coordinator, reason="Ikke hos oss.")


def third_round(y: Sources) -> None:
    y.act(services.restore, "days")
    y.act(services.move, "deadline", words="medio juni")
    y.act(services.cancel, "month", reason="Utgår.", is_partly=False)
    services.untick(y.task("day"), by=y.cast.coordinator)
    services.tick(y.task("one", "hf"), by=y.cast.adviser, now=NOW)
    unit = Unit.objects.get(slug="isl")
    unit.short_name = "Språk"
    unit.save()


ROUNDS = (first_round, second_round, third_round)
FEEDS: dict[str, dict[str, Any]] = {
    "personal": {},
    "todo": {"as_todo": True, "ringing": "day_before"},
    "unit": {"unit": "ihk", "ringing": "week_before"},
    "wheel": {"wheel": "hf", "ringing": "same_day"},
}
RINGS = {"day_before": ("-P1DT15H", "-PT15H"), "week_before": ("-P7DT15H", ""), "same_day": ("-PT15H", "")}


@pytest.fixture
def addresses(sources: Sources, live_server: LiveServer) -> dict[str, str]:
    made = {}
    for name, how in FEEDS.items():
        chosen = dict(how)
        chosen["unit"] = Unit.objects.get(slug=how["unit"]) if "unit" in how else None
        chosen["wheel"] = sources.wheel if "wheel" in how else None
        _feed, secret = feeds.subscribe(by=sources.cast.coordinator, name=name, **chosen)
        made[name] = f"{live_server.url}/kalender/{secret}.ics"
    return made


def expected(y: Sources, name: str) -> Iterator[tuple[str, Read, list[str]]]:
    """The uid of each entry, the entry as it should be read, and lines that its description has."""
    units = {"personal": ["ihk", "isl"], "todo": ["ihk", "isl"], "unit": ["ihk"], "wheel": []}[name]
    tasks = list(Task.objects.filter(unit__slug__in=units) | Task.objects.filter(shared_with__slug__in=units))
    tasks = list({task.pk: task for task in tasks}.values())
    for edition in Edition.objects.exclude(entry__kind=EntryKind.ONGOING).select_related("entry"):
        own = [task for task in tasks if task.edition_id == edition.pk]
        for task in own:
            suffix = f" – {task.unit.label}" if len(own) > 1 else ""
            yield f"{edition.entry.key}-2026-{task.unit_id}@rodtraad", *told(y, name, edition, task, suffix)
        set_aside = all(task.status == "not_relevant" for task in own)
        if name == "wheel" or (edition.entry.kind != EntryKind.TASK and set_aside):
            yield f"{edition.entry.key}-2026@rodtraad", *told(y, name, edition, None, "")


def told(y: Sources, name: str, edition: Edition, task: Task | None, suffix: str) -> tuple[Read, list[str]]:
    is_off = edition.state == "cancelled"
    is_aside = task is not None and task.status == "not_relevant"
    is_done = task is not None and task.status == "done" and not is_off
    how = FEEDS[name]
    is_todo = bool(how.get("as_todo")) and task is not None
    title = " ".join(edition.entry.text.split())
    title = (title if edition.precision in ("day", "days") else f"{title} ({edition.as_written})") + suffix
    before = "Utgår: " if is_off else TICKED.get(task.status, "") if task else ""
    start, last = min(edition.earliest_on, edition.due_on), edition.due_on
    status = "CANCELLED" if is_off or is_aside else "CONFIRMED"
    if is_todo and status == "CONFIRMED":
        status = "COMPLETED" if is_done else "NEEDS-ACTION"
    rings = "ringing" in how and not (is_off or is_aside or is_done)
    reason = [edition.reason] if edition.state != "planned" else []
    return Read(
        uid=None,
        is_todo=is_todo,
        title=before + title,
        start=None if is_todo and start == last else start,
        end=last if is_todo else last + timedelta(days=1),
        status=status,
        categories=(KINDS[EntryKind(edition.entry.kind)], y.wheel.title),
        url=f"{settings.BASE_URL}/aarshjul/punkt/{edition.entry.key}/",
        description="",
        alarms=(RINGS[how["ringing"]][is_todo],) if rings else (),
    ), [*reason, *([task.reason] if task and task.reason and not is_off else [])]


@pytest.mark.parametrize("program", READERS)
def test_what_a_program_reads_is_what_the_database_says(
    sources: Sources, addresses: dict[str, str], program: str, tmp_path: Path
) -> None:
    read, lack = READERS[program]
    if missing := lack():
        assert not os.environ.get("CI"), f"{missing}: in CI every reader must be there"
        pytest.skip(missing)
    before: dict[str, dict[str, tuple[Any, ...]]] = {name: {} for name in addresses}
    for change in ROUNDS:
        change(sources)
        for name, address in addresses.items():
            (tmp_path / name).mkdir(exist_ok=True)
            found = read(address, tmp_path / name)
            wanted = {uid: (entry, lines) for uid, entry, lines in expected(sources, name)}
            assert len(wanted) > 5
            compare(found, wanted, lists_todos=program != "vdirsyncer and khal")
            counted = {
                entry.uid: (entry.sequence, entry.title, entry.start, entry.end, entry.status) for entry in found
            }
            for uid, was in before[name].items():
                now = counted[uid]
                assert now[0] > was[0] if now[1:] != was[1:] else now[0] >= was[0]
            before[name] = {uid: told for uid, told in counted.items() if uid is not None}


def compare(found: list[Read], wanted: dict[str, tuple[Read, list[str]]], *, lists_todos: bool) -> None:
    if lists_todos:
        pairs = {uid: entry for entry in found if (uid := entry.uid) is not None}
        assert len(pairs) == len(found)
    else:
        uid_of = {(entry.title, entry.start): uid for uid, (entry, _lines) in wanted.items() if not entry.is_todo}
        wanted = {uid: wanted[uid] for uid in uid_of.values()}
        pairs = {uid_of[entry.title, entry.start]: entry for entry in found}
    assert pairs.keys() == wanted.keys()
    for uid, entry in pairs.items():
        right, lines = wanted[uid]
        for name in ("title", "start", "end", "status", "categories", "url", "is_todo", "alarms"):
            if (value := getattr(entry, name)) is not None or name == "start":
                assert (uid, name, value) == (uid, name, getattr(right, name))
        said = entry.description.splitlines()
        assert said[0].startswith("Når: ")
        assert said[-1] == right.url
        for line in lines:
            assert any(each.endswith(f": {line}") for each in said), (uid, line, said)
