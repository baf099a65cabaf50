import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import factories as make


@pytest.fixture(autouse=True)
def somebody(live_server: LiveServer) -> None:
    """Without a user the door leads to setting up."""
    make.user("reader@hf.example")


@pytest.mark.django_db
def test_a_visitor_meets_the_login_page_in_bokmaal(live_server: LiveServer, page: Page):
    page.goto(f"{live_server.url}/konto/login/")
    expect(page.get_by_role("button", name="Logg inn")).to_be_visible()
    expect(page.get_by_label("Passord")).to_have_attribute("type", "password")


@pytest.mark.django_db
def test_a_message_on_the_console_is_noticed(live_server: LiveServer, page: Page, console: list[str]):
    """Proves the fixture that every other test here leans on: what the content policy refuses is on the console."""
    page.goto(f"{live_server.url}/konto/login/")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.evaluate("document.body.appendChild(document.createElement('script')).textContent = 'window.inline = true'")
    assert page.evaluate("window.inline") is None
    assert [line.partition(" violates")[0] for line in console] == [
        "error: Applying inline style",
        "error: Executing inline script",
    ]
    console.clear()
