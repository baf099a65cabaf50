"""A reporting round in the browser: opened, answered by two departments and closed, by the keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from annual_wheel import opening
from config.lib import clock
from planning.models import Measure, MeasureResponsibility, ReportingRound, StatusReport
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.e2e.test_turning import tab_to_id
from tests.e2e.test_wheel import log_in, tab_to
from tests.matrix import NOW

STATUS, ROUNDS = "/planer/planen/status/", "/planer/planen/runder/"


@pytest.fixture
def plan(transactional_db: None) -> Cast:
    """Two measures of the departments, one of them carried out by an entry of the year that is."""
    cast, today = make_cast(), clock.today()
    plan = make.document("planen", cast.hf, title="Planen")
    for position, key in enumerate(("brev", "messe")):
        measure = make.measure(plan, key=key, text=f"Tiltak {key}", position=position)
        MeasureResponsibility.objects.create(measure=measure, group=cast.departments)
    wheel = make.wheel("hf", cast.hf, title="Årshjul HF", document=plan)
    make.entry(wheel, cast.departments, text="Sende brev").measures.add(Measure.objects.get(key="brev"))
    opening.open_year(wheel, year=today.year, by=cast.adviser, now=NOW, today=today.replace(month=1, day=1))
    return cast


def as_another(page: Page, live_server: LiveServer, email: str) -> None:
    page.context.clear_cookies()
    log_in(page, live_server, email)


def report_alone(page: Page, key: str, state: str, words: str) -> None:
    """Report on one measure from the list, and come back to its button."""
    expect(page.get_by_role("heading", name="Hvor står tiltakene?", level=1)).to_be_visible()
    tab_to_id(page, f"rapporter-{key}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Rapporter", level=1)).to_be_visible()
    page.get_by_label(state, exact=True).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type(words)
    tab_to_id(page, "lagre-rapport")
    page.keyboard.press("Enter")


def test_a_round_from_opening_through_two_units_to_closing(live_server: LiveServer, page: Page, plan: Cast) -> None:
    log_in(page, live_server, "dean@hf.example")
    page.goto(live_server.url + ROUNDS)
    tab_to(page, "Åpne en runde")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Åpne en rapporteringsrunde", level=1)).to_be_visible()
    tab_to_id(page, "edit-save")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Runden er åpen. Enhetene ser den på Mitt arbeid.")).to_be_visible()
    as_another(page, live_server, "coordinator@hf.example")
    tab_to(page, "Rapporter for Planen")
    page.keyboard.press("Enter")
    report_alone(page, "brev", "Gjennomført", "Alle har fått brev")
    expect(page.locator("#clashes")).to_be_focused()
    expect(page.locator("#clashes")).to_contain_text("Meldt gjennomført, men 1 av 1")
    tab_to(page, "Lagre likevel")
    page.keyboard.press("Enter")
    expect(page.locator("#rapporter-brev")).to_be_focused()
    expect(page.locator("#rad-brev")).to_contain_text("IHK har rapportert i runden")
    report_alone(page, "messe", "I gang", "Standen er bestilt")
    expect(page.get_by_text("2 av 2 tiltak er rapportert")).to_be_visible()
    page.get_by_role("button", name="Vi er ferdige").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("IHK er meldt ferdig. Takk for rapportene.")).to_be_visible()
    page.goto(f"{live_server.url}{STATUS}?enhet=isl")
    for key in ("brev", "messe"):
        tab_to_id(page, f"velg-{key}")
        page.keyboard.press("Space")
    page.get_by_label("Forsinket", exact=True).focus()
    page.keyboard.press("Space")
    tab_to_id(page, "lagre-flere")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 rapporter er lagret.")).to_be_visible()
    tab_to_id(page, "ferdig")
    page.keyboard.press("Enter")
    expect(page.get_by_text("ISL er meldt ferdig. Takk for rapportene.")).to_be_visible()
    as_another(page, live_server, "dean@hf.example")
    page.goto(live_server.url + ROUNDS)
    page.get_by_role("link", name=str(clock.today().year)).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 av 3 enheter er ferdige")).to_be_visible()
    tab_to(page, "Lukk runden")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Fristen er ikke ute ennå")).to_be_visible()
    tab_to_id(page, "lukk")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Runden er lukket. Det som ble rapportert, er tatt vare på.")).to_be_visible()
    page.wait_for_load_state("networkidle")
    frozen = ReportingRound.objects.get().frozen
    assert frozen is not None
    assert [(row["measure"], row["state"], len(row["reports"])) for row in frozen["measures"]] == [
        ("brev", "late", 2),
        ("messe", "late", 2),
    ]


def test_reporting_without_script(
    live_server: LiveServer, browser: Browser, browser_context_args: dict[str, str], plan: Cast
) -> None:
    context = browser.new_context(**{**browser_context_args, "java_script_enabled": False})  # type: ignore[arg-type]
    page = context.new_page()
    log_in(page, live_server, "coordinator@hf.example")
    page.goto(f"{live_server.url}/tiltak/brev/")
    page.get_by_text("Rapporter status").click()
    page.locator("#status").get_by_label("Stoppet", exact=True).check()
    page.locator("#status").get_by_role("button", name="Lagre rapporten").click()
    expect(page.locator("#error-summary")).to_contain_text("Skriv hvorfor tiltaket er stoppet.")
    page.get_by_label("Hva er gjort?").fill("Ingen leser brev")
    page.get_by_role("button", name="Lagre rapporten").click()
    expect(page.locator("#clashes")).to_contain_text("Meldt stoppet, men 1 av 1")
    page.get_by_role("button", name="Lagre likevel").click()
    expect(page.locator("#status")).to_contain_text("Ingen leser brev")
    assert StatusReport.objects.get().state == "stopped"
    context.close()


def test_axe_finds_nothing_and_a_phone_is_wide_enough(
    live_server: LiveServer, page: Page, plan: Cast, violations: Callable[[Page], list[str]]
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    log_in(page, live_server, "dean@hf.example")
    for path in (f"{STATUS}?enhet=hf", ROUNDS, f"{ROUNDS}ny/", "/planer/planen/evaluering/2026/", "/tiltak/brev/"):
        page.goto(live_server.url + path)
        assert (path, violations(page)) == (path, [])
        assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, 360)
    box = page.locator("#rapporter").bounding_box()
    assert box is not None
    assert box["height"] >= 44


def test_a_phone_shows_the_figures_of_a_row_on_one_line_and_leaves_out_those_that_say_nothing(
    live_server: LiveServer, page: Page, plan: Cast
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    log_in(page, live_server, "adviser@hf.example")
    day = clock.today()
    asked = ReportingRound.objects.create(
        document=Measure.objects.get(key="brev").document,
        from_on=day.replace(month=1, day=1),
        to_on=day.replace(month=12, day=31),
        due_on=day,
        opened_at=NOW,
        opened_by=plan.adviser,
    )
    page.goto(f"{live_server.url}{ROUNDS}{asked.pk}/")
    row = page.locator(".round-measures tbody tr").first
    now, ticked = row.locator("td[data-label='Nå']"), row.locator("td[data-label='Kvittert ut']")
    boxes = [part.bounding_box() for part in (now, ticked)]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] == boxes[1]["y"]
    finished = page.locator("td[data-label='Ferdig']")
    assert finished.count() > 0
    assert page.locator("td[data-label='Ferdig']:visible").count() == 0
