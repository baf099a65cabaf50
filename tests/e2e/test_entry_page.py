"""An entry's page on a phone: whoever comes from a mail or a calendar sees what there is to tick off at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from annual_wheel.models import Entry
from tests import factories as make
from tests.cast import Cast
from tests.e2e.session import log_in

WITHIN = 640  # px from the top of a phone of 360 by 760, where the bar of places begins to cover
LONG = "Gå gjennom presentasjonene av alle studieprogrammene på nett sammen med programrådene, " * 2


@pytest.fixture
def entry(people: Cast, today: object) -> Entry:
    """As long as it gets: a long name, a vision, two long goals and a measure above it."""
    plan = make.document("plan", people.hf, title="Planen", vision=LONG)
    wheel = make.wheel("hf", people.hf, title="Årshjul for rekruttering ved HF", document=plan)
    words = "medio oktober"
    made = make.entry(wheel, people.departments, key="besok", text=LONG, when_words=words, month=10)
    for key in ("m1", "m2"):
        goal = make.goal(plan, key=key, text=LONG)
        made.measures.add(make.measure(plan, goal, key=f"t-{key}", text=LONG))
    make.edition(made, 2026)
    return made


@pytest.mark.parametrize(("width", "height"), [(360, 760), (768, 1024), (1440, 900)])
def test_the_tick_is_on_the_first_screen(
    page: Page, live_server: LiveServer, people: Cast, entry: Entry, width: int, height: int
) -> None:
    log_in(page.context, people.coordinator, live_server.url)
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{live_server.url}{entry.get_absolute_url()}")
    tick = page.get_by_role("button", name="Kvitter ut").first.bounding_box()
    assert tick
    assert tick["y"] + tick["height"] <= WITHIN
    assert page.evaluate("scrollY") == 0
    assert page.evaluate("document.documentElement.scrollWidth") == width
