"""Mitt arbeid nudges whoever answers for a measure that has gone stale, and whoever writes its plan."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annual_wheel.models import Edition
from organisation.models import User
from planning.models import Measure, MeasureResponsibility
from planning.reporting import report
from strategy.models import Document, Version
from strategy.outline import outline_of
from tests import factories as make
from tests.cast import Cast, client_of
from tests.conftest import forget
from tests.page import text_of

LONG_AGO = datetime(2025, 3, 1, tzinfo=UTC)
LATELY = datetime(2026, 3, 1, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def plan(cast: Cast) -> Document:
    """A plan in force since last year, of which the departments lead one measure and nobody the other."""
    document = make.document("planen", cast.hf, title="Planen")
    theirs = make.measure(document, key="deres", text="Besøke skoler")
    MeasureResponsibility.objects.create(measure=theirs, group=cast.departments, wording="Instituttene")
    make.measure(document, key="ingens", text="Annonsere")
    freeze(document, cast.adviser)
    return document


def freeze(document: Document, by: User) -> None:
    number = document.versions.count() + 1
    content: Any = outline_of(document)
    Version.objects.create(document=document, number=number, content=content, frozen_at=LONG_AGO, frozen_by=by)
    Measure.history.filter(document_id=document.pk).update(history_date=LONG_AGO)


def shown(person: User, query: str = "") -> str:
    page = client_of(person).get(f"/mitt-arbeid/{query}").content.decode()
    return text_of(page.partition('data-group="silent"')[2].partition("</section>")[0])


def test_a_responsible_unit_is_nudged_for_each_measure_with_the_way_to_report(cast: Cast, plan: Document) -> None:
    told = shown(cast.coordinator)
    assert "Besøke skoler IHK, ISL Planen Rapporter" in told
    assert "Annonsere" not in told
    page = client_of(cast.coordinator).get("/mitt-arbeid/?enhet=isl").content.decode()
    assert "/tiltak/deres/rapporter/?enhet=isl&amp;next=%2Fmitt-arbeid%2F" in page
    assert "enhet=ihk&amp;next" not in page


def test_whoever_writes_the_plan_is_told_how_many(cast: Cast, plan: Document) -> None:
    told = shown(cast.adviser)
    assert "Annonsere HF Planen Rapporter" in told  # the plan's owner answers for what nobody leads
    assert "I planer du skriver: 2 tiltak i planen Planen" in told
    assert 'href="/planer/planen/status/?vis=stille"' in client_of(cast.adviser).get("/mitt-arbeid/").content.decode()


@pytest.mark.parametrize("name", ["reader", "outsider"])
def test_others_are_not(cast: Cast, plan: Document, name: str) -> None:
    assert shown(cast.people[name]) == ""


def test_a_report_ends_the_silence_at_once(cast: Cast, plan: Document) -> None:
    assert "Besøke skoler" in shown(cast.coordinator)
    how: dict[str, Any] = {"unit": cast.ihk, "text": "", "next_step": "Ringe", "by": cast.coordinator}
    report([Measure.objects.get(key="deres")], state="under_way", now=LATELY, **how)
    assert shown(cast.coordinator) == ""


def test_an_old_report_does_not_and_a_finished_measure_waits_for_nobody(cast: Cast, plan: Document) -> None:
    how: dict[str, Any] = {"unit": cast.ihk, "text": "", "next_step": "", "by": cast.coordinator}
    report([Measure.objects.get(key="deres")], state="under_way", now=LONG_AGO, **how)
    assert "Besøke skoler" in shown(cast.coordinator)
    report([Measure.objects.get(key="deres")], state="carried_out", now=LONG_AGO, **how)
    assert "Besøke skoler ISL" in shown(cast.coordinator)
    report(
        [Measure.objects.get(key="deres")], state="stopped", now=LONG_AGO, **{**how, "unit": cast.isl, "text": "Nei"}
    )
    assert shown(cast.coordinator) == ""


def test_a_tick_ends_it_too(cast: Cast, plan: Document) -> None:
    assert "Besøke skoler" in shown(cast.coordinator)
    entry = make.entry(make.wheel("hjulet", cast.hf, document=plan), cast.departments)
    entry.measures.add(Measure.objects.get(key="deres"))
    task = make.tasks_of(make.edition(entry))["ihk"]
    task.status, task.done_at, task.done_by = "done", LATELY, cast.coordinator
    task.save()
    assert Edition.objects.count() == 1
    assert shown(cast.coordinator) == ""


def test_many_are_gathered(cast: Cast, plan: Document) -> None:
    for number in range(7):
        made = make.measure(plan, text=f"Tiltak {number}")
        MeasureResponsibility.objects.create(measure=made, unit=cast.ihk, wording="IHK")
    freeze(plan, cast.adviser)
    told = shown(cast.coordinator, "?enhet=ihk")
    assert told.count("Rapporter") == 3
    assert "5 tiltak til ved IHK Planen" in told


def test_the_cost_does_not_grow_with_plans_and_measures(cast: Cast, plan: Document) -> None:
    def queries() -> int:
        client = client_of(cast.coordinator)
        with CaptureQueriesContext(connection) as asked:
            client.get("/mitt-arbeid/")
        return len(asked)

    first = queries()
    for number in range(3):
        other = make.document(f"plan-{number}", cast.hf)
        made = make.measure(other, text="Enda et")
        MeasureResponsibility.objects.create(measure=made, group=cast.departments, wording="Instituttene")
        freeze(other, cast.adviser)
    forget()
    assert queries() == first
    assert queries() < first  # kept for as long as nothing is logged
