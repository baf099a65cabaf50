"""Tests in a real browser. Every one of them fails on a console message: that is how the content policy is proved."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Locator, Page
from pytest_django.live_server_helper import LiveServer

from tests.cast import Cast, make_cast
from tests.e2e.axe import violations_of
from tests.e2e.chromium import find_chromium

# Playwright's loop makes Django believe that it is called from asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HERE = Path(__file__).parent
ANSWERED_WITHIN = 30  # seconds


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    chromium = find_chromium()
    assert chromium, "Install Chromium to run the tests in a browser."
    return {**browser_type_launch_args, "executable_path": chromium, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, "locale": "nb-NO", "timezone_id": "Europe/Oslo"}


@pytest.fixture(autouse=True)
def loaded_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody press anything on a page before its scripts have run: until then it answers as one without scripts.

    Playwright waits for what it clicks to be there, and a page is there before it has loaded.
    """
    keyboard = vars(Page)["keyboard"].fget
    monkeypatch.setattr(Page, "keyboard", property(lambda page: (page.wait_for_load_state(), keyboard(page))[1]))
    for name in ("click", "press", "check", "uncheck"):
        monkeypatch.setattr(Locator, name, _after_load(getattr(Locator, name)))
    monkeypatch.setattr(Locator, "focus", _after_load(_when_drawn(Locator.focus)))


def _when_drawn(action: Callable[..., None]) -> Callable[..., None]:
    """Not before the page is drawn, when the browser gives focus to its `autofocus` and complains where it is taken."""

    def act(locator: Locator, *values: Any, **options: Any) -> None:
        locator.page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        action(locator, *values, **options)

    return act


def _after_load(action: Callable[..., None]) -> Callable[..., None]:
    def act(locator: Locator, *values: Any, **options: Any) -> None:
        locator.page.wait_for_load_state()
        action(locator, *values, **options)

    return act


@pytest.fixture
def people(live_server: LiveServer) -> Cast:
    """The cast, in a database that the server and the test both see."""
    return make_cast()


@pytest.fixture
def violations() -> Callable[[Page], list[str]]:
    """What axe finds on a page, as rule and element."""
    return violations_of


@pytest.fixture
def console() -> list[str]:
    """What the browser said. A test that expects a message takes it out of this list."""
    return []


@pytest.fixture(autouse=True)
def nothing_under_way(_live_server_helper: None, context: BrowserContext) -> Iterator[None]:
    """Let the server finish with what the browser asked for last, before the tables it reads are emptied.

    A test may end while a page still asks for something by itself. A connection has a thread at the server, which ends
    when it has answered and the browser is gone.
    """
    yield
    browser = context.browser
    assert browser
    for opened in browser.contexts:
        opened.close()
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(ANSWERED_WITHIN)
            assert not thread.is_alive(), "the server is still busy with a request"


@pytest.fixture(autouse=True)
def quiet_console(nothing_under_way: None, context: BrowserContext, console: list[str]) -> Iterator[None]:
    def on_message(message: ConsoleMessage) -> None:
        console.append(f"{message.type}: {message.text}")

    def on_page(page: Page) -> None:
        page.on("pageerror", on_error)

    def on_error(error: Error) -> None:
        console.append(f"error: {error}")

    context.on("console", on_message)
    context.on("page", on_page)
    yield
    assert console == []
