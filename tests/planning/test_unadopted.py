"""Where what holds is written, a save says what readers still see, and each row how it differs from that."""

from __future__ import annotations

import re
from typing import Any

import pytest

from planning import editor
from planning.models import Measure
from strategy.models import Document, Goal
from strategy.services import adopt, freeze
from tests import factories as make
from tests.cast import Cast
from tests.matrix import NOW
from tests.page import text_of
from tests.planning.test_dropping import said
from tests.sending import send
from tests.strategy.test_saved_line import line_in

pytestmark = pytest.mark.usefixtures("today")
EDITOR = "/planer/planen/rediger/"
SAVED = "Lagret. De som leser, ser fortsatt det som er vedtatt."
CHANGED, PROPOSED, STILL_READ = "Endret siden vedtaket", "Foreslått", "Fortsatt i det vedtatte"
ADDRESSES = {
    "a": "/omrade/a/endre/",
    "m": "/mal/m/endre/",
    "v": "/veivalg/v/endre/",
    "t0": "/tiltak/t0/endre/",
}


def fill(plan: Document) -> None:
    area = make.area(plan, key="a", title="Området")
    make.area(plan, key="b", title="Et annet", position=1)
    goal = make.goal(plan, key="m", area=area, text="Målet")
    make.goal(plan, key="n", area=area, text="Neste", position=1)
    make.route(plan, key="v", area=area, text="Veien")
    for number in range(3):
        make.measure(plan, goal, key=f"t{number}", text=f"Tiltak {number}", position=number)
    for word in ("Hensikt", "Mer"):
        plan.sections.create(kind="purpose", text=word, position=1)


@pytest.fixture
def draft(cast: Cast) -> Document:
    plan = make.document("planen", cast.hf, state="draft")
    fill(plan)
    return plan


@pytest.fixture
def adopted(cast: Cast) -> Document:
    plan = make.document("planen", cast.hf)
    fill(plan)
    make.measure(plan, key="gammelt", text="Tatt ut før vedtaket", status="retired")
    freeze(plan, by=cast.dean, now=NOW)
    return plan


def marks(client: Any, address: str = EDITOR) -> dict[str, str]:
    """What each row that has a mark says with it, by its key."""
    page = client.get(address).content.decode()
    kinds = re.findall(r'id="linje-([^"]+)">\s*<div class="editor-text">\s*<p class="thread-kind">(.*?)</p>', page)
    found = {key: text_of(words).partition(" ")[2] for key, words in kinds}
    return {key: mark for key, mark in found.items() if mark}


@pytest.mark.parametrize("key", ADDRESSES)
@pytest.mark.parametrize("htmx", [True, False])
def test_a_save_in_what_holds_says_what_readers_see(adviser: Any, adopted: Document, key: str, htmx: bool) -> None:
    word = {"title" if key == "a" else "text": "Nye ord"}
    answer = send(adviser, ADDRESSES[key], htmx=htmx, **word)
    assert SAVED in (answer.content.decode() if htmx else said(answer))


@pytest.mark.parametrize("key", ADDRESSES)
def test_a_save_in_a_draft_says_no_more_than_that(adviser: Any, draft: Document, key: str) -> None:
    word = {"title" if key == "a" else "text": "Nye ord"}
    answer = send(adviser, ADDRESSES[key], htmx=True, **word).content.decode()
    assert "Lagret." in answer
    assert "De som leser" not in answer
    assert marks(adviser) == {}


def test_all_that_readers_do_not_see_yet_is_told_so_and_a_decision_is_not(adviser: Any, adopted: Document) -> None:
    section = adopted.sections.all()[0]
    send_to = {
        "/planer/planen/rediger/dokument/": {"vision": "En visjon"},
        f"/avsnitt/{section.pk}/endre/": {"text": "Nytt"},
        "/planer/planen/rediger/nytt-tiltak/": {"text": "Et nytt tiltak"},
        "/mal/m/nytt-maltall/": {"kind": "amount", "text": "Førti søkere", "comparator": "at_least", "value": "40"},
    }
    assert {address: said(send(adviser, address, **fields)) for address, fields in send_to.items()} == dict.fromkeys(
        send_to, SAVED
    )
    still = "De som leser, ser fortsatt det som er vedtatt."
    assert said(adviser.post("/tiltak/t1/ta-ut/")) == f"Tatt ut: «Tiltak 1». {still}"
    assert said(adviser.post("/tiltak/t1/hent-tilbake/")) == f"Hentet tilbake: «Tiltak 1». {still}"
    assert said(adviser.post(f"/avsnitt/{section.pk}/ta-ut/")) == f"Tatt ut: «Nytt». {still}"


def test_each_row_says_how_it_differs_and_nothing_does_at_first(cast: Cast, adviser: Any, adopted: Document) -> None:
    assert marks(adviser) == {}
    _first, second = adopted.sections.order_by("pk")
    send(adviser, "/tiltak/t0/endre/", text="Nye ord")
    send(adviser, "/mal/n/omrade/", area=adopted.areas.get(key="b").pk)
    send(adviser, "/veivalg/v/endre/", goals=[Goal.objects.get(key="m").pk])
    send(adviser, f"/avsnitt/{second.pk}/endre/", text="Noe annet")
    send(adviser, "/planer/planen/rediger/nytt-tiltak/", text="Et nytt")
    adviser.post("/tiltak/t1/ta-ut/")
    new = Measure.objects.get(text="Et nytt").key
    assert marks(adviser) == {
        "t0": CHANGED,
        "n": CHANGED,
        "v": CHANGED,
        f"avsnitt-{second.pk}": CHANGED,
        new: PROPOSED,
        "t1": STILL_READ,
    }
    send(adviser, "/tiltak/t0/endre/", text="Tiltak 0")
    assert "t0" not in marks(adviser)
    who: dict[str, Any] = {"decided_by": "Dekanen", "decided_on": NOW.date(), "case_number": ""}
    adopt(adopted, by=cast.dean, now=NOW, **who)
    assert marks(adviser) == {}


def test_a_target_marks_what_it_hangs_on_and_a_goal_taken_out_the_measures_that_lose_it(
    adviser: Any, adopted: Document
) -> None:
    send(adviser, "/mal/n/nytt-maltall/", kind="amount", text="Førti søkere", comparator="at_least", value="40")
    assert marks(adviser) == {"n": CHANGED}
    adviser.post("/mal/m/ta-ut/")
    assert marks(adviser) == {"n": CHANGED, "m": STILL_READ, **{f"t{number}": CHANGED for number in range(3)}}


def test_another_order_is_no_mark(adviser: Any, adopted: Document) -> None:
    other = Goal.objects.get(key="n")
    Measure.objects.get(key="t0").goals.add(other)
    adviser.post("/tiltak/t2/flytt/", {"to": "up"})
    before = marks(adviser)
    adviser.post("/mal/n/flytt/", {"to": "up"})
    assert "Teksten er endret siden vedtaket" in adviser.get(EDITOR).content.decode()
    assert marks(adviser) == before == {"t0": CHANGED}


@pytest.mark.parametrize("key", ADDRESSES)
def test_a_saved_line_has_the_mark_that_the_page_gives_it(adviser: Any, adopted: Document, key: str) -> None:
    word = {"title" if key == "a" else "text": "Nye ord"}
    line = line_in(send(adviser, ADDRESSES[key], htmx=True, **word).content.decode(), key)
    assert line == line_in(adviser.get(EDITOR, {"ved": key}).content.decode(), key)
    assert CHANGED in line


def test_an_area_of_a_long_plan_has_its_marks(adviser: Any, adopted: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editor, "LONG", 3)
    send(adviser, "/tiltak/t0/endre/", text="Nye ord")
    part = adviser.get(f"{EDITOR}omrade/a/", headers={"hx-request": "true"}).content.decode()
    assert CHANGED in line_in(part, "t0")
    assert CHANGED not in line_in(part, "t1")


@pytest.mark.parametrize("count", [1, 3])
def test_the_marks_cost_the_page_and_a_save_no_query_more_for_many_rows(
    adviser: Any, adopted: Document, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        send(adviser, f"/tiltak/t{number}/endre/", text="Nytt")
    adviser.get(EDITOR)
    with django_assert_num_queries(
        25
    ):  # more than a draft's: the newest version, the newest row of each log, a hearing
        assert len(marks(adviser)) == count
    opened = adviser.get("/tiltak/t0/endre/")
    with django_assert_num_queries(14):
        assert send(adviser, "/tiltak/t0/endre/", of=opened, htmx=True, text="Nyere").status_code == 200
