"""A long document is read from its outline: areas with their goals, and the measures of each as it is opened."""

import re
from typing import Any

import pytest
from django.test import Client

from strategy import page
from strategy.models import Document
from strategy.services import freeze
from strategy.views import reading
from tests import factories as make
from tests.cast import Cast, client_of
from tests.long_plan import fill
from tests.matrix import NOW

PLAN = "/planer/planen/"
HTMX = {"hx-request": "true"}


@pytest.fixture(autouse=True)
def short_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "LONG", 3)


@pytest.fixture
def plan(cast: Cast, today: Any) -> Document:
    return make.document("planen", cast.hf, title="Planen", state="draft")


def anchors(response: Any) -> set[str]:
    """The items that stand on the page."""
    found = re.findall(r'id="([ounmht]\d[^"]*)"', response.content.decode())
    assert len(found) == len(set(found))
    return set(found)


OUTLINE = {"o0", "u0", "m0", "n0", "o1", "u1", "m1", "n1"}
INSIDE = {"h1", "t1-0", "t1-1"}


def test_it_opens_with_areas_and_goals_and_says_how_many_measures_each_has(adviser: Any, plan: Document) -> None:
    fill(plan, areas=2)
    response = adviser.get(PLAN)
    assert anchors(response) == OUTLINE
    assert re.findall(r"Vis (\d tiltak)<", response.content.decode()) == ["3 tiltak", "3 tiltak"]
    assert "4 mål, 6 tiltak" in response.content.decode()


def test_an_area_is_opened_in_its_place_and_without_script_on_the_page(adviser: Any, plan: Document) -> None:
    fill(plan, areas=2)
    part = adviser.get(f"{PLAN}omrade/o1/", headers=HTMX)
    assert part.content.decode().startswith('<div class="area-opened" id="del-o1">')
    assert anchors(part) == {"u1", "m1", "n1", *INSIDE}
    assert anchors(adviser.get(f"{PLAN}omrade/o1/")) == OUTLINE | INSIDE
    for unknown in ("u1", "annet"):
        assert adviser.get(f"{PLAN}omrade/{unknown}/", headers=HTMX).status_code == 404
        assert adviser.get(f"{PLAN}omrade/{unknown}/").status_code == 404


@pytest.mark.parametrize("at", ["u1", "m1", "n1", "h1", "t1-1"])
def test_the_area_of_what_the_address_names_is_open(adviser: Any, plan: Document, at: str) -> None:
    fill(plan, areas=2)
    assert anchors(adviser.get(PLAN, {"ved": at})) == OUTLINE | INSIDE


def test_all_of_it_can_be_read_on_one_page_and_a_short_document_is_whole(
    adviser: Any, plan: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(plan, areas=2)
    whole = OUTLINE | INSIDE | {"h0", "t0-0", "t0-1"}
    assert 'href="?alt=1"' in adviser.get(PLAN).content.decode()
    assert anchors(adviser.get(PLAN, {"alt": "1"})) == whole
    monkeypatch.setattr(page, "LONG", 200)
    response = adviser.get(PLAN)
    assert anchors(response) == whole
    assert "data-needed" not in response.content.decode()


def test_what_a_filter_leaves_is_closed_only_where_it_is_long(adviser: Any, plan: Document) -> None:
    fill(plan, areas=3)
    response = adviser.get(PLAN, {"vis": "uten-dato"})
    assert 'hx-get="/planer/planen/omrade/o1/?vis=uten-dato#o1"' in response.content.decode()
    assert anchors(adviser.get(f"{PLAN}omrade/o1/?vis=uten-dato", headers=HTMX)) >= INSIDE
    assert anchors(adviser.get(f"{PLAN}omrade/o1/?vis=datert", headers=HTMX)) == set()


def test_readers_of_what_is_adopted_get_the_same_words_and_the_draft_is_not_theirs(
    cast: Cast, plan: Document, adviser: Any
) -> None:
    fill(plan, areas=2)
    assert client_of(cast.outsider).get(f"{PLAN}omrade/o1/", headers=HTMX).status_code == 404
    Document.objects.filter(pk=plan.pk).update(state="in_force")
    freeze(plan, by=cast.dean, now=NOW)
    make.measure(plan, plan.goals.get(key="m1"), key="t1-9", text="Ikke vedtatt")
    outsider = client_of(cast.outsider)
    for _again in range(2):  # the second time they are kept
        assert anchors(outsider.get(PLAN)) == OUTLINE
        assert anchors(outsider.get(f"{PLAN}omrade/o1/", headers=HTMX)) == {"u1", "m1", "n1", *INSIDE}
    assert outsider.get(f"{PLAN}omrade/o1/?tekst=arbeid", headers=HTMX).status_code == 403
    assert "t1-9" in anchors(adviser.get(f"{PLAN}omrade/o1/?tekst=arbeid", headers=HTMX))


def test_comments_have_their_places_in_what_is_fetched(adviser: Any, plan: Document) -> None:
    fill(plan, areas=2)
    part = adviser.get(f"{PLAN}omrade/o1/", headers=HTMX).content.decode()
    assert 'id="kommenter-tiltak-t1-0"' in part
    assert "<!--" not in part


@pytest.mark.parametrize("areas", [2, 4])
def test_page_and_area_ask_as_often_for_two_areas_as_for_four(
    cast: Cast, adviser: Client, plan: Document, areas: int, django_assert_num_queries: Any
) -> None:
    fill(plan, areas=areas, measures=2 * areas)
    reading.forget_pages()
    adviser.get(PLAN)
    with django_assert_num_queries(31):
        adviser.get(PLAN)
    with django_assert_num_queries(26):
        adviser.get(f"{PLAN}omrade/o1/", headers=HTMX)
