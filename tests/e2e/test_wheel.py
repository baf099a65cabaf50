"""Ticking off by the keyboard alone, and without script."""

import re
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from annual_wheel import opening
from annual_wheel.models import Task, Wheel
from config.lib import clock
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.matrix import NOW


@pytest.fixture
def work(transactional_db: None) -> Cast:
    """Two things to do in the month that is, for each department, and a deadline."""
    cast, today = make_cast(), clock.today()
    wheel = make.wheel("hf", cast.hf, title="Årshjul HF")
    end = f"{today.day}.{today.month}."
    make.entry(wheel, cast.departments, key="lister", text="Pensumlister", month=today.month, when_words=end)
    make.entry(wheel, cast.ihk, key="nett", text="Nettsider", month=today.month, when_words=end, position=1)
    make.entry(wheel, key="frist", text="Søknadsfrist", kind="deadline", ticks="none", when_words="15. april")
    make.entry(wheel, cast.hf, key="ringer", text="Nyheter", kind="ongoing", month=1, when_words="løpende")
    opening.open_year(wheel, year=today.year, by=cast.adviser, now=NOW, today=date(today.year, 1, 1))
    return cast


def log_in(page: Page, live_server: LiveServer, email: str) -> None:
    page.goto(f"{live_server.url}/konto/login/?next=/mitt-arbeid/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(make.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mitt arbeid", level=1)).to_be_visible()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText.trim()"))


def tab_to(page: Page, words: str, presses: int = 60) -> None:
    """Press Tab until the control that says this has focus."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        if focused(page).startswith(words):
            return
    raise AssertionError(f"{words} is not reached by Tab")


def test_a_coordinator_ticks_and_undoes_by_keyboard_alone(live_server: LiveServer, page: Page, work: Cast) -> None:
    log_in(page, live_server, "coordinator@hf.example")
    expect(page.get_by_text("3 oppgaver", exact=True)).to_be_visible()
    tab_to(page, "Kvitter ut")
    control = page.evaluate("document.activeElement.id")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{control}")).to_contain_text("Angre")
    expect(page.locator("#announcer")).to_have_text(re.compile("^Kvittert ut: "))
    assert page.evaluate("document.activeElement.id") == control
    expect(page.get_by_text("2 oppgaver", exact=True)).to_be_visible()
    task = Task.objects.get(status="done")
    assert task.done_by == work.coordinator
    page.keyboard.press("Enter")
    expect(page.locator(f"#{control}")).to_contain_text("Kvitter ut")
    assert page.evaluate("document.activeElement.id") == control
    expect(page.get_by_text("3 oppgaver", exact=True)).to_be_visible()
    assert [row.history_change_reason for row in task.history.all()[:2]] == ["Angret.", "Kvittert ut."]


def test_a_form_opens_in_its_row_and_gives_focus_back(live_server: LiveServer, page: Page, work: Cast) -> None:
    log_in(page, live_server, "coordinator@hf.example")
    tab_to(page, "Merknad")
    link = page.evaluate("document.activeElement.id")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Merknad", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".task-form")).to_have_count(0)
    expect(page.locator(f"#{link}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Merknad", exact=True)).to_be_focused()
    page.keyboard.type("Sendt")
    page.keyboard.press("Escape")  # what is typed is not thrown away
    expect(page.get_by_label("Merknad", exact=True)).to_have_value("Sendt")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#announcer")).to_have_text("Merknaden er lagret.")
    expect(page.locator(f"#{link}")).to_be_focused()
    expect(page.locator(".task-note")).to_have_text("Sendt")
    page.keyboard.press("Tab")
    assert focused(page).startswith("Ikke aktuelt hos oss")
    other = page.evaluate("document.activeElement.id")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Hvorfor er det ikke aktuelt?")).to_be_focused()
    page.get_by_role("link", name="Avbryt").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".task-form")).to_have_count(0)
    expect(page.locator(f"#{other}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Hvorfor er det ikke aktuelt?")).to_be_focused()
    page.keyboard.type("Vi har ingen")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{link.replace('-note', '-do')}")).to_be_focused()
    assert focused(page).startswith("Angre")
    assert Task.objects.get(status="not_relevant").reason == "Vi har ingen"


def test_the_same_without_script(
    live_server: LiveServer, browser: Browser, browser_context_args: dict[str, str], work: Cast
) -> None:
    context = browser.new_context(**{**browser_context_args, "java_script_enabled": False})  # type: ignore[arg-type]
    page = context.new_page()
    log_in(page, live_server, "coordinator@hf.example")
    page.get_by_role("button", name=re.compile(r"^Kvitter ut «Nettsider")).click()
    expect(page.get_by_text("Kvittert ut: Nettsider")).to_be_visible()
    expect(page.get_by_text("2 oppgaver", exact=True)).to_be_visible()
    assert Task.objects.get(status="done").unit == work.ihk
    page.get_by_role("button", name=re.compile(r"^Angre «Nettsider")).click()
    expect(page.get_by_text("3 oppgaver", exact=True)).to_be_visible()
    row = page.locator("li.work", has_text="Nettsider")
    row.get_by_role("link", name=re.compile("^Ikke aktuelt hos oss")).click()
    expect(page.get_by_role("heading", name="Ikke aktuelt hos oss", level=1)).to_be_visible()
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv kort hvorfor det ikke er aktuelt hos dere.")
    page.get_by_label("Hvorfor er det ikke aktuelt?").fill("Vi har ingen")
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_text("2 oppgaver", exact=True)).to_be_visible()
    assert Task.objects.get(status="not_relevant").reason == "Vi har ingen"
    context.close()


def test_the_first_press_lies_on_a_phone_s_first_screen(live_server: LiveServer, page: Page, work: Cast) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    log_in(page, live_server, "coordinator@hf.example")
    box = page.get_by_role("button", name=re.compile("^Kvitter ut")).first.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["y"] + box["height"] < 740 - 64
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_middle_of_the_wheel_tells_what_has_focus(live_server: LiveServer, page: Page, work: Cast) -> None:
    log_in(page, live_server, "adviser@hf.example")
    page.goto(f"{live_server.url}/aarshjul/hf/{clock.today().year}/")
    mark = page.get_by_role("link", name=re.compile(r"^\d+\. Frist: Søknadsfrist"))
    mark.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(mark.locator(".wheel-tip")).to_be_visible()
    expect(page.locator(".wheel-middle")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/aarshjul/punkt/frist/$"))


def test_picture_and_list_light_each_other_up(live_server: LiveServer, page: Page, work: Cast) -> None:
    log_in(page, live_server, "adviser@hf.example")
    page.goto(f"{live_server.url}/aarshjul/hf/{clock.today().year}/")
    mark = page.get_by_role("link", name=re.compile(r"^\d+\. Frist: Søknadsfrist"))
    row = page.locator(".twin-rows li", has_text="Søknadsfrist")
    mark.focus()
    expect(row).to_have_class(re.compile("is-lit"))
    expect(page.locator(".twin-rows .is-lit")).to_have_count(1)
    row.get_by_role("link").focus()
    expect(mark).to_have_class(re.compile("is-lit"))


def test_a_finger_on_a_month_opens_it(live_server: LiveServer, page: Page, work: Cast) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    log_in(page, live_server, "adviser@hf.example")
    page.goto(f"{live_server.url}/aarshjul/hf/{clock.today().year}/")
    page.locator(".wheel-ground a", has_text="april").locator("text").click()
    expect(page).to_have_url(re.compile(r"\?maaned=4$"))
    expect(page.get_by_role("heading", name=re.compile("^April"))).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize(("query", "part"), [("", ".wheel-figure"), ("?vis=liste", ".year-table")])
def test_the_year_itself_begins_on_a_phone_s_first_screen(
    live_server: LiveServer, page: Page, work: Cast, query: str, part: str
) -> None:
    Wheel.objects.filter(slug="hf").update(title="Årshjul for rekruttering ved fakultetet")
    page.set_viewport_size({"width": 360, "height": 740})
    log_in(page, live_server, "coordinator@hf.example")
    page.goto(f"{live_server.url}/aarshjul/hf/{clock.today().year}/{query}")
    box = page.locator(part).bounding_box()
    assert box is not None
    assert box["y"] <= 420
    for name in ("Lag plakat", "Få det i kalenderen"):
        size = page.get_by_role("link", name=name).bounding_box()
        assert size is not None
        assert min(size["width"], size["height"]) >= 44
