"""Two at the same moment in a plan, over real connections: nothing is doubled or lost, and the second is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from organisation.models import User
from planning.models import Measure
from strategy.models import Area, BaseSeen, Document, Goal, Version
from strategy.services import freeze
from tests import factories as make
from tests.annual_wheel.test_at_once import at_once
from tests.cast import Cast, client_of, make_cast
from tests.matrix import NOW
from tests.page import text_of
from tests.sending import fields_of

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("today")]
ROUNDS = pytest.mark.parametrize("round_number", range(2))


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def plan(people: Cast) -> Document:
    """In force, and never changed since it came in: the first change keeps what readers have read."""
    plan = make.document("planen", people.hf)
    goal = make.goal(plan, key="maalet", text="Målet")
    for number in range(4):
        make.measure(plan, goal, key=f"t{number}", text=f"Tiltak {number}", position=number)
    return plan


def two_measures(people: Cast) -> Document:
    """A plan in force with two measures under one goal."""
    plan = make.document("planen", people.hf)
    goal = make.goal(plan, key="maalet", text="Målet")
    for number in range(2):
        make.measure(plan, goal, key=f"t{number}", text=f"Tiltak {number}", position=number)
    freeze(plan, by=people.dean, now=NOW)  # else the first change holds the document
    return plan


def sending(by: User, address: str, **changed: Any) -> Callable[[], Any]:
    """Send the form at the address as it stands now, with what is changed."""
    client = client_of(by)
    return posting(client, address, {**fields_of(client.get(address), address), **changed})


def posting(client: Client, address: str, fields: Any) -> Callable[[], Any]:
    return lambda: client.post(address, fields, follow=True)


def told(response: Any) -> list[str]:
    """The message on the page; what the client keeps of contexts is mixed when two ask at once."""
    found = re.findall(r'class="toast-text">(.*?)</span>', response.content.decode(), re.DOTALL)
    return [text_of(words).strip() for words in found[:1]]


def texts() -> list[str]:
    """The measures in order; no two have the same place."""
    rows = list(Measure.objects.order_by("position").values_list("position", "text"))
    assert len({position for position, _text in rows}) == len(rows)
    return [text for _position, text in rows]


@ROUNDS
def test_of_two_who_save_a_measure_at_once_the_second_sees_both_texts(
    people: Cast, plan: Document, round_number: int
) -> None:
    address = "/tiltak/t1/endre/"
    answers = at_once(
        sending(people.adviser, address, text="Rådgiverens"), sending(people.dean, address, text="Dekanens")
    )
    [stopped] = [answer for answer in answers if "lagret noe nytt mens du skrev" in answer.content.decode()]
    stored = Measure.objects.get(key="t1")
    [row] = stopped.context["conflict"].differences
    assert {row.mine, row.theirs} == {"Rådgiverens", "Dekanens"}
    assert stored.text == row.theirs
    assert stored.lock_version == 2
    assert stored.history.filter(text=stored.text).count() == 1
    assert Version.objects.get().content["measures"][1]["text"] == "Tiltak 1"


@ROUNDS
def test_the_first_change_by_two_at_once_keeps_what_was_read_once(
    people: Cast, plan: Document, round_number: int
) -> None:
    at_once(
        sending(people.adviser, "/tiltak/t1/endre/", text="Rådgiverens"),
        sending(people.dean, "/tiltak/t2/endre/", text="Dekanens"),
    )
    assert texts() == ["Tiltak 0", "Rådgiverens", "Dekanens", "Tiltak 3"]
    [kept] = Version.objects.all()
    assert [measure["text"] for measure in kept.content["measures"]] == [f"Tiltak {number}" for number in range(4)]


def moving(by: User, key: str, to: str) -> Callable[[], Any]:
    return posting(client_of(by), f"/tiltak/{key}/flytt/", {"to": to})


@ROUNDS
def test_two_who_move_different_rows_at_once_both_do(people: Cast, plan: Document, round_number: int) -> None:
    answers = at_once(moving(people.adviser, "t1", "up"), moving(people.dean, "t3", "up"))
    assert texts() == ["Tiltak 1", "Tiltak 0", "Tiltak 3", "Tiltak 2"]
    assert [told(answer) for answer in answers] == [
        ["Flyttet: «Tiltak 1» er nå nummer 1 av 4 under «Målet»."],
        ["Flyttet: «Tiltak 3» er nå nummer 3 av 4 under «Målet»."],
    ]


@ROUNDS
def test_two_who_move_neighbours_past_each_other_lose_nothing(people: Cast, plan: Document, round_number: int) -> None:
    at_once(moving(people.adviser, "t2", "up"), moving(people.dean, "t1", "down"))
    assert texts() in (
        ["Tiltak 0", "Tiltak 2", "Tiltak 1", "Tiltak 3"],  # both wanted this, and the second found it done
        ["Tiltak 0", "Tiltak 1", "Tiltak 2", "Tiltak 3"],  # the second saw the first's page, and moved it back
        ["Tiltak 0", "Tiltak 2", "Tiltak 3", "Tiltak 1"],
        ["Tiltak 2", "Tiltak 0", "Tiltak 1", "Tiltak 3"],
    )


@ROUNDS
def test_two_who_move_two_areas_under_each_other_make_no_ring(people: Cast, plan: Document, round_number: int) -> None:
    Document.objects.update(state="draft")  # so that no first change of what holds makes one of them wait
    one, two = make.area(plan, key="en", title="En"), make.area(plan, key="to", title="To")
    answers = at_once(
        sending(people.adviser, "/omrade/en/endre/", parent=two.pk),
        sending(people.dean, "/omrade/to/endre/", parent=one.pk),
    )
    assert sorted(Area.objects.values_list("parent__key", flat=True), key=bool) in ([None, "en"], [None, "to"])
    refused = [answer for answer in answers if "ds-error-summary" in answer.content.decode()]
    assert len(refused) == 1


@ROUNDS
def test_an_area_that_is_taken_out_while_another_goes_into_it_has_nothing_in_it(
    people: Cast, plan: Document, round_number: int
) -> None:
    make.area(plan, key="en", title="En")
    make.area(plan, key="to", title="To")
    at_once(
        posting(client_of(people.adviser), "/omrade/en/ta-ut/", {}),
        posting(client_of(people.dean), "/omrade/to/flytt/", {"before": "", "into": "omrade:en", "lock_version": "1"}),
    )
    assert not Area.objects.standing().filter(parent__status="retired").exists()


@ROUNDS
def test_two_who_write_a_measure_for_the_same_goal_at_once_get_a_place_each(
    people: Cast, plan: Document, round_number: int
) -> None:
    new = f"/planer/{plan.slug}/rediger/nytt-tiltak/"
    goal = Goal.objects.get(key="maalet")

    def writing(by: User, text: str) -> Callable[[], Any]:
        client = client_of(by)
        return posting(client, new, {**fields_of(client.get(f"{new}?mal=maalet"), new), "text": text})

    at_once(writing(people.adviser, "Rådgiverens"), writing(people.dean, "Dekanens"))
    assert set(texts()[4:]) == {"Rådgiverens", "Dekanens"}
    assert goal.measures.count() == 6  # type: ignore[attr-defined]


@ROUNDS
def test_of_two_who_correct_at_once_one_does_and_the_other_is_told(
    people: Cast, plan: Document, round_number: int
) -> None:
    freeze(plan, by=people.dean, now=NOW)
    address = "/rett/tiltak/t1/"
    answers = at_once(
        sending(people.adviser, address, text="Tiltak nr 1", why="Rådgiveren"),
        sending(people.dean, address, text="Tiltaket 1", why="Dekanen"),
    )
    [newest, first] = Version.objects.order_by("-number")
    assert (newest.number, newest.corrects) == (2, first)
    stored = Measure.objects.get(key="t1")
    assert stored.text == newest.content["measures"][1]["text"]
    assert newest.why == {"Tiltak nr 1": "Rådgiveren", "Tiltaket 1": "Dekanen"}[stored.text]
    late = [answer for answer in answers if "har fått en ny utgave siden du åpnet siden" in answer.content.decode()]
    done = [answer for answer in answers if "Rettet. Utgave 2" in answer.content.decode()]
    assert (len(late), len(done)) == (1, 1)
    assert stored.history.filter(text=stored.text).count() == 1


@ROUNDS
def test_of_two_who_build_a_plan_at_once_one_makes_it_and_the_other_comes_to_it(
    people: Cast, plan: Document, round_number: int
) -> None:
    def building(by: User) -> Callable[[], Any]:
        return posting(client_of(by), f"/planer/{plan.slug}/bygg/", {"enhet": people.ihk.slug})

    answers = at_once(building(people.adviser), building(people.dean))
    [built] = Document.objects.filter(owner=people.ihk)
    assert list(built.carries_out.all()) == [plan]
    assert built.history.count() == 1
    assert sorted(told(answer) for answer in answers) == [
        ["Enheten har allerede en plan som bygger på denne."],
        ["Planen er laget som utkast. Mål og tiltak fra planen over følger med."],
    ]
    assert [answer.redirect_chain[-1][0] for answer in answers] == [built.get_absolute_url()] * 2


@ROUNDS
def test_of_two_who_press_seen_at_once_one_is_kept_and_both_are_told(
    people: Cast, plan: Document, round_number: int
) -> None:
    above = make.document("strategien", people.university)
    freeze(above, by=people.dean, now=NOW)
    plan.carries_out.add(above)
    make.goal(above, text="Et nytt mål")
    newest = freeze(above, by=people.dean, now=timezone.now())

    def seeing(by: User) -> Callable[[], Any]:
        return posting(client_of(by), f"/planer/{plan.slug}/grunnlag/", {"version": newest.pk})

    answers = at_once(seeing(people.adviser), seeing(people.dean))
    [seen] = BaseSeen.objects.all()
    assert (seen.version, seen.seen_by in (people.adviser, people.dean)) == (newest, True)
    assert [told(answer) for answer in answers] == [["Merket som sett."], ["Merket som sett."]]
