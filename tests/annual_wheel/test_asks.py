"""What the daily mail says of rounds to report in and of measures gone silent: once, and again near the end."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from annual_wheel.due import Due
from annual_wheel.emails import compose
from annual_wheel.models import Reminder
from annual_wheel.recipients import Directory
from annual_wheel.reminders import due_for
from organisation.models import User
from planning import reporting
from planning.models import Measure, MeasureResponsibility, ReportingRound
from strategy.models import Document
from tests import factories as make
from tests.cast import Cast

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def plan(cast: Cast) -> Document:
    plan = make.document("planen", cast.hf, title="Planen")
    measure = make.measure(plan, key="tiltaket", text="Tiltaket.")
    MeasureResponsibility.objects.create(measure=measure, group=cast.departments)
    return plan


@pytest.fixture
def asked(cast: Cast, plan: Document) -> ReportingRound:
    days = {"from_on": date(2026, 1, 1), "to_on": date(2026, 12, 31), "due_on": date(2026, 4, 1)}
    return reporting.start_round(ReportingRound(document=plan, **days), by=cast.dean, now=NOW, today=date(2026, 3, 2))


def due(user: User, today: date) -> Due:
    return due_for(user, directory=Directory.on(today), today=today)


def sent(user: User, today: date) -> dict[str, Any]:
    """The mail, and the ledger's memory of it."""
    mail = compose(user, due(user, today), today=today)
    Reminder.objects.create(
        user=user,
        day=today,
        status="sent",
        sent_at=NOW,
        claimed_at=NOW,
        items=mail.items,
        message_id=f"<{today}>",
        subject=mail.subject,
    )
    return {"subject": mail.subject, "text": mail.text}


def test_a_round_is_told_of_when_it_opens_and_in_its_last_week(cast: Cast, asked: ReportingRound) -> None:
    told = sent(cast.coordinator, date(2026, 3, 2))
    assert told["subject"] == "Rød tråd: 1 rapport å gi"
    lines = [line for line in told["text"].splitlines() if line]
    start = lines.index("RAPPORTER")
    assert lines[start + 1 : start + 4] == [
        "* Rapporter for Planen, 2026",
        "  IHK, frist 1. april (om 4 uker), 1 tiltak",
        "  http://127.0.0.1:8000/planer/planen/status/?enhet=ihk",
    ]
    assert not due(cast.coordinator, date(2026, 3, 3))
    assert [ask.unit for ask in due(cast.coordinator, date(2026, 3, 25)).asks] == [cast.ihk, cast.isl]
    reporting.set_finished(asked, cast.ihk, by=cast.coordinator, now=NOW, is_finished=True)
    assert [ask.unit for ask in due(cast.coordinator, date(2026, 4, 8)).asks] == [cast.isl]
    assert not due(cast.coordinator, date(2026, 4, 9))
    assert not due(cast.coordinator, date(2026, 3, 1))


def test_those_who_report_for_a_unit_are_told_and_no_others(cast: Cast, asked: ReportingRound) -> None:
    day = date(2026, 3, 2)
    told = {name for name, person in cast.people.items() if due(person, day)}
    assert told == {"coordinator"}


def test_a_stale_measure_is_told_of_once_a_month(cast: Cast, plan: Document) -> None:
    assert not due(cast.coordinator, date(2026, 3, 2))
    Measure.history.update(history_date=datetime(2025, 1, 1, tzinfo=UTC))
    told = sent(cast.coordinator, date(2026, 3, 2))
    assert told["subject"] == "Rød tråd: 1 tiltak det er stille om"
    assert "* Tiltaket\n  IHK, ISL, ingen rapport eller kvittering på et halvt år" in told["text"]
    assert not due(cast.coordinator, date(2026, 3, 31))
    assert due(cast.coordinator, date(2026, 4, 1)).silences


def test_what_everybody_is_asked_is_worked_out_once_for_a_whole_run(
    cast: Cast, asked: ReportingRound, django_assert_num_queries: Any
) -> None:
    directory = Directory.on(date(2026, 3, 25))
    due_for(cast.coordinator, directory=directory, today=date(2026, 3, 25))
    with django_assert_num_queries(0):
        assert len(directory.asks) == 3
        assert directory.silences == []
