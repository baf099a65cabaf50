"""The page where a document is written."""

from typing import Any

import pytest

from strategy.models import Document, Target
from tests import factories as make
from tests.cast import Cast
from tests.sending import send

EDITOR = "/planer/planen/rediger/"

pytestmark = pytest.mark.usefixtures("today")


def test_htmx_opens_the_form_in_place_and_answers_with_what_has_changed(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf, state="draft")
    goal, other = make.goal(plan, text="Målet"), make.goal(plan, text="Et annet mål")
    measure = make.measure(plan, goal, text="Tiltaket")
    address, htmx = f"/tiltak/{measure.key}/endre/", {"hx-request": "true"}
    opened = adviser.get(address, headers=htmx)
    assert opened.content.decode().lstrip().startswith('<div class="edit" id="edit">')
    assert f'hx-post="{address}"' in opened.content.decode()
    wrong = send(adviser, address, of=opened, htmx=True, text="")
    assert (wrong.status_code, wrong["HX-Retarget"], wrong["HX-Reswap"]) == (200, "#edit", "outerHTML")
    saved = send(adviser, address, of=opened, htmx=True, text="Nytt")
    assert (saved.status_code, saved["HX-Retarget"]) == (200, f"#rad-{measure.key} > .edit")
    line = saved.content.decode()
    assert line.lstrip().startswith(f'<div class="editor-line" id="linje-{measure.key}">')
    assert (line.count("data-focus"), "Nytt" in line, "Lagret." in line) == (1, True, True)
    moved = send(adviser, address, htmx=True, goals=[other.pk])
    outline = adviser.get(moved.url, headers=htmx).content.decode()
    assert outline.lstrip().startswith('<div class="editor" id="outline">')
    assert outline.count("data-focus") == 1
    assert f'id="endre-{measure.key}"' in outline.partition("data-focus")[0].rpartition("<a")[2]


def fill(plan: Document, count: int) -> None:
    for number in range(count):
        area = make.area(plan, title=f"Område {number}")
        goal = make.goal(plan, area=area)
        Target.objects.create(goal=goal, kind="count", value=8, text="Åtte", comparator="at_least")
        make.route(plan, area=area)
        measure = make.measure(plan, goal)
        measure.responsibilities.create(unit=plan.owner)
        make.measure(plan, area=area)
        plan.sections.create(kind="purpose", text="Hensikt")


@pytest.mark.parametrize("count", [1, 3])
def test_the_editor_asks_as_often_for_one_as_for_three(
    cast: Cast, adviser: Any, count: int, django_assert_num_queries
) -> None:
    plan = make.document("planen", cast.hf, state="draft")
    fill(plan, count)
    with django_assert_num_queries(23):
        page = adviser.get("/planer/planen/rediger/")
    assert page.content.decode().count('data-kind="measure"') == 2 * count


def outside(page: Any) -> tuple[bool, list[str]]:
    """Whether the part outside the areas waits out of sight, and how one adds to it."""
    editor = page.context["editor"]
    return editor.outside.is_idle, [add.label for add in editor.outside.add]


def test_what_stands_outside_the_areas_is_headed_where_there_is_any(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf, state="draft")
    assert outside(adviser.get(EDITOR)) == (False, ["Nytt mål", "Nytt veivalg"])
    area = make.area(plan)
    idle = adviser.get(EDITOR)
    assert outside(idle) == (True, ["Nytt mål utenfor områdene", "Nytt veivalg utenfor områdene"])
    assert idle.content.decode().count('id="goal_new-utenfor"') == 1
    goal = make.goal(plan)
    shown = adviser.get(EDITOR)
    assert outside(shown) == (False, ["Nytt mål", "Nytt veivalg"])
    assert "Utenfor områdene" in shown.content.decode()
    goal.area = area
    goal.save()
    assert outside(adviser.get(EDITOR))[0]
