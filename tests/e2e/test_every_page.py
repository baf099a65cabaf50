"""Every page in a real browser: in both languages, light and dark, wide and on a phone, as somebody who would open it.

Bokmål is read wide with its colours, English on a phone's width, where the colours are the same; the dark ones are
looked at on a page of each sort. Each place of the application is a test of its own, so that they can be run beside
each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page as Tab
from pytest_django.live_server_helper import LiveServer

from config.lib import clock
from organisation.models import User
from strategy.models import Area, Section
from tests.cast import session_of
from tests.demo_rows import load_demo
from tests.e2e.axe import violations_of
from tests.e2e.pages import NOT_PAGES, PAGES, PLACES, Page
from tests.interface_language import Catalogue, texts_of
from tests.matrix import gather

WIDE, PHONE, TABLET = {"width": 1280, "height": 900}, {"width": 360, "height": 740}, {"width": 768, "height": 1024}
AA: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
IN_ALL: Final = {"runOnly": {"type": "tag", "values": AA}}
BUT_COLOUR: Final = {**IN_ALL, "rules": {"color-contrast": {"enabled": False}}}
IN_COLOUR: Final = {"runOnly": ["color-contrast"]}
ENGLISH: Final = Catalogue.of("en")
DARK: Final = {
    *("home", "account_login", "my_work", "wheels", "wheel_year", "board", "board_nudge", "entry", "entry_edit"),
    *(
        "wheel_paste",
        "wheel_turn",
        "feeds",
        "plan",
        "plan_edit",
        "goal",
        "reports",
        "order_poster",
        "plan_report",
        "plan_status",
        "round",
        "rendering",
        "search",
        "admin_unit",
        "comments",
        "hearing",
    ),
}


def names_of_pages() -> set[str]:
    """The addresses of the matrix that somebody opens with GET."""
    return {name for name, rows in gather().items() if any(row.method == "get" for row in rows)}


def test_no_page_is_left_out() -> None:
    visited = {page.name for page in PAGES}
    assert sorted(names_of_pages() - visited - set(NOT_PAGES)) == []
    assert sorted((visited | set(NOT_PAGES)) - names_of_pages()) == []
    assert sorted(visited & set(NOT_PAGES)) == []


@pytest.fixture
def sessions(live_server: LiveServer) -> dict[str, str]:
    """The demo as it is today, and a session for everyone who visits: nobody logs in page by page."""
    load_demo(today=clock.today())
    people = User.objects.filter(email__in={page.person for page in PAGES})
    return {person.email: session_of(person) for person in people}


@pytest.mark.parametrize(
    ("language", "size", "rules"), [("nb", WIDE, IN_ALL), ("en", PHONE, BUT_COLOUR)], ids=["bokmål", "english"]
)
@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_wrong_on_any_page(
    live_server: LiveServer,
    context: BrowserContext,
    page: Tab,
    sessions: dict[str, str],
    console: list[str],
    place: str,
    language: str,
    size: dict[str, int],
    rules: dict[str, Any],
) -> None:
    written = words_of_the_demo()
    faults: dict[str, list[str]] = {}
    for each in PLACES[place]:
        enter(context, live_server.url, sessions.get(each.person, ""), language)
        answer = page.goto(live_server.url + each.path)
        found = [f"status {answer.status}"] if answer and answer.status != 200 else []
        found += looks_wrong(page, language)
        for narrow in (PHONE, TABLET):
            page.set_viewport_size(narrow)  # type: ignore[arg-type]
            found += too_wide(page, narrow["width"])
        page.set_viewport_size(size)  # type: ignore[arg-type]
        found += goes_on_below(page)
        found += violations_of(page, rules)
        if language == "en":
            found += said_in_bokmaal(page, written)
        elif each.name in DARK:
            found += dark_violations_of(page)
        found += console
        console.clear()
        if found:
            faults[name_of(each)] = found
    assert faults == {}


def name_of(page: Page) -> str:
    return f"{page.path} ({page.name}), {page.person or 'anybody'}"


def enter(context: BrowserContext, url: str, session: str, language: str) -> None:
    """Become this person, in this language."""
    context.clear_cookies()
    cookies = {"django_language": language, **({"sessionid": session} if session else {})}
    context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])


def too_wide(page: Tab, screen: int) -> Iterator[str]:
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > screen:
        yield f"{width} px wide on a screen of {screen}"


def looks_wrong(page: Tab, language: str) -> Iterator[str]:
    headings, named, title = page.evaluate(
        """() => [document.querySelectorAll("h1").length, document.documentElement.lang, document.title]"""
    )
    if headings != 1:
        yield f"{headings} headings of the first level"
    if named != language:
        yield f"lang is {named}"
    if not title.removesuffix(" – Rød tråd").strip():
        yield "no title"


def goes_on_below(page: Tab) -> Iterator[str]:
    """What is hidden in a list with a bar of its own must not make the page longer than what is on it."""
    empty = page.evaluate(
        "document.documentElement.scrollHeight - Math.max(innerHeight, document.body.getBoundingClientRect().bottom)"
    )
    if empty > 2:
        yield f"{empty} px of nothing below"


def dark_violations_of(page: Tab) -> list[str]:
    page.emulate_media(color_scheme="dark")
    found = violations_of(page, IN_COLOUR)
    page.emulate_media(color_scheme="light")
    return [f"dark: {each}" for each in found]


def words_of_the_demo() -> set[str]:
    """Headings of its documents that the interface says too."""
    return {*Area.objects.values_list("title", flat=True), *Section.objects.values_list("title", flat=True)}


def said_in_bokmaal(page: Tab, written: set[str]) -> Iterator[str]:
    """Texts of the catalogue that are not translated on this English page."""
    shown = {text.text for text in texts_of(page.content()) if text.language == "en"}
    yield from (f"in bokmål: {text}" for text in sorted(ENGLISH.left_in(iter(shown - written))))
