"""A measure is put in the plan's wheel from its row, in place."""

from typing import Any

import pytest

from annual_wheel.models import Entry
from planning import editor
from strategy.models import Document
from tests import factories as make
from tests.cast import Cast, client_of
from tests.page import text_of
from tests.sending import send

EDITOR = "/planer/planen/rediger/"
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def plan(cast: Cast) -> Document:
    plan = make.document("planen", cast.hf, title="Planen", state="draft")
    make.measure(plan, key="ringe", text="Ringe skolene")
    make.wheel("hjulet", cast.hf, title="Hjulet", document=plan)
    return plan


def into(response: Any) -> list[str]:
    rows = response.context["editor"].untied.measures
    return [url for row in rows for _title, url in row.into_wheels]


def test_the_row_leads_to_the_wheels_form_and_back_to_itself(cast: Cast, adviser: Any, plan: Document) -> None:
    (address,) = into(adviser.get(EDITOR))
    opened = adviser.get(address, headers={"hx-request": "true"})
    assert "Ringe skolene" in opened.content.decode()
    assert 'hx-target="#outline"' in opened.content.decode()
    answer = send(adviser, address, of=opened, month="4", when_words="15. april")
    assert answer["Location"] == f"{EDITOR}?ved=ringe#rad-ringe"
    entry = Entry.objects.get()
    assert (entry.text, [measure.key for measure in entry.measures.all()]) == ("Ringe skolene", ["ringe"])
    assert "I årshjulet: Ringe skolene" in text_of(adviser.get(EDITOR).content.decode())


def test_each_wheel_is_named_and_only_those_one_edits(cast: Cast, adviser: Any, plan: Document) -> None:
    make.wheel("sentralt", cast.university, title="Sentralt", document=plan)
    assert [address.split("?")[0] for address in into(adviser.get(EDITOR))] == ["/aarshjul/hjulet/rediger/nytt-punkt/"]
    assert len(into(client_of(cast.administrator).get(EDITOR))) == 2
    assert "Legg i årshjulet Sentralt" in text_of(client_of(cast.administrator).get(EDITOR).content.decode())


def test_one_area_of_a_long_plan_has_it_too(
    cast: Cast, adviser: Any, plan: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editor, "LONG", 0)
    area = make.area(plan, key="omraadet")
    make.measure(plan, key="inne", area=area, text="Inne")
    page = adviser.get(f"{EDITOR}omrade/omraadet/", headers={"hx-request": "true"}).content.decode()
    assert 'id="hjul-inne-1"' in page
