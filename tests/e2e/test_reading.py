"""Reading in a real browser: a filter swaps the words and keeps one's place, and the pages hold for axe on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from strategy.models import TargetGroup
from tests import factories as make
from tests.cast import make_cast


@pytest.fixture
def plan(transactional_db: None) -> str:
    cast = make_cast()
    document = make.document("planen", cast.hf, title="Planen", is_public=True, vision="En bedre verden")
    area = make.area(document, label="I", title="Innhold")
    goal = make.goal(document, key="sider", area=area, text="Gode sider")
    goal.target_groups.add(TargetGroup.objects.create(slug="elever", owner=cast.hf, name="Elever"))
    make.measure(document, goal, key="tekster", text="Rette tekstene")
    make.measure(document, make.goal(document, area=area, text="Å møtes"), text="Holde et møte")
    return "/planer/planen/"


def test_a_filter_swaps_the_words_and_keeps_focus(live_server, page: Page, plan: str) -> None:  # type: ignore[no-untyped-def]
    page.goto(f"{live_server.url}{plan}")
    expect(page.get_by_text("2 mål, 2 tiltak")).to_be_visible()
    page.get_by_label("Målgruppe").select_option("Elever")
    page.get_by_role("button", name="Vis").press("Enter")
    expect(page.locator(".list-count")).to_have_text("1 av 2 tiltak")
    expect(page.locator("#announcer")).to_have_text("1 av 2 tiltak")
    expect(page.get_by_role("button", name="Vis")).to_be_focused()
    expect(page).to_have_url(f"{live_server.url}{plan}?malgruppe=elever&vis=")
    expect(page.get_by_role("link", name="Holde et møte")).to_have_count(0)
    page.reload()
    expect(page.locator(".list-count")).to_have_text("1 av 2 tiltak")
    expect(page.get_by_label("Målgruppe")).to_have_value("elever")


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_thread_is_followed_on_a_phone(  # type: ignore[no-untyped-def]
    live_server, page: Page, plan: str, violations: Callable[[Page], list[str]], language: str
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.set_extra_http_headers({"Accept-Language": language})
    page.goto(live_server.url)
    found = [violations(page)]
    page.get_by_role("link", name="Planen", exact=True).click()
    found.append(violations(page))
    page.get_by_role("link", name="Gode sider").click()
    found.append(violations(page))
    page.get_by_role("link", name="Rette tekstene").click()
    found.append(violations(page))
    expect(page.get_by_role("heading", level=1)).to_have_text("Rette tekstene")
    page.get_by_role("link", name="Gode sider").click()
    page.get_by_role("link", name="I Innhold").click()
    expect(page.get_by_role("heading", name="I Innhold")).to_be_in_viewport()
    assert found == [[], [], [], []]
    assert page.evaluate("document.documentElement.scrollWidth") == 360
