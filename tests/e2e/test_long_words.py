"""Words that do not end, and titles that are long, on a phone: nothing is wider than the screen."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from strategy.models import Document
from tests import factories as make
from tests.cast import make_cast
from tests.e2e.test_wheel import log_in

ADDRESS = "https://www.example.no/" + "a" * 107
WORD = "ordutenmellomrom" * 8


@pytest.fixture
def plans(transactional_db: None) -> Document:
    cast = make_cast()
    title = "Handlingsplan for rekruttering av studenter og internasjonalisering ved Det humanistiske fakultet"
    plan = make.document("planen", cast.hf, title=f"{title} {WORD[:60]}")
    make.document("en-til", cast.hf, title=f"{title} 2027 til 2030")
    make.measure(plan, key="ord", text=f"Tiltak {WORD}")
    make.goal(plan, key="lenke", text=f"Mål med lenke: {ADDRESS}")
    return plan


@pytest.mark.parametrize(
    "path", ["planer/enheter/", "planer/planen/rediger/", "planer/planen/?tekst=arbeid", "planer/"]
)
def test_nothing_is_wider_than_a_phone(live_server: LiveServer, page: Page, plans: Document, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    log_in(page, live_server, "dean@hf.example")
    page.goto(f"{live_server.url}/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
