"""The year's turn in the browser: 2022 opened from 2021 by the keyboard alone, and the same without script."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from annual_wheel import opening, services
from annual_wheel.models import Edition, Entry, TurnDecision
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.e2e.test_wheel import log_in, tab_to

TURN = "/aarshjul/hf/2022/vending/"
NOW = datetime(2021, 1, 5, 8, tzinfo=UTC)


@pytest.fixture
def turn(transactional_db: None) -> Cast:
    """A wheel opened for 2021, the year the fairs were cancelled."""
    cast = make_cast()
    wheel = make.wheel("hf", cast.hf, title="Årshjul HF")
    make.entry(wheel, cast.departments, key="messe", text="Utdanningsmesser", month=2, when_words="uke 6")
    make.entry(wheel, cast.hf, key="brev", text="Brev til skolene", month=3, when_words="medio mars", position=1)
    make.entry(wheel, cast.ihk, key="nett", text="Nettsider", month=4, when_words="april", position=2)
    opening.open_year(wheel, year=2021, by=cast.adviser, now=NOW, today=date(2021, 1, 5))
    fairs = Edition.objects.get(entry__key="messe")
    services.cancel(
        fairs, by=cast.adviser, reason="Messene ble avlyst", is_partly=False, today=date(2021, 1, 5), expected=1
    )
    return cast


def tab_to_id(page: Page, control: str, presses: int = 60) -> None:
    for _ in range(presses):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == control:
            return
    raise AssertionError(f"{control} is not reached by Tab")


def editions(year: int) -> dict[str, str]:
    return {edition.entry.key: edition.state for edition in Edition.objects.filter(year=year)}


def test_2022_is_opened_from_2021_by_keyboard_with_what_was_cancelled_back(
    live_server: LiveServer, page: Page, turn: Cast
) -> None:
    log_in(page, live_server, "adviser@hf.example")
    page.goto(f"{live_server.url}/aarshjul/hf/2021/")
    tab_to(page, "Forbered 2022")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Årets vending 2022", level=1)).to_be_visible()
    expect(page.locator("#rad-messe")).to_contain_text("Utgikk i 2021. Kommer tilbake i 2022.")
    control = "behold-messe"
    tab_to_id(page, control)
    page.keyboard.press("Enter")
    expect(page.locator("#announcer")).to_have_text("Beholdes i 2022: «Utdanningsmesser»")
    expect(page.locator(f"#{control}")).to_be_focused()
    expect(page.locator("#behold-messe")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#turn-head")).to_contain_text("2 gjenstår å gå gjennom")
    tab_to_id(page, "avslutt-brev")
    page.keyboard.press("Enter")
    expect(page.locator("#rad-brev")).to_contain_text("Avsluttes etter 2021. Det som er gjort, står.")
    expect(page.locator("#avslutt-brev")).to_be_focused()
    tab_to_id(page, "endre-nett")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Endre punktet", level=1)).to_be_visible()
    expect(page.get_by_label("Fra og med 2022")).to_be_checked()
    page.get_by_label("Når", exact=True).focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("uke 18")
    page.keyboard.press("Enter")
    expect(page.locator("#rad-nett")).to_contain_text("I 2021 var datoen «april».")
    expect(page.locator("#endre-nett")).to_be_focused()
    page.get_by_role("link", name="Se hele 2022 og åpne").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Slik blir 2022", level=1)).to_be_visible()
    tab_to(page, "Åpne 2022")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2022 er åpnet, og enhetene har fått oppgavene sine.")).to_be_visible()
    assert editions(2022) == {"messe": "planned", "nett": "planned"}
    assert editions(2021) == {"messe": "cancelled", "brev": "planned", "nett": "planned"}
    assert Edition.objects.get(year=2022, entry__key="nett").as_written == "uke 18"
    page.locator("#messages").get_by_role("button", name="Angre").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Åpningen av 2022 er angret. Valgene dere har gjort, står.")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert editions(2022) == {}


def test_the_same_choices_without_script(
    live_server: LiveServer, browser: Browser, browser_context_args: dict[str, str], turn: Cast
) -> None:
    context = browser.new_context(**{**browser_context_args, "java_script_enabled": False})  # type: ignore[arg-type]
    page = context.new_page()
    log_in(page, live_server, "adviser@hf.example")
    page.goto(f"{live_server.url}{TURN}")
    row = page.locator("#rad-brev")
    row.get_by_text("Skriv hvorfor").click()
    row.get_by_label("Hvorfor").fill("Ingen leste det")
    row.get_by_role("button", name=re.compile("^Avslutt")).click()
    expect(page.get_by_text("Avsluttes etter 2021: «Brev til skolene»")).to_be_visible()
    assert [(made.choice, made.why) for made in TurnDecision.objects.all()] == [("drop", "Ingen leste det")]
    page.locator("#rad-brev").get_by_role("button", name=re.compile("^Behold")).click()
    expect(page.get_by_text("Beholdes i 2022: «Brev til skolene»")).to_be_visible()
    assert Entry.objects.get(key="brev").to_year is None
    context.close()


def test_axe_finds_nothing_and_a_phone_is_wide_enough(
    live_server: LiveServer, page: Page, turn: Cast, violations: Callable[[Page], list[str]]
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for email in ("coordinator@hf.example", "adviser@hf.example"):
        log_in(page, live_server, email)
        for path in (TURN, f"{TURN}slik-blir-aaret/", f"{TURN}foresla/", "/aarshjul/punkt/messe/2022/foresla/"):
            page.goto(f"{live_server.url}{path}")
            assert (path, violations(page)) == (path, [])
            assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, 360)
        page.context.clear_cookies()
    log_in(page, live_server, "adviser@hf.example")
    page.goto(f"{live_server.url}{TURN}")
    box = page.locator("#behold-messe").bounding_box()
    assert box is not None
    assert box["height"] >= 44
