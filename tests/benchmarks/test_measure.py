"""The pieces of `make bench`, on tiny rounds."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from annual_wheel import feeds
from annual_wheel.models import CalendarFeed
from benchmarks import data, plans, report, workloads
from benchmarks.measure import Workload, fetch, over, run
from benchmarks.paper import PdfRow
from planning.models import Measure
from strategy.models import Document
from tests.cast import Cast

# The benchmarks take a SQLite file of their own, whatever database the installation has.
pytestmark = pytest.mark.once


@pytest.fixture
def handler(monkeypatch: pytest.MonkeyPatch, db: None) -> WSGIHandler:
    monkeypatch.setattr(settings, "ROOT_URLCONF", "benchmarks.urls")
    return WSGIHandler()


def test_floors_answer_and_are_measured_in_every_round(cast: Cast, handler: WSGIHandler) -> None:
    floors = workloads.floors(workloads.cookie_of(cast.adviser.email))
    run(handler, floors, round_count=2, seconds=0.001)
    assert [(floor.name, len(floor.rounds), floor.size > 0) for floor in floors] == [
        ("trivial view", 2, True),
        ("one query", 2, True),
        ("logged in, one query", 2, True),
    ]
    _status, _headers, body = fetch(handler, floors[2])
    assert body.decode().startswith(f"{cast.adviser} ")


def test_a_request_that_answers_otherwise_than_meant_stops_the_run(cast: Cast, handler: WSGIHandler) -> None:
    with pytest.raises(ValueError, match=r"^work: /mitt-arbeid/ answered 302 Found$"):
        fetch(handler, Workload("work", "/mitt-arbeid/"))


def test_what_is_kept_is_let_go_of_before_each_request(handler: WSGIHandler) -> None:
    calls: list[str] = []
    workload = Workload("first", "/bench/trivial/", before=lambda: calls.append("forgot"))
    run(handler, [workload], round_count=3, seconds=0.000001)
    assert len(calls) >= 3


def test_a_plan_has_the_measures_asked_for_and_is_frozen(cast: Cast, handler: WSGIHandler) -> None:
    plan = plans.plan_of(plans.Size(6), owner=cast.hf, group=cast.departments, by=cast.adviser)
    assert [measure.text[:8] for measure in Measure.objects.filter(document=plan)] == [f"Tiltak {n}" for n in range(6)]
    assert Document.objects.get(slug="bench-6").versions.count() == 1
    cookie = workloads.cookie_of(cast.adviser.email)
    page = fetch(handler, Workload("plan", "/planer/bench-6/", cookie, before=workloads.forget_all))[2].decode()
    assert len(re.findall(r'href="/tiltak/[^"]+"[^>]*>Tiltak \d', page)) == 6


def test_the_feed_has_as_many_entries_as_asked_for_and_then_none_anew(cast: Cast, handler: WSGIHandler) -> None:
    path = data.feed_of(cast.adviser.email, entry_count=5)
    assert len(feeds.calendar_of(CalendarFeed.objects.get(name="benchmark"), today=date.today()).rows) == 5
    whole = Workload("feed", path)
    _status, headers, body = fetch(handler, whole)
    assert body.count(b"BEGIN:VEVENT") == 5
    unchanged = Workload("304", path, status=304, headers={"HTTP_IF_NONE_MATCH": headers["ETag"]})
    assert fetch(handler, unchanged)[2] == b""


def test_ratios_are_taken_within_each_round() -> None:
    floor = Workload("trivial view", "/", rounds=[0.001, 0.010, 0.001])
    page = Workload("page", "/", rounds=[0.030, 0.300, 0.050], goal=40)
    assert over(page, floor) == pytest.approx(30)
    assert report.verdict(page, 30) == "met"
    assert report.verdict(page, 40.1) == "MISSED"
    assert list(report.page_lines([floor, page]))[-1].split() == (
        ["page", "50.00", "30.0", "30.00", "trivial", "view", "≤", "40", "0.0", "met"]
    )


def test_documents_are_set_beside_weasyprint_alone() -> None:
    rows = [PdfRow("alone", bytes, rounds=[2.0, 9.0, 2.0], size=1000), PdfRow("ours", bytes, rounds=[3.0], size=2000)]
    assert [line.split() for line in report.pdf_lines(rows)][1:] == [
        ["alone", "2.00", "1.00", "1"],
        ["ours", "3.00", "1.50", "2"],
    ]
