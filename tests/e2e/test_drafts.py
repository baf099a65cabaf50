"""What is being written is kept in the browser until it is saved."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from planning.models import Measure
from tests import factories as make
from tests.cast import Cast
from tests.e2e.session import log_in

pytestmark = pytest.mark.django_db(transaction=True)
EDITOR = "/planer/planen/rediger/"
LONG = "Besøke alle skolene langs kysten, " * 20


@pytest.fixture
def measure(people: Cast) -> Measure:
    return make.measure(make.document("planen", people.hf, state="draft"), text="Besøke skolene")


@pytest.fixture
def asked(page: Page) -> list[str]:
    """The questions the browser asked before leaving; all are answered with yes."""
    found: list[str] = []

    def say_yes(dialog: Dialog) -> None:
        found.append(dialog.type)
        dialog.accept()

    page.on("dialog", say_yes)
    return found


def offered(page: Page) -> Any:
    return page.locator("form[data-keep] .kept-draft")


def write_and_leave(page: Page, address: str, measure: Measure) -> None:
    page.goto(address)
    page.locator(f"#endre-{measure.key}").click()
    page.get_by_label("Tiltak", exact=True).press_sequentially("!")
    page.get_by_label("Tiltak", exact=True).fill(LONG)
    page.get_by_text("Ansvar linje for linje").click()
    page.locator("[name='lines-0-party']").fill("IHK")
    page.locator("#lines-add").click()
    page.locator("[name='lines-1-party']").fill("ISL")
    page.goto(address)


def test_a_long_text_that_was_never_saved_is_there_again_with_its_lines(
    live_server: Any,
    page: Page,
    people: Cast,
    measure: Measure,
    asked: list[str],
    violations: Callable[[Page], list[str]],
) -> None:
    log_in(page.context, people.adviser, live_server.url)
    write_and_leave(page, live_server.url + EDITOR, measure)
    assert asked == ["beforeunload"]

    page.locator(f"#endre-{measure.key}").click()
    expect(page.get_by_label("Tiltak", exact=True)).to_have_value("Besøke skolene")
    expect(offered(page)).to_contain_text("Du begynte å skrive her, og det ble ikke lagret")
    expect(offered(page).locator("[data-when]")).to_have_text(re.compile(r" kl\. \d?\d\.\d\d$"))
    assert violations(page) == []
    page.get_by_role("button", name="Hent det fram").click()
    expect(page.get_by_label("Tiltak", exact=True)).to_have_value(LONG)
    expect(page.locator("[name='lines-1-party']")).to_have_value("ISL")
    expect(offered(page)).to_have_count(0)
    page.locator("#edit-save").click()
    expect(page.locator("#messages")).to_contain_text("Lagret.")
    measure.refresh_from_db()
    assert (measure.text, measure.responsibilities.count()) == (LONG.strip(), 2)

    page.locator(f"#endre-{measure.key}").click()
    expect(page.get_by_label("Tiltak", exact=True)).to_have_value(LONG.strip())
    expect(offered(page)).to_have_count(0)


def test_on_a_page_of_its_own_it_is_fetched_back_as_well(
    live_server: Any, page: Page, people: Cast, measure: Measure, asked: list[str]
) -> None:
    address = f"{live_server.url}/tiltak/{measure.key}/endre/"
    log_in(page.context, people.adviser, live_server.url)
    page.goto(address)
    page.get_by_label("Tiltak", exact=True).fill(LONG)
    page.goto(address)
    page.get_by_role("button", name="Hent det fram").click()
    expect(page.get_by_label("Tiltak", exact=True)).to_have_value(LONG)
    expect(offered(page)).to_have_count(0)


def test_what_is_dropped_is_not_offered_again(
    live_server: Any, page: Page, people: Cast, measure: Measure, asked: list[str]
) -> None:
    log_in(page.context, people.adviser, live_server.url)
    write_and_leave(page, live_server.url + EDITOR, measure)
    page.locator(f"#endre-{measure.key}").click()
    page.get_by_role("button", name="Forkast det").click()
    expect(page.get_by_label("Tiltak", exact=True)).to_be_visible()
    page.goto(live_server.url + EDITOR)
    page.locator(f"#endre-{measure.key}").click()
    expect(page.get_by_label("Tiltak", exact=True)).to_have_value("Besøke skolene")
    expect(offered(page)).to_have_count(0)


def test_it_is_for_nobody_else_at_the_same_machine_and_gone_when_one_logs_out(
    live_server: Any, page: Page, people: Cast, measure: Measure, asked: list[str]
) -> None:
    log_in(page.context, people.adviser, live_server.url)
    write_and_leave(page, live_server.url + EDITOR, measure)
    log_in(page.context, people.dean, live_server.url)
    page.goto(live_server.url + EDITOR)
    page.locator(f"#endre-{measure.key}").click()
    expect(page.get_by_label("Tiltak", exact=True)).to_have_value("Besøke skolene")
    expect(offered(page)).to_have_count(0)
    page.goto(f"{live_server.url}/konto/logout/")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url("**/konto/login/")
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_text_that_met_the_login_page_is_still_there(
    live_server: Any, page: Page, people: Cast, measure: Measure, asked: list[str], console: list[str]
) -> None:
    address = f"{live_server.url}/tiltak/{measure.key}/endre/"
    log_in(page.context, people.adviser, live_server.url)
    page.goto(address)
    page.get_by_label("Tiltak", exact=True).fill(LONG)
    page.context.clear_cookies(name="sessionid")
    page.locator("#edit-save").click()
    expect(page.get_by_role("heading", name="Du er logget ut")).to_be_visible()
    log_in(page.context, people.adviser, live_server.url)
    page.goto(address)
    expect(offered(page)).to_be_visible()
    assert all("403" in said for said in console)
    console.clear()


def test_one_that_is_saved_and_followed_by_another_is_not_still_being_written(
    live_server: Any, page: Page, people: Cast, measure: Measure, asked: list[str]
) -> None:
    log_in(page.context, people.adviser, live_server.url)
    page.goto(f"{live_server.url}{EDITOR}nytt-mal/")
    page.locator("#id_text").press_sequentially("Flere søkere")
    page.get_by_role("button", name="Lagre og skriv ett til").click()
    expect(page.locator("#messages")).to_contain_text("Lagret.")
    expect(page.locator("#id_text")).to_have_value("")
    page.goto(f"{live_server.url}{EDITOR}nytt-mal/")
    expect(page.locator("#id_text")).to_have_value("")
    assert asked == []
    assert offered(page).count() == 0
