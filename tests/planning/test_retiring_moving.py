"""What is taken out and brought back, and the order things stand in."""

from typing import Any

import pytest
from django.utils.html import escape

from tests import factories as make
from tests.cast import Cast
from tests.sending import send

pytestmark = pytest.mark.usefixtures("today")


def test_retiring_lists_what_was_taken_out_and_brings_it_back(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf)
    goal = make.goal(plan, text="Målet")
    answer = adviser.post(f"/mal/{goal.key}/ta-ut/", follow=True).content.decode()
    goal.refresh_from_db()
    assert goal.status == "retired"
    assert "Tatt ut: «Målet»" in answer
    assert answer.count(f'action="/mal/{goal.key}/hent-tilbake/"') == 2  # in the list, and in the message
    adviser.post(f"/mal/{goal.key}/hent-tilbake/")
    goal.refresh_from_db()
    assert goal.status == "in_force"
    reasons = [row.history_change_reason for row in goal.history.all()][:2]
    assert reasons == ["Hentet tilbake.", "Tatt ut."]


def test_an_area_with_something_in_it_stays(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf)
    area = make.area(plan)
    goal = make.goal(plan, area=area)
    answer = adviser.post(f"/omrade/{area.key}/ta-ut/", follow=True).content.decode()
    assert "Flytt eller ta ut det som står i området først." in answer
    adviser.post(f"/mal/{goal.key}/ta-ut/")
    adviser.post(f"/omrade/{area.key}/ta-ut/")
    area.refresh_from_db()
    assert area.status == "retired"
    answer = adviser.post(f"/mal/{goal.key}/hent-tilbake/", follow=True).content.decode()
    assert escape("Hent først tilbake området «Et område», som dette sto i.") in answer


def test_moving_changes_the_order_among_what_stands_together(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf)
    area = make.area(plan)
    inside = [make.goal(plan, text=word, area=area, position=n) for n, word in enumerate("abc")]
    make.goal(plan, text="utenfor", position=1)
    moved = adviser.post(f"/mal/{inside[2].key}/flytt/", {"to": "up"})
    assert moved.url == f"/planer/planen/rediger/?ved={inside[2].key}#rad-{inside[2].key}"
    assert [goal.text for goal in plan.goals.filter(area=area)] == ["a", "c", "b"]
    adviser.post(f"/mal/{inside[0].key}/flytt/", {"to": "up"})
    assert [goal.text for goal in plan.goals.filter(area=area)] == ["a", "c", "b"]
    send(adviser, f"/mal/{inside[0].key}/omrade/", area="")
    assert [goal.text for goal in plan.goals.filter(area=None)] == ["utenfor", "a"]


def test_a_measure_moves_among_those_of_its_goal(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf)
    one, two = make.goal(plan), make.goal(plan)
    measures = [make.measure(plan, goal, text=text, position=n)
                for n, (text, goal) in enumerate([("a", one), ("x", two), ("b", one)])]  # fmt: skip
    adviser.post(f"/tiltak/{measures[2].key}/flytt/", {"to": "up"})
    assert [measure.text for measure in plan.measures.filter(goals=one)] == ["b", "a"]


def test_one_stays_where_the_row_stood_that_was_taken_out(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf)
    area = make.area(plan)
    goal = make.goal(plan, area=area)
    first, second = (make.measure(plan, goal, text=text, position=n) for n, text in enumerate("ab"))
    sections = [plan.sections.create(kind="purpose", text=text, position=n) for n, text in enumerate("ab")]
    stays = [
        (f"/tiltak/{first.key}/ta-ut/", second.key),
        (f"/tiltak/{second.key}/ta-ut/", goal.key),
        (f"/mal/{goal.key}/ta-ut/", area.key),
        (f"/avsnitt/{sections[1].pk}/ta-ut/", f"avsnitt-{sections[0].pk}"),
        (f"/avsnitt/{sections[0].pk}/ta-ut/", "dokument"),
    ]
    for address, key in stays:
        assert adviser.post(address).url == f"/planer/planen/rediger/?ved={key}#rad-{key}"


def test_a_move_says_what_happened(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf)
    goal = make.goal(plan, position=1)
    make.goal(plan, position=2)
    said = [
        [
            str(message)
            for message in adviser.post(f"/mal/{goal.key}/flytt/", {"to": to}, follow=True).context["messages"]
        ]
        for to in ("up", "down", "down", "up")
    ]
    assert said == [["Det står allerede øverst."], ["Flyttet ned."], ["Det står allerede nederst."], ["Flyttet opp."]]


def test_a_measure_moves_to_another_goal_and_stands_last_there(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf, state="draft")
    area = make.area(plan, title="Området")
    first, second = make.goal(plan, text="Et"), make.goal(plan, text="To")
    moved = make.measure(plan, first, text="Ringe", position=1)
    make.measure(plan, second, text="Skrive", position=2)
    address = f"/tiltak/{moved.key}/plasser/"
    assert address in adviser.get("/planer/planen/rediger/").content.decode()
    both = send(adviser, address, goals=[str(second.pk)], area=str(area.pk))
    assert both.context["form"].errors == {"area": ["Velg enten mål eller et helt område, ikke begge deler."]}
    saved = send(adviser, address, goals=[str(second.pk)])
    assert saved.url == f"/planer/planen/rediger/?ved={moved.key}#rad-{moved.key}"
    assert [measure.text for measure in second.measures.all()] == ["Skrive", "Ringe"]  # type: ignore[attr-defined]
    assert moved.history.latest().history_change_reason == "Flyttet."
    send(adviser, address, goals=[], area=str(area.pk))
    moved.refresh_from_db()
    assert (list(moved.goals.all()), moved.area) == ([], area)


def test_a_measure_moved_by_two_at_once_is_asked_about(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf, state="draft")
    first, second = make.goal(plan, text="Et"), make.goal(plan, text="To")
    measure = make.measure(plan, first, text="Ringe")
    address = f"/tiltak/{measure.key}/plasser/"
    opened = adviser.get(address)
    send(adviser, address, goals=[str(second.pk)])
    stopped = send(adviser, address, of=opened, goals=[str(first.pk)])
    assert stopped.context["conflict"] is not None
    assert list(measure.goals.all()) == [second]
