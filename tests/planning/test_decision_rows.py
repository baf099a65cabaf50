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
from tests.sending import send

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
    assert shown(adviser) == []
    [late] = decided(strategy, "Rektor", on=date(2015, 1, 2))
    one, two = decided(strategy, "Styret", "Dekan", on=DAY)
    page = adviser.get(EDITOR).content.decode()
    assert shown(adviser) == ["Styret, 1. september 2014", "Dekan, 1. september 2014", "Rektor, 2. januar 2015"]
    assert [f'action="/vedtak/{row.pk}/flytt/"' in page for row in (one, two, late)] == [True, True, False]
    assert f'id="opp-vedtak-{one.pk}" aria-disabled="true"' in page
    assert f'id="ned-vedtak-{two.pk}" aria-disabled="true"' in page


def test_that_they_can_be_moved_is_said_where_some_can(adviser: Any, strategy: Document) -> None:
    order, moving = "De står etter dato, det nyeste nederst.", "De som har samme dato, eller ingen, kan flyttes."
    decided(strategy, "Styret", on=DAY)
    decided(strategy, "Rektor", on=date(2015, 1, 2))
    page = adviser.get(EDITOR).content.decode()
    assert order in page
    assert moving not in page
    decided(strategy, "Dekan", on=DAY)
    assert f"{order} {moving}" in adviser.get(EDITOR).content.decode()


def test_buttons_and_a_drop_put_those_of_one_day_in_order(adviser: Any, strategy: Document) -> None:
    one, two, three = decided(strategy, "Styret", "Dekan", "Rektor")
    moved = adviser.post(f"/vedtak/{three.pk}/flytt/", {"to": "up"})
    assert moved.url == f"{EDITOR}?ved=vedtak-{three.pk}#rad-vedtak-{three.pk}"
    assert shown(adviser) == ["Styret", "Rektor", "Dekan"]
    said = drop(adviser, "vedtak", str(two.pk), f"vedtak-{one.pk}", version=None)
    assert said == "Flyttet: «Oppdrag: Dekan» er nå nummer 1 av 3."
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


NEW = f"{EDITOR}nytt-vedtak/"
MANDATE = {"kind": "mandate", "decided_by": "Styret", "case_number": "52-12", "text": "Lag en ny politikk."}


def test_a_mandate_is_written_changed_and_taken_out_and_back(adviser: Any, strategy: Document) -> None:
    assert f'href="{NEW}"' in adviser.get(EDITOR).content.decode()
    adviser.post(NEW, MANDATE)
    mandate = strategy.decisions.get()
    assert shown(adviser) == ["Styret, sak 52-12"]
    send(adviser, f"/vedtak/{mandate.pk}/endre/", decided_by="Rektor", decided_on="2014-09-01", why="Feil organ.")
    assert shown(adviser) == ["Rektor, 1. september 2014, sak 52-12"]
    told = adviser.get(f"/vedtak/{mandate.pk}/endringer/").content.decode()
    assert "Feil organ." in told
    assert "Styret" in told
    adviser.post(f"/vedtak/{mandate.pk}/ta-ut/")
    assert shown(adviser) == []
    removed: Any = Decision.history.latest()  # type: ignore[attr-defined]
    adviser.post(f"/vedtak/{removed.history_id}/hent-tilbake/")
    assert shown(adviser) == ["Rektor, 1. september 2014, sak 52-12"]


def test_who_decided_must_be_told(adviser: Any, strategy: Document) -> None:
    answer = adviser.post(NEW, {**MANDATE, "decided_by": ""})
    assert answer.status_code == 200
    assert "Fyll ut dette feltet." in answer.content.decode()
    assert "Lag en ny politikk." in answer.content.decode()


def test_two_who_change_the_same_meet_each_other(adviser: Any, strategy: Document) -> None:
    [mandate] = decided(strategy, "Styret")
    address = f"/vedtak/{mandate.pk}/endre/"
    opened = adviser.get(address)
    send(adviser, address, decided_by="Dekan")
    late = send(adviser, address, of=opened, decided_by="Rektor")
    assert "Dekan" in late.content.decode()
    assert strategy.decisions.get().decided_by == "Dekan"


def test_what_a_version_was_adopted_by_is_nobodys_to_write(cast: Cast, client: Any, strategy: Document) -> None:
    make.goal(strategy)
    adopt(strategy, by=cast.dean, decided_by="Rektor", decided_on=TODAY, case_number="", now=NOW)
    [adoption] = strategy.decisions.all()
    client.force_login(cast.dean)
    page = client.get(EDITOR).content.decode()
    assert f"/vedtak/{adoption.pk}/endringer/" in page
    assert f"/vedtak/{adoption.pk}/endre/" not in page
    for name in ("endre", "ta-ut", "flytt"):
        assert client.post(f"/vedtak/{adoption.pk}/{name}/", {"to": "up"}).status_code == 403
    assert strategy.decisions.get() == adoption


def test_in_what_readers_have_it_takes_whoever_may_decide(cast: Cast, client: Any, strategy: Document) -> None:
    make.goal(strategy)
    adopt(strategy, by=cast.dean, decided_by="Rektor", decided_on=TODAY, case_number="", now=NOW)
    client.force_login(cast.adviser)
    assert NEW not in client.get(EDITOR).content.decode()
    assert client.post(NEW, MANDATE).status_code == 403
    client.force_login(cast.dean)
    client.post(NEW, MANDATE)
    assert shown(client)[0] == "Styret, sak 52-12"
