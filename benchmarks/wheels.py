"""A large wheel: two hundred entries, sixty departments that each tick, and ten years behind it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone

from annual_wheel.models import Edition, Entry, EntryResponsibility, Task, Wheel, WheelYear
from annual_wheel.opening import set_dates
from organisation.models import Unit, UnitGroup, User

SLUG: Final = "bench-large"
ENTRIES, DEPARTMENTS, YEARS = 200, 60, 10
WHEN: Final = ("{month}", "medio {month}", "uke {week}", "{day}. {month}", "{day}.–{later}. {month}", "ultimo {month}")
MONTHS: Final = "januar februar mars april mai juni juli august september oktober november desember".split()
KINDS: Final = ("task", "task", "event", "task", "deadline", "task", "task", "event", "task", "task")


def large_wheel(*, owner: Unit, by: User) -> None:
    """Make the wheel; rows are written in bulk, since their history is no part of what is measured."""
    faculty = Unit.objects.create(slug="bench-fakultet", name="Et stort fakultet", kind="faculty", parent=owner.parent)
    units = [
        Unit.objects.create(
            slug=f"bench-stort-{number}", name=f"Institutt nummer {number}", kind="department", parent=faculty
        )
        for number in range(DEPARTMENTS)
    ]
    group = UnitGroup.objects.create(
        slug="bench-instituttene", name="Alle instituttene", owner=faculty, rule="children", member_kind="department"
    )
    wheel = Wheel.objects.create(slug=SLUG, title="Et stort årshjul", owner=faculty)
    entries = Entry.objects.bulk_create(_entry(wheel, number) for number in range(ENTRIES))
    EntryResponsibility.objects.bulk_create(
        EntryResponsibility(entry=entry, group=group, wording="Instituttene") for entry in entries
    )
    now, this_year = timezone.now(), timezone.localdate().year
    for year in range(this_year - YEARS + 1, this_year + 1):
        WheelYear.objects.create(wheel=wheel, year=year, opened_at=now, opened_by=by)
        editions = Edition.objects.bulk_create(_edition(entry, year) for entry in entries)
        Task.objects.bulk_create(_tasks(editions, units, by), batch_size=500)


def _entry(wheel: Wheel, number: int) -> Entry:
    month, day = number * 12 // ENTRIES, number * 7 % 20 + 1
    words = WHEN[number % len(WHEN)].format(
        month=MONTHS[month], week=month * 4 + number % 4 + 2, day=day, later=day + 4
    )
    kind = "ongoing" if number % 50 == 49 else KINDS[number % len(KINDS)]
    return Entry(
        wheel=wheel, key=f"bench-punkt-{number}", kind=kind, month=month + 1, position=number,
        when_words="løpende" if kind == "ongoing" else words, ticks="each" if kind == "task" else "none",
        text=f"Punkt nummer {number}: lage felles materiell til skolebesøk og dele det med instituttene",
    )  # fmt: skip


def _edition(entry: Entry, year: int) -> Edition:
    edition = Edition(entry=entry, year=year)
    set_dates(edition)
    return edition


def _tasks(editions: list[Edition], units: list[Unit], by: User) -> list[Task]:
    """A task for each department of every entry that is ticked, two of three done."""
    moment = timezone.now() - timedelta(days=30)
    return [
        Task(edition=edition, unit=unit, status="done", done_at=moment, done_by=by)
        if (number + place) % 3
        else Task(edition=edition, unit=unit)
        for number, edition in enumerate(editions)
        if edition.entry.kind == "task"
        for place, unit in enumerate(units)
    ]
