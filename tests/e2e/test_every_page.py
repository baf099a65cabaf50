"""Every page in a real browser: in both languages, light and dark, wide and on a phone, as somebody who would open it.

Bokmål is read wide with its colours, English on a phone's width, where the colours are the same; the dark ones are
looked at on a page of each sort.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page as Tab
from pytest_django.live_server_helper import LiveServer

from config.lib import clock
from organisation.models import User
from reports import demo
from strategy.models import Area, Section
from tests.e2e.pages import NOT_PAGES, PAGES, Page
from tests.interface_language import Catalogue, texts_of
from tests.matrix import gather

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
AA: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
IN_ALL: Final = {"runOnly": {"type": "tag", "values": AA}, "resultTypes": ["violations"]}
BUT_COLOUR: Final = {**IN_ALL, "rules": {"color-contrast": {"enabled": False}}}
IN_COLOUR: Final = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
ENGLISH: Final = Catalogue.of("en")
DARK: Final = {
    *("home", "account_login", "my_work", "wheel_year", "board", "board_nudge", "entry", "entry_edit", "wheel_paste"),
    *(
        "wheel_turn",
        "feeds",
        "plan",
        "plan_edit",
        "goal",
        "reports",
        "plan_report",
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
    demo.load(today=clock.today())
    found = {}
    for email in {page.person for page in PAGES} - {""}:
        client = Client()
        client.force_login(User.objects.get(email=email))
        found[email] = client.cookies["sessionid"].value
    return found


@pytest.mark.parametrize(
    ("language", "size", "scheme", "rules"),
    [("nb", WIDE, "light", IN_ALL), ("en", PHONE, "light", BUT_COLOUR), ("nb", WIDE, "dark", IN_COLOUR)],
    ids=["bokmål", "english", "dark"],
)
def test_nothing_is_wrong_on_any_page(
    live_server: LiveServer,
    context: BrowserContext,
    page: Tab,
    sessions: dict[str, str],
    console: list[str],
    language: str,
    size: dict[str, int],
    scheme: str,
    rules: dict[str, Any],
) -> None:
    written = words_of_the_demo()
    faults: dict[str, list[str]] = {}
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for each in [each for each in PAGES if scheme == "light" or each.name in DARK]:
        enter(context, live_server.url, sessions.get(each.person, ""), language)
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        answer = page.goto(live_server.url + each.path)
        found = [f"status {answer.status}"] if answer and answer.status != 200 else []
        found += [
            *looks_wrong(page, language),
            *axe_finds(page, size, rules),
            *said_in_bokmaal(page, language, written),
        ]
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


def looks_wrong(page: Tab, language: str) -> Iterator[str]:
    width, headings, named, title = page.evaluate(
        """() => [document.documentElement.scrollWidth, document.querySelectorAll("h1").length,
                  document.documentElement.lang, document.title]"""
    )
    if width > PHONE["width"]:
        yield f"{width} px wide on a phone of {PHONE['width']}"
    if headings != 1:
        yield f"{headings} headings of the first level"
    if named != language:
        yield f"lang is {named}"
    if not title.removesuffix(" – Rød tråd").strip():
        yield "no title"


def axe_finds(page: Tab, size: dict[str, int], rules: dict[str, Any]) -> Iterator[str]:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    for rule in Axe().run(page, options=rules).response["violations"]:
        yield from (f"{rule['id']}: {node['html'][:160]}" for node in rule["nodes"])


def words_of_the_demo() -> set[str]:
    """Headings of its documents that the interface says too."""
    return {*Area.objects.values_list("title", flat=True), *Section.objects.values_list("title", flat=True)}


def said_in_bokmaal(page: Tab, language: str, written: set[str]) -> Iterator[str]:
    """On the English pages: texts of the catalogue that are not translated."""
    if language == "en":
        shown = {text.text for text in texts_of(page.content()) if text.language == "en"}
        yield from (f"in bokmål: {text}" for text in sorted(ENGLISH.left_in(iter(shown - written))))
