"""Somebody who is logged out while writing: the form stays, and is sent when one has logged in in another tab."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from planning.models import Measure
from tests import factories as make
from tests.cast import Cast
from tests.e2e.session import log_in

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Besøke alle skolene langs kysten"


@pytest.fixture
def measure(people: Cast) -> Measure:
    return make.measure(make.document("planen", people.hf, state="draft"), text="Besøke skolene")


def take_out_refusal(console: list[str]) -> None:
    """The browser and htmx tell of an answer that says no."""
    assert all("403" in said for said in console)
    console.clear()


def log_in_by_hand(page: Page, person: Any) -> None:
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", make.PASSWORD)
    page.locator("main button.ds-button").click()
    page.wait_for_url("**/")


def test_a_form_in_its_place_stays_and_is_sent_after_a_new_login(
    live_server: Any,
    page: Page,
    people: Cast,
    measure: Measure,
    violations: Callable[[Page], list[str]],
    console: list[str],
) -> None:
    log_in(page.context, people.adviser, live_server.url)
    page.goto(f"{live_server.url}/planer/planen/rediger/")
    page.locator(f"#endre-{measure.key}").click()
    page.get_by_label("Tiltak", exact=True).fill(TEXT)
    page.context.clear_cookies(name="sessionid")
    page.locator("#edit-save").click()
    expect(page.locator("#messages")).to_contain_text("Du er logget ut, og dette er ikke lagret.")
    expect(page.get_by_label("Tiltak", exact=True)).to_have_value(TEXT)
    assert violations(page) == []

    with page.context.expect_page() as opened:
        page.locator("#messages a").click()
    log_in_by_hand(opened.value, people.adviser)
    page.locator("#edit-save").click()
    expect(page.locator("#messages")).to_contain_text("Du er logget inn som Rådgiver.")
    expect(page.get_by_label("Tiltak", exact=True)).to_have_value(TEXT)
    assert violations(page) == []
    page.locator("#edit-save").click()
    expect(page.locator("#messages")).to_contain_text("Lagret.")
    measure.refresh_from_db()
    assert measure.text == TEXT
    take_out_refusal(console)


def test_who_has_written_nothing_is_led_to_log_in(live_server: Any, page: Page, people: Cast, measure: Measure) -> None:
    log_in(page.context, people.adviser, live_server.url)
    page.goto(f"{live_server.url}/planer/planen/rediger/")
    page.context.clear_cookies(name="sessionid")
    page.locator(f"#endre-{measure.key}").click()
    page.wait_for_url("**/konto/login/**")


def test_a_page_that_is_sent_too_late_shows_what_was_written(
    live_server: Any,
    page: Page,
    people: Cast,
    measure: Measure,
    violations: Callable[[Page], list[str]],
    console: list[str],
) -> None:
    log_in(page.context, people.adviser, live_server.url)
    page.goto(f"{live_server.url}/tiltak/{measure.key}/endre/")
    page.get_by_label("Tiltak", exact=True).fill(TEXT)
    page.context.clear_cookies(name="sessionid")
    page.locator("#edit-save").click()
    expect(page.get_by_role("heading", name="Du er logget ut")).to_be_visible()
    expect(page.locator("textarea[readonly]").first).to_have_value(TEXT)
    assert violations(page) == []
    take_out_refusal(console)
