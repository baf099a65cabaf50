"""What the demo tells of the plan: a closed round of last year, an open one, and evaluations."""

from datetime import date
from typing import Any

import pytest

from planning.models import Evaluation, ReportingRound, RoundUnit, StatusReport
from tests.reports.demo.written import Json

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_data")]


def told(exported: Json) -> Any:
    return next(document for document in exported["documents"] if document["slug"] == "hf-rekruttering")


def test_one_round_is_closed_and_one_is_open(exported: Json) -> None:
    rounds = told(exported)["reporting_rounds"]
    assert [(row["from"], row["due_on"], row["closed_by"]) for row in rounds] == [
        ("2025-01-01", "2025-11-27", "dean@hf.example"),
        ("2026-01-01", "2026-06-01", None),
    ]
    kept = rounds[0]["kept"]
    assert sum(len(row["reports"]) for row in kept["measures"]) == 12
    assert [row["unit_slug"] for row in kept["units"] if row["finished_at"]] == ["hf", "ihk", "ikm", "ims", "isl"]


def test_the_newest_report_says_the_state(exported: Json) -> None:
    measures = {measure["id"]: measure for measure in told(exported)["measures"]}
    states = [report["state"] for report in measures["hf-t-kjennetegn"]["reports"]]
    assert states == ["not_started", "under_way"]
    assert {evaluation["verdict"] for measure in measures.values() for evaluation in measure["evaluations"]} == {
        "continue", "change", "stop",
    }  # fmt: skip


def test_everything_happened_before_today_and_by_somebody_who_could(demo_data: date) -> None:
    reports = StatusReport.objects.select_related("round", "reported_by", "unit")
    assert reports.count() == 19
    for report in reports:
        assert report.round is not None
        assert report.round.opened_at <= report.reported_at
        assert report.reported_at.date() <= demo_data
        assert report.reported_by.may("tick", report.unit, today=demo_data)  # type: ignore[arg-type]


def test_the_log_tells_the_same_days(demo_data: date) -> None:
    logs: list[Any] = [ReportingRound.history, RoundUnit.history, Evaluation.history]  # type: ignore[attr-defined]
    for log in logs:
        assert log.exists()
        assert {row.history_date.date() <= demo_data for row in log.all()} == {True}
        assert not log.filter(history_user=None).exists()
