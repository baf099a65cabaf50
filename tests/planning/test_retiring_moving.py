"""What is taken out and brought back, and the order things stand in."""

from typing import Any

import pytest
from django.utils.html import escape

from tests import factories as make
from tests.cast import Cast
from tests.planning.test_dropping import said, undo
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


def test_a_step_says_where_the_row_now_stands_and_is_undone(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf)
    goal = make.goal(plan, text="Et", position=1)
    make.goal(plan, text="To", position=2)
    words = [said(adviser.post(f"/mal/{goal.key}/flytt/", {"to": to})) for to in ("up", "down", "down", "up")]
    assert words == [
        "Det står allerede øverst.",
        "Flyttet: «Et» er nå nummer 2 av 2 utenfor områdene.",
        "Det står allerede nederst.",
        "Flyttet: «Et» er nå nummer 1 av 2 utenfor områdene.",
    ]
    undo(adviser)
    assert [goal.text for goal in plan.goals.all()] == ["To", "Et"]


def test_a_step_of_a_measure_names_its_goal_or_its_area(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf, state="draft")
    area = make.area(plan, title="Området")
    goal = make.goal(plan, text="Målet", area=area)
    make.measure(plan, goal, key="en", text="Ringe", position=1)
    make.measure(plan, goal, key="to", text="Skrive", position=2)
    step = "/tiltak/to/flytt/"
    assert said(adviser.post(step, {"to": "up"})) == "Flyttet: «Skrive» er nå nummer 1 av 2 under «Målet»."
    plan.measures.get(key="to").goals.clear()  # type: ignore[attr-defined]
    plan.measures.filter(key="to").update(area=area)  # type: ignore[attr-defined]
    make.measure(plan, key="tre", text="Reise", area=area, position=3)
    assert said(adviser.post(step, {"to": "down"})) == "Flyttet: «Skrive» er nå nummer 2 av 2 under «Området»."


def test_a_move_by_a_form_says_where_it_stands_and_is_undone(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf, state="draft")
    area = make.area(plan, title="Området", position=1)
    under, goal = make.goal(plan, text="Et", area=area, position=1), make.goal(plan, text="To", position=2)
    make.goal(plan, text="Tre", position=3)
    measure = make.measure(plan, goal, text="Ringe")
    moved = send(adviser, f"/mal/{goal.key}/omrade/", area=str(area.pk))
    assert moved.url == f"/planer/planen/rediger/?ved={goal.key}#rad-{goal.key}"
    assert said(moved) == "Flyttet: «To» er nå nummer 2 av 2 under «Området»."
    assert undo(adviser) == "Flyttet: «To» er nå nummer 1 av 2 utenfor områdene."
    moved = send(adviser, f"/tiltak/{measure.key}/plasser/", goals=[str(under.pk)])
    assert said(moved) == "Flyttet: «Ringe» er nå nummer 1 av 1 under «Et»."
    assert undo(adviser) == "Flyttet: «Ringe» er nå nummer 1 av 1 under «To»."
    assert [goal.text for goal in measure.goals.all()] == ["To"]


def test_what_is_taken_out_meanwhile_is_saved_and_stands_nowhere(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf, state="draft")
    area = make.area(plan, title="Området")
    goal = make.goal(plan, text="Et", status="retired")
    measure = make.measure(plan, text="Ringe", status="retired")
    assert said(send(adviser, f"/mal/{goal.key}/omrade/", area=str(area.pk))) == "Lagret."
    assert said(send(adviser, f"/tiltak/{measure.key}/plasser/", area=str(area.pk))) == "Lagret."


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


def test_what_goes_on_in_the_wheel_is_told_where_a_measure_is_taken_out(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf, title="Planen")
    measure = make.measure(plan, key="brev", text="Sende brev")
    wheel = make.wheel("hjulet", cast.hf, document=plan)
    for key, status in (("ett", "in_force"), ("to", "in_force"), ("ute", "retired")):
        make.entry(wheel, cast.departments, key=key, text=f"Punkt <{key}>", status=status).measures.add(measure)
    page = adviser.post("/tiltak/brev/ta-ut/", follow=True).content.decode()
    assert "Tatt ut: «Sende brev»" in page
    assert (
        "2 punkter i årshjulet gjennomførte tiltaket, og gir fortsatt oppgaver: "
        '<a href="/aarshjul/punkt/ett/">Punkt &lt;ett&gt;</a>, <a href="/aarshjul/punkt/to/">Punkt &lt;to&gt;</a>.'
    ) in page
    make.measure(plan, key="alene", text="Uten punkt")
    assert "gir fortsatt oppgaver" not in adviser.post("/tiltak/alene/ta-ut/", follow=True).content.decode()
