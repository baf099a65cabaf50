"""Whoever writes in what holds is told what readers see, by keyboard and on a phone as well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from strategy.services import freeze
from tests import factories as make
from tests.cast import Cast
from tests.e2e.session import log_in
from tests.matrix import NOW

pytestmark = pytest.mark.django_db(transaction=True)
STILL = "De som leser, ser fortsatt det som er vedtatt."
CELL = "<table><tr><td>Flere</td><td>Besøke<br>Ringe<br>Ansvar: Instituttene</td></tr></table>"


@pytest.fixture(params=[360, 1440])
def editor(request: pytest.FixtureRequest, live_server: Any, page: Page, people: Cast) -> Page:
    """A plan that is adopted, with a goal outside its area."""
    plan = make.document("planen", people.hf, title="Planen")
    area = make.area(plan, key="en", title="Synlighet")
    for key, where in (("hele", None), ("finner", area)):
        goal = make.goal(plan, key=key, area=where, text=f"Målet {key}")
        for number in range(2):
            make.measure(plan, goal, key=f"{key}-{number}", text=f"Tiltak {number} {key}", position=number)
    freeze(plan, by=people.dean, now=NOW)
    page.set_viewport_size({"width": request.param, "height": 740})
    log_in(page.context, people.adviser, live_server.url)
    page.goto(f"{live_server.url}/planer/planen/rediger/")
    return page


def test_a_save_says_what_readers_see_and_marks_the_row(editor: Page, violations: Callable[[Page], list[str]]) -> None:
    editor.locator("#endre-finner-1").press("Enter")
    editor.get_by_label("Tiltak", exact=True).fill("Et langt tiltak som fyller mer enn én linje på en telefon")
    editor.keyboard.press("Control+Enter")
    expect(editor.locator("#messages")).to_contain_text(f"Lagret. {STILL}")
    expect(editor.locator("#linje-finner-1")).to_contain_text("Endret siden vedtaket")
    expect(editor.locator("#endre-finner-1")).to_be_focused()
    assert editor.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(editor) == []


def test_a_goal_taken_out_says_where_its_measures_went_and_comes_back(editor: Page) -> None:
    assert [row.get_attribute("id") for row in editor.locator("#outline [data-kind=goal]").all()] == [
        "rad-hele",
        "rad-finner",
    ]
    editor.locator("#mer-hele").press("Enter")
    editor.locator("#ut-hele").press("Enter")
    expect(editor.locator("#messages")).to_contain_text(
        f"2 tiltak har ikke lenger noe mål, og står nå under «Tiltak uten mål». {STILL}"
    )
    untied = editor.get_by_role("region", name="Tiltak uten mål")
    expect(untied.locator("[data-kind=measure]")).to_have_count(2)
    expect(editor.locator("#linje-hele")).to_contain_text("Fortsatt i det vedtatte")
    editor.locator("#messages").get_by_role("button", name="Angre").press("Enter")
    expect(untied.locator("[data-kind=measure]")).to_have_count(0)
    expect(editor.locator("#rad-hele [data-kind=measure]")).to_have_count(2)


def test_a_line_of_responsibility_is_put_on_all_by_the_keyboard(
    editor: Page, violations: Callable[[Page], list[str]]
) -> None:
    editor.locator("#paste-utenfor").press("Enter")
    editor.get_by_label("Mål og tiltak").fill("Flere")
    editor.locator("#id_html").evaluate("(field, html) => { field.value = html; }", CELL)
    editor.get_by_role("button", name="Se hvordan det forstås").press("Enter")
    expect(editor.get_by_role("heading", name="Rad 3", exact=True)).to_be_visible()
    assert violations(editor) == []
    editor.get_by_role("button", name="Legg det til alle 2").press("Enter")
    expect(editor.locator("#id_rad-2-responsible")).to_be_focused()
    expect(editor.locator("#id_rad-1-responsible")).to_have_value("Instituttene")
    editor.get_by_role("button", name="Legg inn", exact=True).press("Enter")
    expect(editor.locator("#messages")).to_contain_text(f"Lagt inn: 1 mål, 2 tiltak. {STILL}")
