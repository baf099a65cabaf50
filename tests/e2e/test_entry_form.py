"""An entry of the wheel is written on one screen: with the keyboard alone, without script, and on a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from annual_wheel.models import Entry, Wheel
from tests import factories as make
from tests.cast import Cast
from tests.e2e.test_editing import focused, log_in

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "/aarshjul/hf/rediger/nytt-punkt/?maned=10"
PHONE: ViewportSize = {"width": 360, "height": 740}


@pytest.fixture
def wheel(people: Cast) -> Wheel:
    wheel = make.wheel("hf", people.hf)
    for position, text in enumerate(("Bestille buss", "Besøke skolene", "Skrive rapport")):
        make.entry(wheel, people.departments, text=text, position=position, month=10, when_words="uke 42")
    return wheel


def said(entry: Entry) -> list[tuple[str, str, str]]:
    return [(line.party.slug, line.relation, line.wording) for line in entry.responsibilities.all()]  # type: ignore[attr-defined]


def test_a_new_entry_with_the_keyboard_alone(
    live_server: Any, page: Page, people: Cast, wheel: Wheel, violations: Callable[[Page], list[str]]
) -> None:
    log_in(page.context, people.adviser, live_server.url)
    page.goto(f"{live_server.url}/aarshjul/hf/rediger/")
    page.locator("#entry_new-10").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_text")).to_be_focused()
    page.keyboard.type("Ringe søkerne")
    page.keyboard.press("Tab")
    page.keyboard.type("ca. 15. oktober")
    expect(page.locator("#when-read")).to_contain_text("tidligst 12.10., senest 18.10.")
    page.keyboard.press("Tab")
    assert focused(page) == "id_responsible"
    page.keyboard.type("Instituttene i samråd med Stud")
    expect(page.locator("#responsible-read")).to_contain_text("Mente du «Studentene»?")
    offered = page.locator("#responsible-options option")
    expect(offered).to_have_attribute("value", "Instituttene i samråd med Studentene")
    page.keyboard.type("entene")
    expect(page.locator("#responsible-read li")).to_have_text(["ansvarlig: Instituttene", "sammen med: Studentene"])
    expect(offered).to_have_count(0)
    assert focused(page) == "id_responsible"
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("Lagret.")
    entry = wheel.entries.get(text="Ringe søkerne")
    expect(page.locator(f"#endre-{entry.key}")).to_be_focused()
    assert (entry.month, entry.when_words) == (10, "ca. 15. oktober")
    assert said(entry) == [
        ("instituttene", "lead", "Instituttene"),
        ("studentene", "with", "i samråd med Studentene"),
    ]


def test_a_new_entry_without_script(live_server: Any, browser: Browser, people: Cast, wheel: Wheel) -> None:
    context = browser.new_context(java_script_enabled=False, locale="nb-NO", viewport=PHONE)
    log_in(context, people.adviser, live_server.url)
    page = context.new_page()
    page.goto(f"{live_server.url}{NEW}")
    page.get_by_label("Hva", exact=True).fill("Ringe søkerne")
    page.get_by_label("Når", exact=True).fill("uka etter påske")
    page.get_by_label("Hvem har ansvaret?").fill("Instituttene og Festkomiteen")
    page.locator("#edit-save").click()
    expect(page.locator("#error-summary")).to_contain_text("Fant ingen enhet eller gruppe i «og Festkomiteen».")
    expect(page.locator("#responsible-read")).to_contain_text("ansvarlig: Instituttene")
    expect(page.get_by_label("Hvem har ansvaret?")).to_have_value("Instituttene og Festkomiteen")
    expect(page.locator("[name='lines-1-party']")).to_be_visible()
    page.locator("[name='lines-1-party']").fill("Studentene")
    page.locator("#edit-save").click()
    entry = wheel.entries.get(text="Ringe søkerne")
    expect(page).to_have_url(f"{live_server.url}/aarshjul/hf/rediger/?ved={entry.key}#rad-{entry.key}")
    assert said(entry) == [
        ("instituttene", "lead", "Instituttene"),
        ("studentene", "lead", "og Festkomiteen"),
    ]
    context.close()


def test_one_stays_where_an_entry_was_taken_out(live_server: Any, page: Page, people: Cast, wheel: Wheel) -> None:
    first, second, third = wheel.entries.all()
    for month in (1, 2, 3, 11, 12):
        for _ in range(4):
            make.entry(wheel, month=month, position=9)
    log_in(page.context, people.adviser, live_server.url)
    page.goto(f"{live_server.url}/aarshjul/hf/rediger/")
    for entry, stays in ((second, f"endre-{third.key}"), (third, f"endre-{first.key}"), (first, "entry_new-10")):
        page.locator(f"#mer-{entry.key}").focus()
        page.keyboard.press("Enter")
        page.locator(f"#ut-{entry.key}").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#messages")).to_contain_text(f"Tatt ut: «{entry.text}»")
        expect(page.locator(f"#{stays}")).to_be_focused()
        expect(page.locator(f"#{stays}")).to_be_in_viewport()
        expect(page.locator(f"#tilbake-{entry.key}")).not_to_be_in_viewport()


def test_a_phone_has_the_form_on_two_screens_and_the_button_at_hand(
    live_server: Any, page: Page, people: Cast, wheel: Wheel
) -> None:
    page.set_viewport_size(PHONE)
    log_in(page.context, people.adviser, live_server.url)
    page.goto(f"{live_server.url}{NEW}")
    assert page.evaluate("document.documentElement.scrollHeight") <= 2 * PHONE["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for place in ("0", "300", "document.documentElement.scrollHeight"):
        page.evaluate(f"scrollTo(0, {place})")
        expect(page.locator("#edit-save")).to_be_in_viewport(ratio=1)
    places = page.locator(".places").bounding_box()
    button = page.locator("#edit-save").bounding_box()
    assert places
    assert button
    assert button["y"] + button["height"] <= places["y"]
    assert page.locator(".fold[open]").count() == 0


def test_an_error_opens_what_it_is_folded_into(live_server: Any, page: Page, people: Cast, wheel: Wheel) -> None:
    page.set_viewport_size(PHONE)
    log_in(page.context, people.adviser, live_server.url)
    page.goto(f"{live_server.url}{NEW}")
    page.locator("#id_text").fill("Ringe søkerne")
    page.locator("#id_when_words").fill("mai")
    page.get_by_text("Hvilke år punktet står i hjulet").click()
    page.locator("#id_from_year").fill("2028")
    page.locator("#id_to_year").fill("2027")
    page.keyboard.press("Enter")
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#id_to_year")).to_be_visible()
    assert page.locator(".fold[open]").count() == 1
    page.locator("#error-summary a").click()
    expect(page.locator("#id_to_year")).to_be_in_viewport(ratio=1)
