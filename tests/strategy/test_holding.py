"""From when adopted words hold, and what readers see until then and from then on."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from config.lib import clock
from planning.models import ReportingRound
from planning.reporting import start_round
from strategy.models import Document, Version
from strategy.services import adopt, words_in_force
from strategy.shown_state import words_of
from tests import factories as make
from tests.cast import Cast, client_of
from tests.page import text_of
from tests.sending import send

TODAY = date(2026, 3, 15)
SUMMER = date(2026, 6, 1)
NOW = datetime(2026, 3, 15, 8, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def plan(cast: Cast) -> Document:
    """A plan that holds with one goal, and that has been adopted with other words from 1 June on."""
    plan = make.document("planen", cast.hf, title="Planen", state="draft")
    goal = make.goal(plan, key="maalet", text="Flere søkere")
    decide(plan, cast)
    plan.title, goal.text = "Planen, ny", "Mange flere søkere"
    plan.save()
    goal.save()
    make.goal(plan, key="nytt", text="Et helt nytt mål")
    decide(plan, cast, holds_from=SUMMER)
    return Document.objects.get(pk=plan.pk)


def decide(plan: Document, cast: Cast, **more: Any) -> Version:
    version = adopt(plan, by=cast.dean, decided_by="Styret", decided_on=TODAY, case_number="", now=NOW, **more)
    plan.refresh_from_db()
    return version


def page_of(person: Any, address: str) -> str:
    return text_of(client_of(person).get(address).content.decode())


def test_until_the_day_readers_read_what_holds_and_are_told_what_comes(cast: Cast, plan: Document) -> None:
    page = page_of(cast.reader, "/planer/planen/")
    assert "Flere søkere" in page
    assert "Mange flere søkere" not in page
    assert "Gjelder" in page
    assert "En ny utgave er vedtatt. Den gjelder fra 1. juni 2026." in page
    assert "Planen, ny" not in page_of(cast.reader, "/planer/")
    assert page_of(cast.reader, "/sok/?q=flere").count("Mange flere") == 0
    coming = page_of(cast.reader, "/planer/planen/?tekst=kommende")
    assert "Mange flere søkere" in coming
    assert "Dette er vedtatt og gjelder fra 1. juni 2026." in coming
    assert "Dette er vedtatt og gjelder fra 1. juni 2026." in page_of(cast.reader, "/mal/nytt/")
    goal = page_of(cast.adviser, "/mal/maalet/")
    assert "En ny utgave er vedtatt. Den gjelder fra 1. juni 2026. Les det som kommer" in goal
    assert "Mange flere søkere" not in goal
    assert "Mange flere søkere" in page_of(cast.reader, "/mal/maalet/?tekst=kommende")


def test_on_the_day_it_takes_over_by_itself(cast: Cast, plan: Document, monkeypatch: Any) -> None:
    page_of(cast.reader, "/planer/planen/")  # so that the page is kept
    monkeypatch.setattr(clock, "today", lambda: SUMMER)
    page = page_of(cast.reader, "/planer/planen/")
    assert "Mange flere søkere" in page
    assert "En ny utgave er vedtatt" not in page
    assert "Planen, ny" in page_of(cast.reader, "/planer/")
    assert "Mange flere" in page_of(cast.reader, "/sok/?q=flere")


def test_the_editors_see_no_change_that_is_adopted_already(cast: Cast, plan: Document) -> None:
    assert "Arbeidsteksten er endret" not in page_of(cast.adviser, "/planer/planen/")


def test_a_first_adoption_waits_too(cast: Cast) -> None:
    plan = make.document("planen", cast.hf, title="Planen", state="draft", period_from_on=SUMMER)
    make.goal(plan, text="Flere søkere")
    send(client_of(cast.dean), "/planer/planen/vedta/", decided_by="Styret", decided_on="2026-03-10")
    for address in ("/planer/planen/", "/planer/", "/planer/?status=adopted"):
        assert "Vedtatt, gjelder fra 1. juni 2026" in page_of(cast.reader, address)
    for address in ("/planer/planen/rediger/", "/rapporter/", "/planer/enheter/"):
        assert "Vedtatt, gjelder fra 1. juni 2026" in page_of(cast.dean, address)
    assert "Flere søkere" in page_of(cast.reader, "/planer/planen/")
    plan.refresh_from_db()
    assert words_of(plan, today=SUMMER) == "Gjelder"
    asked = ReportingRound(document=plan, from_on=TODAY, to_on=SUMMER, due_on=SUMMER)
    with pytest.raises(ValidationError, match="Planen gjelder ikke før 1"):
        start_round(asked, by=cast.dean, now=NOW, today=TODAY)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2026-03-14", "Teksten kan tidligst gjelde fra 15. mars 2026."),
        ("2027-01-01", "Da er perioden over: den slutter 31. desember 2026."),
        ("2026-07-01", "Vedtatt. Utgave 2 gjelder fra 1. juli 2026"),
        ("", "Vedtatt. Utgave 2 er det alle leser fra nå av."),
    ],
)
def test_which_days_it_can_hold_from(cast: Cast, typed: str, words: str) -> None:
    plan = make.document("planen", cast.hf, state="draft", period_to_on=date(2026, 12, 31))
    make.goal(plan)
    decide(plan, cast)
    make.goal(plan)
    dean = client_of(cast.dean)
    answer = send(dean, "/planer/planen/vedta/", decided_by="Styret", decided_on="2026-03-15", holds_from=typed)
    page = answer if answer.status_code == 200 else dean.get(answer.url)
    assert words in text_of(page.content.decode())


def test_what_is_adopted_last_replaces_what_waits(cast: Cast, plan: Document) -> None:
    plan.title = "Planen, enda nyere"
    plan.save()
    assert decide(plan, cast).holds_from == SUMMER
    plan.title = "Planen, straks"
    plan.save()
    decide(plan, cast, holds_from=TODAY)
    for day in (TODAY, SUMMER):
        assert words_in_force(plan, today=day)["title"] == "Planen, straks"
    assert plan.known_as == "Planen, straks"
    assert plan.coming_on(TODAY) is None


def test_several_wait_in_turn(cast: Cast, plan: Document, monkeypatch: Any) -> None:
    autumn = date(2026, 9, 1)
    plan.title = "Planen, høst"
    plan.save()
    decide(plan, cast, holds_from=autumn)
    for day, title in ((TODAY, "Planen"), (SUMMER, "Planen, ny"), (autumn, "Planen, høst")):
        monkeypatch.setattr(clock, "today", lambda day=day: day)
        assert plan.known_as == title
        assert words_in_force(plan, today=day)["title"] == title
