"""Two at the same moment, over real connections: one of them does it, and nothing is doubled."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Barrier, Event
from time import sleep
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client

from annual_wheel import closing, nudging, opening, services, turning, writing
from annual_wheel.models import Edition, Entry, Nudge, NudgeMail, Task, TurnDecision, WheelYear
from annual_wheel.own_words import Reach, Years, as_lines
from annual_wheel.when import AnchorCircle
from config.lib.models import StaleEdit
from organisation.models import User
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.page import texts

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


def saved(entry: Entry, by: User, **fields: Any) -> Callable[[], Any]:
    """Save the entry as an editor who opened it just now; what went wrong is given back as the answer."""
    opened = Entry.objects.get(pk=entry.pk)
    for name, value in fields.items():
        setattr(opened, name, value)
    lines = as_lines(entry.responsibilities.all())

    def save() -> Any:
        try:
            return writing.save_entry(
                opened,
                by=by,
                now=NOW,
                today=TODAY,
                expected=opened.lock_version,
                why="",
                many={},
                links=[],
                lines=lines,
            )
        except (AnchorCircle, StaleEdit) as error:
            return error

    return save


@pytest.mark.parametrize("round_number", range(3))
def test_of_two_halves_of_a_ring_made_at_once_one_is_refused(people: Cast, round_number: int) -> None:
    """One makes an anchor and the other a bound; each alone would be fine."""
    wheel = make.wheel("hf", people.hf)
    first = make.entry(wheel, people.ihk, text="Fristen", when_words="15. april")
    other = make.entry(wheel, people.ihk, text="Møtet", when_words="mai", position=2)
    opening.open_year(wheel, year=2026, by=people.adviser, now=NOW, today=TODAY)
    answers = at_once(
        saved(first, people.adviser, anchor=other, anchor_offset_days=-3),
        saved(other, people.dean, bound_words="før fristen", bound_entry=first),
    )
    rings = [answer for answer in answers if isinstance(answer, AnchorCircle)]
    assert len(rings) == 1
    assert set(rings[0].chain) == {"«Fristen»", "«Møtet»"}
    first.refresh_from_db()
    other.refresh_from_db()
    assert (first.anchor_id is None) != (other.bound_entry_id is None)


@pytest.mark.parametrize("round_number", range(3))
def test_of_two_who_save_an_entry_at_once_the_second_sees_both_texts(people: Cast, round_number: int) -> None:
    entry = make.entry(make.wheel("hf", people.hf), people.ihk, text="Besøke skolene")
    make.edition(entry, 2025)
    answers = at_once(saved(entry, people.adviser, text="Ringe"), saved(entry, people.dean, text="Skrive"))
    (stale,) = [answer for answer in answers if isinstance(answer, StaleEdit)]
    (kept,) = [answer for answer in answers if isinstance(answer, Entry)]
    assert stale.current.text == kept.text
    assert entry.editions.get().said.text == "Besøke skolene"


@pytest.mark.parametrize("round_number", range(3))
def test_of_two_who_edit_an_edition_at_once_the_second_sees_both_texts(people: Cast, round_number: int) -> None:
    entry = make.entry(make.wheel("hf", people.hf), people.ihk, when_words="15. april")
    made = make.edition(entry, 2026)

    def act(service: Callable[..., Any], by: User, **told: Any) -> Callable[[], Any]:
        opened = Edition.objects.get(pk=made.pk)

        def save() -> Any:
            try:
                return service(opened, by=by, today=TODAY, expected=opened.lock_version, **told)
            except StaleEdit as stale:
                return stale

        return save

    answers = at_once(
        act(services.move, people.adviser, words="20. april"),
        act(services.cancel, people.dean, reason="Ikke råd", is_partly=False),
    )
    (stale,) = [answer for answer in answers if isinstance(answer, StaleEdit)]
    made.refresh_from_db()
    assert (stale.current.as_written, stale.current.state) == (made.as_written, made.state)
    assert (made.as_written, made.state) in {("20. april", "planned"), ("15. april", "cancelled")}
    assert made.lock_version == 2


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


def test_a_tick_waits_for_nothing_that_cancelling_holds(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever cancels has the edition and goes on to its tasks; a tick that has its task must not want the edition."""
    edition = make.edition(make.entry(make.wheel("hf", people.hf), people.ihk))
    has_edition = Event()
    give_out = services.fan_out

    def slowly(*args: Any, **kwargs: Any) -> opening.FanOut:
        has_edition.set()
        sleep(1)
        return give_out(*args, **kwargs)

    def tick() -> Task:
        has_edition.wait(timeout=10)
        return services.tick(Task.objects.get(edition=edition.pk), by=people.coordinator, now=NOW)

    monkeypatch.setattr(services, "fan_out", slowly)
    told: dict[str, Any] = {"reason": "Ikke råd", "is_partly": False, "today": TODAY, "expected": edition.lock_version}
    at_once(lambda: services.cancel(edition, by=people.adviser, **told), tick)
    edition.refresh_from_db()
    assert (edition.state, edition.tasks.get().status) == ("cancelled", "done")


def test_two_who_tick_other_tasks_of_the_same_editions_never_wait_for_each_other(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = make.wheel("hf", people.hf)
    first, other = (make.edition(make.entry(wheel, position=number)) for number in range(2))
    order = ((first, people.ihk), (other, people.isl), (other, people.ihk), (first, people.isl))
    tasks = [Task.objects.create(edition=edition, unit=unit) for edition, unit in order]
    has_one = Barrier(2)
    save = services.saved

    def saved(task: Task, *, by: User, reason: str) -> Task:
        done = save(task, by=by, reason=reason)
        has_one.wait(timeout=10)
        return done

    def tick(by: User, chosen: list[Task]) -> Callable[[], services.Several]:
        return lambda: services.tick_several(chosen, by=by, now=NOW)

    monkeypatch.setattr(services, "saved", saved)
    answers = at_once(tick(people.adviser, [tasks[0], tasks[2]]), tick(people.coordinator, [tasks[1], tasks[3]]))
    assert [[task.pk for task in answer.done] for answer in answers] == [
        [tasks[0].pk, tasks[2].pk],
        [tasks[1].pk, tasks[3].pk],
    ]


def test_a_unit_is_reminded_once_where_two_press_at_once(people: Cast) -> None:
    wheel = make.wheel("hf", people.hf)
    make.edition(make.entry(wheel, people.ihk, when_words="1. februar", month=2))

    def press(by: User) -> Callable[[], nudging.Plan]:
        return lambda: nudging.nudge(wheel, 2026, by=by, now=NOW, today=TODAY)

    plans = at_once(press(people.adviser), press(people.dean))
    assert sorted(len(plan.addressees) for plan in plans) == [0, 1]
    assert (Nudge.objects.count(), NudgeMail.objects.count()) == (1, 1)


@pytest.mark.parametrize("round_number", range(3))
def test_of_a_tick_and_an_undone_opening_at_once_the_first_wins(people: Cast, round_number: int) -> None:
    """Either the tick is kept and the year stays, or the year is gone and the tick is refused in words."""
    wheel = make.wheel("hf", people.hf)
    make.entry(wheel, people.departments)
    opening.open_year(wheel, year=2027, by=people.adviser, now=NOW, today=TODAY)
    task = Task.objects.filter(unit=people.ihk).get()

    def told(act: Callable[[], Any], refusal: type[Exception]) -> Callable[[], Any]:
        def run() -> Any:
            try:
                return act()
            except refusal as error:
                return error

        return run

    ticked, closed = at_once(
        told(lambda: services.tick(task, by=people.coordinator, now=NOW), services.Gone),
        told(lambda: closing.undo_opening(wheel, year=2027, by=people.adviser), closing.CannotClose),
    )
    if isinstance(closed, closing.CannotClose):
        assert ticked.status == "done"
        assert (Edition.objects.count(), Task.objects.count(), WheelYear.objects.count()) == (1, 3, 1)
    else:
        assert isinstance(ticked, services.Gone)
        assert (Edition.objects.count(), Task.objects.count(), WheelYear.objects.count()) == (0, 0, 0)


SAVED = [
    ("beskriv", {"form": "digital", "outcome": "Mange kom", "lock_version": "1"}, "Mange kom"),
    ("flytt", {"words": "20. april", "lock_version": "1"}, "20. april"),
    ("avlys", {"reason": "Ikke råd", "extent": "all", "lock_version": "1"}, "Ikke råd"),
    ("merknad/hf", {"text": "Vi hjelper til"}, "Vi hjelper til"),
]


@pytest.mark.parametrize(("part", "data", "typed"), SAVED)
def test_what_is_saved_in_a_year_while_its_opening_is_undone_is_refused_in_words(
    people: Cast, part: str, data: dict[str, str], typed: str
) -> None:
    """The save waits for the undoing, and then finds no edition."""
    wheel = make.wheel("hf", people.hf)
    entry = make.entry(wheel, people.departments, key="messe", when_words="15. april", month=4)
    entry.responsibilities.create(unit=people.hf, relation="with", position=1)
    opening.open_year(wheel, year=2027, by=people.adviser, now=NOW, today=TODAY)
    client = Client()
    client.force_login(people.adviser)

    def save() -> Any:
        try:
            return client.post(f"/aarshjul/punkt/messe/2027/{part}/", data, follow=True)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            closing.undo_opening(wheel, year=2027, by=people.adviser)
            saving = pool.submit(save)
            wait_until_it_waits()
        page = saving.result(timeout=20)
    assert page.redirect_chain == [("/aarshjul/punkt/messe/", 302)]
    (said,) = [words for words in texts(page, "span", class_="toast-text") if "2027" in words]
    assert said.startswith("Åpningen av 2027 ble angret mens du skrev, så ")
    assert f"«{typed}»" in said
    assert Edition.objects.count() == 0


def wait_until_it_waits() -> None:
    """Until some other connection of this database waits for a lock."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    deadline = time.monotonic() + 10
    with connection.cursor() as cursor:
        while not cursor.execute(waiting).fetchone()[0]:
            assert time.monotonic() < deadline, "nothing waits"
            time.sleep(0.02)


def test_a_change_for_one_year_alone_whose_opening_is_undone_is_refused_with_what_was_typed(people: Cast) -> None:
    wheel = make.wheel("hf", people.hf)
    entry = make.entry(wheel, people.ihk, text="Messe", when_words="15. april", month=4)
    opening.open_year(wheel, year=2027, by=people.adviser, now=NOW, today=TODAY)
    opened = Entry.objects.get(pk=entry.pk)
    opened.text = "Digital messe"
    lines = as_lines(entry.responsibilities.all())

    def save() -> Any:
        try:
            writing.save_entry(
                opened, by=people.dean, now=NOW, today=TODAY, expected=opened.lock_version, why="", many={}, links=[],
                lines=lines, years=Years(Reach.ONLY, 2027),
            )  # fmt: skip
        except ValidationError as refused:
            return refused.messages
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            closing.undo_opening(wheel, year=2027, by=people.adviser)
            saving = pool.submit(save)
            wait_until_it_waits()
        said = saving.result(timeout=20)
    assert said == ["Åpningen av 2027 ble angret mens du skrev. Velg hvilke år endringen gjelder, og lagre på nytt."]
    entry.refresh_from_db()
    assert (entry.text, entry.lock_version) == ("Messe", 1)


@pytest.mark.parametrize("round_number", range(3))
def test_an_opening_and_an_undone_opening_at_once_leave_a_whole_year_or_none(people: Cast, round_number: int) -> None:
    wheel = make.wheel("hf", people.hf)
    make.entry(wheel, people.departments)
    opening.open_year(wheel, year=2027, by=people.adviser, now=NOW, today=TODAY)
    at_once(
        lambda: opening.open_year(wheel, year=2027, by=people.dean, now=NOW, today=TODAY),
        lambda: closing.undo_opening(wheel, year=2027, by=people.adviser),
    )
    left = (WheelYear.objects.count(), Edition.objects.count(), Task.objects.count())
    assert left in {(1, 1, 3), (0, 0, 0)}


@pytest.mark.parametrize("round_number", range(3))
def test_of_two_who_decide_about_an_entry_at_once_the_second_sees_what_the_first_chose(
    people: Cast, round_number: int
) -> None:
    entry = make.entry(make.wheel("hf", people.hf), people.ihk)

    def choose(choice: str, by: User) -> Callable[[], Any]:
        def run() -> Any:
            try:
                return turning.decide(entry, year=2027, choice=choice, why="", by=by, now=NOW, today=TODAY, expected=0)
            except StaleEdit as stale:
                return stale

        return run

    answers = at_once(choose("drop", people.adviser), choose("keep", people.dean))
    (stale,) = [answer for answer in answers if isinstance(answer, StaleEdit)]
    kept = TurnDecision.objects.get()
    entry.refresh_from_db()
    assert (stale.current.choice, stale.current.decided_by) == (kept.choice, kept.decided_by)
    assert entry.to_year == (2026 if kept.choice == "drop" else None)
