"""A plan is adopted, revised and adopted anew, and the difference read; a department builds its own plan on it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from config.lib import clock
from planning.models import MeasureResponsibility
from strategy.models import Document, Goal
from tests import factories as make
from tests.cast import Cast
from tests.e2e.session import log_in

PLAN = "/planer/planen/"


@pytest.fixture
def draft(people: Cast) -> Document:
    draft = make.document("planen", people.hf, title="Planen", state="draft")
    goal = make.goal(draft, key="maalet", text="Søkerne finner oss", status="proposed")
    visits = make.measure(draft, goal, key="besok", text="Besøke skolene", status="proposed")
    MeasureResponsibility.objects.create(measure=visits, group=people.departments, wording="Instituttene")
    return draft


@pytest.fixture
def as_person(browser: Browser, live_server: LiveServer) -> Iterator[Callable[[Any], Page]]:
    said: list[str] = []
    contexts: list[BrowserContext] = []

    def enter(person: Any) -> Page:
        context = browser.new_context(locale="nb-NO", timezone_id="Europe/Oslo", base_url=live_server.url)
        contexts.append(context)
        context.on("console", lambda message: said.append(f"{person}: {message.text}"))
        log_in(context, person, live_server.url)
        return context.new_page()

    yield enter
    for context in contexts:
        context.close()
    assert said == []


def adopt(page: Page, case_number: str) -> None:
    page.goto(f"{PLAN}vedta/")
    page.get_by_label("Vedtatt av").fill("Dekanen")
    page.locator("#id_decided_on").fill(clock.today().isoformat())
    page.get_by_label("Saksnummer").fill(case_number)
    page.get_by_role("button", name="Vedta", exact=True).press("Enter")
    expect(page.locator("#messages")).to_contain_text("er det alle leser fra nå av")


def reword_the_goal(page: Page, text: str, why: str) -> None:
    page.goto("/mal/maalet/endre/")
    page.get_by_label("Mål", exact=True).fill(text)
    page.get_by_label("Hvorfor endrer du dette?").fill(why)
    page.get_by_role("button", name="Lagre", exact=True).last.press("Enter")
    expect(page.locator("#messages")).to_contain_text("Lagret.")


def test_from_adoption_to_a_departments_plan_that_follows_the_revision(
    people: Cast, draft: Document, as_person: Callable[[Any], Page], violations: Callable[[Page], list[str]]
) -> None:
    leader = make.user("leder@ihk.example", ("leader", people.ihk), name="Instituttleder")
    dean, adviser, department, reader = (
        as_person(person) for person in (people.dean, people.adviser, leader, people.outsider)
    )
    adopt(dean, "2026/1")

    department.goto("/planer/enheter/")
    department.get_by_role("button", name="Bygg den på fakultetets plan").press("Enter")
    expect(department.get_by_role("heading", level=1)).to_have_text("Planen – IHK")
    inherited = department.locator(".inherited")
    expect(inherited).to_contain_text("IHK gjennomfører 1 tiltak der.")
    expect(inherited.get_by_role("link", name="Besøke skolene")).to_be_visible()
    assert violations(department) == []
    theirs = department.url

    reword_the_goal(adviser, "Flere søkere finner oss", "Etter seminaret")
    reader.goto(PLAN)
    expect(reader.locator("#maalet")).to_contain_text("Søkerne finner oss")
    department.goto(theirs)
    expect(department.get_by_text("er endret siden dere sist så på den")).to_have_count(0)
    adopt(dean, "2026/2")

    reader.goto(PLAN)
    expect(reader.locator("#maalet")).to_contain_text("Flere søkere finner oss")
    reader.get_by_role("link", name="Se hva som er endret").press("Enter")
    expect(reader.locator(".compared > li")).to_have_count(1)
    expect(reader.locator(".compared del")).to_contain_text("Søkerne")
    expect(reader.locator(".compared ins")).to_contain_text("Flere søkere")
    assert violations(reader) == []

    department.goto(theirs)
    department.get_by_role("link", name="Se hva som er endret", exact=True).first.press("Enter")
    expect(department.locator(".compared")).to_contain_text("Flere søkere")
    assert violations(department) == []
    department.get_by_role("button", name="Sett").press("Enter")
    expect(department.locator("#messages")).to_contain_text("Merket som sett.")
    expect(department.get_by_text("er endret siden dere sist så på den")).to_have_count(0)


def test_a_text_comes_back_from_the_history_and_a_misspelt_word_is_corrected(
    people: Cast, draft: Document, as_person: Callable[[Any], Page], violations: Callable[[Page], list[str]]
) -> None:
    dean, adviser, reader = (as_person(person) for person in (people.dean, people.adviser, people.outsider))
    reword_the_goal(adviser, "Sökerne finner oss", "Feil tast")
    adopt(dean, "2026/1")
    adviser.goto("/mal/maalet/")
    adviser.get_by_role("link", name="Rett en skrivefeil").press("Enter")
    assert violations(adviser) == []
    adviser.get_by_label("Mål", exact=True).fill("Søkerne finner oss")
    adviser.get_by_label("Hva har du rettet?").fill("ø for ö")
    adviser.get_by_role("button", name="Rett", exact=True).press("Enter")
    expect(adviser.locator("#messages")).to_contain_text("Rettet. Utgave 2 er det alle leser fra nå av.")
    reader.goto(PLAN)
    expect(reader.locator("#maalet")).to_contain_text("Søkerne finner oss")
    expect(reader.locator(".facts")).to_contain_text("sak 2026/1")

    reword_the_goal(adviser, "Noe helt annet", "Prøver")
    adviser.goto("/mal/maalet/endringer/")
    assert violations(adviser) == []
    step = adviser.locator(".compare").filter(has_text="Noe helt annet")
    step.get_by_role("button", name="Hent tilbake denne teksten").press("Enter")
    expect(adviser.locator("#messages")).to_contain_text("Hentet tilbake.")
    assert Goal.objects.get().text == "Søkerne finner oss"
    adviser.get_by_role("button", name="Angre").press("Enter")
    expect(adviser.locator("#messages")).to_contain_text("Hentet tilbake.")
    assert Goal.objects.get().text == "Noe helt annet"
