"""An item that reaches nobody is said on the page where one can mend it."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from annual_wheel.models import Wheel
from organisation.models import Membership, User
from tests import factories as make
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def wheel(cast: Cast) -> Wheel:
    made = make.wheel("hf", cast.hf)
    make.edition(make.entry(made, cast.departments, key="alle", text="For alle", when_words="1. april"))
    make.edition(make.entry(made, cast.isl, key="isl", text="For ISL", when_words="1. mai"))
    return made


def warned(client: Any) -> tuple[str, list[str]]:
    page = BeautifulSoup(client.get("/aarshjul/hf/rediger/").content, "html.parser")
    found = page.select_one("section[aria-labelledby=h-unreached]")
    if found is None:
        return "", []
    return found.select_one("h2").text, [item.get_text(" – ") for item in found.select("li")]  # type: ignore[union-attr]


def test_nothing_is_said_where_everybody_is_reached(cast: Cast, wheel: Wheel, adviser: Any) -> None:
    assert warned(adviser) == ("", [])


def test_those_who_want_no_reminders_are_not_reached(cast: Cast, wheel: Wheel, adviser: Any) -> None:
    User.objects.filter(pk=cast.coordinator.pk).update(reminder_rhythm="never")
    silent = "Koordinator vil ikke ha påminnelser"
    assert warned(adviser) == (
        "2 punkter når ingen",
        [f"For alle – IHK: {silent}; ISL: {silent}", f"For ISL – ISL: {silent}"],
    )
    make.user("ny@isl.example", ("contributor", cast.isl))
    assert warned(adviser) == ("1 punkt når ingen", [f"For alle – IHK: {silent}"])


def test_nobody_is_near_where_the_owner_has_no_editor_either(cast: Cast, wheel: Wheel, client: Any) -> None:
    Membership.objects.filter(user=cast.adviser).update(role="leader")
    client.force_login(cast.adviser)
    assert warned(client) == ("1 punkt når ingen", ["For alle – IMU: ingen har en rolle der"])


def test_a_task_given_to_somebody_who_wants_none_reaches_nobody(cast: Cast, wheel: Wheel, adviser: Any) -> None:
    User.objects.filter(pk=cast.dean.pk).update(reminder_rhythm="never")
    wheel.entries.get(key="isl").editions.get().tasks.update(assigned_to=cast.dean)
    assert warned(adviser) == ("1 punkt når ingen", ["For ISL – ISL: Dekan vil ikke ha påminnelser"])


def unled(client: Any) -> list[str]:
    page = BeautifulSoup(client.get("/aarshjul/hf/rediger/").content, "html.parser")
    return [item.text for item in page.select("section[aria-labelledby=h-unled] li")]


def test_leaders_who_are_to_hear_of_what_is_late_and_do_not_are_named(cast: Cast, wheel: Wheel, adviser: Any) -> None:
    make.user("leder@isl.example", ("leader", cast.isl), name="Leder")
    taus = make.user("taus@imu.example", ("leader", cast.imu), name="Taus", reminder_rhythm="never")
    assert unled(adviser) == []
    Wheel.objects.update(escalates_after=5)
    assert unled(adviser) == ["Uten leder: IHK", "IMU: Taus vil ikke ha påminnelser"]
    User.objects.filter(pk=taus.pk).update(reminder_rhythm="weekly")
    make.user("leder@ihk.example", ("leader", cast.ihk), name="Leder")
    assert unled(adviser) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_warning_costs_the_same_however_many_there_are(
    cast: Cast, wheel: Wheel, adviser: Any, django_assert_num_queries: Any, count: int
) -> None:
    User.objects.filter(pk=cast.coordinator.pk).update(reminder_rhythm="never")
    Wheel.objects.update(escalates_after=5)
    for number in range(count):
        make.edition(make.entry(wheel, cast.isl, text=f"Nummer {number}"))
    with django_assert_num_queries(16):
        adviser.get("/aarshjul/hf/rediger/")
