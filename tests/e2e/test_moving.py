"""Rows are moved with the keyboard alone, and without script: each time it is said where they now stand."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from strategy.models import Document
from tests import factories as make
from tests.cast import Cast
from tests.e2e.plans import plan_in_areas
from tests.e2e.session import log_in

EDITOR = "/planer/planen/rediger/"
UNDER = "under «Søkerne finner oss»."
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan(people: Cast) -> Document:
    """Two areas, two goals in the first, four measures under the first of them, and two pieces of running text."""
    plan, goal = plan_in_areas(people)
    for number in (1, 2, 3, 4):
        make.measure(plan, goal, key=f"t{number}", text=f"Tiltak {number}", position=number)
    for number in (1, 2):
        text = f"Les [side {number}](https://example.org/{number})"
        plan.sections.create(kind="purpose", text=text, position=number)
    return plan


@pytest.fixture
def editor(live_server: Any, page: Page, people: Cast, plan: Document) -> Page:
    log_in(page.context, people.adviser, live_server.url)
    page.goto(live_server.url + EDITOR)
    page.wait_for_load_state()
    return page


def measures(page: Page) -> list[str]:
    rows = page.locator("#rad-finner > [data-drop=measure] > .editor-row")
    return rows.evaluate_all("rows => rows.map(row => row.id.slice(4))")


def test_alt_and_an_arrow_move_the_row_one_stands_in(editor: Page, plan: Document) -> None:
    said = editor.locator("#messages")
    editor.locator("#endre-t1").focus()
    editor.keyboard.press("Alt+ArrowDown")
    expect(said).to_contain_text(f"«Tiltak 1» er nå nummer 2 av 4 {UNDER}")
    expect(editor.locator("#endre-t1")).to_be_focused()
    assert measures(editor) == ["t2", "t1", "t3", "t4"]
    editor.keyboard.press("Tab")
    expect(editor.locator("#opp-t1")).to_be_focused()
    editor.keyboard.press("Alt+ArrowUp")
    expect(said).to_contain_text(f"«Tiltak 1» er nå nummer 1 av 4 {UNDER}")
    expect(editor.locator("#opp-t1")).to_be_focused()
    editor.keyboard.press("Alt+ArrowUp")
    expect(said).to_contain_text("Det står allerede øverst.")
    assert [measure.key for measure in plan.measures.all()] == ["t1", "t2", "t3", "t4"]  # type: ignore[attr-defined]


def test_keys_pressed_while_a_move_is_under_way_come_after_it(editor: Page, plan: Document) -> None:
    editor.locator("#endre-t1").focus()
    for _again in range(3):
        editor.keyboard.press("Alt+ArrowDown")
    expect(editor.locator("#messages")).to_contain_text(f"«Tiltak 1» er nå nummer 4 av 4 {UNDER}")
    assert measures(editor) == ["t2", "t3", "t4", "t1"]
    expect(editor.locator("#endre-t1")).to_be_focused()


def test_goals_areas_and_sections_move_too_from_an_open_menu(editor: Page, plan: Document) -> None:
    section = plan.sections.get(position=2)
    moves = {
        "#mer-finner": ("Alt+ArrowDown", "«Søkerne finner oss» er nå nummer 2 av 2 under «Synlighet»."),
        "#mer-to": ("Alt+ArrowUp", "«Opptak» er nå nummer 1 av 2."),
        f"#mer-avsnitt-{section.pk}": ("Alt+ArrowUp", "«Les side 2» er nå nummer 1 av 2"),
    }
    for control, (key, words) in moves.items():
        editor.locator(control).focus()
        editor.keyboard.press("Enter")
        editor.keyboard.press("Tab")
        editor.keyboard.press(key)
        expect(editor.locator("#messages")).to_contain_text(words)
        line = editor.locator(".editor-line", has=editor.locator(control))
        expect(line.locator(":focus")).to_have_count(1)
    assert [area.key for area in plan.areas.all()] == ["to", "en"]
    assert [goal.key for goal in plan.goals.all()] == ["velger", "finner"]
    assert plan.sections.first() == section


def test_what_is_typed_is_left_alone_and_so_are_the_other_keys(editor: Page, plan: Document) -> None:
    send = "(key) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', %s))"
    how = "{ key, altKey: true, bubbles: true, cancelable: true }"
    is_left = send % how
    editor.locator("#endre-t2").focus()
    assert [editor.evaluate(is_left, key) for key in ("ArrowLeft", "ArrowRight", "Home")] == [True, True, True]
    editor.keyboard.press("Enter")
    field = editor.get_by_label("Tiltak", exact=True)
    expect(field).to_be_focused()
    field.fill("Noe annet")
    editor.get_by_role("link", name="side 1").focus()
    editor.keyboard.press("Alt+ArrowDown")
    editor.wait_for_timeout(300)
    expect(field).to_have_value("Noe annet")
    assert [section.position for section in plan.sections.all()] == [1, 2]


def test_the_buttons_name_their_keys_and_the_page_tells_of_them(editor: Page) -> None:
    buttons = [editor.locator(f"#{button}-t2") for button in ("opp", "ned")]
    assert [button.get_attribute("aria-keyshortcuts") for button in buttons] == ["Alt+ArrowUp", "Alt+ArrowDown"]
    expect(editor.locator(".editor-keys")).to_be_visible()
    editor.set_viewport_size({"width": 360, "height": 740})
    expect(editor.locator(".editor-keys")).to_be_hidden()


def test_a_point_of_the_wheel_moves_too(live_server: Any, page: Page, people: Cast) -> None:
    wheel = make.wheel("hf", people.hf)
    for number in (1, 2):
        make.entry(wheel, key=f"p{number}", text=f"Punkt {number}", month=4, position=number)
    log_in(page.context, people.adviser, live_server.url)
    page.goto(f"{live_server.url}/aarshjul/hf/rediger/")
    page.locator("#endre-p2").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#messages")).to_contain_text("Flyttet: «Punkt 2» er nå nummer 1 av 2.")
    expect(page.locator("#endre-p2")).to_be_focused()
    assert [entry.key for entry in wheel.entries.all()] == ["p2", "p1"]


def test_without_script_the_page_says_the_same_and_shows_the_row(
    live_server: Any, browser: Browser, people: Cast, plan: Document
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="nb-NO", viewport={"width": 360, "height": 740})
    log_in(context, people.adviser, live_server.url)
    page = context.new_page()
    page.goto(live_server.url + EDITOR)
    said = page.locator("#messages")
    page.get_by_role("button", name="Flytt ned: Tiltak 1").click()
    expect(said).to_contain_text(f"Flyttet: «Tiltak 1» er nå nummer 2 av 4 {UNDER}")
    expect(page.locator("#linje-t1")).to_be_in_viewport(ratio=1)
    page.locator("#mer-velger").click()
    page.locator("#sted-velger").click()
    page.get_by_label("Område").select_option("Opptak")
    page.get_by_role("button", name="Flytt", exact=True).last.click()
    expect(said).to_contain_text("Flyttet: «Søkerne velger oss» er nå nummer 1 av 1 under «Opptak».")
    expect(page.locator("#linje-velger")).to_be_in_viewport(ratio=1)
    said.get_by_role("button", name="Angre").click()
    expect(said).to_contain_text("Flyttet: «Søkerne velger oss» er nå nummer 2 av 2 under «Synlighet».")
    context.close()
