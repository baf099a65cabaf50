"""Two at the same moment, over real connections: one of them does it, and nothing is doubled."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Barrier
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from annual_wheel import nudging, opening, services
from annual_wheel.models import Edition, Nudge, NudgeMail, Task, WheelYear
from organisation.models import User
from tests import factories as make
from tests.cast import Cast, make_cast

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
]
NOW = datetime(2026, 3, 15, 12, tzinfo=ZoneInfo("Europe/Oslo"))
TODAY = date(2026, 3, 15)


@pytest.fixture
def people(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(nudging, "send_soon", lambda: None)
    return make_cast()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run each act over a connection of its own, all of them begun together."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            ready.wait(timeout=10)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=20) for future in [pool.submit(run, act) for act in acts]]


@pytest.mark.parametrize("round_number", range(3))
def test_of_two_ticks_at_once_one_is_kept_and_logged_once(people: Cast, round_number: int) -> None:
    task = make.edition(make.entry(make.wheel("hf", people.hf), people.ihk)).tasks.get()

    def tick(by: User) -> Callable[[], Task]:
        return lambda: services.tick(Task.objects.get(pk=task.pk), by=by, now=NOW)

    seen = at_once(tick(people.coordinator), tick(people.adviser))
    task.refresh_from_db()
    assert task.status == "done"
    assert task.done_by in (people.coordinator, people.adviser)
    assert {ticked.done_by for ticked in seen} == {task.done_by}
    assert [row.history_user for row in task.history.filter(status="done")] == [task.done_by]
    assert task.lock_version == 2


def test_of_a_tick_and_an_undo_at_once_both_are_logged_in_some_order(people: Cast) -> None:
    task = make.edition(make.entry(make.wheel("hf", people.hf), people.ihk)).tasks.get()
    services.tick(task, by=people.coordinator, now=NOW)
    at_once(
        lambda: services.untick(Task.objects.get(pk=task.pk), by=people.coordinator),
        lambda: services.untick(Task.objects.get(pk=task.pk), by=people.adviser),
    )
    task.refresh_from_db()
    assert (task.status, task.done_by) == ("open", None)
    assert task.history.filter(history_change_reason="Angret.").count() == 1


@pytest.mark.parametrize("round_number", range(3))
def test_a_year_opened_twice_at_once_is_opened_once(people: Cast, round_number: int) -> None:
    wheel = make.wheel("hf", people.hf)
    for number in range(4):
        make.entry(wheel, people.departments, position=number)

    def open_it(by: User) -> Callable[[], WheelYear]:
        return lambda: opening.open_year(wheel, year=2026, by=by, now=NOW, today=TODAY)

    opened = at_once(open_it(people.adviser), open_it(people.dean))
    assert len({year.pk for year in opened}) == 1
    assert Edition.objects.count() == 4
    assert Task.objects.count() == 12


@pytest.mark.parametrize("round_number", range(3))
def test_of_two_who_tick_several_at_once_each_task_is_ticked_once(people: Cast, round_number: int) -> None:
    wheel = make.wheel("hf", people.hf)
    tasks = [make.edition(make.entry(wheel, people.ihk, position=number)).tasks.get() for number in range(4)]

    def tick(by: User, chosen: list[Task]) -> Callable[[], services.Several]:
        return lambda: services.tick_several(chosen, by=by, now=NOW)

    first, second = at_once(tick(people.coordinator, tasks), tick(people.adviser, tasks[::-1]))
    done = [task.pk for result in (first, second) for task in result.done]
    assert sorted(done) == [task.pk for task in tasks]
    assert len(first.refused) + len(second.refused) == 4
    for task in tasks:
        assert [row.status for row in task.history.all()] == ["done", "open"]


def test_a_unit_is_reminded_once_where_two_press_at_once(people: Cast) -> None:
    wheel = make.wheel("hf", people.hf)
    make.edition(make.entry(wheel, people.ihk, when_words="1. februar", month=2))

    def press(by: User) -> Callable[[], nudging.Plan]:
        return lambda: nudging.nudge(wheel, 2026, by=by, now=NOW, today=TODAY)

    plans = at_once(press(people.adviser), press(people.dean))
    assert sorted(len(plan.addressees) for plan in plans) == [0, 1]
    assert (Nudge.objects.count(), NudgeMail.objects.count()) == (1, 1)
