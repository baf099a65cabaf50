"""A document has one order, wherever it is read, written, compared, chosen from, printed or exported."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from reports.plan_document import plan_document
from strategy.in_force import Words
from strategy.models import Document, Goal
from strategy.outline import outline_of
from strategy.said import said_in
from tests import factories as make
from tests.cast import Cast, client_of
from tests.page import text_of

TODAY = date(2026, 3, 15)
ORDER = ["Hele fakultetet", "Synlighet", "Nettsider", "Lenger inne", "Opptak", "Uten mål"]
GOALS = ["Hele fakultetet", "Nettsider", "Lenger inne", "Opptaket er klart"]


@pytest.fixture
def plan(cast: Cast, today: Any) -> Document:
    """Written in another order than it is read, as documents are."""
    plan = make.document("planen", cast.hf, title="Planen")
    make.measure(plan, text="Uten mål", position=0)
    last = make.area(plan, title="Opptak", position=2)
    first = make.area(plan, title="Synlighet", position=1)
    inner = make.area(plan, title="Innenfor", parent=first)
    for position, (text, area) in enumerate(
        (("Opptaket er klart", last), ("Lenger inne", inner), ("Nettsider", first), ("Hele fakultetet", None))
    ):
        make.measure(plan, make.goal(plan, text=text, area=area, position=position), text=f"Til «{text}»")
    return plan


def in_page(address: str, start: str) -> Callable[[Cast, Document], str]:
    def words(cast: Cast, _plan: Document) -> str:
        page = client_of(cast.adviser).get(address).content.decode().partition(start)[2]
        return re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)

    return words


def on_paper(cast: Cast, plan: Document) -> str:
    areas = plan_document(plan, reader=cast.adviser, today=TODAY).areas
    words = [(area.title, [goal.text for goal in area.goals], area.shared) for area in areas]
    return str(words)


def compared(_cast: Cast, plan: Document) -> str:
    return str([said.name for said in said_in(Words(outline_of(plan)), str)])


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(in_page("/planer/planen/", 'id="dokumentet"'), id="read"),
        pytest.param(in_page("/planer/planen/rediger/", 'id="outline"'), id="written"),
        pytest.param(on_paper, id="on paper"),
        pytest.param(compared, id="compared"),
    ],
)
def test_what_is_outside_the_areas_comes_first_and_measures_without_goal_last(
    cast: Cast, plan: Document, words: Callable[[Cast, Document], str]
) -> None:
    said = text_of(words(cast, plan))
    places = [said.index(text) for text in ORDER]
    assert places == sorted(places), said


def test_goals_have_that_order_where_one_chooses_among_them_and_in_the_export(plan: Document) -> None:
    assert [goal.text for goal in Goal.objects.as_read()] == GOALS
    words = Words(outline_of(plan))
    assert [goal["text"] for goal in words.goals.values()] == GOALS
    parts = list(words.outline)
    assert parts.index("goals") < parts.index("areas") < parts.index("measures")
