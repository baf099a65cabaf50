"""What was adopted is what every reader meets, also while its editors are writing something else."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from planning.models import Measure
from reports.models import Rendering
from strategy.models import Document, Goal, Route
from strategy.services import adopt, freeze
from tests import factories as make
from tests.cast import Cast

NOW = datetime(2026, 2, 5, 9, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def plan(cast: Cast) -> Document:
    """A plan, the strategy that it carries out and what both hold, all of them rewritten since they were adopted."""
    top = make.document("strategien", cast.university, kind="strategy", title="Strategien", vision="Visjonen",
                        period_to_on=date(2025, 12, 31))  # fmt: skip
    plan = make.document("planen", cast.hf, title="Planen", follows=top, period_from_on=date(2026, 1, 1))
    plan.carries_out.add(top)
    above, route = make.goal(top, key="over", text="Målet over"), make.route(top, key="vei", text="Veivalget")
    goal = make.goal(plan, key="under", text="Målet under")
    measure = make.measure(plan, goal, key="tiltak", text="Tiltaket")
    goal.links.create(kind="aligned", to_goal=above)
    measure.item_links.create(kind="aligned", to_route=route)
    for document in (top, plan):
        freeze(document, by=cast.dean, now=NOW)
    wheel = make.wheel("hjulet", cast.hf, document=plan, is_public=True)
    entry = make.entry(wheel, cast.hf, key="punktet")
    entry.measures.add(measure)
    make.edition(entry)
    Rendering.objects.create(document=plan, requested_by=cast.reader, language="nb", requested_at=NOW, queued_at=NOW)
    for document in (top, plan):
        document.title = f"UTKAST til {document.title.lower()}"
        document.vision = "UTKAST"
        document.period_to_on = date(2099, 12, 31)
        document.save()
    for model in (Goal, Route, Measure):
        model.objects.update(text="UTKAST")
    return plan


READ = {
    "/": ["Planen"],
    "/planer/": ["Planen", "fra 1. januar 2026", "Strategien gjaldt til 31. desember 2025."],
    "/planer/planen/": ["Planen", "Målet under", "Tiltaket", "Strategien", "fra 1. januar 2026"],
    "/strategi/": ["Strategien", "til 31. desember 2025"],
    "/strategi/strategien/": ["Strategien", "Visjonen", "Målet over", "Veivalget", "Planen"],
    "/mal/under/": ["Planen", "Målet under", "Målet over", "Strategien", "Tiltaket"],
    "/mal/over/": ["Målet over", "I Planen", "Målet under"],
    "/veivalg/vei/": ["Veivalget", "I Planen", "Tiltaket"],
    "/tiltak/tiltak/": ["Tiltaket", "Målet under", "Strategien"],
    "/aarshjul/": ["Planen"],
    "/aarshjul/hjulet/2026/": ["Planen"],
    "/aarshjul/punkt/punktet/": ["Tiltaket", "Målet under"],
    "/rapporter/": ["Planen", "Strategien"],
    "/rapporter/planen/": ["Planen", "Strategien"],
    "/rapporter/planen/liste/?vis=mal-uten-tiltak": ["Planen"],
    "/sok/?q=strategien": ["Strategien"],
    "/sok/?q=planen": ["Planen"],
    "/sok/?q=under": ["under", "Planen"],
    "/sok/?q=utkast": [],
}


@pytest.mark.parametrize("address", READ)
def test_a_reader_meets_what_is_in_force(cast: Cast, plan: Document, address: str) -> None:
    client = Client()
    client.force_login(cast.reader)
    page = plain(client.get(address))
    assert [words for words in READ[address] if words not in page] == []
    assert "UTKAST" not in page


def plain(response: Any) -> str:
    assert response.status_code == 200
    return response.content.decode().replace("<mark>", "").replace("</mark>", "")


def test_a_pdf_that_was_ordered_goes_by_the_title_in_force(cast: Cast, plan: Document) -> None:
    client = Client()
    client.force_login(cast.reader)
    order = Rendering.objects.get()
    page = plain(client.get(f"/rapporter/bestilling/{order.pk}/"))
    assert "Planen" in page
    assert "UTKAST" not in page


def test_an_editor_writes_the_working_text_and_reads_what_is_in_force(cast: Cast, plan: Document) -> None:
    client = Client()
    client.force_login(cast.adviser)
    assert "UTKAST til planen" in plain(client.get("/planer/planen/rediger/"))
    assert "UTKAST til planen" in plain(client.get("/planer/planen/?tekst=arbeid"))
    assert "UTKAST" not in plain(client.get("/planer/"))
    entry = plain(client.get("/aarshjul/punkt/punktet/endre/"))
    assert "Tiltaket" in entry
    assert "UTKAST" not in entry
    form = plain(client.get("/planer/planen/rediger/dokument/"))
    assert "Strategien" in form
    assert "UTKAST til strategien" not in form


def test_readers_meet_the_new_words_once_they_are_adopted(cast: Cast, plan: Document) -> None:
    adopt(plan, by=cast.dean, decided_by="Styret", decided_on=date(2026, 3, 1), case_number="", now=NOW)
    plan.refresh_from_db()
    assert (plan.known_as, str(plan), plan.head.to_on) == (plan.title, plan.title, date(2099, 12, 31))


def test_a_row_read_before_the_adoption_does_not_put_the_old_title_back(cast: Cast) -> None:
    plan = make.document("planen", cast.hf, title="Planen")
    read_before = Document.objects.get(pk=plan.pk)
    freeze(plan, by=cast.dean, now=NOW)
    read_before.title = "Arbeidstittel"
    read_before.save()
    plan.refresh_from_db()
    assert (plan.title, plan.known_as) == ("Arbeidstittel", "Planen")
