from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.cast import make_cast
from tests.factories import PASSWORD


@pytest.mark.django_db
def test_a_calendar_is_made_copied_withdrawn_and_taken_back_from_the_keyboard(
    live_server: LiveServer, page: Page, context: BrowserContext, violations: Callable[[Page], list[str]]
) -> None:
    make_cast()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{live_server.url}/konto/login/?next=/kalender/")
    page.get_by_label("E-post").fill("coordinator@hf.example")
    page.get_by_label("Passord").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("Hva du vil kalle det").fill("min telefon")
    page.keyboard.press("Enter")

    expect(page.get_by_role("textbox", name="Adresse")).to_be_focused()
    address = page.get_by_role("textbox", name="Adresse").input_value()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Adressen er kopiert.")).to_be_focused()
    assert page.evaluate("navigator.clipboard.readText()") == address
    assert violations(page) == []

    path = address.partition("/kalender/")[2]
    page.get_by_role("button", name="Trekk tilbake min telefon").press("Enter")
    expect(page.get_by_text("Du har ingen abonnementer ennå")).to_be_visible()
    assert page.request.get(f"{live_server.url}/kalender/{path}").status == 404
    page.get_by_role("button", name="Angre").press("Enter")
    expect(page.get_by_role("heading", name="min telefon")).to_be_visible()
    assert page.request.get(f"{live_server.url}/kalender/{path}").status == 200
    page.goto(f"{live_server.url}/min-side/")
    assert violations(page) == []
