"""The PDF of each version: ordered once the words are frozen, made from them, for all readers, and kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from config.lib import pdf
from reports import keeping, paper, services, tasks
from reports.models import Rendering
from reports.plan_document import plan_document
from reports.readers import Everyone
from strategy.models import Document, Goal, Version
from strategy.services import adopt, freeze
from tests import factories as make
from tests.cast import Cast, client_of
from tests.page import text_of
from tests.reports.builders import NOW

HTMX = {"HX-Request": "true"}
FILE = "/planer/planen/utgave/1/pdf/"


@pytest.fixture
def plan(cast: Cast, today: Any, monkeypatch: pytest.MonkeyPatch) -> Document:
    monkeypatch.setattr(pdf, "is_available", lambda: True)
    plan = make.document("planen", cast.hf, title="Planen")
    make.goal(plan, text="Slik det ble vedtatt")
    return plan


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, bool]]:
    """Which versions were rendered, and whether for those who are logged in."""
    calls: list[tuple[int, bool]] = []

    def version_pdf(version: Version, *, reader: Any, **asked: Any) -> bytes:
        calls.append((version.number, reader.is_authenticated))
        return b"%PDF-1.7 planen"

    monkeypatch.setattr(paper, "version_pdf", version_pdf)
    return calls


def adopted(plan: Document, cast: Cast) -> Version:
    return adopt(plan, by=cast.dean, decided_by="Styret", decided_on=NOW.date(), case_number="1-26", now=NOW)


def test_an_adoption_orders_the_pdf_afterwards_and_whoever_reads_fetches_it(
    cast: Cast, plan: Document, sent: list[int], made: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        adopted(plan, cast)
        assert not Rendering.objects.exists()
    order = Rendering.objects.get()
    assert sent == [order.pk]
    assert (order.version.number, order.requested_by, order.filename) == (1, None, "planen-utgave-1.pdf")  # type: ignore[union-attr]
    waiting = client_of(cast.outsider).get(FILE).content.decode()
    assert "PDF-en lages nå" in waiting
    tasks.render(order.pk)
    assert made == [(1, True)]
    file = client_of(cast.outsider).get(FILE)
    assert (file.content, file["Content-Type"]) == (b"%PDF-1.7 planen", "application/pdf")
    assert b"PDF-en er ferdig" in client_of(cast.outsider).get(FILE, headers=HTMX).content


def test_a_fault_in_ordering_never_touches_the_adoption(
    cast: Cast, plan: Document, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def broken(*args: Any, **asked: Any) -> Any:
        raise RuntimeError("no room")

    monkeypatch.setattr(keeping, "keep", broken)
    with django_capture_on_commit_callbacks(execute=True):
        adopted(plan, cast)
    assert plan.versions.count() == 1


def test_the_paper_says_what_was_frozen_and_nothing_of_later(cast: Cast, plan: Document) -> None:
    version = adopted(plan, cast)
    Goal.objects.update(text="Slik det skrives nå")
    Document.objects.update(title="En annen tittel", state="replaced")
    later = plan.decisions.create(kind="adoption", decided_by="Rektor")  # type: ignore[attr-defined]
    second = freeze(plan, by=cast.dean, now=NOW, decision=later)
    told = plan_document(version.document, reader=Everyone(is_authenticated=True), today=NOW.date(), version=version)
    assert [goal.text for area in told.areas for goal in area.goals] == ["Slik det ble vedtatt"]
    assert (told.title, told.state_label, told.state, told.wheels, told.warnings) == ("Planen", "Utgave", "1", (), ())
    assert dict(told.facts)["Vedtak"] == ("Styret, 15. mars 2026, sak 1-26",)
    assert second.number == 2


def test_one_file_for_each_version_and_kind_of_reader(cast: Cast, plan: Document) -> None:
    version = adopted(plan, cast)
    first = keeping.keep(version, now=NOW)
    assert keeping.keep(version, now=NOW) == first
    version.document.is_public = True
    for_all = keeping.keep(version, now=NOW)
    assert (for_all != first, for_all.is_public) == (True, True)


def test_what_is_for_all_is_made_as_somebody_who_is_not_logged_in_sees_it(
    cast: Cast, plan: Document, made: list[Any]
) -> None:
    Document.objects.update(is_public=True)
    version = adopted(plan, cast)
    tasks.render(keeping.keep(version, now=NOW).pk)
    assert made == [(1, False)]
    assert Client().get(FILE).content == b"%PDF-1.7 planen"


def test_versions_from_before_get_theirs_by_the_timetable_a_few_at_a_time(cast: Cast, plan: Document) -> None:
    for _number in range(4):
        freeze(plan, by=cast.dean, now=NOW)
    draft = make.document("utkast", cast.hf, state="draft")
    freeze(draft, by=cast.dean, now=NOW)
    assert [keeping.catch_up(now=NOW) for _minute in range(3)] == [3, 1, 0]
    assert set(Rendering.objects.values_list("version__number", "document__slug")) == {
        (number, "planen") for number in (1, 2, 3, 4)
    }


def test_versions_from_before_get_theirs_when_somebody_asks(cast: Cast, plan: Document) -> None:
    adopted(plan, cast)
    client_of(cast.reader).get(FILE)
    assert Rendering.objects.get().state == "queued"


def test_what_failed_is_tried_again_after_an_hour(cast: Cast, plan: Document, sent: list[int]) -> None:
    version = adopted(plan, cast)
    order = keeping.keep(version, now=NOW - timedelta(days=1))
    Rendering.objects.update(state="failed", error="Noe gikk galt", finished_at=NOW, attempt_count=3)
    assert "Det prøves igjen av seg selv" in client_of(cast.reader).get(FILE).content.decode()
    assert keeping.catch_up(now=NOW) == 0
    later = NOW + timedelta(minutes=61)
    assert keeping.catch_up(now=later) == 1
    assert services.requeue_stale(now=later) == 1
    assert sent == [order.pk]


def test_it_is_kept_for_good_and_is_nobodys_order(cast: Cast, plan: Document) -> None:
    version = adopted(plan, cast)
    keeping.keep(version, now=NOW - timedelta(days=400))
    Rendering.objects.update(state="done", content=b"%PDF", finished_at=NOW)
    assert services.delete_old(now=NOW) == 0
    assert not Rendering.objects.visible_to(cast.dean, today=NOW.date()).exists()


def test_page_and_list_tell_whether_it_is_there(cast: Cast, plan: Document) -> None:
    version = adopted(plan, cast)
    reader = client_of(cast.outsider)
    pages = ("/planer/planen/", "/planer/planen/utgaver/", "/planer/planen/utgave/1/")
    for page in pages:
        html = reader.get(page).content.decode()
        assert "PDF av utgave 1 lages nå" in text_of(html)
        assert f'href="{FILE}"' in html
    keeping.keep(version, now=timezone.now())
    Rendering.objects.update(state="done", content=b"%PDF", finished_at=NOW)
    for page in pages:
        assert "Last ned utgave 1 som PDF" in text_of(reader.get(page).content.decode())
