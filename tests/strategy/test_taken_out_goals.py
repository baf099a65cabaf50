"""A goal that is taken out may still be named by its measures: the plan is read all the same."""

from __future__ import annotations

from typing import Any

import pytest

from strategy.models import Document, Goal
from strategy.services import freeze
from tests import factories as make
from tests.cast import Cast
from tests.matrix import NOW
from tests.page import text_of
from tests.planning.test_dropping import said, undo

pytestmark = pytest.mark.usefixtures("today")


@pytest.mark.parametrize("is_frozen", [False, True])
@pytest.mark.parametrize("has_another", [False, True])
def test_a_plan_is_read_when_a_goal_of_a_measure_is_taken_out(
    cast: Cast, adviser: Any, is_frozen: bool, has_another: bool
) -> None:
    plan = make.document("planen", cast.hf, state="in_force" if is_frozen else "draft")
    goals = [make.goal(plan, key="bort", text="Målet som går ut")]
    if has_another:
        goals.append(make.goal(plan, key="star", text="Målet som står", position=2))
    make.measure(plan, *goals, key="tiltaket", text="Det som gjøres")
    assert adviser.post("/mal/bort/ta-ut/").status_code == 302
    assert Goal.objects.get(key="bort").status == "retired"
    if is_frozen:
        freeze(Document.objects.get(), by=cast.dean, now=NOW)
    adviser.get("/planer/planen/rediger/")  # which says that it was taken out
    words = text_of(adviser.get("/planer/planen/").content.decode())
    assert "Det som gjøres" in words
    assert "Målet som går ut" not in words
    assert ("Tiltak uten mål" in words) is not has_another


@pytest.mark.parametrize(("count", "above"), [(0, ""), (1, ""), (3, ""), (2, "action_plan"), (2, "policy")])
def test_it_is_said_how_many_measures_lose_their_goal_and_where_they_stand(
    cast: Cast, adviser: Any, count: int, above: str
) -> None:
    plan = make.document("planen", cast.hf, state="draft")
    goal, other = make.goal(plan, key="bort", text="Målet"), make.goal(plan, text="Et annet", position=2)
    make.goal(plan, key="alt-ute", text="Ute", status="retired").measures.add(make.measure(plan, goal, other))
    make.measure(plan, goal, status="retired")
    for number in range(count):
        make.measure(plan, goal, key=f"t{number}", text=f"Tiltak {number}")
    if above:
        plan.carries_out.add(make.document("over", cast.university, kind=above))
    title = "Egne tiltak" if above == "action_plan" else "Tiltak uten mål"
    where = f"{count} tiltak har ikke lenger noe mål, og står nå under «{title}»."
    assert said(adviser.post("/mal/bort/ta-ut/")) == (f"Tatt ut: «Målet». {where}" if count else "Tatt ut: «Målet»")
    untied = adviser.get("/planer/planen/rediger/").context["editor"].untied
    assert [row.key for row in untied.measures] == [f"t{number}" for number in range(count)]
    if count:
        assert untied.title == title
    assert undo(adviser) == "Hentet tilbake: «Målet»"
    assert adviser.get("/planer/planen/rediger/").context["editor"].untied.measures == []
