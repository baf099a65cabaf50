"""Back in the browser to a form for something new, and saving it again, makes no second of the same."""

from typing import Any

import pytest
from playwright.sync_api import expect

from strategy.models import Document
from tests import factories as make
from tests.cast import Cast
from tests.e2e.session import log_in

NEW = "/planer/planen/rediger/nytt-mal/"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan(people: Cast) -> Document:
    return make.document("planen", people.hf, title="Planen", state="draft")


@pytest.mark.parametrize("has_script", [True, False])
def test_back_and_save_leads_to_what_was_saved(
    live_server: Any, new_context: Any, people: Cast, plan: Document, has_script: bool
) -> None:
    context = new_context(java_script_enabled=has_script)
    log_in(context, people.adviser, live_server.url)
    page = context.new_page()
    page.goto(f"{live_server.url}/planer/planen/rediger/")
    page.goto(live_server.url + NEW)
    words = page.locator("#id_text")
    words.fill("Flere søkere")
    page.locator("#edit-save").click()
    expect(page.locator("#messages")).to_contain_text("Lagret.")
    page.go_back()
    expect(words).to_have_value("Flere søkere")
    page.locator("#edit-save").click()
    if not has_script:  # and the browser fetched the page anew
        expect(page.get_by_role("alert")).to_contain_text("Akkurat det samme har du lagret herfra før")
        assert [goal.text for goal in plan.goals.all()] == ["Flere søkere"]
        return
    expect(page.locator("#messages")).to_contain_text("Dette ble lagret forrige gang")
    assert [goal.text for goal in plan.goals.all()] == ["Flere søkere"]
    page.go_back()
    words.fill("Bedre søkere")
    page.locator("#edit-save").click()
    expect(page.get_by_role("alert")).to_contain_text("Dette skjemaet er lagret én gang før")
    expect(words).to_have_value("Bedre søkere")
    page.locator("#edit-save").click()
    expect(page.locator("#messages")).to_contain_text("Lagret.")
    assert [goal.text for goal in plan.goals.all()] == ["Flere søkere", "Bedre søkere"]
