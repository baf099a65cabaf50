"""Two at the same moment in a reporting round, over real connections: every answer is in the round or outside it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from annual_wheel.measure_ticks import ticks_between
from organisation.models import User
from planning import reporting
from planning.models import Measure, ReportingRound, RoundUnit, StatusReport
from strategy.models import Document
from tests import factories as make
from tests.annual_wheel.test_at_once import at_once
from tests.cast import Cast, make_cast

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)
TODAY = date(2026, 3, 15)


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def plan(people: Cast) -> Document:
    plan = make.document("planen", people.hf)
    make.measure(plan, key="tiltaket")
    return plan


def days() -> dict[str, date]:
    return {"from_on": date(2026, 1, 1), "to_on": date(2026, 12, 31), "due_on": date(2026, 4, 1)}


def tried(act: Callable[[], Any]) -> Callable[[], Any]:
    """The act, with what it was refused with as its answer."""

    def run() -> Any:
        try:
            return act()
        except ValidationError as refused:
            return refused.messages[0]

    return run


def starting(plan: Document, by: User) -> Callable[[], Any]:
    asked = ReportingRound(document=plan, **days())
    return tried(lambda: reporting.start_round(asked, by=by, now=NOW, today=TODAY))


def closing(asked: ReportingRound, by: User) -> Callable[[], Any]:
    return tried(lambda: reporting.close_round(asked, by=by, now=NOW, today=TODAY, ticks_between=ticks_between))


def telling(by: User, text: str) -> Callable[[], Any]:
    measure = Measure.objects.get(key="tiltaket")
    said = {"state": "under_way", "text": text, "next_step": ""}
    return lambda: reporting.report([measure], unit=measure.document.owner, by=by, now=NOW, **said)[0]


@pytest.mark.parametrize("round_number", range(2))
def test_of_two_who_open_a_round_at_once_one_does(people: Cast, plan: Document, round_number: int) -> None:
    answers = at_once(starting(plan, people.dean), starting(plan, people.adviser))
    assert sorted(type(answer).__name__ for answer in answers) == ["ReportingRound", "str"]
    assert "En runde er allerede åpen, med frist 1. april 2026. Lukk den først." in answers
    assert ReportingRound.objects.count() == 1


@pytest.mark.parametrize("round_number", range(2))
def test_of_two_who_close_a_round_at_once_one_does_and_the_other_is_told(
    people: Cast, plan: Document, round_number: int
) -> None:
    asked = starting(plan, people.dean)()
    answers = at_once(closing(asked, people.dean), closing(asked, people.adviser))
    stored = ReportingRound.objects.get()
    assert [row.closed_by for row in ReportingRound.history.filter(history_change_reason="Runden ble lukket.")] == [
        stored.closed_by
    ]
    [told] = [answer for answer in answers if isinstance(answer, str)]
    assert told == (
        f"Runden ble lukket av {stored.closed_by} 15. mars 2026 kl. 13.00. Det som er rapportert til da, står."
    )


@pytest.mark.parametrize("round_number", range(3))
def test_a_report_while_a_round_closes_is_kept_in_it_or_stands_outside_it(
    people: Cast, plan: Document, round_number: int
) -> None:
    asked = starting(plan, people.dean)()
    at_once(closing(asked, people.dean), telling(people.adviser, "Samtidig"), telling(people.coordinator, "Også"))
    frozen: Any = ReportingRound.objects.get().frozen
    kept = sorted(told["text"] for told in frozen["measures"][0]["reports"])
    assert kept == sorted(StatusReport.objects.filter(round=asked).values_list("text", flat=True))
    assert StatusReport.objects.count() == 2


@pytest.mark.parametrize("round_number", range(2))
def test_a_report_while_opening_is_undone_is_never_left_without_its_round(
    people: Cast, plan: Document, round_number: int
) -> None:
    asked = starting(plan, people.dean)()
    undone, _told = at_once(
        tried(lambda: reporting.undo_round(asked, by=people.dean)), telling(people.adviser, "Samtidig")
    )
    [told] = StatusReport.objects.all()
    assert (told.round_id is None) == (undone is None)
    assert ReportingRound.objects.exists() == (undone is not None)


@pytest.mark.parametrize("round_number", range(2))
def test_of_two_who_say_a_unit_is_finished_at_once_one_is_logged(
    people: Cast, plan: Document, round_number: int
) -> None:
    asked = starting(plan, people.dean)()

    def finishing(by: User) -> Callable[[], Any]:
        return lambda: reporting.set_finished(asked, people.hf, by=by, now=NOW, is_finished=True)

    at_once(finishing(people.dean), finishing(people.adviser))
    assert RoundUnit.objects.get().finished_by in (people.dean, people.adviser)
    assert RoundUnit.history.count() == 1
