"""Min side: what one may choose, and what one may only see."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from organisation.models import FunctionHolder, User
from tests import factories as make
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("today")


def page_of(client: Client) -> BeautifulSoup:
    return BeautifulSoup(client.get("/min-side/").content, "html.parser")


def test_what_is_chosen_is_kept_and_the_pages_follow_the_language(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    chosen = {"name": "Kari Nord", "language": "en", "email": "ny@hf.example"}
    assert client.post("/min-side/", chosen).status_code == 302
    stored = User.objects.get(pk=cast.coordinator.pk)
    assert (stored.name, stored.language) == ("Kari Nord", "en")
    assert stored.email == "coordinator@hf.example"
    html = page_of(client).html
    assert html is not None
    assert html["lang"] == "en"


def test_a_wrong_choice_is_told_of_at_the_field_and_changes_nothing(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    answer = client.post("/min-side/", {"name": "", "language": "sv"})
    page = BeautifulSoup(answer.content, "html.parser")
    assert sorted(str(error["id"]) for error in page.select(".form .ds-validation-message")) == [
        "id_language_error",
        "id_name_error",
    ]
    assert page.select_one(".menu-head strong").text == "Koordinator"  # type: ignore[union-attr]
    assert User.objects.get(pk=cast.coordinator.pk).language == "nb"


def test_roles_functions_and_reminders_of_today_are_shown(cast: Cast, client: Client) -> None:
    cast.coordinator.memberships.filter(unit=cast.isl).update(to_on=date(2026, 3, 14))
    FunctionHolder.objects.create(function=make.function("leder", name="leder"), unit=cast.ihk, user=cast.coordinator)
    client.force_login(cast.coordinator)
    page = page_of(client)
    told = {part["aria-labelledby"]: [li.text for li in part.select("li")] for part in page.select("aside section")}
    assert told["roles"] == ["Institutt for historiske og klassiske studierBidragsyter"]
    assert told["functions"] == ["lederInstitutt for historiske og klassiske studier"]
    reminders = page.select_one("section[aria-labelledby=reminders] p")
    assert reminders is not None
    assert reminders.text == "Hver arbeidsdag det er noe, fra klokka 07.00"
    links = {str(link["href"]) for link in page.select("aside a")}
    assert links == {"/min-side/vikar/", "/min-side/varsler/", "/kalender/", "/konto/passord/"}


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_queries_however_much_there_is(
    cast: Cast, client: Client, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        function = make.function(f"funksjon-{number}")
        FunctionHolder.objects.create(function=function, unit=cast.ihk, user=cast.coordinator)
        unit = make.unit(f"enhet-{number}", cast.hf)
        cast.coordinator.memberships.create(unit=unit, role="reader")
    client.force_login(cast.coordinator)
    with django_assert_num_queries(10):
        client.get("/min-side/")
