"""A document that another follows is replaced by it, from the day that one holds."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from config.lib import clock
from strategy.models import Document, Version
from strategy.services import adopt
from strategy.writing import change_state
from tests import factories as make
from tests.cast import Cast, client_of
from tests.page import text_of
from tests.sending import send

TODAY = date(2026, 3, 15)
SUMMER = date(2026, 6, 1)
NOW = datetime(2026, 3, 15, 8, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def old(cast: Cast) -> Document:
    plan = make.document("gammel", cast.hf, title="Gammel plan")
    make.goal(plan)
    return plan


@pytest.fixture
def new(cast: Cast, old: Document) -> Document:
    plan = make.document("nyplanen", cast.hf, title="Ny plan", state="draft", follows=old)
    make.goal(plan)
    return plan


def adopt_by_form(person: Any, **fields: str) -> None:
    said = {"decided_by": "Styret", "decided_on": "2026-03-10", **fields}
    assert send(client_of(person), "/planer/nyplanen/vedta/", **said).status_code == 302


def page_of(person: Any, address: str) -> str:
    return text_of(client_of(person).get(address).content.decode())


def test_adopting_what_follows_replaces_it_unless_one_says_no(cast: Cast, old: Document, new: Document) -> None:
    assert "«Gammel plan» er erstattet fra den dagen" in page_of(cast.dean, "/planer/nyplanen/vedta/")
    later = make.document("senere", cast.hf, title="Enda senere", state="draft", follows=old)
    make.goal(later)
    said: Any = {"decided_by": "Styret", "decided_on": TODAY, "case_number": "", "now": NOW, "holds_from": SUMMER}
    adopt(later, by=cast.dean, **said)
    adopt_by_form(cast.dean)
    old.refresh_from_db()
    assert old.state == "replaced"
    last = old.history.latest()
    assert (last.history_user, last.history_change_reason) == (cast.dean, "Erstattet av det som følger etter.")
    assert Version.objects.filter(document=old).exists()
    page = page_of(cast.reader, "/planer/gammel/")
    assert "Erstattet av «Ny plan». Les det nye" in page
    assert "Erstatter Gammel plan" in page_of(cast.reader, "/planer/nyplanen/")


def test_one_can_let_both_hold(cast: Cast, old: Document, new: Document) -> None:
    adopt_by_form(cast.dean, replaces="")
    old.refresh_from_db()
    assert (old.state, old.replaced_on) == ("in_force", None)
    assert "Følger etter Gammel plan" in page_of(cast.reader, "/planer/nyplanen/")


def test_it_holds_until_the_other_does(cast: Cast, old: Document, new: Document, monkeypatch: Any) -> None:
    adopt_by_form(cast.dean, holds_from="2026-06-01")
    page = page_of(cast.reader, "/planer/gammel/")
    assert "Gjelder Det humanistiske fakultet" in page
    assert "Erstattes av «Ny plan» fra 1. juni 2026." in page
    monkeypatch.setattr(clock, "today", lambda: SUMMER)
    page = page_of(cast.reader, "/planer/gammel/")
    assert "Erstattet Det humanistiske fakultet" in page
    assert "Erstattet av «Ny plan»." in page
    assert "Erstatter Gammel plan" in page_of(cast.reader, "/planer/nyplanen/")
    assert "Gammel plan" in page_of(cast.reader, "/planer/?status=replaced")
    assert "Gammel plan" not in page_of(cast.reader, "/planer/?status=in_force")


def test_a_leader_can_say_that_it_holds_after_all(cast: Cast, old: Document, new: Document) -> None:
    adopt_by_form(cast.dean, holds_from="2026-06-01")
    old.refresh_from_db()
    change_state(old, by=cast.dean, now=NOW, to="in_force", may_decide=True, expected=old.lock_version)
    old.refresh_from_db()
    assert old.state_on(SUMMER) == "in_force"


def test_only_what_one_decides_about_can_be_replaced(cast: Cast, old: Document, new: Document) -> None:
    Document.objects.filter(pk=old.pk).update(owner=cast.university)
    assert "er erstattet fra den dagen" not in page_of(cast.dean, "/planer/nyplanen/vedta/")
    adopt_by_form(cast.dean)
    old.refresh_from_db()
    assert old.state == "in_force"


@pytest.mark.parametrize("state", ["in_force", "expired"])
def test_readers_are_told_that_the_period_is_over(cast: Cast, state: str) -> None:
    make.document("utlopt", cast.hf, title="Utløpt", period_to_on=date(2025, 12, 31), state=state)
    page = page_of(cast.reader, "/planer/utlopt/")
    assert "Utløpt Det humanistiske fakultet" in page
    assert "Perioden er over. Dokumentet gjaldt til 31. desember 2025." in page
    assert "Utløpt" in page_of(cast.reader, "/planer/?status=expired")
    assert "Utløpt" in page_of(cast.reader, "/rapporter/")
