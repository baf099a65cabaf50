"""What is dropped somewhere: the same rules as the buttons and the moving forms, and a way back."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from hypothesis import given
from hypothesis import strategies as st

from planning import editor
from planning.models import Measure
from strategy.models import Document, Goal, Section
from strategy.order import order_with
from tests import factories as make
from tests.cast import Cast, client_of


@pytest.fixture
def plan(cast: Cast, today: Any) -> Document:
    """Two areas; two goals in the first, three measures under the first of them."""
    plan = make.document("planen", cast.hf, state="draft")
    first = make.area(plan, key="en", title="Synlighet", position=1)
    make.area(plan, key="to", title="Opptak", position=2)
    goal = make.goal(plan, key="finner", area=first, text="Søkerne finner oss", position=1)
    make.goal(plan, key="velger", area=first, text="Søkerne velger oss", position=2)
    for number in (1, 2, 3):
        make.measure(plan, goal, key=f"t{number}", text=f"Tiltak {number}", position=number)
    return plan


def drop(client: Any, kind: str, key: str, before: str = "", into: Any = None, version: int | None = 1) -> str:
    """Send what a drop sends, and return what is said."""
    data = {"before": before, "lock_version": version or "", **({} if into is None else {"into": into})}
    return said(client.post(f"/{kind}/{key}/flytt/", data))


def said(answer: Any) -> str:
    assert answer.status_code == 302
    *_earlier, message = get_messages(answer.wsgi_request)
    drop.undo = message.extra_tags  # type: ignore[attr-defined]
    return str(message)


def undo(client: Any) -> str:
    return said(client.post(drop.undo))  # type: ignore[attr-defined]


def order(plan: Document) -> list[str]:
    return [measure.key for measure in plan.measures.all()]  # type: ignore[attr-defined]


def served(key: str) -> tuple[list[str], str | None]:
    measure = Measure.objects.get(key=key)
    return [goal.key for goal in measure.goals.all()], measure.area.key if measure.area else None


def test_in_its_own_list_a_row_is_put_before_another_or_last(adviser: Any, plan: Document) -> None:
    assert drop(adviser, "tiltak", "t3", "t1") == (
        "Flyttet: «Tiltak 3» er nå nummer 1 av 3 under «Søkerne finner oss»."
    )
    assert order(plan) == ["t3", "t1", "t2"]
    drop(adviser, "tiltak", "t3")
    assert order(plan) == ["t1", "t2", "t3"]
    moved = Measure.objects.get(key="t3")
    assert (moved.lock_version, moved.history.latest().history_change_reason) == (1, "Flyttet.")


def test_another_goal_takes_the_place_of_the_one_it_stood_under(adviser: Any, plan: Document) -> None:
    make.measure(plan, Goal.objects.get(key="velger"), key="der", text="Der", position=9)
    assert "nummer 1 av 2 under «Søkerne velger oss»" in drop(adviser, "tiltak", "t2", "der", "mal:velger")
    assert served("t2") == (["velger"], None)
    assert order(plan) == ["t1", "t3", "t2", "der"]
    assert Measure.objects.get(key="t2").lock_version == 2
    assert "nummer 2 av 3 under «Søkerne finner oss»" in undo(adviser)
    assert (served("t2"), order(plan)) == ((["finner"], None), ["t1", "t2", "t3", "der"])


def test_what_it_serves_besides_stays_and_the_way_back_has_all_of_it(adviser: Any, plan: Document) -> None:
    last = make.goal(plan, key="bort", text="Enda et", position=7)
    measure = Measure.objects.get(key="t1")
    measure.goals.add(last)
    drop(adviser, "tiltak", "t1", "", "mal:velger")
    assert served("t1") == (["velger", "bort"], None)
    undo(adviser)
    assert served("t1") == (["finner", "bort"], None)
    drop(adviser, "tiltak", "t1", "", "omrade:to", version=3)
    assert served("t1") == ([], "to")
    undo(adviser)
    assert served("t1") == (["finner", "bort"], None)


def test_one_that_serves_an_earlier_goal_too_is_told_to_stand_there(adviser: Any, plan: Document) -> None:
    Measure.objects.get(key="t1").goals.add(Goal.objects.get(key="velger"))
    make.goal(plan, key="bort", text="Enda et", position=7)
    assert "under «Søkerne velger oss»" in drop(adviser, "tiltak", "t1", "", "mal:bort")
    assert served("t1") == (["velger", "bort"], None)


def test_an_area_and_no_area_take_it_away_from_its_goals(adviser: Any, plan: Document) -> None:
    assert "nummer 1 av 1 under «Opptak»" in drop(adviser, "tiltak", "t1", "", "omrade:to")
    assert served("t1") == ([], "to")
    assert "nummer 1 av 1 blant tiltakene uten mål" in drop(adviser, "tiltak", "t1", "", "utenfor", version=2)
    assert served("t1") == ([], None)
    undo(adviser)
    assert served("t1") == ([], "to")


def test_goals_and_routes_go_to_another_area_and_back(adviser: Any, plan: Document) -> None:
    make.goal(plan, key="der", area=plan.areas.get(key="to"), text="Der", position=9)
    make.route(plan, key="vei", area=plan.areas.get(key="en"), text="Veien")
    assert "nummer 1 av 2 under «Opptak»" in drop(adviser, "mal", "velger", "der", "omrade:to")
    assert [goal.key for goal in plan.goals.all()] == ["finner", "velger", "der"]
    assert "nummer 2 av 2 under «Synlighet»" in undo(adviser)
    assert "nummer 1 av 1 utenfor områdene" in drop(adviser, "veivalg", "vei", "", "utenfor")
    assert plan.routes.get().area is None


def test_areas_and_sections_are_put_in_order(adviser: Any, plan: Document) -> None:
    assert drop(adviser, "omrade", "to", "en") == "Flyttet: «Opptak» er nå nummer 1 av 2."
    assert [area.key for area in plan.areas.all()] == ["to", "en"]
    one, two = (
        Section.objects.create(document=plan, kind="purpose", text=f"Avsnitt {number}", position=number)
        for number in (1, 2)
    )
    assert "nummer 1 av 2" in drop(adviser, "avsnitt", str(two.pk), f"avsnitt-{one.pk}")
    other = Section.objects.create(document=plan, kind="challenge", text="Noe annet", position=3)
    assert "Noen andre har flyttet" in drop(adviser, "avsnitt", str(two.pk), f"avsnitt-{other.pk}")


def test_somebody_elses_newer_change_stops_a_move_to_another_place(cast: Cast, adviser: Any, plan: Document) -> None:
    assert "har endret «Tiltak 1» i mellomtiden" in drop(adviser, "tiltak", "t1", "", "mal:velger", version=7)
    assert "har endret «Tiltak 1» i mellomtiden" in drop(adviser, "tiltak", "t1", "", "mal:velger", version=None)
    assert "har endret «Søkerne" in drop(adviser, "mal", "velger", "", "omrade:to", version=7)
    assert served("t1") == (["finner"], None)
    drop(adviser, "tiltak", "t1", "", "mal:velger")
    client_of(cast.dean).post("/tiltak/t1/ta-ut/")
    assert "«Tiltak 1» er tatt ut i mellomtiden" in undo(adviser)


@pytest.mark.parametrize(
    ("before", "into"), [("finnes-ikke", "mal:finner"), ("t1", "mal:finner"), ("der", "mal:finner"), ("", "mal:tatt")]
)
def test_what_is_no_longer_there_stops_it_too(adviser: Any, plan: Document, before: str, into: str) -> None:
    make.measure(plan, Goal.objects.get(key="velger"), key="der", position=9)
    make.goal(plan, key="tatt", status="retired")
    make.goal(make.document("annen", plan.owner), key="fremmed")
    words = drop(adviser, "tiltak", "t1", before, into)
    assert "Ingenting er flyttet" in words or "Noen andre har flyttet" in words
    assert "Ingenting er flyttet" in drop(adviser, "tiltak", "t1", "", "mal:fremmed")
    assert "Ingenting er flyttet" in drop(adviser, "tiltak", "t1", "", "tull")
    assert (served("t1"), order(plan)) == ((["finner"], None), ["t1", "t2", "t3", "der"])


def test_a_closed_area_takes_what_is_dropped_on_its_heading(
    adviser: Any, plan: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editor, "LONG", 3)
    page = adviser.get("/planer/planen/rediger/?ved=finner").content.decode()
    assert 'data-drop="heading" data-into="omrade:to"' in page
    assert 'id="vis-to"' in page


@given(st.data())
def test_room_is_made_where_it_was_asked_for_and_all_else_keeps_its_order(data: st.DataObject) -> None:
    order = data.draw(st.lists(st.integers(1, 99), unique=True))
    beside = [number for number in order if data.draw(st.booleans())]
    before = data.draw(st.sampled_from([*beside, None]))
    after = order_with(100, order, beside, before)
    assert [number for number in after if number != 100] == order
    there = [number for number in after if number == 100 or number in beside]
    expected = list(beside)
    expected.insert(beside.index(before) if before else len(beside), 100)
    assert there == expected
