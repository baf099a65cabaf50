"""Texts with simple formatting, from the form they are written in to the pages, lists and exports that tell them."""

import re
from datetime import date
from typing import Any

import pytest

from annual_wheel.coverage import undated
from annual_wheel.models import Entry
from planning.models import Measure
from reports.exporters import export
from strategy.models import Document
from tests import factories as make
from tests.cast import Cast
from tests.page import texts
from tests.sending import send

pytestmark = pytest.mark.usefixtures("today")

WRITTEN = "Besøke *alle* skolene, se [lista](https://a.example/skoler)\n\n- Møre\n- Romsdal"
WORDS = "Besøke alle skolene, se lista Møre; Romsdal"
LINK = '<a href="https://a.example/skoler" rel="noopener nofollow">lista</a>'
LIST = "<ul> <li>Møre</li> <li>Romsdal</li> </ul>"


@pytest.fixture
def plan(cast: Cast) -> Document:
    plan = make.document("planen", cast.hf, title="Planen")
    make.measure(plan, make.goal(plan, text="**Flere** søkere"), key="besok", text=WRITTEN)
    plan.sections.create(kind="purpose", text="Vi vil\n\n1. vokse\n2. beholde")
    return plan


def content_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_plan_shows_it_and_links_by_the_first_words(adviser: Any, plan: Document) -> None:
    page = content_of(adviser.get("/planer/planen/"))
    assert '<a class="title-link" href="/tiltak/besok/">Besøke alle skolene, se lista</a>' in page
    assert f'<div class="rest">{LIST}</div>' in page
    assert "Flere søkere</a>" in page
    assert "<ol> <li>vokse</li> <li>beholde</li> </ol>" in page


def test_its_own_page_and_the_editor_show_all_of_it(adviser: Any, plan: Document) -> None:
    own = content_of(adviser.get("/tiltak/besok/"))
    assert f"<h1>Besøke <em>alle</em> skolene, se {LINK}</h1>" in own
    assert LIST in own
    editor = content_of(adviser.get("/planer/planen/rediger/"))
    assert f"<p>Besøke <em>alle</em> skolene, se {LINK}</p> {LIST}" in editor
    assert "<strong>Flere</strong> søkere" in editor
    assert "Flytt opp: Besøke alle skolene" in editor


def test_lists_tell_the_words_and_the_export_what_was_written(adviser: Any, plan: Document) -> None:
    assert undated(plan, Entry.objects.all(), today=date(2026, 3, 15)) == [("besok", WORDS)]
    assert str(Measure.objects.get()) == WORDS
    hits = texts(adviser.get("/sok/?q=romsdal"), "a", class_="title-link")
    assert hits == [WORDS]
    [document] = export()["documents"]
    assert document["measures"][0]["text"] == WRITTEN


@pytest.mark.parametrize("address", ["javascript:alert(1)", "/mitt-arbeid/"])
def test_a_link_elsewhere_is_refused_and_what_was_typed_kept(adviser: Any, plan: Document, address: str) -> None:
    answer = send(adviser, "/tiltak/besok/endre/", text=f"Se [her]({address})", frequency="årlig")
    assert "En lenke begynner med https://, http:// eller mailto:." in answer.content.decode()
    form = answer.context["form"]
    assert (form["text"].value(), form["frequency"].value()) == (f"Se [her]({address})", "årlig")
    assert Measure.objects.get().text == WRITTEN


def test_a_text_that_is_a_whole_document_is_refused_and_kept(adviser: Any, plan: Document) -> None:
    answer = send(adviser, "/tiltak/besok/endre/", text="ord " * 20_000)
    assert "Det er plass til 20\xa0000" in answer.content.decode()
    assert len(answer.context["form"]["text"].value()) > 70_000
