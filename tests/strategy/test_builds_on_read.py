"""Where a document is read, goals and routes say what they build up under in other documents, to whoever may see it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from strategy.models import Document
from strategy.services import freeze
from tests import factories as make
from tests.cast import Cast, client_of
from tests.matrix import NOW
from tests.page import text_of

pytestmark = pytest.mark.usefixtures("today")
UNDER = re.compile(r'<span class="under">(Bygger opp under: .*?)</span>')
PLAN, POLICY = "/planer/planen/", "/strategi/politikken/"


@pytest.fixture
def strategy(cast: Cast) -> Document:
    strategy = make.document("strategien", cast.university, kind="strategy", title="Strategien", language="en")
    for number in range(3):
        make.goal(strategy, key=f"goal{number}", text=f"More students {number}")
        make.route(strategy, key=f"way{number}", text=f"Work together {number}")
    return strategy


def leaning(document: Document, strategy: Document, count: int = 1) -> None:
    for number in range(count):
        goal = make.goal(document, key=f"m{number}", text=f"Mål {number}")
        route = make.route(document, key=f"v{number}", text=f"Vei {number}")
        goal.links.create(kind="aligned", to_goal=strategy.goals.get(key=f"goal{number}"))
        goal.links.create(kind="aligned", to_route=strategy.routes.get(key=f"way{number}"))
        route.links.create(kind="aligned", to_route=strategy.routes.get(key=f"way{number}"))


def under(person: Any, address: str) -> list[str]:
    return [text_of(words) for words in UNDER.findall(client_of(person).get(address).content.decode())]


@pytest.mark.parametrize("kind", ["action_plan", "policy"])
@pytest.mark.parametrize("is_frozen", [False, True])
def test_it_stands_on_their_lines_with_the_way_there(
    cast: Cast, strategy: Document, kind: str, is_frozen: bool
) -> None:
    slug = "planen" if kind == "action_plan" else "politikken"
    document = make.document(slug, cast.hf, kind=kind)
    leaning(document, strategy)
    if kind == "action_plan":
        make.measure(document, document.goals.get(), text="Et tiltak")
    freeze(strategy, by=cast.dean, now=NOW)
    if is_frozen:
        freeze(document, by=cast.dean, now=NOW)
    assert under(cast.reader, document.get_absolute_url()) == [
        "Bygger opp under: More students 0 (Universitetet); Work together 0 (Universitetet)",
        "Bygger opp under: Work together 0 (Universitetet)",
    ]
    page = client_of(cast.reader).get(document.get_absolute_url()).content.decode()
    assert '<a lang="en" href="/mal/goal0/">More students 0</a>' in page


def test_each_person_gets_what_they_may_see_of_a_kept_page(cast: Cast, strategy: Document) -> None:
    plan = make.document("planen", cast.hf)
    leaning(plan, strategy)
    freeze(plan, by=cast.dean, now=NOW)
    Document.objects.filter(pk=strategy.pk).update(state="draft")
    assert len(under(cast.administrator, PLAN)) == 2
    assert under(cast.outsider, PLAN) == []
    assert len(under(cast.administrator, PLAN)) == 2


def test_new_words_above_are_told_though_the_page_was_kept(cast: Cast, strategy: Document) -> None:
    plan = make.document("planen", cast.hf)
    leaning(plan, strategy)
    for document in (strategy, plan):
        freeze(document, by=cast.dean, now=NOW)
    assert "More students 0" in under(cast.reader, PLAN)[0]
    strategy.goals.filter(key="goal0").update(text="Better students")
    freeze(strategy, by=cast.dean, now=NOW)
    assert "Better students" in under(cast.reader, PLAN)[0]


@pytest.mark.parametrize("count", [1, 3])
def test_many_cost_no_more_queries_than_one(
    cast: Cast, strategy: Document, count: int, django_assert_num_queries: Any
) -> None:
    plan = make.document("planen", cast.hf)
    leaning(plan, strategy, count)
    for document in (strategy, plan):
        freeze(document, by=cast.dean, now=NOW)
    client = client_of(cast.reader)
    client.get(PLAN)
    with django_assert_num_queries(17):
        client.get(PLAN)
