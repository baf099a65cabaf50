"""New items written one after the other, each saved on the way to the next."""

import json
from typing import Any

import pytest

from planning.models import Measure
from strategy.models import Area, Document, Goal
from tests import factories as make
from tests.cast import Cast
from tests.sending import send

EDITOR = "/planer/planen/rediger/"


@pytest.fixture
def plan(cast: Cast, today: Any) -> Document:
    return make.document("planen", cast.hf, title="Planen", state="draft")


def test_without_script_the_form_comes_again_in_the_same_place(cast: Cast, adviser: Any, plan: Document) -> None:
    area = make.area(plan, title="Rekruttering")
    first = send(adviser, f"{EDITOR}nytt-mal/", text="Flere", area=str(area.pk), again="1")
    assert first.url == f"{EDITOR}nytt-mal/?omrade={area.key}"
    goal = Goal.objects.get()
    second = send(adviser, f"{EDITOR}nytt-tiltak/", text="Ringe", goals=[str(goal.pk)], again="1")
    assert second.url == f"{EDITOR}nytt-tiltak/?mal={goal.key}"
    third = send(adviser, f"{EDITOR}nytt-tiltak/", text="Skrive", again="1")
    assert third.url == f"{EDITOR}nytt-tiltak/"
    below = send(adviser, f"{EDITOR}nytt-omrade/", title="Skoler", parent=str(area.pk), again="1")
    assert below.url == f"{EDITOR}nytt-omrade/?omrade={area.key}"
    assert Measure.objects.count() == Area.objects.count() == 2


def test_in_place_the_outline_comes_and_says_what_is_to_be_opened(cast: Cast, adviser: Any, plan: Document) -> None:
    goal = make.goal(plan, text="Flere")
    address = f"{EDITOR}nytt-tiltak/?mal={goal.key}"
    opened = adviser.get(address, headers={"hx-request": "true"})
    assert 'name="again"' in opened.content.decode()
    saved = send(adviser, address.partition("?")[0], of=opened, htmx=True, text="Ringe", again="1")
    key = Measure.objects.get().key
    assert saved.url == f"{EDITOR}?ved={key}&apne=measure_new-{goal.key}#rad-{key}"
    outline = adviser.get(saved.url, headers={"hx-request": "true"})
    assert json.loads(outline["HX-Trigger-After-Settle"]) == {"press": f"measure_new-{goal.key}"}
    assert f'id="measure_new-{goal.key}"' in outline.content.decode()


def test_nothing_else_is_pressed(cast: Cast, adviser: Any, plan: Document) -> None:
    for asked in ("", "a b-c", '"><script>-x', "measure_new-\n"):
        outline = adviser.get(EDITOR, {"apne": asked}, headers={"hx-request": "true"})
        assert "HX-Trigger-After-Settle" not in outline


def test_what_is_wrong_is_shown_and_what_stands_already_has_no_other(cast: Cast, adviser: Any, plan: Document) -> None:
    answer = send(adviser, f"{EDITOR}nytt-tiltak/", text="", again="1")
    assert 'name="again"' in answer.content.decode()
    measure = make.measure(plan, text="Ringe")
    assert 'name="again"' not in adviser.get(f"/tiltak/{measure.key}/endre/").content.decode()
