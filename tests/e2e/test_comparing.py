"""What one chooses between where versions are compared is read to its end on a phone too."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page

from config.lib import clock
from strategy.services import adopt
from tests import factories as make
from tests.cast import Cast
from tests.e2e.session import log_in
from tests.matrix import NOW, TODAY

pytestmark = pytest.mark.django_db(transaction=True)
ROOM = """select => {
    const style = getComputedStyle(select), pen = document.createElement('canvas').getContext('2d')
    pen.font = style.font
    const inside = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)
    const lines = Math.floor((select.clientHeight - 2 * parseFloat(style.paddingTop)) / parseFloat(style.lineHeight))
    return inside * lines - pen.measureText(select.selectedOptions[0].label).width
}"""


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_longest_name_of_a_version_is_not_cut(
    live_server: Any, page: Page, people: Cast, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    plan = make.document("planen", people.hf, state="draft")
    for starts in (None, date(2027, 1, 1)):
        make.goal(plan)
        adopt(plan, by=people.dean, decided_by="Dekan", decided_on=TODAY, case_number="", now=NOW, holds_from=starts)
    page.set_viewport_size({"width": width, "height": 740})
    log_in(page.context, people.reader, live_server.url)
    page.goto(f"{live_server.url}/planer/planen/sammenlign/")
    chosen = page.locator("#f-til")
    assert chosen.locator("option:checked").inner_text() == "Utgave 2, 15. mars 2026, gjelder fra 1. januar 2027"
    assert chosen.evaluate(ROOM) > 0
    assert page.evaluate("document.documentElement.scrollWidth") == width
