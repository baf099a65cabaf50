"""Escape means one thing in every form that is opened in its place: out of it, and nothing that is written is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import factories as make
from tests.cast import Cast
from tests.e2e.session import log_in

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = "Ikke lagret. Trykk Escape en gang til for å lukke."
KEPT = "Utkastet er tatt vare på."


@pytest.fixture
def form(live_server: Any, page: Page, people: Cast) -> Page:
    """A measure's form, just opened with the keyboard."""
    plan = make.document("planen", people.hf, title="Planen", state="draft")
    goal = make.goal(plan, key="maalet", text="Søkerne finner oss")
    for number in range(2):
        make.measure(plan, goal, key=f"tiltak-{number}", text=f"Besøke {number} skoler", position=number)
    log_in(page.context, people.adviser, live_server.url)
    page.goto(f"{live_server.url}/planer/planen/rediger/")
    open_form(page)
    return page


def open_form(page: Page) -> None:
    page.locator("#endre-tiltak-1").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#edit #id_text")).to_be_focused()


def is_asked(page: Page) -> None:
    expect(page.locator("#messages")).to_have_text(f"{ASKED} {KEPT}")
    expect(page.locator("#edit")).to_be_visible()


def is_left_with_a_draft(page: Page, draft: str) -> None:
    page.keyboard.press("Escape")
    expect(page.locator("#edit")).to_have_count(0)
    expect(page.locator("#messages")).to_be_empty()
    expect(page.locator("#endre-tiltak-1")).to_be_focused()
    open_form(page)
    page.get_by_role("button", name="Hent det fram").click()
    expect(page.locator("#edit #id_text")).to_have_value(draft)


def test_an_untouched_form_is_left_at_once(form: Page) -> None:
    form.keyboard.press("Escape")
    expect(form.locator("#edit")).to_have_count(0)
    expect(form.locator("#endre-tiltak-1")).to_be_focused()


def test_a_form_with_something_written_asks_first(form: Page, violations: Callable[[Page], list[str]]) -> None:
    """Also at once, before the draft is kept by itself."""
    form.keyboard.press("Control+A")
    form.keyboard.type("Besøke alle")
    form.keyboard.press("Escape")
    is_asked(form)
    expect(form.locator("#edit #id_text")).to_be_focused()
    assert violations(form) == []
    is_left_with_a_draft(form, "Besøke alle")


def test_a_form_with_something_to_mend_asks_first(form: Page) -> None:
    form.keyboard.press("Control+A")
    form.keyboard.press("Delete")
    form.locator("#id_responsible").focus()
    form.keyboard.type("Instituttene")
    form.keyboard.press("Control+Enter")
    expect(form.locator("#edit [data-written]")).to_be_visible()
    expect(form.locator("#edit .ds-error-summary")).to_be_focused()
    form.keyboard.press("Escape")
    is_asked(form)
    is_left_with_a_draft(form, "")
    expect(form.locator("#id_responsible")).to_have_value("Instituttene")


def test_whatever_is_done_in_between_takes_the_question_away(form: Page) -> None:
    form.keyboard.type("Nå ")
    for key in ("Tab", "a"):
        form.keyboard.press("Escape")
        is_asked(form)
        form.keyboard.press(key)
        expect(form.locator("#messages")).to_be_empty()
    form.keyboard.press("Escape")
    is_asked(form)
    form.locator("h1").click()
    expect(form.locator("#messages")).to_be_empty()
    expect(form.locator("#edit")).to_be_visible()


def test_a_key_that_is_held_is_pressed_once(form: Page) -> None:
    form.keyboard.type("Nå ")
    form.keyboard.down("Escape")
    form.keyboard.down("Escape")
    is_asked(form)


def test_the_question_does_not_pass_for_the_word_that_it_is_saved(form: Page) -> None:
    """The draft is still there when the form comes back with something to mend."""
    form.keyboard.press("Control+A")
    form.keyboard.press("Delete")
    form.keyboard.press("Escape")
    is_asked(form)
    form.keyboard.press("Control+Enter")
    expect(form.locator("#edit [data-written]")).to_be_visible()
    assert form.evaluate("Object.keys(localStorage).length") == 1


@pytest.mark.parametrize("key", ["Alt+ArrowDown", "Alt+ArrowUp"])
@pytest.mark.parametrize("field", ["#id_text", "#id_responsible", "#edit-save"])
def test_the_keys_that_move_rows_leave_an_open_form_where_it_is(form: Page, key: str, field: str) -> None:
    """Chromium would roll the page a screen away, which on a Mac is left to what moves the caret there."""
    form.set_viewport_size({"width": 1024, "height": 400})
    form.locator(field).focus()
    stood = form.evaluate("scrollY")
    form.keyboard.press(key)
    form.wait_for_timeout(200)
    assert form.evaluate("scrollY") == stood
    expect(form.locator(field)).to_be_focused()
    words = form.locator("[data-kind=measure] .editor-words").all_inner_texts()
    assert [word for word in words if word.startswith("Besøke")] == ["Besøke 0 skoler"]


def test_the_keys_that_move_rows_open_a_choice(form: Page) -> None:
    """Chromium draws the list itself; that the page does not take the key is what can be seen from here."""
    form.get_by_text("Forpliktelse, hvor ofte og hvor mye").click()
    taken = form.locator("#edit select").first.evaluate(
        """select => !select.dispatchEvent(
          new KeyboardEvent("keydown", { key: "ArrowDown", altKey: true, bubbles: true, cancelable: true }))"""
    )
    assert taken is False
