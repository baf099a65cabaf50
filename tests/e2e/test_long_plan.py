"""A long plan in a real browser: its areas come as one gets to them, and what one reads stays where it is."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from planning import editor
from strategy import page as reading
from tests import factories as make
from tests.cast import Cast
from tests.e2e.session import log_in

AREAS, MEASURES = 12, 14
PLAN, EDITOR = "/planer/planen/", "/planer/planen/rediger/"
NONE_CLOSED_IN_VIEW = """() => [...document.querySelectorAll("[data-needed]")].every((link) => {
  const { top, bottom } = link.getBoundingClientRect();
  return bottom < 0 || top > innerHeight;
})"""
WIDTHS = pytest.mark.parametrize("width", [360, 1280])
PLACES = pytest.mark.parametrize("path", [PLAN, EDITOR])


@pytest.fixture
def fetched(
    people: Cast, page: Page, context: BrowserContext, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    """The areas that the page asks for, in a plan of twelve; the adviser is logged in."""
    monkeypatch.setattr(reading, "LONG", 3)
    monkeypatch.setattr(editor, "LONG", 3)
    plan = make.document("planen", people.hf, title="Planen", state="draft")
    for number in range(AREAS):
        area = make.area(plan, key=f"o{number}", title=f"Område {number}", position=number)
        goal = make.goal(plan, key=f"m{number}", area=area, text=f"Mål {number}")
        for count in range(MEASURES):
            make.measure(plan, goal, key=f"t{number}-{count}", text=f"Tiltak {number}.{count}", position=count)
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/omrade/" in request.url:
            asked.append(request.url.partition("/omrade/")[2].strip("/"))

    page.on("request", note)
    log_in(context, people.adviser, live_server.url)
    return asked


def still(page: Page) -> None:
    """Wait until all that one sees is open."""
    page.wait_for_function(NONE_CLOSED_IN_VIEW)


def is_open(page: Page, number: int) -> bool:
    return page.get_by_text(f"Tiltak {number}.{MEASURES - 1}", exact=True).count() > 0


@WIDTHS
@PLACES
def test_an_area_opens_as_it_comes_into_view_and_going_to_the_end_leaves_the_rest(
    live_server: Any, page: Page, fetched: list[str], path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(live_server.url + path)
    still(page)
    first = len(fetched)
    page.evaluate("scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' })")
    still(page)
    assert "o11" in fetched
    assert len(fetched) == len(set(fetched)) < AREAS
    assert first < AREAS / 2
    assert [is_open(page, number) for number in (6, 11)] == [False, True]
    assert page.evaluate("document.documentElement.scrollWidth") == width


def top_of(page: Page, words: str) -> float:
    box = page.get_by_text(words, exact=True).first.bounding_box()
    assert box
    return box["y"]


@WIDTHS
def test_what_comes_in_above_does_not_move_what_one_reads(
    live_server: Any, page: Page, fetched: list[str], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{live_server.url}{PLAN}?ved=t9-0#o9")
    still(page)
    before = set(fetched)
    page.evaluate("document.getElementById('vis-o8').scrollIntoView({ block: 'start', behavior: 'instant' })")
    page.evaluate("scrollBy({ top: 20, behavior: 'instant' })")  # the foot of area 8 is at the upper edge
    stood = top_of(page, "Tiltak 9.0")
    still(page)
    assert "o8" in set(fetched) - before
    assert is_open(page, 8)
    assert abs(top_of(page, "Tiltak 9.0") - stood) < 2


@PLACES
def test_an_address_that_names_a_measure_opens_its_area(
    live_server: Any, page: Page, fetched: list[str], path: str
) -> None:
    row = "rad-t7-3" if path == EDITOR else "t7-3"
    page.goto(f"{live_server.url}{path}#{row}")
    expect(page.locator(f"#{row}")).to_be_in_viewport()
    page.goto(f"{live_server.url}{path}#finnes-ikke")
    still(page)
    assert not is_open(page, 7)


def test_paper_has_all_of_it(live_server: Any, page: Page, fetched: list[str]) -> None:
    page.goto(live_server.url + PLAN)
    still(page)
    assert not is_open(page, 6)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert all(is_open(page, number) for number in range(AREAS))
    assert page.locator("[data-needed]").count() == 0


def test_a_press_opens_and_keeps_focus_in_the_area(live_server: Any, page: Page, fetched: list[str]) -> None:
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto(live_server.url + PLAN)
    still(page)
    page.evaluate("document.getElementById('vis-o10').focus({ preventScroll: true })")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Tiltak 10.3", exact=True).first).to_be_visible()
    assert page.evaluate("document.activeElement.closest('#del-o10') !== null")


@pytest.mark.parametrize("width", [360, 1280])
def test_it_holds_for_axe(
    live_server: Any, page: Page, fetched: list[str], violations: Callable[[Page], list[str]], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    found = []
    for path in (PLAN, EDITOR):
        page.goto(live_server.url + path)
        still(page)
        found.append(violations(page))
    assert found == [[], []]


def test_without_script_each_area_has_its_link_and_there_is_one_to_all(
    live_server: Any, browser: Any, fetched: list[str], people: Cast
) -> None:
    plain = browser.new_context(java_script_enabled=False)
    log_in(plain, people.adviser, live_server.url)
    page = plain.new_page()
    page.goto(live_server.url + PLAN)
    page.locator("#vis-o3").click()
    assert [is_open(page, number) for number in (3, 4)] == [True, False]
    page.locator("#vis-alt").click()
    assert all(is_open(page, number) for number in range(AREAS))
    plain.close()
