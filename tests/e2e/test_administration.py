"""Setting up an empty installation, and the administration, as a person meets them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from organisation.first_run import setup_code
from organisation.models import Unit, User
from tests import factories as make
from tests.cast import Cast

Violations = Callable[[Page], list[str]]


def log_in(page: Page, server: LiveServer, user: User) -> None:
    page.goto(f"{server.url}/konto/login/")
    page.get_by_label("E-post").fill(user.email)
    page.get_by_label("Passord").fill(make.PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    page.wait_for_url(f"{server.url}/")


@pytest.mark.django_db
def test_an_empty_installation_is_set_up_from_its_first_page(
    live_server: LiveServer, page: Page, violations: Violations
) -> None:
    page.goto(live_server.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sett opp Rød tråd")
    assert violations(page) == []
    page.get_by_label("Oppsettkode").fill("feil")
    page.get_by_label("Institusjonens navn").fill("Universitetet på Øya")
    page.get_by_label("Forkortelse").fill("UØ")
    page.get_by_label("Navnet ditt").fill("Kari Nord")
    page.get_by_label("E-postadressen din").fill("kari@oya.example")
    page.get_by_label("Passord").fill(make.PASSWORD)
    page.get_by_role("button", name="Kom i gang").click()
    expect(page.get_by_role("alert")).to_contain_text("Koden stemmer ikke.")
    page.get_by_label("Oppsettkode").fill(setup_code())
    page.get_by_label("Passord").fill(make.PASSWORD)
    page.get_by_role("button", name="Kom i gang").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kom i gang")
    assert violations(page) == []
    page.get_by_role("link", name="Gjør dette: Legg inn det første fakultetet").click()
    page.get_by_label("Navn", exact=False).first.fill("Det frie fakultet")
    page.get_by_label("Type").select_option("faculty")
    page.get_by_label("Hører under").select_option(label="Universitetet på Øya")
    page.get_by_role("button", name="Lag enheten").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Det frie fakultet")
    page.goto(f"{live_server.url}/administrasjon/kom-i-gang/")
    expect(page.get_by_text("1 av 5")).to_be_visible()
    assert Unit.objects.get(parent__isnull=False).slug == "det-frie-fakultet"


@pytest.mark.django_db
def test_a_list_is_searched_as_one_writes(cast: Cast, live_server: LiveServer, page: Page) -> None:
    log_in(page, live_server, cast.administrator)
    page.goto(f"{live_server.url}/administrasjon/personer/")
    page.get_by_label("Søk i listen").press_sequentially("dekan")
    expect(page.locator("#list tbody tr")).to_have_count(1)
    expect(page.get_by_label("Søk i listen")).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("1 person")
    assert page.url.endswith("/administrasjon/personer/?sok=dekan&enhet=")
    page.reload()
    expect(page.locator("#list tbody tr")).to_have_count(1)


@pytest.mark.django_db
def test_a_department_tells_with_the_keyboard_that_it_has_a_group(
    cast: Cast, live_server: LiveServer, page: Page, violations: Violations
) -> None:
    having = make.group("med", cast.hf, cast.imu, name="Med gruppe")
    make.group("uten", cast.hf, except_group=having)
    log_in(page, live_server, cast.coordinator)
    page.goto(f"{live_server.url}/grupper/med/")
    page.locator("#unit-isl").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("er nå med i «Med gruppe»")
    expect(page.locator("#unit-isl")).to_be_focused()
    expect(page.locator("#unit-isl")).to_have_text("Vi hører ikke hit lenger")
    assert violations(page) == []
