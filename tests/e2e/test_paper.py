"""The wheel's pages printed by the browser: nothing is cut, and what only a screen can use is left out."""

from __future__ import annotations

import pypdfium2
import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from config.lib import clock
from organisation.models import User
from reports import demo
from tests.conftest import DEMO_DAY

INNER = {"": 658, "tavle/": 1017}  # what A4 has between its margins, in pixels: the board lies


@pytest.fixture
def demo_of_may(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: DEMO_DAY)
    demo.load(today=DEMO_DAY)


def printed(page: Page) -> list[tuple[bool, str]]:
    """Each sheet: whether it lies, and what stands on it."""
    document = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    return [(sheet.get_width() > sheet.get_height(), sheet.get_textpage().get_text_bounded()) for sheet in document]


def test_list_timeline_board_and_work_on_paper(live_server: LiveServer, page: Page, demo_of_may: None) -> None:
    client = Client()
    client.force_login(User.objects.get(email="adviser@hf.example"))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    year = f"{live_server.url}/aarshjul/hf/{DEMO_DAY.year}/"
    sheets = {}
    for path in ("?vis=liste", "?vis=kalender&maaned=5", "?vis=tidslinje", "tavle/"):
        page.goto(year + path)
        sheets[path] = printed(page)
        page.emulate_media(media="print")
        width = INNER.get(path, INNER[""])
        page.set_viewport_size({"width": width, "height": 900})
        assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, width)
        page.emulate_media(media="null")
        page.set_viewport_size({"width": 1280, "height": 900})
    assert len(sheets["?vis=tidslinje"]) > 1
    months = [("jan" in words, "des" in words) for _lies, words in sheets["?vis=tidslinje"]]
    assert months == [(True, True)] * len(months)
    assert {lies for lies, _words in sheets["tavle/"]} == {True}
    assert {lies for lies, _words in sheets["?vis=liste"]} == {False}
    first = sheets["tavle/"][0][1]
    assert "Tavle" in first
    assert "Januar" in first
    page.goto(f"{live_server.url}/mitt-arbeid/")
    words = " ".join(words for _lies, words in printed(page))
    assert "Mitt arbeid" in words
    assert [said for said in ("Kvitter ut", "Ta den selv", "Velg hva som vises") if said in words] == []
