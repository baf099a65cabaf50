"""A wheel as plain data: what a user may take out, at the same cost however much there is."""

from datetime import UTC, date, datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from annual_wheel import services, turning
from annual_wheel.models import Proposal, Wheel
from annual_wheel.outline import wheel_outline
from tests import factories as make
from tests.cast import Cast


def queries_of(wheel: Wheel) -> int:
    with CaptureQueriesContext(connection) as queries:
        wheel_outline(Wheel.objects.select_related("owner", "document").get(pk=wheel.pk))
    return len(queries)


def test_the_queries_are_the_same_for_one_entry_and_three(cast: Cast) -> None:
    wheel = make.wheel("hf", cast.hf)
    for rows in (1, 3):
        while wheel.entries.count() < rows:
            entry = make.entry(wheel, cast.hf, cast.departments, ticks="one")
            task = make.edition(entry).tasks.get()
            services.tick(task, by=cast.adviser, now=datetime(2026, 4, 1, 8, tzinfo=UTC))
        assert queries_of(wheel) == 18


def test_a_task_says_who_did_it_when_and_for_whom(cast: Cast) -> None:
    deadline = make.entry(make.wheel("hf", cast.hf), kind="deadline", ticks="none", key="fristen")
    entry = make.entry(
        deadline.wheel,
        cast.hf,
        cast.ihk,
        ticks="one",
        key="planen",
        when_words="april",
        bound_words="før søknadsfristen",
        bound_entry=deadline,
    )
    make.edition(deadline)
    task = make.edition(entry).tasks.get()
    services.tick(task, by=cast.adviser, now=datetime(2026, 4, 1, 8, tzinfo=UTC), note="Sendt")

    rows = {row["id"]: row for row in wheel_outline(deadline.wheel)["entries"]}

    assert rows["fristen"]["editions"][0]["tasks"] == []
    assert rows["planen"]["editions"] == [
        {
            "year": 2026,
            "as_written": "april",
            "precision": "month",
            "earliest": "2026-04-01",
            "latest": "2026-04-30",
            "due_on": "2026-04-14",
            "bound": {"as_written": "før søknadsfristen", "on": "2026-04-15", "entry": "fristen"},
            "is_moved": False,
            "state": "planned",
            "form": "",
            "is_form_likely": False,
            "outcome": "",
            "reason": "",
            "text": "Et punkt",
            "month": 4,
            "responsible": rows["planen"]["responsible"],
            "tasks": [
                {
                    "unit": "Det humanistiske fakultet",
                    "unit_slug": "hf",
                    "shared_with": ["ihk"],
                    "status": "done",
                    "done_at": "2026-04-01T10:00:00+02:00",
                    "done_by": "adviser@hf.example",
                    "reason": "",
                    "note": "Sendt",
                    "evidence": "",
                    "assigned_to": None,
                }
            ],
            "unit_notes": [],
        }
    ]


def test_an_entry_that_is_taken_out_keeps_its_years(cast: Cast) -> None:
    entry = make.entry(make.wheel("hf", cast.hf), cast.hf)
    make.edition(entry, today=date(2026, 1, 1))
    entry.status = "retired"
    entry.save()
    row = wheel_outline(entry.wheel)["entries"][0]
    assert (row["status"], [edition["year"] for edition in row["editions"]]) == ("retired", [2026])


def test_what_was_decided_and_proposed_is_told(cast: Cast) -> None:
    at, today = datetime(2026, 11, 12, 8, tzinfo=UTC), date(2026, 11, 12)
    entry = make.entry(make.wheel("hf", cast.hf), cast.ihk, key="messe")
    turning.decide(entry, year=2027, choice="keep", why="Virker", by=cast.dean, now=at, today=today, expected=0)
    proposal = Proposal(wheel=entry.wheel, year=2027, unit=cast.ihk, kind="new", text="Podkast")
    turning.propose(proposal, by=cast.coordinator, now=at)
    turning.withdraw(proposal, by=cast.coordinator, now=at)
    outline = wheel_outline(entry.wheel)
    assert outline["turn_decisions"] == [
        {
            "entry": "messe",
            "year": 2027,
            "choice": "keep",
            "why": "Virker",
            "decided_at": "2026-11-12T09:00:00+01:00",
            "decided_by": "dean@hf.example",
        }
    ]
    assert outline["proposals"] == [
        {
            "entry": None,
            "year": 2027,
            "unit": "Institutt for historiske og klassiske studier",
            "unit_slug": "ihk",
            "kind": "new",
            "text": "Podkast",
            "proposed_at": "2026-11-12T09:00:00+01:00",
            "proposed_by": "coordinator@hf.example",
            "answer": "",
            "answer_text": "",
            "answered_at": None,
            "answered_by": None,
            "withdrawn_at": "2026-11-12T09:00:00+01:00",
            "withdrawn_by": "coordinator@hf.example",
        }
    ]


def test_what_decides_over_reminders_is_told(cast: Cast) -> None:
    wheel = make.wheel("hf", cast.hf, escalates_after=5, is_summed_up=True)
    make.entry(wheel, cast.isl, key="tidlig", lead_days=30)
    make.entry(wheel, cast.isl, key="vanlig")
    told = wheel_outline(wheel)
    assert (told["escalates_after"], told["is_summed_up"]) == (5, True)
    assert {row["id"]: row["lead_days"] for row in told["entries"]} == {"tidlig": 30, "vanlig": None}
    plain = wheel_outline(make.wheel("nv", cast.university))
    assert (plain["escalates_after"], plain["is_summed_up"]) == (None, False)
