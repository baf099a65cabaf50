"""Those who own a document are told in good time that its period ends, or that of what it rests on."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from strategy.expiry import left_words, own_words
from strategy.models import Document
from tests import factories as make
from tests.cast import Cast, client_of
from tests.page import text_of

TODAY = date(2026, 3, 15)
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def plan(cast: Cast) -> Document:
    return make.document("planen", cast.hf, title="Planen", period_to_on=date(2026, 6, 30))


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (TODAY, "i dag"),
        (TODAY + timedelta(days=1), "om 1 dag"),
        (TODAY + timedelta(days=13), "om 13 dager"),
        (TODAY + timedelta(days=20), "om 2 uker"),
        (date(2026, 6, 30), "om 3 måneder"),
    ],
)
def test_how_far_it_is(last: date, words: str) -> None:
    assert left_words(last, today=TODAY) == words


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (date(2026, 3, 14), "Perioden er over. Dokumentet gjaldt til 14. mars 2026."),
        (date(2026, 3, 15), "Gjelder til 15. mars 2026 (i dag)."),
        (date(2026, 9, 14), "Gjelder til 14. september 2026 (om 6 måneder)."),
        (date(2026, 9, 15), ""),
        (None, ""),
    ],
)
def test_it_is_told_half_a_year_before(cast: Cast, last: date | None, words: str) -> None:
    document = make.document("planen", cast.hf, period_to_on=last)
    assert own_words(document, today=TODAY) == (f"{words} Ingen har begynt på det neste." if words else "")


@pytest.mark.parametrize("state", ["draft", "hearing", "expired", "replaced"])
def test_only_what_holds_can_come_to_an_end(cast: Cast, state: str) -> None:
    assert own_words(make.document("planen", cast.hf, state=state, period_to_on=TODAY), today=TODAY) == ""


def test_the_owner_is_told_on_the_start_page_and_on_the_plan(cast: Cast, plan: Document) -> None:
    words = "Gjelder til 30. juni 2026 (om 3 måneder). Ingen har begynt på det neste."
    for address in ("/", "/planer/planen/"):
        assert words in text_of(client_of(cast.adviser).get(address).content.decode())
        assert "Gjelder til 30. juni" not in text_of(client_of(cast.reader).get(address).content.decode())


def test_what_comes_next_is_named(cast: Cast, plan: Document) -> None:
    make.document("neste", cast.hf, title="Neste plan", state="draft", follows=plan)
    page = text_of(client_of(cast.adviser).get("/planer/planen/").content.decode())
    assert "Det neste er «Neste plan»." in page


def test_it_is_told_of_what_the_plan_rests_on_too(cast: Cast, plan: Document) -> None:
    policy = make.document(
        "politikken", cast.university, kind="policy", title="Politikken", period_to_on=date(2026, 4, 1)
    )
    plan.carries_out.add(policy)
    words = "Bygger på «Politikken», som gjelder til 1. april 2026 (om 2 uker)."
    for address in ("/", "/planer/planen/"):
        assert words in text_of(client_of(cast.adviser).get(address).content.decode())
    assert words not in text_of(client_of(cast.reader).get("/planer/planen/").content.decode())


def test_what_lapsed_is_told_once(cast: Cast) -> None:
    make.document("gammel", cast.hf, title="Gammel", period_to_on=date(2025, 12, 31))
    page = text_of(client_of(cast.adviser).get("/").content.decode())
    assert page.count("Perioden") == 1
    assert "Dokumentet gjaldt til 31. desember 2025" in page


def test_the_start_page_asks_as_often_for_three_plans(cast: Cast, plan: Document) -> None:
    def queries() -> int:
        client = client_of(cast.adviser)
        client.get("/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        return len(asked)

    make.document("plan-0", cast.hf, period_to_on=date(2026, 6, 30), follows=plan).carries_out.add(plan)
    one = queries()
    for number in range(1, 4):
        other = make.document(f"plan-{number}", cast.hf, period_to_on=date(2026, 6, 30), follows=plan)
        other.carries_out.add(plan)
    assert queries() == one
