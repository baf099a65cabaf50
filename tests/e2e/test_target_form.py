"""The form of a target has many short fields: they stand together as they are read, and in a column on a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from strategy.models import Target
from tests import factories as make
from tests.cast import Cast
from tests.e2e.session import log_in

pytestmark = pytest.mark.django_db(transaction=True)
PAIRS = (("kind", "comparator"), ("value", "unit"), ("denominator", "per"), ("indicator", "baseline_value"))
DATES = (("due_on", "period_words"), ("period_from_on", "period_to_on"))


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_short_fields_share_a_line_where_there_is_room(
    live_server: Any, page: Page, people: Cast, violations: Callable[[Page], list[str]], width: int
) -> None:
    goal = make.goal(make.document("planen", people.hf, state="draft"), key="maalet", text="Flere søkere")
    page.set_viewport_size({"width": width, "height": 740})
    log_in(page.context, people.adviser, live_server.url)
    page.goto(f"{live_server.url}/mal/{goal.key}/nytt-maltall/")

    def foot(name: str) -> float:
        return float(page.locator(f"#id_{name}").evaluate("part => part.getBoundingClientRect().bottom"))

    assert {abs(foot(one) - foot(other)) < 1 for one, other in (*PAIRS, *DATES)} == {width >= 768}
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert violations(page) == []
    page.locator("#edit-save").click()
    expect(page.locator("#id_value_error")).to_be_visible()  # and nothing is wrong with what stands beside it
    assert (abs(foot("value") - foot("unit")) < 1) == (width >= 768)


def test_a_share_is_written_with_the_keyboard_alone(live_server: Any, page: Page, people: Cast) -> None:
    goal = make.goal(make.document("planen", people.hf, state="draft"), key="maalet", text="Flere søkere")
    log_in(page.context, people.adviser, live_server.url)
    page.goto(f"{live_server.url}/mal/{goal.key}/nytt-maltall/")
    expect(page.locator("#id_text")).to_be_focused()
    for written in ("Minst 40 % av studentene", "Andel", "Minst", "40", "%", "studentene"):
        page.keyboard.type(written)
        page.keyboard.press("Tab")
    expect(page.locator("#id_per")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text("Lagret.")
    saved = Target.objects.get()
    assert (saved.kind, saved.comparator, saved.unit, saved.denominator) == ("share", "at_least", "%", "studentene")
    assert saved.value == 40
