"""Decisions stand in the editor by their day; those of one day, or of none, are put in order as other rows are."""

import re
from datetime import date
from typing import Any

import pytest

from strategy.models import Decision, Document
from strategy.services import adopt
from tests import factories as make
from tests.cast import Cast
from tests.matrix import NOW, TODAY
from tests.planning.test_dropping import drop, undo

EDITOR = "/strategi/strategien/rediger/"
DAY = date(2014, 9, 1)


@pytest.fixture
def strategy(cast: Cast, today: Any) -> Document:
    return make.document("strategien", cast.hf, kind="strategy", state="draft")


def decided(strategy: Document, *by: str, on: date | None = None) -> list[Decision]:
    kind = "mandate" if on is None else "adoption"
    return [Decision.objects.create(document=strategy, kind=kind, decided_by=who, decided_on=on) for who in by]


def shown(client: Any) -> list[str]:
    section = client.get(EDITOR).content.decode().partition('id="h-decisions"')[2].partition("</section>")[0]
    return re.findall(r'<p class="editor-words"[^>]*>(.*?)</p>', section)


def test_they_stand_by_their_day_with_buttons_where_there_is_another_of_it(adviser: Any, strategy: Document) -> None:
    assert "h-decisions" not in adviser.get(EDITOR).content.decode()
    [late] = decided(strategy, "Rektor", on=date(2015, 1, 2))
    one, two = decided(strategy, "Styret", "Dekan", on=DAY)
    page = adviser.get(EDITOR).content.decode()
    assert shown(adviser) == ["Styret, 1. september 2014", "Dekan, 1. september 2014", "Rektor, 2. januar 2015"]
    assert [f'action="/vedtak/{row.pk}/flytt/"' in page for row in (one, two, late)] == [True, True, False]
    assert f'id="opp-vedtak-{one.pk}" aria-disabled="true"' in page
    assert f'id="ned-vedtak-{two.pk}" aria-disabled="true"' in page


def test_buttons_and_a_drop_put_those_of_one_day_in_order(adviser: Any, strategy: Document) -> None:
    one, two, three = decided(strategy, "Styret", "Dekan", "Rektor")
    moved = adviser.post(f"/vedtak/{three.pk}/flytt/", {"to": "up"})
    assert moved.url == f"{EDITOR}?ved=vedtak-{three.pk}#rad-vedtak-{three.pk}"
    assert shown(adviser) == ["Styret", "Rektor", "Dekan"]
    said = drop(adviser, "vedtak", str(two.pk), f"vedtak-{one.pk}", version=None)
    assert said == "Flyttet: «oppdrag: Dekan» er nå nummer 1 av 3."
    assert shown(adviser) == ["Dekan", "Styret", "Rektor"]
    undo(adviser)
    assert shown(adviser) == ["Styret", "Rektor", "Dekan"]


def test_no_one_of_another_day_is_passed(adviser: Any, strategy: Document) -> None:
    [early], [late] = decided(strategy, "Styret"), decided(strategy, "Rektor", on=DAY)
    assert "Noen andre har flyttet" in drop(adviser, "vedtak", str(late.pk), f"vedtak-{early.pk}", version=None)
    adviser.post(f"/vedtak/{late.pk}/flytt/", {"to": "up"})
    assert shown(adviser) == ["Styret", "Rektor, 1. september 2014"]


def test_an_adoption_comes_last_of_its_day(cast: Cast, adviser: Any, strategy: Document) -> None:
    make.goal(strategy)
    one, two = decided(strategy, "Styret", "Dekan", on=TODAY)
    drop(adviser, "vedtak", str(two.pk), f"vedtak-{one.pk}", version=None)
    adopt(strategy, by=cast.dean, decided_by="Rektor", decided_on=TODAY, case_number="", now=NOW)
    assert [decision.decided_by for decision in strategy.decisions.all()] == ["Dekan", "Styret", "Rektor"]
