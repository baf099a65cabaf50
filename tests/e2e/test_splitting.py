"""A measure is split in two, and two are joined, with the keyboard alone and without script; each is undone where it
is told."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from strategy.models import Document
from tests import factories as make
from tests.cast import Cast
from tests.e2e.plans import plan_in_areas
from tests.e2e.session import log_in

EDITOR = "/planer/planen/rediger/"
WHOLE = "Rette tekstene og lage filmer"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan(people: Cast) -> Document:
    plan, goal = plan_in_areas(people)
    for number, text in enumerate((WHOLE, "Besøke skoler")):
        make.measure(plan, goal, key=f"t{number}", text=text, position=number)
    return plan


def measures(page: Page) -> list[str]:
    return page.locator("#rad-finner > [data-drop=measure] .editor-words").all_inner_texts()


def test_two_are_joined_with_the_keyboard(live_server: Any, page: Page, people: Cast, plan: Document) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    log_in(page.context, people.adviser, live_server.url)
    page.goto(live_server.url + EDITOR)
    page.locator("#mer-t0").focus()
    page.keyboard.press("Enter")
    page.locator("#samle-t0").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Besøke skoler")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#edit")).to_have_count(0)
    page.locator("#mer-t0").focus()
    page.keyboard.press("Enter")
    page.locator("#samle-t0").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Besøke skoler")).to_be_focused()
    page.keyboard.press("Enter")
    words = page.get_by_label("Det de blir til sammen")
    expect(words).to_be_focused()
    expect(words).to_have_value(f"{WHOLE}\n\nBesøke skoler")
    words.fill("Vise fram studiene")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text("Slått sammen: «Besøke skoler» er tatt ut")
    assert measures(page) == ["Vise fram studiene"]
    expect(page.locator("#endre-t0")).to_be_focused()
    page.locator("#messages").get_by_role("button", name="Angre").click()
    expect(page.locator("#messages")).to_contain_text("Angret: «Besøke skoler» står for seg selv igjen.")
    assert measures(page) == [WHOLE, "Besøke skoler"]


@pytest.mark.parametrize("width", [360, 1440])
def test_with_the_keyboard_in_its_place(live_server: Any, page: Page, people: Cast, plan: Document, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    log_in(page.context, people.adviser, live_server.url)
    page.goto(live_server.url + EDITOR)
    page.locator("#mer-t0").focus()
    page.keyboard.press("Enter")
    page.locator("#todel-t0").focus()
    page.keyboard.press("Enter")
    first, second = page.get_by_label("Den første delen"), page.get_by_label("Den andre delen")
    expect(first).to_be_focused()
    expect(second).to_have_value(WHOLE)
    first.fill("Rette tekstene")
    second.fill("")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Skriv hva den andre delen er")
    expect(first).to_have_value("Rette tekstene")
    second.fill("Lage filmer")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text("Delt i to: «Rette tekstene» og «Lage filmer».")
    assert measures(page) == ["Rette tekstene", "Lage filmer", "Besøke skoler"]
    new = page.locator("#rad-finner > [data-drop=measure] > .editor-row").nth(1)
    expect(new.locator("[data-edit]")).to_be_focused()
    page.locator("#messages").get_by_role("button", name="Angre").click()
    expect(page.locator("#messages")).to_contain_text("Delingen er angret")
    assert measures(page) == [WHOLE, "Besøke skoler"]


def test_without_script(live_server: Any, browser: Browser, people: Cast, plan: Document) -> None:
    context = browser.new_context(java_script_enabled=False, locale="nb-NO")
    log_in(context, people.adviser, live_server.url)
    page = context.new_page()
    page.goto(live_server.url + EDITOR)
    page.locator("#mer-t0").click()
    page.locator("#todel-t0").click()
    page.get_by_label("Den første delen").fill("Rette tekstene")
    page.get_by_label("Den andre delen").fill("Lage filmer")
    page.locator("#edit-save").click()
    expect(page.locator("#messages")).to_contain_text("Delt i to")
    assert measures(page) == ["Rette tekstene", "Lage filmer", "Besøke skoler"]
    page.locator("#mer-t0").click()
    page.locator("#samle-t0").click()
    page.get_by_role("radio", name="Lage filmer").check()
    page.get_by_role("button", name="Gå videre").click()
    expect(page.get_by_label("Det de blir til sammen")).to_have_value("Rette tekstene\n\nLage filmer")
    page.get_by_label("Det de blir til sammen").fill("Fornye nettsidene")
    page.locator("#edit-save").click()
    expect(page.locator("#messages")).to_contain_text("Slått sammen")
    assert measures(page) == ["Fornye nettsidene", "Besøke skoler"]
    context.close()
