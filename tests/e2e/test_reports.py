"""Waiting for a PDF, and searching while one types."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from reports.models import Rendering
from tests import factories as make
from tests.cast import Cast
from tests.e2e.session import log_in

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_the_page_follows_the_worker_until_the_file_is_there(
    live_server: LiveServer, page: Page, context: BrowserContext, cast: Cast, violations: Callable[[Page], list[str]]
) -> None:
    plan = make.document("planen", cast.hf, title="Planen")
    order = Rendering.objects.create(
        document=plan, requested_by=cast.dean, requested_at=NOW, queued_at=NOW, language="nb", step_count=4,
        filename="planen.pdf",
    )  # fmt: skip
    rows = Rendering.objects.filter(pk=order.pk)
    log_in(context, cast.dean, live_server.url)
    page.goto(f"{live_server.url}/rapporter/bestilling/{order.pk}/")
    expect(page.get_by_text("Står i kø.")).to_be_visible()
    rows.update(state="running", step=1, step_words="Setter side 7.")
    expect(page.get_by_text("Steg 2 av 4: Setter side 7.")).to_be_visible()
    assert page.locator("progress").evaluate("bar => [bar.value, bar.max]") == [1, 4]
    assert violations(page) == []
    rows.update(state="done", content=b"%PDF-1.7", finished_at=NOW)
    link = page.get_by_role("link", name="Last ned PDF")
    expect(link).to_be_visible()
    expect(page.locator("#announcer")).to_have_text("PDF-en er ferdig.")
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "planen.pdf"


@pytest.mark.django_db(transaction=True)
def test_hits_come_while_one_types_and_the_field_keeps_focus(
    live_server: LiveServer, page: Page, context: BrowserContext, cast: Cast, violations: Callable[[Page], list[str]]
) -> None:
    make.goal(make.document("planen", cast.hf, title="Planen"), text="Søknadsfristen holdes")
    log_in(context, cast.dean, live_server.url)
    page.goto(f"{live_server.url}/sok/")
    page.locator("#q").press_sequentially("FRIST")
    expect(page.locator(".hit mark")).to_have_text("frist")
    expect(page.locator("#q")).to_be_focused()
    expect(page).to_have_url(f"{live_server.url}/sok/?q=FRIST")
    assert violations(page) == []
