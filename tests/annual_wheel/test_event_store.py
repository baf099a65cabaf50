"""Whatever is done, a calendar is what the database says at the next question; what did not change is not touched."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annual_wheel import closing, event_store, feeds, handing, opening, own_words, services, writing
from annual_wheel.calendars import Choice, unit_calendar
from annual_wheel.giving import give_again
from annual_wheel.ical import CalendarEntry, one_line
from annual_wheel.models import (
    Edition,
    EditionState,
    Entry,
    Precision,
    StoredEvent,
    StoredLanguage,
    Task,
    TaskStatus,
    Wheel,
)
from annual_wheel.own_words import Reach, Years
from organisation.lines import Line
from organisation.models import GroupMember, Membership, Unit, User
from tests import factories as make
from tests.annual_wheel.test_ical import ALARM, alarms_in, read_back
from tests.cast import Cast, make_cast

TODAY = date(2026, 3, 15)
NOW = datetime(2026, 3, 15, 12, tzinfo=ZoneInfo("Europe/Oslo"))
pytestmark = pytest.mark.usefixtures("today")


@dataclass
class Year:
    """An opened year with an entry that three departments tick, one that one tick closes, a deadline and an event."""

    cast: Cast
    wheel: Wheel
    address: str
    addresses: dict[str, str] = field(default_factory=dict)

    def edition(self, key: str) -> Edition:
        return Edition.objects.get(entry__key=key, year=2026)

    def entry(self, key: str) -> Entry:
        return Entry.objects.get(key=key)

    def task(self, slug: str = "ihk", key: str = "each") -> Task:
        return make.tasks_of(self.edition(key))[slug]

    def told(self) -> dict[str, CalendarEntry]:
        """What the coordinator's calendar tells, by uid."""
        response = Client().get(self.address)
        assert response.status_code == 200
        return {entry.uid: entry for entry in read_back(response.content)[1]}


def make_year(cast: Cast) -> Year:
    wheel = make.wheel("hf", cast.hf)
    function = make.function("leder", name="leder")
    each = make.entry(wheel, cast.departments, key="each", text="Sjekk nettsidene", when_words="medio april")
    make.entry(wheel, cast.hf, cast.departments, key="one", ticks="one", text="Felles liste")
    make.entry(wheel, key="deadline", kind="deadline", ticks="none", text="Søknadsfrist")
    make.entry(wheel, cast.ihk, key="event", kind="event", text="Messe", when_words="20. april")
    make.entry(wheel, key="after", kind="deadline", ticks="none", text="Svar", when_words="",
               anchor=Entry.objects.get(key="deadline"), anchor_offset_days=7)  # fmt: skip
    line = each.responsibilities.get()
    line.function, line.wording = function, ""
    line.save()
    opening.open_year(wheel, year=2026, by=cast.adviser, now=NOW, today=TODAY)
    _feed, secret = feeds.subscribe(by=cast.coordinator, name="min telefon", unit=None)
    return Year(cast, wheel, f"/kalender/{secret}.ics")


@pytest.fixture
def year(cast: Cast) -> Year:
    return make_year(cast)


def save(row: object, **fields: object) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()  # type: ignore[attr-defined]


def line(party: object) -> Line:
    return Line(pk=None, party=party, function=None, relation="lead", wording="", under=None)  # type: ignore[arg-type]


def save_entry(year: Year, *, lines: list[Line] | None = None, years: Years | None = None, **fields: object) -> None:
    entry = year.entry("each")
    for name, value in fields.items():
        setattr(entry, name, value)
    kept = own_words.as_lines(year.edition("each").lines)
    writing.save_entry(
        entry, by=year.cast.adviser, now=NOW, today=TODAY, expected=entry.lock_version, why="", many={}, links=[],
        lines=lines or kept, years=years,
    )  # fmt: skip


def change(year: Year, key: str, act: Callable[..., object], **how: object) -> None:
    edition = year.edition(key)
    act(edition, by=year.cast.adviser, today=TODAY, expected=edition.lock_version, **how)


def two_at_once(year: Year) -> None:
    services.tick_several([year.task("ihk"), year.task("isl")], by=year.cast.coordinator, now=NOW)


def tick_and_untick(year: Year) -> None:
    services.tick(year.task(), by=year.cast.coordinator, now=NOW)
    services.untick(year.task(), by=year.cast.coordinator)


def cancel_and_restore(year: Year) -> None:
    change(year, "each", services.cancel, reason="Ingen messe.", is_partly=False)
    change(year, "each", services.restore)


def out_of_the_group(year: Year) -> None:
    group = make.group("noen", year.cast.hf, year.cast.ihk, year.cast.imu)
    save_entry(year, lines=[line(group)])
    GroupMember.objects.get(unit=year.cast.ihk).delete()
    give_again(today=TODAY)


def closed_department(year: Year) -> None:
    save(Unit.objects.get(slug="isl"), closes_on=TODAY)
    give_again(today=TODAY)


def new_entry(year: Year) -> None:
    entry = Entry(wheel=year.wheel, text="Nytt punkt", month=5, when_words="1. mai", kind="deadline", ticks="none")
    writing.save_entry(
        entry, by=year.cast.adviser, now=NOW, today=TODAY, expected=None, why="", many={}, links=[], lines=[]
    )


def retire_and_bring_back(year: Year) -> None:
    writing.retire_entry(year.entry("deadline"), by=year.cast.adviser, today=TODAY)
    year.told()
    writing.bring_back_entry(year.entry("deadline"), by=year.cast.adviser, now=NOW, today=TODAY)


def units_that_move(year: Year) -> None:
    for slug in ("ihk", "isl"):
        save(Unit.objects.get(slug=slug), parent=Unit.objects.get(slug="nv"))


def handed_over(year: Year) -> None:
    Membership.objects.create(user=year.cast.coordinator, unit=year.cast.imu, role="reader")
    assert len(year.told()) == 6
    handing.hand_to(year.task("imu"), year.cast.coordinator, by=year.cast.adviser)


def membership(year: Year) -> Membership:
    return Membership.objects.get(user=year.cast.coordinator, unit=year.cast.isl)


Act = Callable[[Year], object]
SEEN: dict[str, Act] = {
    "tick": lambda y: services.tick(y.task(), by=y.cast.coordinator, now=NOW),
    "tick for all": lambda y: services.tick(y.task("hf", "one"), by=y.cast.adviser, now=NOW),
    "tick several": two_at_once,
    "not relevant": lambda y: services.mark_not_relevant(y.task(), by=y.cast.coordinator, reason="Ikke hos oss."),
    "move": lambda y: change(y, "each", services.move, words="20. mai"),
    "move what another follows": lambda y: change(y, "deadline", services.move, words="20. mai"),
    "cancel": lambda y: change(y, "event", services.cancel, reason="Ingen påmeldte.", is_partly=False),
    "cancel in part": lambda y: change(y, "each", services.cancel, reason="Noen få.", is_partly=True),
    "cancel and restore": cancel_and_restore,
    "tick and untick": tick_and_untick,
    "rename": lambda y: save_entry(y, text="Nye ord"),
    "rename for one year": lambda y: save_entry(y, text="I år", years=Years(Reach.ONLY, 2026)),
    "own lines": lambda y: save_entry(y, lines=[line(y.cast.ihk)], years=Years(Reach.ONLY, 2026)),
    "give to another": lambda y: save_entry(y, lines=[line(y.cast.imu)]),
    "another kind": lambda y: save(y.entry("each"), kind="event"),
    "new entry": new_entry,
    "retire": lambda y: writing.retire_entry(y.entry("deadline"), by=y.cast.adviser, today=TODAY),
    "rename a unit": lambda y: save(Unit.objects.get(slug="isl"), short_name="Språk"),
    "rename a group": lambda y: save(y.cast.departments, name="Alle instituttene"),
    "rename a function": lambda y: save(y.entry("each").responsibilities.get().function, name="administrator"),
    "rename the wheel": lambda y: save(y.wheel, title="Hjulet"),
    "out of the group": out_of_the_group,
    "a closed department": closed_department,
    "a role taken away": lambda y: membership(y).delete(),
    "a role that has ended": lambda y: save(membership(y), to_on=TODAY - timedelta(days=1)),
    "another role": lambda y: save(membership(y), role="reader"),
    "a new role": lambda y: Membership.objects.create(user=y.cast.coordinator, unit=y.cast.imu, role="contributor"),
    "units that move": units_that_move,
    "a task handed over": handed_over,
    "another language": lambda y: User.objects.filter(pk=y.cast.coordinator.pk).update(language="en"),
    "the opening undone": lambda y: closing.undo_opening(y.wheel, year=2026, by=y.cast.adviser),
    "brought back": retire_and_bring_back,
}
UNSEEN = ("tick for all", "cancel and restore", "tick and untick", "brought back")


def plain(told: dict[str, CalendarEntry]) -> list[CalendarEntry]:
    return [replace(entry, sequence=0, changed_at=NOW) for entry in told.values()]


@pytest.mark.parametrize("name", SEEN)
def test_after_every_act_the_calendar_is_as_the_database_says(year: Year, name: str) -> None:
    before = year.told()
    SEEN[name](year)
    after = year.told()
    StoredEvent.objects.all().delete()
    StoredLanguage.objects.all().delete()
    fresh = replace(year, address=f"/kalender/{feeds.subscribe(by=year.cast.coordinator, name='ny', unit=None)[1]}.ics")
    assert plain(after) == plain(fresh.told())
    if name not in UNSEEN:
        assert plain(after) != plain(before)


@pytest.mark.parametrize("name", [name for name in SEEN if name != "brought back"])  # which is read in between
def test_numbers_and_moments_grow_with_the_content_and_only_with_it(year: Year, name: str) -> None:
    def rows() -> dict[str, StoredEvent]:
        return {row.uid: row for row in StoredEvent.objects.filter(language="nb")}

    year.told()
    before = rows()
    SEEN[name](year)
    year.told()
    after = rows()
    assert before.keys() <= after.keys()
    for uid, old in before.items():
        new = after[uid]
        if new.content_hash == old.content_hash:
            assert (new.sequence, new.changed_at) == (old.sequence, old.changed_at)
        else:
            assert new.sequence > old.sequence
            assert new.changed_at > old.changed_at


def test_a_change_of_language_does_not_let_a_number_fall(year: Year) -> None:
    for name in ("en", "to", "tre"):
        save(year.wheel, title=name)
        before = year.told()
    User.objects.filter(pk=year.cast.coordinator.pk).update(language="en")
    after = year.told()
    assert {uid: entry.sequence for uid, entry in after.items()} == {uid: e.sequence for uid, e in before.items()}


def test_a_year_that_is_opened_again_goes_on_counting(year: Year) -> None:
    change(year, "deadline", services.move, words="20. mai")
    change(year, "deadline", services.move, words="15. april")
    Edition.objects.filter(entry__key="deadline").update(is_moved=False)
    before = year.told()["deadline-2026@rodtraad"]
    closing.undo_opening(year.wheel, year=2026, by=year.cast.adviser)
    assert year.told() == {}
    opening.open_year(year.wheel, year=2026, by=year.cast.adviser, now=NOW, today=TODAY)
    assert year.told()["deadline-2026@rodtraad"].sequence > before.sequence


def test_only_what_changed_is_written_again(year: Year) -> None:
    year.told()
    before = dict(StoredEvent.objects.values_list("uid", "changed_at"))
    services.tick(year.task(), by=year.cast.coordinator, now=NOW)
    year.told()
    after = dict(StoredEvent.objects.values_list("uid", "changed_at"))
    assert {uid for uid in before if before[uid] != after[uid]} == {f"each-2026-{year.cast.ihk.pk}@rodtraad"}


def test_what_makes_the_words_makes_them_again_when_it_changes(year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    year.told()
    monkeypatch.setattr(event_store, "FORMAT", 99)
    monkeypatch.setattr("annual_wheel.calendar_texts._title", lambda edition: "Nye ord")
    services.tick(year.task("imu"), by=year.cast.adviser, now=NOW)
    assert {entry.title.partition(" – ")[0] for entry in year.told().values()} == {"Nye ord"}


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_number_of_the_format_is_raised_with_the_words(year: Year, language: str) -> None:
    """Where this fails, raise FORMAT in annual_wheel.event_store: what stands in the store is of the old words."""
    services.tick(year.task(), by=year.cast.coordinator, now=NOW)
    services.mark_not_relevant(year.task("isl"), by=year.cast.coordinator, reason="Ikke hos oss.")
    change(year, "event", services.cancel, reason="Ingen påmeldte.", is_partly=False)
    event_store.catch_up(language, [2026])
    columns = ("title", "title_with_unit", "as_todo", "shared")
    rows = StoredEvent.objects.filter(language=language).values_list(*columns)
    said = sorted((*map(bytes, row[:3]), bytes(row[3]).partition(b"CATEGORIES")[2]) for row in rows)
    told = re.sub(rb"COMPLETED:\d+T\d+Z", b"", b"".join(part for row in said for part in row))
    assert (event_store.FORMAT, hashlib.sha256(told).hexdigest()[:12]) == {
        "nb": (1, "1bfdfef659dc"),
        "en": (1, "a20ed0c7b34b"),
    }[language]


def test_nothing_is_asked_of_the_content_while_nothing_changes(year: Year, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    year.told()
    with django_assert_num_queries(1):
        event_store.catch_up("nb", [2026])


def test_catching_up_costs_the_same_queries_however_many(cast: Cast) -> None:
    wheel, asked = make.wheel("hf", cast.hf), []
    for year, count in ((2026, 1), (2027, 1), (2028, 3)):  # the first has no logs to read from where it was
        for _ in range(count):
            make.edition(make.entry(wheel, cast.departments), year)
        with CaptureQueriesContext(connection) as queries:
            event_store.catch_up("nb", [year])
        asked.append(len(queries))
        assert StoredEvent.objects.filter(edition__year=year).count() == 4 * count
    to_lock = 2 if connection.vendor == "postgresql" else 0
    assert asked[1] == asked[2] <= 24 + to_lock


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_slow_change_that_is_counted_but_not_committed_is_not_missed() -> None:
    """It gets its number before another one that is committed first; the logs are not taken as read past it."""
    year = make_year(make_cast())
    edition = year.edition("deadline")
    written, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            services.move(edition, by=year.cast.adviser, words="20. mai", today=TODAY, expected=1)
            written.set()
            go_on.wait(10)
        connection.close()

    def first() -> date:
        told = read_back(unit_calendar(year.cast.ihk, reader=None, today=TODAY).to_bytes())[1]
        return next(entry.first for entry in told if entry.uid == "deadline-2026@rodtraad")

    first()
    worker = threading.Thread(target=slow)
    worker.start()
    assert written.wait(10)
    services.tick(year.task("imu"), by=year.cast.adviser, now=NOW)
    assert first() == date(2026, 4, 15)
    go_on.set()
    worker.join()
    assert first() == date(2026, 5, 20)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_catch_up_at_once_write_each_row_once() -> None:
    make_year(make_cast())

    def catch_up() -> None:
        event_store.catch_up("nb", [2026])
        connection.close()

    workers = [threading.Thread(target=catch_up) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert StoredEvent.objects.count() == len({*StoredEvent.objects.values_list("uid", flat=True)}) == 10


letters = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("æøå🎓🧵\\;,"), min_size=1, max_size=120
)


@st.composite
def years_of_an_entry(draw: st.DrawFn) -> dict[str, Any]:
    """An edition as it may stand in the database: when, in what words, whether it is held, and what its units did."""
    first = draw(st.dates(date(2026, 1, 1), date(2026, 12, 1)))
    last = first + timedelta(days=draw(st.integers(0, 30)))
    state = draw(st.sampled_from(EditionState.values))
    return {
        "text": draw(letters),
        "precision": draw(st.sampled_from([Precision.DAYS, Precision.WEEK, Precision.MONTH])),
        "as_written": draw(letters),
        "earliest_on": first,
        "latest_on": last,
        "due_on": draw(st.dates(first, last)),
        "state": state,
        "reason": "" if state == EditionState.PLANNED else draw(letters),
        "statuses": draw(st.lists(st.sampled_from(TaskStatus.values), min_size=3, max_size=3)),
    }


def write(edition: Edition, facts: dict[str, Any], by: User) -> None:
    """Store the facts as they are, whatever the services would say of them."""
    save(edition.entry, text=facts["text"])
    save(edition, **{name: value for name, value in facts.items() if name not in ("text", "statuses")})
    for task, status in zip(edition.tasks.order_by("pk"), facts["statuses"], strict=True):
        done = {"done_at": NOW, "done_by": by} if status == TaskStatus.DONE else {"done_at": None, "done_by": None}
        save(task, status=status, reason="" if status in (TaskStatus.OPEN, TaskStatus.DONE) else "Fordi.", **done)


def facts_told(edition: Edition, task: Task) -> tuple[Any, ...]:
    text = " ".join(edition.entry.text.split()).removesuffix(".")
    title = text if edition.precision == Precision.DAYS else f"{text} ({edition.as_written})"
    label = str(TaskStatus(task.status).label).capitalize()
    is_off = edition.state == EditionState.CANCELLED
    off = {"nb": "Utgår: ", "en": "Cancelled: "}[str(translation.get_language())]
    shown = f"{off}{title}" if is_off else title if task.status == TaskStatus.OPEN else f"{label}: {title}"
    is_cancelled = is_off or task.status in (TaskStatus.NOT_RELEVANT, TaskStatus.WITHDRAWN)
    return one_line(shown), edition.earliest_on, edition.due_on, is_cancelled


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    facts=st.lists(years_of_an_entry(), min_size=2, max_size=2),
    as_todo=st.booleans(),
    language=st.sampled_from(["nb", "en"]),
)
def test_any_editions_give_a_calendar_that_reads_back_as_the_same_facts(
    two_editions: list[Edition], cast: Cast, facts: list[dict[str, Any]], as_todo: bool, language: str
) -> None:
    """Each example changes what the one before it left, so what is stored is caught up with again and again."""
    for edition, told in zip(two_editions, facts, strict=True):
        write(Edition.objects.get(pk=edition.pk), told, cast.coordinator)
    for unit in (cast.ihk, cast.isl, cast.imu):
        choice = Choice(as_todo=as_todo, alarm=ALARM)
        with translation.override(language):
            data = unit_calendar(unit, reader=None, today=TODAY, choice=choice).to_bytes()
        assert max(len(line) for line in data.split(b"\r\n")) <= 75
        read = {entry.uid: entry for entry in read_back(data)[1]}
        tasks = Task.objects.filter(unit=unit).select_related("edition__entry")
        with translation.override(language):
            expected = {f"{t.edition.entry.key}-2026-{unit.pk}@rodtraad": facts_told(t.edition, t) for t in tasks}
        rings = [bool(rung) for rung in alarms_in(data)]
        assert sum(rings) == sum(t.status == TaskStatus.OPEN and not t.edition.is_cancelled for t in tasks)
        assert {uid: (e.title, e.first if not as_todo or e.first < e.last else expected[uid][1], e.last, e.is_cancelled)
                for uid, e in read.items()} == expected  # fmt: skip


@pytest.fixture
def two_editions(cast: Cast) -> list[Edition]:
    wheel = make.wheel("hf", cast.hf)
    return [make.edition(make.entry(wheel, cast.departments)) for _ in range(2)]
