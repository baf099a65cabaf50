"""Two people write in the same plan at once, each in a browser of their own."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import factories as make
from tests.cast import make_cast
from tests.e2e.session import log_in

pytestmark = pytest.mark.django_db(transaction=True)
EDITOR = "/planer/planen/rediger/"


def browser_of(browser: Browser, person: Any, address: str) -> Page:
    context = browser.new_context(locale="nb-NO")
    log_in(context, person, address)
    return context.new_page()


def test_they_see_each_other_and_neither_writes_over_the_other(live_server: Any, browser: Browser) -> None:
    cast = make_cast()
    plan = make.document("planen", cast.hf, state="draft")
    measure = make.measure(plan, text="Besøke skolene langs kysten")
    adviser, dean = (browser_of(browser, person, live_server.url) for person in (cast.adviser, cast.dean))
    for page in (adviser, dean):
        page.goto(live_server.url + EDITOR)
        page.locator(f"#endre-{measure.key}").click()
        expect(page.get_by_label("Tiltak", exact=True)).to_be_visible()
    expect(adviser.locator("#present")).to_contain_text(
        "Dekan skriver på «Besøke skolene langs kysten»", timeout=40_000
    )
    expect(dean.locator("#present")).to_contain_text("Rådgiver skriver på", timeout=40_000)

    dean.get_by_label("Tiltak", exact=True).fill("Besøke skolene i innlandet")
    dean.locator("#edit-save").click()
    expect(dean.locator("#messages")).to_contain_text("Lagret.")
    adviser.get_by_label("Tiltak", exact=True).fill("Besøke alle skolene langs kysten")
    adviser.locator("#edit-save").click()
    expect(adviser.locator("#conflict")).to_contain_text("Dekan lagret noe nytt mens du skrev")
    expect(adviser.locator("#conflict")).to_be_focused()
    expect(adviser.locator(".marked del")).to_contain_text(["i innlandet"])
    expect(adviser.locator(".marked ins")).to_contain_text(["alle", "langs kysten"])
    adviser.get_by_role("textbox", name="Tiltak", exact=True).fill("Besøke alle skolene langs kysten og i innlandet")
    adviser.get_by_role("button", name="Lagre det jeg skrev").last.click()
    expect(adviser.locator(f"#rad-{measure.key}")).to_contain_text("Besøke alle skolene langs kysten og i innlandet")
    measure.refresh_from_db()
    assert measure.text == "Besøke alle skolene langs kysten og i innlandet"
    for page in (adviser, dean):
        page.context.close()
