"""What a page says has been done, where nobody can put it away."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import factories as make
from tests.cast import Cast
from tests.e2e.session import log_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[360, 768, 1440])
def page_without_script(request: pytest.FixtureRequest, browser: Browser, live_server: Any, people: Cast) -> Any:
    plan = make.document("planen", people.hf, title="Planen", state="draft")
    goal = make.goal(plan, key="maal", text="Søkerne finner oss")
    for number in range(12):
        make.measure(plan, goal, key=f"tiltak-{number}", text=f"Tiltak {number}", position=number)
    size: Any = {"width": request.param, "height": 740}
    context = browser.new_context(java_script_enabled=False, locale="nb-NO", viewport=size)
    log_in(context, people.adviser, live_server.url)
    yield context.new_page()
    context.close()


def message_box(page: Page) -> Any:
    expect(page.locator(".toast")).to_have_count(1)
    return page.locator(".toast").bounding_box()


def test_without_script_a_message_is_small_and_goes_with_the_page(page_without_script: Page, live_server: Any) -> None:
    """It stands above the row that one was brought to, in room made for it, and not over the page's foot for good."""
    page = page_without_script
    page.goto(f"{live_server.url}/tiltak/tiltak-6/endre/")
    page.locator("#edit-save").click()
    page.wait_for_url("**#rad-tiltak-6")
    said, row = message_box(page), page.locator("#rad-tiltak-6").bounding_box()
    before = page.locator("#rad-tiltak-5").bounding_box()
    assert row
    assert before
    assert before["y"] + before["height"] <= said["y"] < said["y"] + said["height"] <= row["y"]
    assert said["y"] >= 0
    assert said["height"] <= 60
    page.mouse.wheel(0, 200)
    page.wait_for_timeout(300)
    assert message_box(page)["y"] < said["y"]


def test_without_script_and_without_a_row_it_stands_above_the_page(page_without_script: Page, live_server: Any) -> None:
    page = page_without_script
    page.goto(f"{live_server.url}/min-side/varsler/")
    page.locator("main form button:not([type=button])").first.click()
    said, heading = message_box(page), page.locator("main h1").bounding_box()
    assert heading
    assert said["y"] + said["height"] <= heading["y"]
