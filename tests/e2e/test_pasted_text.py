"""What is pasted from Word or a web page into a text becomes clean text, in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from strategy.models import Section
from tests import factories as make
from tests.cast import Cast
from tests.e2e.session import log_in

pytestmark = pytest.mark.django_db(transaction=True)

PASTE = """([html, text]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {margin:0cm} --></style>
<!--[if gte mso 9]><xml><o:Styl/></xml><![endif]--></head><body lang=NO-BOK style='tab-interval:35.4pt'>
<!--StartFragment--><p class=MsoNormal style='margin:0'><b style='mso-bidi-font-weight:normal'>Vi vil </b>n&aring;
<i>alle</i> skolene &ndash; se <a href="https://a.example/liste"><span
style='color:blue'>lista</span></a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>M&oslash;re og <a href="javascript:alert(1)">Romsdal</a></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·&nbsp;</span><![endif]>Nordland</p><p class=MsoNormal>Pris: 2 * 3</p><!--EndFragment-->
</body></html>"""
CLEAN = """**Vi vil** nå *alle* skolene – se [lista](https://a.example/liste).

- Møre og Romsdal
- Nordland

Pris: 2 \\* 3"""


@pytest.fixture
def section(people: Cast) -> Section:
    return make.document("planen", people.hf, state="draft").sections.create(kind="purpose", text="Før.")


def open_text(page: Page, people: Cast, section: Section, address: str) -> Any:
    log_in(page.context, people.adviser, address)
    page.goto(f"{address}/avsnitt/{section.pk}/endre/")
    field = page.get_by_label("Tekst", exact=True)
    field.select_text()  # what is pasted comes in its place
    return field


def test_words_from_word_become_markdown_and_are_read_as_they_looked(
    live_server: Any, page: Page, people: Cast, section: Section
) -> None:
    field = open_text(page, people, section, live_server.url)
    page.evaluate(PASTE, [WORD, "Vi vil nå alle"])
    expect(field).to_have_value(CLEAN)
    page.keyboard.press("Control+Z")
    expect(field).to_have_value("Før.")
    field.select_text()
    page.evaluate(PASTE, [WORD, "Vi vil nå alle"])
    page.get_by_role("button", name="Lagre", exact=True).last.click()
    expect(page.locator(f"#rad-avsnitt-{section.pk} .editor-words li")).to_have_text(["Møre og Romsdal", "Nordland"])
    section.refresh_from_db()
    assert section.text.replace("\r\n", "\n") == CLEAN


def test_what_is_copied_from_a_page_with_the_keyboard_keeps_its_list(
    live_server: Any, page: Page, context: BrowserContext, people: Cast, section: Section
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    field = open_text(page, people, section, live_server.url)
    page.evaluate(
        """async (html) => navigator.clipboard.write([new ClipboardItem({
          "text/html": new Blob([html], {type: "text/html"})})])""",
        "<h2>Slik</h2><ol><li>én</li><li><strong>to</strong><ul><li>under</li></ul></li></ol>",
    )
    field.focus()
    page.keyboard.press("Control+V")
    expect(field).to_have_value("Slik\n\n1. én\n2. **to**\n  - under")


def test_plain_words_lose_bullets_of_other_programs_and_hidden_letters(
    live_server: Any, page: Page, people: Cast, section: Section
) -> None:
    field = open_text(page, people, section, live_server.url)
    page.evaluate(PASTE, ["", "•\tførste\u00a0punkt\r\n•\tan\u00addre punkt"])
    expect(field).to_have_value("- første punkt\n- andre punkt")
