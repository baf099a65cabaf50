"""A form that is opened in its place leaves no holes round it, and what one looks at stays where it is."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import factories as make
from tests.cast import Cast
from tests.e2e.session import log_in

WAITS = ".editor-do, .editor-add, .editor-actions"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[360, 768, 1440])
def editor(request: pytest.FixtureRequest, live_server: Any, page: Page, people: Cast) -> Page:
    """Two goals with eight measures each."""
    plan = make.document("planen", people.hf, title="Planen", state="draft")
    for key in ("finner", "velger"):
        goal = make.goal(plan, key=key, text=f"Søkerne {key} oss", position=len(key))
        for number in range(8):
            make.measure(plan, goal, key=f"{key}-{number}", text=f"Tiltak {number}", position=number)
    page.set_viewport_size({"width": request.param, "height": 740})
    log_in(page.context, people.adviser, live_server.url)
    page.goto(f"{live_server.url}/planer/planen/rediger/")
    page.wait_for_load_state()
    return page


def top(page: Page, selector: str) -> int:
    expect(page.locator(selector)).to_be_attached()
    return round(page.locator(selector).evaluate("part => part.getBoundingClientRect().top"))


def centre(page: Page, selector: str) -> int:
    page.locator(selector).evaluate("part => part.scrollIntoView({ block: 'center', behavior: 'instant' })")
    return top(page, selector)


def settled(page: Page) -> None:
    """The form has come and taken focus, or has gone and given it back."""
    expect(page.locator(".htmx-request, .htmx-settling, .htmx-added")).to_have_count(0)


def test_what_waits_leaves_no_holes(editor: Page) -> None:
    editor.locator("#endre-velger-3").click()
    expect(editor.get_by_label("Tiltak", exact=True)).to_be_focused()
    heights = editor.locator(WAITS).evaluate_all("all => all.map(part => part.offsetHeight)")
    widths = editor.locator(".editor-text").evaluate_all("all => all.map(part => part.offsetWidth)")
    beside = editor.locator(".editor-do").evaluate_all("all => all.map(part => part.offsetHeight)")
    is_wide = editor.viewport_size is not None and editor.viewport_size["width"] >= 768
    assert sum(heights) == (sum(beside) if is_wide else 0)
    assert (
        editor.locator(WAITS).evaluate_all(
            "all => all.filter(part => part.checkVisibility({visibilityProperty: true}))"
        )
        == []
    )
    editor.keyboard.press("Escape")
    expect(editor.locator("#endre-velger-3")).to_be_focused()
    again = editor.locator(".editor-text").evaluate_all("all => all.map(part => part.offsetWidth)")
    assert sorted(set(widths)) == sorted(set(again))


def test_a_row_stays_where_it_is_while_it_is_changed(editor: Page) -> None:
    stood = centre(editor, "#linje-velger-3")
    for key in ("Escape", "Control+Enter"):
        editor.locator("#endre-velger-3").focus()
        editor.keyboard.press("Enter")
        expect(editor.get_by_label("Tiltak", exact=True)).to_be_focused()
        assert abs(top(editor, "#edit") - stood) <= 1
        editor.keyboard.press(key)
        expect(editor.locator("#endre-velger-3")).to_be_focused()
        settled(editor)
        assert abs(top(editor, "#linje-velger-3") - stood) <= 1


def test_something_new_is_written_where_the_others_of_its_kind_are_changed(editor: Page) -> None:
    def left(opener: str) -> float:
        editor.locator(opener).click()
        expect(editor.locator("#edit :focus")).to_have_count(1)
        found = editor.locator("#edit").evaluate("part => part.getBoundingClientRect().left")
        editor.keyboard.press("Escape")
        expect(editor.locator(opener)).to_be_focused()
        return float(found)

    assert left("#measure_new-finner") == left("#endre-finner-3") == left("#target_new-finner")
    assert left("#goal_new-utenfor") == left("#endre-finner")


def test_whoever_cancels_something_new_stands_where_it_was_begun(editor: Page) -> None:
    stood = centre(editor, "#ny-finner")
    editor.locator("#measure_new-finner").focus()
    editor.keyboard.press("Enter")
    expect(editor.get_by_label("Tiltak", exact=True)).to_be_focused()
    assert abs(top(editor, "#edit") - stood) <= 1
    editor.keyboard.press("Escape")
    expect(editor.locator("#measure_new-finner")).to_be_focused()
    settled(editor)
    assert abs(top(editor, "#ny-finner") - stood) <= 1


def test_something_new_stands_where_it_was_written(editor: Page) -> None:
    centre(editor, "#ny-finner")
    editor.locator("#measure_new-finner").click()
    editor.get_by_label("Tiltak", exact=True).fill("Ringe alle")
    stood = top(editor, "#edit")
    editor.keyboard.press("Control+Enter")
    expect(editor.locator("#outline")).to_contain_text("Ringe alle")
    expect(editor.get_by_label("Tiltak", exact=True)).to_be_focused()
    editor.keyboard.press("Escape")
    expect(editor.locator("#measure_new-finner")).to_be_focused()
    settled(editor)
    assert stood < top(editor, "#ny-finner") < 740
