"""The adviser changes a measure with the keyboard alone, and without script."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from planning.models import Measure
from strategy.models import Document
from strategy.services import freeze
from tests import factories as make
from tests.cast import Cast
from tests.e2e.session import log_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan(people: Cast) -> Document:
    plan = make.document("planen", people.hf, title="Planen", state="draft")
    goal = make.goal(plan, text="Søkerne finner oss")
    for text in ("Besøke skolene", "Skrive til rådgiverne"):
        make.measure(plan, goal, text=text, position=len(text))
    return plan


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_escape_in_the_moment_the_form_comes_leaves_it_in_place(
    live_server: Any, page: Page, people: Cast, plan: Document
) -> None:
    measure = plan.measures.get(text="Besøke skolene")  # type: ignore[attr-defined]
    log_in(page.context, people.adviser, live_server.url)
    page.goto(f"{live_server.url}/planer/planen/rediger/")
    page.evaluate(
        """() => {
          window.isSamePage = true;
          const press = () => document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
          document.addEventListener("htmx:afterSwap", () => {
            document.body.toggleAttribute("data-form-has-come", document.getElementById("edit") !== null);
            setTimeout(press);
          }, { once: true });
        }"""
    )
    page.locator(f"#endre-{measure.key}").focus()
    page.keyboard.press("Enter")
    expect(page.locator("body[data-form-has-come]")).to_have_count(1)
    expect(page.locator("#edit")).to_have_count(0)
    expect(page.locator(f"#endre-{measure.key}")).to_be_focused()
    assert page.evaluate("window.isSamePage")


def test_a_measure_is_changed_with_the_keyboard_alone(
    live_server: Any, page: Page, people: Cast, plan: Document, violations: Callable[[Page], list[str]]
) -> None:
    measure = plan.measures.get(text="Besøke skolene")  # type: ignore[attr-defined]
    log_in(page.context, people.adviser, live_server.url)
    page.goto(f"{live_server.url}/planer/planen/rediger/")
    assert violations(page) == []

    page.locator(f"#endre-{measure.key}").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Tiltak", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(f"#endre-{measure.key}")).to_be_focused()

    page.keyboard.press("Enter")
    expect(page.get_by_label("Tiltak", exact=True)).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("Besøke alle skolene")
    page.keyboard.press("Escape")  # what is typed is not thrown away
    expect(page.get_by_label("Tiltak", exact=True)).to_have_value("Besøke alle skolene")
    assert violations(page) == []

    page.keyboard.press("Tab")
    expect(page.get_by_label("Hvem har ansvaret?")).to_be_focused()
    page.keyboard.type("Instituttene i samråd med stud")
    expect(page.locator("#responsible-read li")).to_have_text(["ansvarlig: Instituttene"])
    expect(page.locator("#responsible-read")).to_contain_text("Mente du «Studentene»?")
    offers = page.locator("#responsible-options option")
    assert "Instituttene i samråd med Studentene" in offers.evaluate_all("all => all.map(one => one.value)")
    page.keyboard.type("entene")
    expect(page.locator("#responsible-read li")).to_have_text(["ansvarlig: Instituttene", "sammen med: Studentene"])
    page.get_by_text("Forpliktelse, hvor ofte og hvor mye").focus()
    page.keyboard.press("Enter")
    page.locator("[name='frequency']").focus()
    page.keyboard.type("hvert år")
    page.keyboard.press("Enter")
    expect(page.locator(f"#endre-{measure.key}")).to_be_focused()
    expect(page.locator(f"#rad-{measure.key}")).to_contain_text("Besøke alle skolene")
    expect(page.locator(f"#rad-{measure.key}")).to_contain_text("ansvarlig: Instituttene")

    page.locator(f"#ned-{measure.key}").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".editor-row[data-kind='measure']").last).to_contain_text("Besøke alle skolene")
    assert focused(page) == f"ned-{measure.key}"
    measure.refresh_from_db()
    assert (measure.text, measure.frequency) == ("Besøke alle skolene", "hvert år")


def test_a_measure_is_taken_out_and_brought_back(live_server: Any, page: Page, people: Cast, plan: Document) -> None:
    measure = plan.measures.get(text="Besøke skolene")  # type: ignore[attr-defined]
    log_in(page.context, people.adviser, live_server.url)
    page.goto(f"{live_server.url}/planer/planen/rediger/")
    page.locator(f"#mer-{measure.key}").click()
    page.locator(f"#ut-{measure.key}").click()
    expect(page.locator("#messages")).to_contain_text("Tatt ut: «Besøke skolene»")
    expect(page.locator("#rad-" + measure.key)).to_contain_text("Hent tilbake")
    page.locator("#messages").get_by_role("button", name="Angre").click()
    expect(page.locator(f"#endre-{measure.key}")).to_be_visible()


def test_a_measure_is_changed_without_script(live_server: Any, browser: Browser, people: Cast, plan: Document) -> None:
    context = browser.new_context(java_script_enabled=False, locale="nb-NO")
    log_in(context, people.adviser, live_server.url)
    page = context.new_page()
    page.goto(f"{live_server.url}/planer/planen/rediger/")
    page.get_by_role("link", name="Endre Besøke skolene").click()
    page.get_by_label("Tiltak", exact=True).fill("Besøke alle skolene")
    page.get_by_label("Hvem har ansvaret?").fill("Instituttene og Festkomiteen")
    page.get_by_role("button", name="Se hvordan det forstås").click()
    expect(page.locator("#responsible-read")).to_contain_text("ansvarlig: Instituttene")
    expect(page.locator("#responsible-read")).to_contain_text("Fant ingen enhet eller gruppe i «og Festkomiteen».")
    expect(page.get_by_label("Tiltak", exact=True)).to_have_value("Besøke alle skolene")
    page.locator("[name='lines-1-party']").fill("Institutt for musikk")
    page.get_by_role("button", name="Flytt linje 2 opp").click()
    page.get_by_label("Hvorfor endrer du dette?").fill("Etter seminaret")
    page.get_by_role("button", name="Lagre", exact=True).last.click()
    expect(page).to_have_url(f"{live_server.url}/planer/planen/rediger/?ved={_key()}#rad-{_key()}")
    measure = Measure.objects.get(text="Besøke alle skolene")
    assert [line.party.name for line in measure.responsibilities.all()] == ["Institutt for musikk", "Instituttene"]
    assert measure.history.latest().history_change_reason == "Etter seminaret"
    context.close()


def _key() -> str:
    return Measure.objects.get(text="Besøke alle skolene").key


def test_a_date_is_read_while_it_is_typed(
    live_server: Any, page: Page, people: Cast, violations: Callable[[Page], list[str]]
) -> None:
    make.wheel("hf", people.hf)
    log_in(page.context, people.adviser, live_server.url)
    page.goto(f"{live_server.url}/aarshjul/hf/rediger/nytt-punkt/?maned=10")
    page.get_by_label("Når", exact=True).press_sequentially("medio oktobe")
    expect(page.locator("#when-read")).to_contain_text("Mente du «medio oktober»?")
    page.get_by_label("Når", exact=True).press_sequentially("r")
    expect(page.locator("#when-read")).to_contain_text("tidligst 11.10., senest 20.10.")
    assert focused(page) == "id_when_words"
    assert violations(page) == []


def test_a_measure_is_put_in_the_wheel_in_its_place(
    live_server: Any, page: Page, people: Cast, plan: Document, violations: Callable[[Page], list[str]]
) -> None:
    measure = plan.measures.get(text="Besøke skolene")  # type: ignore[attr-defined]
    make.wheel("hjulet", people.hf, title="Hjulet", document=plan)
    log_in(page.context, people.adviser, live_server.url)
    page.goto(f"{live_server.url}/planer/planen/rediger/")
    page.locator(f"#mer-{measure.key}").click()
    page.get_by_role("link", name="Legg i årshjulet").first.click()
    expect(page.locator("#edit")).to_contain_text("Nytt punkt")
    expect(page.locator(f"#rad-{measure.key} #edit")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Når", exact=True).fill("medio oktober")
    page.locator("#edit-save").click()
    expect(page.locator(f"#rad-{measure.key}")).to_contain_text("I årshjulet: Besøke skolene")
    expect(page.locator(f"#endre-{measure.key}")).to_be_focused()
    assert page.url == f"{live_server.url}/planer/planen/rediger/"
    assert [entry.text for entry in measure.entries.all()] == ["Besøke skolene"]


def test_pressing_the_words_of_a_row_opens_its_form(live_server: Any, page: Page, people: Cast, plan: Document) -> None:
    goal = plan.goals.get()
    log_in(page.context, people.adviser, live_server.url)
    page.goto(f"{live_server.url}/planer/{plan.slug}/rediger/")
    page.locator(f"#linje-{goal.key} .editor-words").click()
    expect(page.locator("#edit #id_text")).to_have_value(goal.text)
    expect(page.locator("#edit #id_text")).to_be_focused()


@pytest.mark.parametrize("kind", ["goal", "measure"])
def test_the_first_change_of_what_holds_leaves_one_at_the_row(
    live_server: Any, page: Page, people: Cast, plan: Document, kind: str
) -> None:
    """The answer brings a notice and a button too, each in a place of its own."""
    Document.objects.update(state="in_force")
    plan.refresh_from_db()
    freeze(plan, by=people.dean, now=timezone.now())
    item: Any = plan.goals.get() if kind == "goal" else Measure.objects.first()
    log_in(page.context, people.dean, live_server.url)
    page.goto(f"{live_server.url}/planer/{plan.slug}/rediger/")
    page.locator(f"#endre-{item.key}").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#edit #id_text")).to_be_focused()
    page.keyboard.type(" Nytt.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#standing")).to_contain_text("Teksten er endret siden vedtaket")
    expect(page.locator("#adopting")).to_contain_text("Vedta")
    expect(page.locator(f"#endre-{item.key}")).to_be_focused()
