"""Two who save the two halves of a circle at the same moment: the first stands, the second is told the way round."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from strategy.models import Document, GoalLink
from tests import factories as make
from tests.annual_wheel.test_at_once import at_once
from tests.cast import Cast, client_of, make_cast
from tests.planning.test_writing_at_once import sending

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("today")]
ROUNDS = pytest.mark.parametrize("round_number", range(4))


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def two(people: Cast) -> tuple[Document, Document]:
    made = [make.document(name, people.hf, title=name, state="draft") for name in ("en", "to")]
    for document in made:
        make.goal(document, key=f"mal-{document.slug}", text=f"Målet i {document.slug}")
    return made[0], made[1]


def head_of(slug: str) -> str:
    return f"/planer/{slug}/rediger/dokument/"


def statuses(answers: list[Any]) -> list[int]:
    return sorted(answer.redirect_chain[0][1] if answer.redirect_chain else answer.status_code for answer in answers)


def refused(answers: list[Any]) -> str:
    [page] = [answer.content.decode() for answer in answers if not answer.redirect_chain]
    return page


@ROUNDS
def test_of_two_documents_that_would_follow_each_other_one_does(
    people: Cast, two: tuple[Document, Document], round_number: int
) -> None:
    one, other = two
    answers = at_once(
        sending(people.adviser, head_of("en"), follows=str(other.pk)),
        sending(people.dean, head_of("to"), follows=str(one.pk)),
    )
    assert statuses(answers) == [200, 302]
    assert "Da ville dokumentet følge etter seg selv: «" in refused(answers)
    assert Document.objects.exclude(follows=None).count() == 1


@ROUNDS
def test_of_two_documents_that_would_carry_out_each_other_one_does(
    people: Cast, two: tuple[Document, Document], round_number: int
) -> None:
    one, other = two
    answers = at_once(
        sending(people.adviser, head_of("en"), carries_out=[str(other.pk)]),
        sending(people.dean, head_of("to"), carries_out=[str(one.pk)]),
    )
    assert statuses(answers) == [200, 302]
    assert "Da ville dokumentet gjennomføre seg selv: «" in refused(answers)
    assert Document.carries_out.through.objects.count() == 1


@ROUNDS
def test_a_plan_that_begins_does_not_come_to_carry_out_itself(
    people: Cast, two: tuple[Document, Document], round_number: int
) -> None:
    above, before = two
    before.carries_out.add(above)
    begun = make.document("neste", people.hf, title="neste", state="draft", follows=before)
    at_once(
        lambda: client_of(people.dean).post("/planer/neste/begynn/", {"measures": "alle"}),
        sending(people.adviser, head_of("en"), carries_out=[str(begun.pk)]),
    )
    assert begun.goals.count() == 1
    pairs = [(begun.pk, above.pk), (above.pk, begun.pk)]
    found = Document.carries_out.through.objects.values_list("from_document", "to_document")
    assert len([pair for pair in found if pair in pairs]) == 1


@ROUNDS
def test_of_two_goals_that_would_follow_each_other_one_does(
    people: Cast, two: tuple[Document, Document], round_number: int
) -> None:
    answers = at_once(
        sending(people.adviser, "/mal/mal-en/endre/", succeeded=["mal.mal-to"]),
        sending(people.dean, "/mal/mal-to/endre/", succeeded=["mal.mal-en"]),
    )
    assert statuses(answers) == [200, 302]
    assert "følger allerede etter dette, så dette kan ikke følge etter det" in refused(answers)
    assert GoalLink.objects.count() == 1


@ROUNDS
def test_two_goals_that_come_to_build_up_under_each_other_wait_for_each_other(
    people: Cast, two: tuple[Document, Document], round_number: int
) -> None:
    """Nothing forbids it, and neither is stopped by the other's lock."""
    answers = at_once(
        sending(people.adviser, "/mal/mal-en/endre/", aligned=["mal.mal-to"]),
        sending(people.dean, "/mal/mal-to/endre/", aligned=["mal.mal-en"]),
    )
    assert statuses(answers) == [302, 302]
    assert GoalLink.objects.count() == 2


def test_a_save_that_leans_on_nothing_new_waits_for_nobody(people: Cast, two: tuple[Document, Document]) -> None:
    goal = "/mal/mal-en/endre/"
    sending(people.adviser, goal, succeeded=["mal.mal-to"])()
    for act in (
        sending(people.adviser, goal, text="Målet i to", why="Bedre"),
        sending(people.adviser, head_of("en"), title="En annen tittel"),
    ):
        with CaptureQueriesContext(connection) as queries:
            act()
        assert not [query for query in queries if "pg_advisory" in query["sql"]]


def test_what_is_taken_away_waits_for_nobody(people: Cast, two: tuple[Document, Document]) -> None:
    goal = "/mal/mal-en/endre/"
    sending(people.adviser, goal, succeeded=["mal.mal-to"])()
    with CaptureQueriesContext(connection) as queries:
        client_of(people.adviser)
        sending(people.adviser, goal, succeeded=[])()
    assert not [query for query in queries if "pg_advisory" in query["sql"]]
    assert GoalLink.objects.count() == 0
