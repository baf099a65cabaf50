"""A plan too long for one page opens with its outline, and its areas one by one."""

import re
from typing import Any

import pytest
from django.test import Client

from planning import editor
from strategy.models import Document, Target
from tests import factories as make
from tests.cast import Cast
from tests.long_plan import fill
from tests.page import text_of, texts

EDITOR = "/planer/planen/rediger/"


@pytest.fixture(autouse=True)
def short_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editor, "LONG", 3)


@pytest.fixture
def plan(cast: Cast, today: Any) -> Document:
    return make.document("planen", cast.hf, title="Planen", state="draft")


def rows(response: Any) -> set[str]:
    return set(re.findall(r'id="rad-([^"]+)"', response.content.decode())) - {"dokument"}


def closed(response: Any) -> list[str]:
    """What the ways to open them are called: what they hold, and then the heading of the area."""
    page = response.content.decode()
    found = re.findall(r'id="(vis-[^"]+)"[^>]* aria-labelledby="(\S+) (\S+)"[^>]*>(.*?)</a>', page, re.DOTALL)
    assert all(own == by for own, by, _heading, _words in found)
    return [f"{text_of(words)} {texts(response, 'h2', id=heading)[0]}" for _own, _by, heading, words in found]


def test_the_areas_are_closed_and_say_what_they_hold(cast: Cast, adviser: Any, plan: Document) -> None:
    fill(plan, areas=2)
    make.goal(plan, key="utenfor", text="Utenfor områdene")
    make.measure(plan, key="los", text="Uten mål")
    page = adviser.get(EDITOR)
    assert rows(page) == {"o0", "o1", "utenfor", "los"}
    assert closed(page) == ["Vis 2 mål, 3 tiltak Område 0", "Vis 2 mål, 3 tiltak Område 1"]
    assert "5 mål, 7 tiltak" in page.content.decode()


ONE = {"o1", "u1", "m1", "n1", "h1", "t1-0", "t1-1"}


def test_an_area_is_opened_in_its_place_and_without_script_on_the_page(
    cast: Cast, adviser: Any, plan: Document
) -> None:
    fill(plan, areas=2)
    address = f"{EDITOR}omrade/o1/"
    part = adviser.get(address, headers={"hx-request": "true"})
    assert part.content.decode().lstrip().startswith('<section class="editor-block" id="del-o1"')
    assert rows(part) == ONE
    page = adviser.get(address)
    assert rows(page) == {"o0", *ONE}
    assert adviser.get(f"{EDITOR}omrade/u1/").status_code == 404


@pytest.mark.parametrize("at", ["o1", "u1", "m1", "n1", "h1", "t1-1", "ny-o1"])
def test_the_area_of_the_row_one_comes_back_to_is_open(cast: Cast, adviser: Any, plan: Document, at: str) -> None:
    fill(plan, areas=2)
    assert rows(adviser.get(EDITOR, {"ved": at})) == {"o0", *ONE}


def test_so_is_that_of_a_target_and_a_fact_box(cast: Cast, adviser: Any, plan: Document) -> None:
    fill(plan, areas=2)
    goal, area = plan.goals.get(key="n1"), plan.areas.get(key="u1")
    target = Target.objects.create(goal=goal, kind="count", value=8, text="Åtte", comparator="at_least")
    fact = area.facts.create(text="30 reiste")
    for key in (f"maltall-{target.pk}", f"faktum-{fact.pk}"):
        assert rows(adviser.get(EDITOR, {"ved": key})) == {"o0", *ONE, f"maltall-{target.pk}", f"faktum-{fact.pk}"}
    for key in ("maltall-0", "faktum-x", "annet", "avsnitt-1"):
        assert rows(adviser.get(EDITOR, {"ved": key})) == {"o0", "o1"}


def test_what_is_taken_out_is_there_and_a_short_plan_is_whole(
    cast: Cast, adviser: Any, plan: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(plan, areas=2)
    adviser.post("/tiltak/t1-1/ta-ut/")
    assert rows(adviser.get(EDITOR)) == {"o0", "o1", "t1-1"}
    assert closed(adviser.get(EDITOR))[1] == "Vis 2 mål, 2 tiltak Område 1"
    monkeypatch.setattr(editor, "LONG", 200)
    assert rows(adviser.get(EDITOR)) >= ONE
    assert closed(adviser.get(EDITOR)) == []


@pytest.mark.parametrize("areas", [1, 3])
def test_it_asks_as_often_for_one_area_as_for_three(
    cast: Cast, adviser: Client, plan: Document, areas: int, django_assert_num_queries: Any
) -> None:
    fill(plan, areas=areas, measures=2 * areas)
    with django_assert_num_queries(20):
        adviser.get(EDITOR)
