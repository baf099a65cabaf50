"""Orders of PDFs: made once, owned by one attempt at a time, told truly, and never lost."""

from datetime import timedelta
from typing import Any

import pytest
from kombu.exceptions import OperationalError

from config.lib import pdf
from reports import paper, services, tasks
from reports.models import Rendering
from strategy.models import Document
from tests import factories as make
from tests.cast import Cast
from tests.reports.builders import NOW, order


@pytest.fixture
def plan(cast: Cast) -> Document:
    return make.document("planen", cast.hf, title="Planen")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the renderer was asked for; it gives back a small file at once."""
    calls: list[dict[str, Any]] = []

    def plan_pdf(document: Document, *, on_step: Any, **asked: Any) -> bytes:
        calls.append({"document": document.slug, **asked})
        on_step(0, "Samler teksten.")
        return b"%PDF-1.7 planen"

    monkeypatch.setattr(paper, "plan_pdf", plan_pdf)
    return calls


def test_the_row_is_written_first_and_the_worker_gets_its_id(
    cast: Cast, plan: Document, sent: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = services.order_rendering(plan, by=cast.dean, language="nb", now=NOW)
        assert sent == []
    assert sent == [made.pk]
    assert (made.state, made.filename, made.step_count) == ("queued", "planen-2026-03-15.pdf", 4)


def test_pressing_twice_gives_one_order_and_another_person_or_language_their_own(cast: Cast, plan: Document) -> None:
    first = services.order_rendering(plan, by=cast.dean, language="nb", now=NOW)
    assert services.order_rendering(plan, by=cast.dean, language="nb", now=NOW) == first
    assert services.order_rendering(plan, by=cast.dean, language="en", now=NOW) != first
    assert services.order_rendering(plan, by=cast.reader, language="nb", now=NOW) != first
    Rendering.objects.filter(pk=first.pk).update(state="failed")
    assert services.order_rendering(plan, by=cast.dean, language="nb", now=NOW) != first


def test_the_order_stands_when_the_queue_is_away(
    cast: Cast, plan: Document, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def away(pk: int) -> None:
        raise OperationalError("no broker")

    monkeypatch.setattr(tasks.render, "delay", away)
    with django_capture_on_commit_callbacks(execute=True):
        services.order_rendering(plan, by=cast.dean, language="nb", now=NOW)
    assert list(Rendering.objects.values_list("state", flat=True)) == ["queued"]


def test_the_worker_makes_what_was_ordered_once(
    cast: Cast, plan: Document, made: list[dict[str, Any]], today: Any
) -> None:
    row = order(plan, cast.dean, language="en")
    tasks.render(row.pk)
    tasks.render(row.pk)
    row.refresh_from_db()
    assert made == [{"document": "planen", "reader": cast.dean, "today": today, "language": "en"}]
    assert (row.state, bytes(row.content or b""), row.attempt_count) == ("done", b"%PDF-1.7 planen", 1)
    assert (row.step, row.step_count, row.error) == (4, 4, "")
    assert row.finished_at is not None


def test_progress_is_what_has_begun(cast: Cast, plan: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    row = order(plan, cast.dean)
    told: list[tuple[int, str, str]] = []

    def plan_pdf(document: Document, *, on_step: Any, **asked: Any) -> bytes:
        for step, words in enumerate(paper.STEPS):
            on_step(step, str(words))
            seen = Rendering.objects.get(pk=row.pk)
            told.append((seen.step, seen.step_words, seen.state))
        return b"%PDF"

    monkeypatch.setattr(paper, "plan_pdf", plan_pdf)
    services.render(row.pk, now=NOW)
    assert told == [
        (0, "Samler teksten.", "running"),
        (1, "Setter sidene.", "running"),
        (2, "Skriver dokumentet.", "running"),
        (3, "Merker det for skjermlesere.", "running"),
    ]


def test_a_fault_is_kept_with_what_to_do(
    cast: Cast, plan: Document, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*args: Any, **asked: Any) -> bytes:
        raise ValueError("secret detail")

    monkeypatch.setattr(paper, "plan_pdf", broken)
    row = order(plan, cast.dean)
    services.render(row.pk, now=NOW)
    row.refresh_from_db()
    assert row.state == "failed"
    assert row.error == ("Noe gikk galt da dokumentet ble laget. Prøv igjen. Hvis det skjer flere ganger, si fra.")
    assert "secret detail" in caplog.text


def test_without_the_libraries_the_order_says_what_is_missing(
    cast: Cast, plan: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking(*args: Any, **asked: Any) -> bytes:
        raise pdf.PdfUnavailable("cannot load library")

    monkeypatch.setattr(paper, "plan_pdf", lacking)
    row = order(plan, cast.dean)
    services.render(row.pk, now=NOW)
    row.refresh_from_db()
    assert row.error == (
        "Tjeneren mangler det som trengs for å lage PDF. "
        "Den som drifter den, må installere libpangoft2-1.0-0 og libharfbuzz-subset0."
    )


def test_a_worker_that_comes_back_late_changes_nothing(
    cast: Cast, plan: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = order(plan, cast.dean)

    def slow(document: Document, *, on_step: Any, **asked: Any) -> bytes:
        Rendering.objects.filter(pk=row.pk).update(attempt_count=2)  # given to another meanwhile
        on_step(1, "Setter sidene.")
        raise AssertionError("it should have stopped")

    monkeypatch.setattr(paper, "plan_pdf", slow)
    services.render(row.pk, now=NOW)
    row.refresh_from_db()
    assert (row.state, row.step_words, row.content, row.error) == ("running", "", None, "")


def test_what_got_lost_is_sent_again_and_what_goes_on_is_left_alone(
    cast: Cast, plan: Document, sent: list[int]
) -> None:
    long_ago, just_now = NOW - timedelta(minutes=10), NOW - timedelta(seconds=30)
    never_started = order(plan, cast.dean, queued_at=long_ago)
    order(plan, cast.dean, queued_at=just_now)
    worker_died = order(plan, cast.dean, state="running", started_at=long_ago, attempt_count=1)
    order(plan, cast.dean, state="running", started_at=just_now, attempt_count=1)
    order(plan, cast.dean, state="done", queued_at=long_ago)
    assert services.requeue_stale(now=NOW) == 2
    assert sorted(sent) == [never_started.pk, worker_died.pk]
    assert services.requeue_stale(now=NOW) == 0
    worker_died.refresh_from_db()
    assert (worker_died.state, worker_died.queued_at) == ("queued", NOW)


def test_three_attempts_are_enough_and_half_a_day_in_the_queue_too(cast: Cast, plan: Document, sent: list[int]) -> None:
    long_ago = NOW - timedelta(minutes=10)
    tired = order(plan, cast.dean, state="running", started_at=long_ago, attempt_count=3)
    forgotten = order(plan, cast.dean, requested_at=NOW - timedelta(hours=13), queued_at=long_ago)
    assert services.requeue_stale(now=NOW) == 0
    for row in (tired, forgotten):
        row.refresh_from_db()
        assert (row.state, row.error) == (
            "failed",
            "Dokumentet ble ikke ferdig, selv etter flere forsøk. Prøv igjen. Hvis det skjer igjen, si fra.",
        )
    assert sent == []


def test_the_timetable_sweeps_once_a_minute(settings: Any) -> None:
    sweep = settings.CELERY_BEAT_SCHEDULE["send lost renderings again"]
    assert (sweep["task"], sweep["schedule"]) == (tasks.sweep.name, 60.0)


def test_old_files_are_deleted_and_waiting_ones_kept(cast: Cast, plan: Document) -> None:
    month_ago = NOW - timedelta(days=31)
    order(plan, cast.dean, state="done", requested_at=month_ago)
    waiting = order(plan, cast.dean, requested_at=month_ago)
    recent = order(plan, cast.dean, state="done")
    assert services.delete_old(now=NOW) == 1
    assert set(Rendering.objects.all()) == {waiting, recent}
