"""Two people write in the same plan at once, each in a browser of their own."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from strategy.models import Section
from strategy.writing import save_row
from tests import factories as make
from tests.cast import make_cast
from tests.e2e.session import log_in
from tests.matrix import NOW

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


@pytest.fixture
def stale(live_server: Any, page: Page, transactional_db: None) -> Page:
    """A section whose form was sent after somebody else had saved it."""
    cast = make_cast()
    section = make.document("planen", cast.hf, state="draft").sections.create(kind="purpose", text="Før", position=1)
    log_in(page.context, cast.adviser, live_server.url)
    page.goto(live_server.url + EDITOR)
    page.locator(f"#endre-avsnitt-{section.pk}").click()
    expect(page.get_by_label("Tekst")).to_be_visible()
    section.text = "Dekanens"
    save_row(section, by=cast.dean, now=NOW, expected=section.lock_version)
    page.get_by_label("Tekst").fill("Rådgiverens")
    page.locator("#edit-save").click()
    expect(page.locator("#conflict")).to_be_focused()
    return page


@pytest.mark.parametrize("width", [360, 1440])
def test_what_one_wrote_is_saved_from_the_top_of_the_form(stale: Page, width: int) -> None:
    stale.set_viewport_size({"width": width, "height": 740})
    stale.locator("#conflict").scroll_into_view_if_needed()
    save = stale.locator("#conflict").get_by_role("button", name="Lagre det jeg skrev")
    expect(save).to_be_in_viewport(ratio=1)
    stale.keyboard.press("Tab")
    expect(save).to_be_focused()
    stale.keyboard.press("Enter")
    expect(stale.locator("#messages")).to_contain_text("Lagret.")
    expect(stale.locator("#outline")).to_contain_text("Rådgiverens")
    section = Section.objects.get()
    assert [row.text for row in section.history.all()] == ["Rådgiverens", "Dekanens", "Før"]


@pytest.mark.parametrize("where", ["#conflict", ".form-actions"])
def test_what_is_saved_is_kept_on_request_and_the_page_says_so(stale: Page, where: str) -> None:
    stale.locator(where).get_by_role("button", name="Behold det som er lagret").press("Enter")
    expect(stale.locator("#messages")).to_contain_text("Det som er lagret, står som det var.")
    expect(stale.locator("#edit")).to_have_count(0)
    expect(stale.locator("#outline")).to_contain_text("Dekanens")
    expect(stale.locator(f"#endre-avsnitt-{Section.objects.get().pk}")).to_be_focused()


def test_where_the_buttons_stay_in_sight_they_stand_once(live_server: Any, browser: Browser) -> None:
    cast = make_cast()
    measure = make.measure(make.document("planen", cast.hf, state="draft"), text="Ringe")
    page = browser_of(browser, cast.adviser, live_server.url)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}/tiltak/{measure.key}/endre/")
    measure.text = "Skrive"
    save_row(measure, by=cast.dean, now=NOW, expected=measure.lock_version)
    page.locator("#edit-save").click()
    expect(page.locator("#conflict")).to_be_visible()
    expect(page.locator("#edit-save")).to_be_in_viewport(ratio=1)
    expect(page.locator("#conflict .ds-button").first).to_be_hidden()
    page.set_viewport_size({"width": 768, "height": 740})
    expect(page.locator("#conflict .ds-button").first).to_be_visible()
    page.context.close()
