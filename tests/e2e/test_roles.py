"""A colleague stands in, and the organisation follows a file, as a person meets them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from config.lib import clock
from organisation.models import Membership, User
from tests.cast import Cast
from tests.e2e.test_administration import log_in

Violations = Callable[[Page], list[str]]
PEOPLE = "E-post;Navn;Enhet;Rolle\nny@hf.example;Ny Ansatt;ihk;leser\nfeil;Feil;ihk;leser\nstaff@hf.example;;hf;leser\n"


@pytest.mark.django_db
def test_a_colleague_stands_in_from_a_phone_and_is_ended(
    cast: Cast, live_server: LiveServer, page: Page, violations: Violations
) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    log_in(page, live_server, cast.coordinator)
    page.goto(f"{live_server.url}/min-side/")
    page.get_by_role("link", name="La en kollega være vikar").click()
    page.get_by_label("Vikar").fill("dekan")
    page.get_by_role("button", name="La vikaren slippe til").click()
    expect(page.get_by_role("alert")).to_contain_text("Siste dag")
    assert page.get_by_label("Vikar").input_value() == "dekan"
    page.get_by_label("Siste dag").fill((clock.today() + timedelta(days=30)).isoformat())
    page.get_by_label("Bidragsyter, ISL").uncheck()
    assert violations(page) == []
    page.get_by_role("button", name="La vikaren slippe til").click()
    expect(page.get_by_text("Dekan er vikar for deg")).to_be_visible()
    assert [row.unit for row in Membership.objects.lent()] == [cast.ihk]
    page.get_by_role("button", name="Avslutt vikaren Dekan").click()
    expect(page.get_by_text("Dekan er ikke lenger vikar for Koordinator.")).to_be_visible()
    assert not Membership.objects.lent().exists()
    page.get_by_role("button", name="Angre").click()
    expect(page.get_by_text("Dekan er vikar for deg")).to_be_visible()


@pytest.mark.django_db
def test_a_file_is_seen_before_it_is_stored_without_script(
    cast: Cast, live_server: LiveServer, browser: Browser
) -> None:
    page = browser.new_context(java_script_enabled=False, locale="nb-NO").new_page()
    log_in(page, live_server, cast.administrator)
    page.goto(f"{live_server.url}/administrasjon/fil/")
    page.get_by_label("Fil", exact=True).set_input_files(
        {"name": "folk.csv", "mimeType": "text/csv", "buffer": PEOPLE.encode("utf-16")}
    )
    page.get_by_role("button", name="Vis hva som ville endres").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Slik blir det")
    expect(page.get_by_text("«feil» er ikke en e-postadresse.")).to_be_visible()
    assert not User.objects.filter(email="ny@hf.example").exists()
    page.get_by_role("button", name="Lagre 1 rad, hopp over dem med feil").click()
    expect(page.get_by_text("1 rad er lagret.")).to_be_visible()
    assert User.objects.get(email="ny@hf.example").memberships.get().unit == cast.ihk  # type: ignore[attr-defined]
    page.context.close()


@pytest.mark.django_db
@pytest.mark.parametrize("width", [360, 1440])
def test_what_would_change_is_accessible(
    cast: Cast, live_server: LiveServer, page: Page, violations: Violations, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    log_in(page, live_server, cast.administrator)
    page.goto(f"{live_server.url}/administrasjon/fil/")
    page.get_by_label("Avslutt det som ikke står i filen").check()
    page.get_by_label("Enheter", exact=True).check()
    page.get_by_label("Eller lim inn rader").fill("Kortnavn;Navn\nhf;HF\nxyz;Ny\n")
    page.get_by_role("button", name="Vis hva som ville endres").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Slik blir det")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
