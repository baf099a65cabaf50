"""A table copied from a document is pasted into a wheel, with the clipboard as a browser has it."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from annual_wheel.models import Entry
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.e2e.session import log_in

COPY = """async ([html, text]) => navigator.clipboard.write([new ClipboardItem({
    "text/html": new Blob([html], {type: "text/html"}), "text/plain": new Blob([text], {type: "text/plain"})})])"""
HTML = """<p class="MsoNormal">Før tabellen</p><table class="MsoTable" width="100%"><tr>
<td>Måned</td><td>Tiltak</td><td>Ansvar</td></tr><tr>
<td>Oktober</td><td><p>Medio oktober:</p><p>Legge inn grensene</p></td>
<td><b>HF</b> i samarbeid med instituttene</td></tr></table>"""
TEXT = "Måned Tiltak Ansvar Oktober Medio oktober: Legge inn grensene HF i samarbeid med instituttene"

ONE_LINE = 52  # pixels


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    made = make_cast()
    make.wheel("hf", made.hf, title="Årshjul HF")
    return made


def test_a_tables_own_cells_are_kept_when_it_is_pasted(
    live_server: LiveServer, page: Page, context: BrowserContext, cast: Cast
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{live_server.url}/konto/login/?next=/aarshjul/hf/rediger/lim-inn/")
    page.locator("input[name=login]").fill(cast.adviser.email)
    page.locator("input[name=password]").fill(make.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Lim inn en tabell", level=1)).to_be_visible()
    page.evaluate(COPY, [HTML, TEXT])
    page.get_by_label("Tabellen").focus()
    page.keyboard.press("Control+V")
    expect(page.locator("#id_html")).not_to_have_value("")
    assert "Mso" not in page.locator("#id_html").input_value()
    page.get_by_role("button", name="Les tabellen").click()
    expect(page.locator(".list-count")).to_have_text("1 rad")
    expect(page.get_by_label("Når")).to_have_value("Medio oktober")
    heights = page.locator(".pasted-row textarea").evaluate_all("all => all.map(part => part.offsetHeight)")
    assert len(heights) == 2
    assert max(heights) <= ONE_LINE
    page.get_by_role("button", name="Legg inn i hjulet").click()
    expect(page.get_by_text("Lagt inn i hjulet: 1 punkt.")).to_be_visible()
    entry = Entry.objects.get()
    assert (entry.text, [str(line) for line in entry.responsibilities.all()]) == (
        "Legge inn grensene",
        ["HF", "i samarbeid med instituttene"],
    )


def test_a_refused_save_of_goals_has_focus_where_it_is_told_and_leads_to_the_row(
    live_server: LiveServer, page: Page, cast: Cast
) -> None:
    make.document("planen", cast.hf, title="Planen", state="draft")
    log_in(page.context, cast.adviser, live_server.url)
    page.goto(f"{live_server.url}/planer/planen/rediger/lim-inn/")
    page.get_by_label("Mål og tiltak").fill("- Flere søkere\n- Bedre søkere")
    page.get_by_role("button", name="Se hvordan det forstås").click()
    page.locator("#id_rad-1-text").fill("")
    page.get_by_role("button", name="Legg inn").click()
    expect(page.locator("#error-summary")).to_be_focused()
    page.locator("#error-summary").get_by_role("link", name="Rad 2, Tekst").click()
    expect(page.locator("#id_rad-1-text")).to_be_focused()
    page.get_by_role("link", name="1 må rettes").click()
    expect(page.locator("#id_rad-1-text")).to_be_focused()
