"""A measure that is saved in its place is answered with its own line, where nothing else on the page has changed."""

from __future__ import annotations

import re
from typing import Any

import pytest

from planning.models import Evaluation, Measure
from strategy.models import Document, Goal
from strategy.services import freeze
from tests import factories as make
from tests.cast import Cast, client_of
from tests.matrix import NOW
from tests.page import text_of
from tests.sending import send

pytestmark = pytest.mark.usefixtures("today")


def goal_with(plan: Document, count: int) -> Goal:
    goal = make.goal(plan, text="Målet")
    for number in range(count):
        measure = make.measure(plan, goal, key=f"t{number}", text=f"Tiltak {number}", position=number)
        measure.responsibilities.create(unit=plan.owner, wording="Fakultetet")
    return goal


@pytest.fixture
def draft(cast: Cast) -> Document:
    return make.document("planen", cast.hf, state="draft")


@pytest.fixture
def adopted(cast: Cast) -> Document:
    plan = make.document("planen", cast.hf)
    goal_with(plan, 3)
    freeze(plan, by=cast.dean, now=NOW)
    return plan


def saving(client: Any, key: str, **changed: Any) -> Any:
    return send(client, f"/tiltak/{key}/endre/", htmx=True, **changed)


def disabled(page: Any) -> list[str]:
    return re.findall(r'id="(?:opp|ned)-([^"]+)" aria-disabled', page.content.decode())


@pytest.mark.parametrize(("key", "count"), [("t0", 1), ("t1", 0), ("t2", 1)])
def test_the_line_says_whether_it_can_go_up_and_down(
    cast: Cast, adviser: Any, draft: Document, key: str, count: int
) -> None:
    goal_with(draft, 3)
    line = saving(adviser, key, text="Nytt")
    whole = adviser.get("/planer/planen/rediger/", {"ved": key}).content.decode()
    assert disabled(line) == [key] * count
    of_whole = whole.partition(f'id="rad-{key}"')[2].partition("</li>")[0]
    of_line = line.content.decode().partition('<div class="messages"')[0]
    assert text_of(of_line).split() == text_of(of_whole.partition(">")[2]).split()


def test_it_says_who_is_responsible_now_and_what_units_found(cast: Cast, adviser: Any, draft: Document) -> None:
    goal_with(draft, 1)
    said = {"verdict": "stop", "text": "Virket ikke", "evaluated_by": cast.adviser, "evaluated_at": NOW}
    Evaluation.objects.create(measure=Measure.objects.get(), year=2025, unit=cast.ihk, **said)
    line = saving(adviser, "t0", responsible="Instituttene")
    assert "Instituttene" in text_of(line.content.decode())
    assert "Virket ikke" in line.content.decode()
    assert "fakultet" not in text_of(line.content.decode()).casefold()
    assert [str(row.party) for row in Measure.objects.get().responsibilities.all()] == ["Instituttene"]


def test_lines_that_come_back_as_they_were_are_left_alone(cast: Cast, adviser: Any, draft: Document) -> None:
    goal_with(draft, 1)
    before, logged = Measure.objects.get().responsibilities.get(), Measure.history.count()
    saving(adviser, "t0", text="Nytt")
    assert Measure.objects.get().responsibilities.get() == before
    assert before.history.count() == 1
    assert Measure.history.count() == logged + 1


def test_what_the_measure_serves_is_in_the_log_though_it_was_not_asked_for(
    cast: Cast, adviser: Any, draft: Document
) -> None:
    goal, route = goal_with(draft, 1), make.route(draft, text="Veien")
    other = make.goal(draft, text="Et til", position=5)
    saving(adviser, "t0", text="Nytt")
    saving(adviser, "t0", goals=[goal.pk, other.pk], routes=[route.pk])
    newest, before = Measure.objects.get().history.all()[:2]
    assert {tie.goal_id for tie in newest.goals.all()} == {goal.pk, other.pk}
    assert {tie.route_id for tie in newest.routes.all()} == {route.pk}
    assert {tie.goal_id for tie in before.goals.all()} == {goal.pk}
    assert before.goals.get().history_id == before.pk


def test_the_first_change_of_what_is_adopted_brings_the_notice_and_the_next_do_not(
    cast: Cast, adviser: Any, adopted: Document
) -> None:
    said = "Teksten er endret siden vedtaket"
    first = saving(adviser, "t1", text="Nytt").content.decode()
    assert first.count(said) == 1
    assert '<div id="standing" hx-swap-oob="true">' in first
    assert "Vedta endringene" not in first
    assert said not in saving(adviser, "t1", text="Nyere").content.decode()
    assert '<span class="editor-adopt" id="adopting" hx-swap-oob="true"></span>' in first


def test_the_first_change_of_what_is_adopted_brings_the_one_way_to_adopt_it(cast: Cast, adopted: Document) -> None:
    dean = client_of(cast.dean)
    button = '<a class="ds-button" data-small href="/planer/planen/vedta/">'
    before = dean.get("/planer/planen/rediger/").content.decode()
    assert button not in before
    assert '<span class="editor-adopt" id="adopting"></span>' in before
    line = saving(dean, "t0", text="Nytt").content.decode()
    assert f'<span class="editor-adopt" id="adopting" hx-swap-oob="true">{button}' in line
    after = dean.get("/planer/planen/rediger/").content.decode()
    assert f'<span class="editor-adopt" id="adopting">{button}' in after
    assert [page.count("/planer/planen/vedta/") for page in (before, line, after)] == [0, 1, 1]
    assert [page.count("Vedta endringene") for page in (before, line, after)] == [0, 1, 1]


def test_what_reads_as_adopted_again_is_answered_with_the_page(cast: Cast, adviser: Any, adopted: Document) -> None:
    saving(adviser, "t1", text="Nytt")
    back = saving(adviser, "t1", text="Tiltak 1")
    assert back.status_code == 302
    assert "Teksten er endret" not in adviser.get(back.url, headers={"hx-request": "true"}).content.decode()


def test_without_script_one_comes_back_to_the_page(cast: Cast, adviser: Any, draft: Document) -> None:
    goal_with(draft, 1)
    assert send(adviser, "/tiltak/t0/endre/", text="Nytt").url == "/planer/planen/rediger/?ved=t0#rad-t0"


def test_a_new_measure_is_answered_with_the_page(cast: Cast, adviser: Any, draft: Document) -> None:
    goal = goal_with(draft, 0)
    new = send(adviser, f"/planer/planen/rediger/nytt-tiltak/?mal={goal.key}", htmx=True, text="Nytt")
    assert new.status_code == 302


@pytest.mark.parametrize("size", [1, 3])
def test_a_save_and_its_form_ask_as_often_in_a_long_plan_as_in_a_short_one(
    cast: Cast, adviser: Any, draft: Document, size: int, django_assert_num_queries: Any
) -> None:
    for number in range(size):
        goal = make.goal(draft, text=f"Mål {number}")
        for count in range(3 * size):
            measure = make.measure(draft, goal, key=f"t{number}-{count}", text=f"Tiltak {number}.{count}")
            measure.responsibilities.create(unit=cast.hf)
    other = make.document("annen", cast.hf, state="draft")
    for number in range(size):
        make.goal(other, text=f"Kan lenkes til {number}")
    address = "/tiltak/t0-0/endre/"
    adviser.get(address)
    with django_assert_num_queries(18):
        opened = adviser.get(address, headers={"hx-request": "true"})
    with django_assert_num_queries(14):
        assert send(adviser, address, of=opened, htmx=True, text="Nytt").status_code == 200


def test_a_saved_line_still_leads_to_the_wheel(cast: Cast, adviser: Any, draft: Document) -> None:
    goal_with(draft, 1)
    make.wheel("hjulet", cast.hf, document=draft)
    assert "/aarshjul/hjulet/rediger/nytt-punkt/?tiltak=t0" in adviser.get("/planer/planen/rediger/").content.decode()
    assert "?tiltak=t0" in saving(adviser, "t0", text="Nytt").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_a_measure_that_was_taken_out_meanwhile_is_answered_with_the_page(
    cast: Cast, adviser: Any, draft: Document, count: int
) -> None:
    goal_with(draft, count)
    address = "/tiltak/t0/endre/"
    opened = adviser.get(address)
    client_of(cast.dean).post("/tiltak/t0/ta-ut/")
    stopped = send(adviser, address, of=opened, htmx=True, text="Mitt")
    assert "Dekan tok dette ut mens du skrev" in text_of(stopped.content.decode())
    assert send(adviser, address, of=stopped, htmx=True).status_code == 302
    assert (Measure.objects.get(key="t0").text, Measure.objects.get(key="t0").status) == ("Mitt", "retired")
