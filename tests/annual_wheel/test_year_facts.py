"""What is kept of a year is what the database says, whoever writes: nobody sees "5 av 7" after the sixth tick."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.utils import translation

from annual_wheel import board_page, closing, opening, own_words, services, writing, year_facts
from annual_wheel.giving import give_again
from annual_wheel.models import Edition, Entry, Task, Wheel
from annual_wheel.own_words import Reach, Years
from organisation.lines import Line
from organisation.models import GroupMember, Unit
from tests import factories as make
from tests.cast import Cast, make_cast

TODAY = date(2026, 3, 15)
NOW = datetime(2026, 3, 15, 12, tzinfo=ZoneInfo("Europe/Oslo"))


@dataclass
class Year:
    """An opened year with an entry that three departments tick, and one where one tick closes for all."""

    cast: Cast
    wheel: Wheel
    each: Edition
    one: Edition

    def task(self, slug: str = "ihk") -> Task:
        return make.tasks_of(self.each)[slug]

    def facts(self) -> year_facts.YearFacts:
        return year_facts.facts_of(self.wheel, [2026])


def make_year(cast: Cast) -> Year:
    wheel = make.wheel("hf", cast.hf)
    each, one = make.entry(wheel, cast.departments), make.entry(wheel, cast.departments, ticks="one")
    opening.open_year(wheel, year=2026, by=cast.adviser, now=NOW, today=TODAY)
    return Year(cast, wheel, each.editions.get(), one.editions.get())


@pytest.fixture
def year(cast: Cast) -> Year:
    return make_year(cast)


def tick(year: Year) -> None:
    services.tick(year.task(), by=year.cast.coordinator, now=NOW)


def tick_for_all(year: Year) -> None:
    services.tick(year.one.tasks.get(), by=year.cast.coordinator, now=NOW)


def tick_several(year: Year) -> None:
    services.tick_several([year.task("ihk"), year.task("isl")], by=year.cast.coordinator, now=NOW)


def not_relevant(year: Year) -> None:
    services.mark_not_relevant(year.task(), by=year.cast.coordinator, reason="Vi har ingen slike.")


def cancel(year: Year) -> None:
    edition = Edition.objects.get(pk=year.each.pk)
    services.cancel(edition, by=year.cast.adviser, reason="Ingen messe.", is_partly=False, today=TODAY, expected=1)


def restore(year: Year) -> None:
    services.restore(Edition.objects.get(pk=year.each.pk), by=year.cast.adviser, today=TODAY, expected=2)


def move(year: Year) -> None:
    edition = Edition.objects.get(pk=year.each.pk)
    services.move(edition, by=year.cast.adviser, words="20. mai", today=TODAY, expected=1)


def describe(year: Year) -> None:
    edition = Edition.objects.get(pk=year.each.pk)
    services.describe(edition, by=year.cast.adviser, form="digital", outcome="Bra.", today=TODAY, expected=1)


def save_entry(year: Year, *, text: str, lines: list[Line], years: Years | None = None) -> None:
    entry = Entry.objects.get(pk=year.each.entry_id)
    entry.text = text
    writing.save_entry(
        entry, by=year.cast.adviser, now=NOW, today=TODAY, expected=1, why="", many={}, links=[], lines=lines,
        years=years,
    )  # fmt: skip


def line(party: object) -> Line:
    return Line(pk=None, party=party, function=None, relation="lead", wording="", under=None)  # type: ignore[arg-type]


def rewrite(year: Year) -> None:
    save_entry(year, text="Nye ord", lines=own_words.as_lines(year.each.lines))


def rewrite_one_year(year: Year) -> None:
    save_entry(year, text="I år", lines=[line(year.cast.imu)], years=Years(Reach.ONLY, 2026))


def give_to_another(year: Year) -> None:
    save_entry(year, text=year.each.entry.text, lines=[line(year.cast.imu)])


def new_entry(year: Year) -> None:
    entry = Entry(wheel=year.wheel, text="Nytt punkt", month=5, when_words="1. mai")
    writing.save_entry(
        entry, by=year.cast.adviser, now=NOW, today=TODAY, expected=None, why="", many={}, links=[],
        lines=[line(year.cast.departments)],
    )  # fmt: skip


def retire(year: Year) -> None:
    writing.retire_entry(Entry.objects.get(pk=year.each.entry_id), by=year.cast.adviser, today=TODAY)


def new_department(year: Year) -> None:
    make.unit("ny", year.cast.hf, name="Et nytt institutt")
    give_again(today=TODAY)


def out_of_the_group(year: Year) -> None:
    group = make.group("noen", year.cast.hf, year.cast.ihk, year.cast.isl)
    save_entry(year, text=year.each.entry.text, lines=[line(group)])
    GroupMember.objects.get(unit=year.cast.isl).delete()
    give_again(today=TODAY)


def closed_department(year: Year) -> None:
    unit = Unit.objects.get(slug="imu")
    unit.closes_on = TODAY
    unit.save()
    give_again(today=TODAY)


def renamed_department(year: Year) -> None:
    unit = Unit.objects.get(slug="imu")
    unit.name = "Institutt for sang"
    unit.save()


def renamed_group(year: Year) -> None:
    year.cast.departments.name = "Alle"
    year.cast.departments.save()


def undo_opening(year: Year) -> None:
    closing.undo_opening(year.wheel, year=2026, by=year.cast.adviser)


Act = Callable[[Year], None]
ACTS: list[Act] = [
    tick, tick_for_all, tick_several, not_relevant, cancel, move, describe, rewrite, rewrite_one_year, give_to_another,
    new_entry, retire, new_department, out_of_the_group, closed_department, renamed_department, renamed_group,
    undo_opening,
]  # fmt: skip


NOT_ON_THE_BOARD = (describe, renamed_group)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_after_every_act_the_year_is_as_the_database_says(year: Year, act: Act) -> None:
    before = year.facts()
    assert year.facts() is before
    act(year)
    after = year.facts()
    assert after == year_facts.read(year.wheel, [2026])
    assert after != before


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_after_every_act_the_board_is_as_the_database_says(year: Year, act: Act) -> None:
    def board() -> board_page.BoardPage:
        return board_page.page_of(year.wheel, 2026, month=4, as_text=False, today=TODAY)

    before = board()
    assert board() is before
    act(year)
    after = board()
    board_page.forget()
    assert after == board()
    if act not in NOT_ON_THE_BOARD:
        assert after != before


def test_what_is_undone_is_seen_too(year: Year) -> None:
    start = year.facts()
    tick(year)
    ticked = year.facts()
    services.untick(year.task(), by=year.cast.coordinator)
    assert year.facts() == start != ticked
    cancel(year)
    cancelled = year.facts()
    restore(year)
    assert year.facts() == year_facts.read(year.wheel, [2026]) != cancelled


def test_each_language_has_its_own_names(year: Year) -> None:
    year.cast.departments.name_en = "The departments"
    year.cast.departments.save()
    assert ("instituttene", "Instituttene") in year.facts().parties
    with translation.override("en"):
        assert ("instituttene", "The departments") in year.facts().parties


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_slow_tick_that_is_counted_but_not_committed_is_not_missed() -> None:
    """It gets its number before another one that is committed first; what is read between is not kept."""
    year = make_year(make_cast())
    slow_task, quick_task = year.task("ihk"), year.task("isl")
    written, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            services.tick(slow_task, by=year.cast.coordinator, now=NOW)
            written.set()
            go_on.wait(10)
        connection.close()

    worker = threading.Thread(target=slow)
    worker.start()
    assert written.wait(10)
    services.tick(quick_task, by=year.cast.coordinator, now=NOW)
    between = year.facts()
    go_on.set()
    worker.join()
    counts = {(edition, status): count for edition, status, count in between.raw.counts}
    assert counts[year.each.pk, "done"] == 1
    assert year.facts() == year_facts.read(year.wheel, [2026]) != between
