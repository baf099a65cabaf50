"""What a meeting decides about next year, what units propose, and undoing that a year was opened."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from annual_wheel import closing, opening, services, turning
from annual_wheel.models import Edition, Entry, Proposal, Task, TurnDecision, UnitNote, Wheel, WheelYear
from config.lib.models import StaleEdit
from tests import factories as make
from tests.cast import Cast

NOW = datetime(2026, 11, 12, 12, tzinfo=ZoneInfo("Europe/Oslo"))
TODAY = date(2026, 11, 12)


@pytest.fixture
def wheel(cast: Cast) -> Wheel:
    made = make.wheel("hf", cast.hf)
    make.entry(made, cast.departments, key="messe", text="Messe")
    opening.open_year(made, year=2026, by=cast.adviser, now=NOW, today=date(2026, 1, 1))
    return made


def decide(entry: Entry, choice: str, cast: Cast, *, expected: int = 0, **fields: Any) -> TurnDecision:
    told = {"year": 2027, "why": "", "by": cast.adviser, "now": NOW, "today": TODAY, **fields}
    return turning.decide(entry, choice=choice, expected=expected, **told)


def open_next(wheel: Wheel, cast: Cast) -> WheelYear:
    return opening.open_year(wheel, year=2027, by=cast.adviser, now=NOW, today=TODAY)


def test_a_decision_says_who_when_and_why(cast: Cast, wheel: Wheel) -> None:
    decision = decide(wheel.entries.get(), "keep", cast, why=" Virker godt ")
    assert (decision.choice, decision.why, decision.decided_by, decision.decided_at) == (
        "keep", "Virker godt", cast.adviser, NOW,
    )  # fmt: skip
    assert decision.lock_version == 1
    assert [(row.choice, row.history_user, row.history_type) for row in decision.history.all()] == [
        ("keep", cast.adviser, "+")
    ]


def test_what_is_dropped_ends_with_the_year_before_and_keeps_its_history(cast: Cast, wheel: Wheel) -> None:
    entry = wheel.entries.get()
    decide(entry, "drop", cast, why="Ingen kom")
    entry.refresh_from_db()
    assert (entry.to_year, entry.status) == (2026, "in_force")
    assert [row.history_change_reason for row in entry.history.all()[:1]] == ["Ingen kom"]
    open_next(wheel, cast)
    assert [edition.year for edition in entry.editions.all()] == [2026]
    assert entry.editions.get().tasks.count() == 3


def test_what_is_dropped_can_be_taken_back_with_the_years_it_had(cast: Cast, wheel: Wheel) -> None:
    entry = wheel.entries.get()
    Entry.objects.filter(pk=entry.pk).update(to_year=2030)
    decide(entry, "drop", cast)
    decision = decide(entry, "keep", cast, expected=1)
    entry.refresh_from_db()
    assert (entry.to_year, decision.choice, decision.former_to_year) == (2030, "keep", None)
    assert [row.choice for row in decision.history.all()] == ["keep", "drop"]


def test_dropping_twice_changes_only_why(cast: Cast, wheel: Wheel) -> None:
    entry = wheel.entries.get()
    Entry.objects.filter(pk=entry.pk).update(to_year=2030)
    decide(entry, "drop", cast)
    decision = decide(entry, "drop", cast, expected=1, why="Ingen kom")
    assert (decision.former_to_year, decision.why) == (2030, "Ingen kom")


def test_what_begins_that_year_cannot_be_dropped_from_it(cast: Cast, wheel: Wheel) -> None:
    entry = make.entry(wheel, from_year=2027)
    with pytest.raises(turning.CannotDecide, match=r"Punktet begynner først i 2027\. Ta det ut i stedet\."):
        decide(entry, "drop", cast)
    assert TurnDecision.objects.count() == 0


def test_a_decision_made_from_an_old_page_is_refused_with_what_stands(cast: Cast, wheel: Wheel) -> None:
    entry = wheel.entries.get()
    decide(entry, "keep", cast, by=cast.dean)
    with pytest.raises(StaleEdit) as stale:
        decide(entry, "drop", cast)
    assert (stale.value.current.choice, stale.value.current.decided_by) == ("keep", cast.dean)
    entry.refresh_from_db()
    assert entry.to_year is None


def test_an_opened_year_is_no_longer_decided(cast: Cast, wheel: Wheel) -> None:
    open_next(wheel, cast)
    with pytest.raises(turning.CannotDecide, match="2027 er åpnet"):
        decide(wheel.entries.get(), "drop", cast)


def proposal(cast: Cast, wheel: Wheel, **fields: Any) -> Proposal:
    told = {"entry": wheel.entries.first(), "year": 2027, "unit": cast.ihk, "kind": "change", "text": "I mars heller"}
    return turning.propose(Proposal(wheel=wheel, **{**told, **fields}), by=cast.coordinator, now=NOW)


def test_a_proposal_is_answered_with_who_and_why(cast: Cast, wheel: Wheel) -> None:
    made = proposal(cast, wheel)
    assert (made.proposed_by, made.proposed_at, made.answer) == (cast.coordinator, NOW, "")
    made.answer, made.answer_text = "partly", "April, ikke mars"
    answered = turning.answer(made, by=cast.adviser, now=NOW, expected=1)
    assert (answered.answered_by, answered.answered_at, answered.lock_version) == (cast.adviser, NOW, 2)


def test_a_proposal_is_changed_withdrawn_and_proposed_again_and_all_of_it_is_logged(cast: Cast, wheel: Wheel) -> None:
    made, me = proposal(cast, wheel), cast.coordinator
    made.text = "I april heller"
    turning.change_proposal(made, by=me, expected=1)
    for _ in range(2):
        turning.withdraw(made, by=me, now=NOW)
    withdrawn = Proposal.objects.get()
    assert (withdrawn.text, withdrawn.withdrawn_by, withdrawn.withdrawn_at) == ("I april heller", me, NOW)
    assert list(Proposal.objects.visible_to(cast.adviser, today=TODAY)) == []
    for _ in range(2):
        turning.propose_again(made, by=me)
    assert list(Proposal.objects.visible_to(cast.adviser, today=TODAY)) == [made]
    log = [(row.history_user, row.history_change_reason, row.text) for row in made.history.all()]
    assert log == [
        (me, "Foreslo det likevel.", "I april heller"),
        (me, "Trakk forslaget.", "I april heller"),
        (me, "Endret forslaget.", "I april heller"),
        (me, None, "I mars heller"),
    ]


ACTS = [
    lambda made, cast: turning.change_proposal(made, by=cast.coordinator, expected=made.lock_version),
    lambda made, cast: turning.withdraw(made, by=cast.coordinator, now=NOW),
    lambda made, cast: turning.propose_again(made, by=cast.coordinator),
]


@pytest.mark.parametrize("act", ACTS)
def test_what_is_answered_or_opened_can_no_longer_be_changed(cast: Cast, wheel: Wheel, act: Any) -> None:
    answered = proposal(cast, wheel)
    answered.answer = "taken_in"
    turning.answer(answered, by=cast.adviser, now=NOW, expected=1)
    with pytest.raises(turning.CannotDecide, match=r"Forslaget er besvart"):
        act(answered, cast)
    late = proposal(cast, wheel)
    open_next(wheel, cast)
    with pytest.raises(turning.CannotDecide, match=r"2027 er åpnet"):
        act(late, cast)


def test_what_is_withdrawn_cannot_be_answered(cast: Cast, wheel: Wheel) -> None:
    made = proposal(cast, wheel)
    turning.withdraw(made, by=cast.coordinator, now=NOW)
    made.answer = "taken_in"
    with pytest.raises(turning.CannotDecide, match="Koordinator trakk forslaget"):
        turning.answer(made, by=cast.adviser, now=NOW, expected=1)


HALF = [{"kind": "new"}, {"entry": None}, {"answer": "not"}, {"withdrawn_at": NOW}]


@pytest.mark.parametrize("fields", HALF)
def test_the_database_refuses_half_a_proposal(cast: Cast, wheel: Wheel, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        proposal(cast, wheel, **fields)


def test_proposals_are_seen_by_their_unit_and_by_the_owner(cast: Cast, wheel: Wheel) -> None:
    made = {proposal(cast, wheel), proposal(cast, wheel, unit=cast.imu)}
    of_ihk = {one for one in made if one.unit == cast.ihk}
    seen = {name: set(Proposal.objects.visible_to(who, today=TODAY)) for name, who in cast.people.items()}
    assert seen == {
        "adviser": made,
        "coordinator": of_ihk,
        "dean": made,
        "reader": made,
        "outsider": set(),
        "administrator": made,
    }


def test_undoing_an_opening_deletes_what_it_made_and_nothing_else(cast: Cast, wheel: Wheel) -> None:
    before = (set(Edition.objects.all()), set(Task.objects.all()), set(WheelYear.objects.all()))
    other = make.wheel("annet", cast.hf)
    make.entry(other, cast.ihk)
    opening.open_year(other, year=2027, by=cast.adviser, now=NOW, today=TODAY)
    kept = (set(Edition.objects.all()), set(Task.objects.all()), set(WheelYear.objects.all()))
    open_next(wheel, cast)
    assert Task.objects.filter(edition__year=2027, edition__entry__wheel=wheel).count() == 3
    for _ in range(2):
        closing.undo_opening(wheel, year=2027, by=cast.adviser)
    assert (set(Edition.objects.all()), set(Task.objects.all()), set(WheelYear.objects.all())) == kept
    assert all(rows < more for rows, more in zip(before, kept, strict=True))
    gone = Edition.history.filter(history_type="-")
    assert [(row.year, row.history_user, row.history_change_reason) for row in gone] == [
        (2027, cast.adviser, "Åpningen av året ble angret.")
    ]
    assert open_next(wheel, cast).year == 2027
    assert Task.objects.filter(edition__year=2027, edition__entry__wheel=wheel).count() == 3


def test_every_task_and_edition_that_goes_leaves_its_row_in_the_log(cast: Cast, wheel: Wheel) -> None:
    shared = make.entry(wheel, cast.hf, cast.departments, text="Felles", ticks="one")
    open_next(wheel, cast)
    tasks = {task.pk: task.unit_id for task in Task.objects.filter(edition__year=2027)}
    assert Task.shared_with.through.objects.filter(task__edition__entry=shared).count() == 3
    closing.undo_opening(wheel, year=2027, by=cast.adviser)
    gone = Task.history.filter(history_type="-")
    assert {row.id: row.unit_id for row in gone} == tasks
    assert {(row.history_user, row.history_change_reason) for row in gone} == {(cast.adviser, closing.UNDONE)}
    assert Task.shared_with.through.objects.filter(task__in=tasks).count() == 0


@pytest.mark.parametrize("count", [1, 12])
def test_undoing_an_opening_asks_as_much_of_the_database_however_much_it_made(
    cast: Cast, wheel: Wheel, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        make.entry(wheel, cast.hf, text=f"Punkt {number}", position=number + 5)
    open_next(wheel, cast)
    with django_assert_num_queries(24):
        closing.undo_opening(wheel, year=2027, by=cast.adviser)


def ticked(edition: Edition, cast: Cast) -> None:
    services.tick(make.tasks_of(edition)["ihk"], by=cast.coordinator, now=NOW)


def ticked_and_unticked(edition: Edition, cast: Cast) -> None:
    ticked(edition, cast)
    services.untick(make.tasks_of(edition)["ihk"], by=cast.coordinator)


def noted(edition: Edition, cast: Cast) -> None:
    services.write_note(make.tasks_of(edition)["ihk"], by=cast.coordinator, note="Vi begynner tidlig", expected="")


def shown(edition: Edition, cast: Cast) -> None:
    services.write_note(
        make.tasks_of(edition)["ihk"], by=cast.coordinator, note="", expected="", evidence="https://a.example/"
    )


def told_by_one_who_takes_part(edition: Edition, cast: Cast) -> None:
    UnitNote.objects.create(edition=edition, unit=cast.hf, text="Vi hjelper til")


def not_relevant(edition: Edition, cast: Cast) -> None:
    services.mark_not_relevant(make.tasks_of(edition)["ihk"], by=cast.coordinator, reason="Har ingen")


def moved(edition: Edition, cast: Cast) -> None:
    services.move(edition, by=cast.adviser, words="20. april", today=TODAY, expected=1)


def cancelled(edition: Edition, cast: Cast) -> None:
    services.cancel(edition, by=cast.adviser, reason="Ikke råd", is_partly=False, today=TODAY, expected=1)


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (ticked, "1 oppgave er kvittert ut"),
        (ticked_and_unticked, "1 oppgave er kvittert ut"),
        (noted, "1 oppgave har en merknad"),
        (shown, "1 oppgave har en merknad"),
        (told_by_one_who_takes_part, "1 enhet har skrevet en merknad"),
        (not_relevant, "1 oppgave er kvittert ut"),
        (moved, "1 punkt er endret for dette året"),
        (cancelled, "1 punkt er avlyst"),
    ],
)
def test_an_opening_is_not_undone_once_somebody_has_done_something(
    cast: Cast, wheel: Wheel, act: Any, why: str
) -> None:
    open_next(wheel, cast)
    act(Edition.objects.get(year=2027), cast)
    with pytest.raises(closing.CannotClose) as refused:
        closing.undo_opening(wheel, year=2027, by=cast.adviser)
    assert str(refused.value) == f"Åpningen av 2027 kan ikke angres lenger: {why}."
    assert Task.objects.filter(edition__year=2027).count() == 3


def test_a_tick_on_what_is_no_longer_there_is_refused_in_words(cast: Cast, wheel: Wheel) -> None:
    open_next(wheel, cast)
    task = Task.objects.filter(edition__year=2027).first()
    assert task is not None
    closing.undo_opening(wheel, year=2027, by=cast.adviser)
    with pytest.raises(services.CannotTick, match=r"Oppgaven er borte: åpningen av året ble angret\."):
        services.tick(task, by=cast.coordinator, now=NOW)
