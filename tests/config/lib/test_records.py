"""The log of a row is a copy of what is stored."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from annual_wheel.models import Edition, Task
from config.lib.fetched import keep_tied
from config.lib.models import StaleEdit
from config.lib.saving import save_changed, save_new
from planning.models import ActionPlan, Measure, MeasureResponsibility
from strategy.models import Document, Goal
from tests import factories as make
from tests.cast import Cast


@pytest.fixture
def measure(cast: Cast) -> Measure:
    draft = make.document("planen", cast.hf, state="draft", head_in_force=None)
    measure = make.measure(draft, make.goal(draft, text="Målet"), text="Først", frequency="hvert år")
    measure.links = [{"url": "https://example.org/", "label": "Mer"}]
    measure.save()
    return measure


def columns(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in Measure.history.model.tracked_fields}


def test_each_state_is_logged_as_it_is_stored(measure: Measure) -> None:
    measure.text, measure.frequency = "Så", "hver dag"
    measure.save(update_fields=["text"])
    stored, log = Measure.objects.get(), measure.history.first()
    assert columns(log) == columns(stored)
    assert (log.text, log.frequency, log.history_type) == ("Så", "hvert år", "~")
    assert [tie.goal.text for tie in log.goals.all()] == ["Målet"]


def test_what_is_tied_since_it_was_fetched_is_logged(measure: Measure) -> None:
    measure.goals.clear()
    keep_tied(measure, "goals", [])
    measure.save()
    assert list(measure.history.first().goals.all()) == []
    measure.goals.add(make.goal(measure.document, text="Et annet"))
    assert [tie.goal.text for tie in measure.history.first().goals.all()] == ["Et annet"]


def test_what_is_deleted_is_logged_as_it_was(cast: Cast, measure: Measure) -> None:
    line = measure.responsibilities.create(unit=cast.hf, wording="Fakultetet")
    line.delete()
    log = MeasureResponsibility.history.first()
    assert (log.history_type, log.unit, log.wording) == ("-", cast.hf, "Fakultetet")


def test_a_proxy_is_logged_as_the_model_it_stands_for(cast: Cast) -> None:
    """In whichever of the two names a row is written, its log has one line for each time."""
    plan = ActionPlan(title="Planen", slug="planen", owner=cast.hf)
    plan.save()
    plan.title = "Planen 2030"
    plan.save()
    Document.objects.get().save()
    told = Document.history.order_by("history_id").values_list("history_type", "title", "kind")
    assert list(told) == [
        (kind, title, "action_plan") for kind, title in (("+", "Planen"), *[("~", "Planen 2030")] * 2)
    ]
    ActionPlan.objects.get().delete()
    assert Document.history.first().history_type == "-"
    assert Document.history.count() == 4


def test_what_goes_wrong_while_ties_are_set_leaves_the_row_to_be_logged(cast: Cast, measure: Measure) -> None:
    before, unstored = measure.history.count(), {"goals": [Goal(text="Uten rad")]}
    new = Measure(document=measure.document, text="Nytt")
    with pytest.raises(ValueError, match="Cannot add"):
        save_new(new, by=cast.adviser, many=unstored)
    with pytest.raises(ValueError, match="Cannot add"), transaction.atomic():
        save_changed(measure, by=cast.adviser, expected=1, many=unstored)
    measure.save()
    assert measure.history.count() == before + 1
    assert not hasattr(new, "skip_history_when_saving")


def test_a_save_writes_what_differs_alone(cast: Cast, measure: Measure) -> None:
    measure.text = "Så"
    with CaptureQueriesContext(connection) as asked:
        save_changed(measure, by=cast.adviser, expected=1)
    [written] = [query["sql"] for query in asked if query["sql"].startswith("UPDATE")]
    assert re.findall(r'"(\w+)" = ', written.partition(" WHERE ")[0]) == ["lock_version", "text"]


def test_a_save_of_a_document_leaves_what_is_in_force(cast: Cast, measure: Measure) -> None:
    held = {"title": "Slik den gjelder", "from": None, "to": None}
    read = Document.objects.get()
    Document.objects.update(head_in_force=held)
    read.title = "Slik den skrives"
    save_changed(read, by=cast.adviser, expected=1)
    assert Document.objects.values_list("title", "head_in_force").get() == ("Slik den skrives", held)


def test_nothing_is_written_over_what_is_newer(cast: Cast, measure: Measure) -> None:
    other = make.goal(measure.document, text="Et annet")
    Measure.objects.update(lock_version=2)
    with pytest.raises(StaleEdit), transaction.atomic():
        save_changed(measure, by=cast.adviser, expected=1, many={"goals": [other]})
    assert [goal.text for goal in measure.goals.all()] == ["Målet"]


@pytest.mark.django_db(transaction=True)
def test_a_row_is_saved_within_a_transaction_alone(cast: Cast, measure: Measure) -> None:
    measure.text = "Så"
    with pytest.raises(TransactionManagementError, match="within a transaction"):
        save_changed(measure, by=cast.adviser, expected=1)
    assert Measure.objects.get().text == "Først"


def test_the_moment_of_a_save_is_kept(cast: Cast) -> None:
    edition = make.edition(make.entry(make.wheel("hjulet", cast.hf), cast.ihk))
    before = datetime(2025, 1, 1, tzinfo=UTC)
    Edition.objects.update(changed_at=before)
    edition.refresh_from_db()
    edition.outcome = "Det gikk bra"
    save_changed(edition, by=cast.adviser, expected=edition.lock_version)
    assert Edition.objects.get().changed_at > before
    assert edition.history.first().changed_at == Edition.objects.get().changed_at


@pytest.mark.parametrize(("ticks", "count"), [("each", 0), ("one", 1)])
def test_who_shares_a_task_is_asked_for_where_one_tick_closes_for_all(cast: Cast, ticks: str, count: int) -> None:
    make.edition(make.entry(make.wheel("hjulet", cast.hf), cast.ihk, cast.isl, ticks=ticks))
    task = Task.objects.select_related("edition__entry").first()
    assert task
    task.note = "Sendt"
    with CaptureQueriesContext(connection) as asked:
        save_changed(task, by=cast.adviser, expected=task.lock_version)
    assert sum("shared_with" in query["sql"] for query in asked) == count
