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
    said = text_of(adviser.get("/planer/planen/").content.decode())
    assert "Det som gjøres" in said
    assert "Målet som går ut" not in said
    assert ("Tiltak uten mål" in said) is not has_another
