"""Two at the same moment, over real connections: nothing is said in a hearing that has ended."""

from collections.abc import Callable
from threading import Event
from time import sleep
from typing import Any

import pytest
from django.db import transaction

from config.lib.models import StaleEdit
from organisation import comments
from organisation.comments import CannotComment, end_hearing
from organisation.models import Comment, Hearing, User
from strategy.models import Document
from strategy.writing import CannotChangeState
from tests import factories as make
from tests.annual_wheel.test_at_once import at_once
from tests.cast import Cast, make_cast
from tests.matrix import NOW
from tests.talking import comment, hearing

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def draft(people: Cast) -> Document:
    return make.document("utkastet", people.hf, state="draft", vision="Flere søkere")


def refused_as(*kinds: type[Exception]) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    def guard(act: Callable[[], Any]) -> Callable[[], Any]:
        def run() -> Any:
            try:
                return act()
            except kinds as refused:
                return refused

        return run

    return guard


@pytest.mark.parametrize("round_number", range(3))
def test_a_draft_sent_twice_at_once_is_on_one_hearing(people: Cast, draft: Document, round_number: int) -> None:
    guard = refused_as(CannotChangeState)

    def sending(by: User) -> Callable[[], Any]:
        return guard(lambda: hearing(Document.objects.get(pk=draft.pk), by))

    answers = at_once(sending(people.adviser), sending(people.dean))
    assert sorted(type(answer).__name__ for answer in answers) == ["CannotChangeState", "Hearing"]
    assert Hearing.objects.filter(closed_at=None).count() == 1


def test_an_input_waits_for_a_hearing_that_is_being_ended_and_is_refused(people: Cast, draft: Document) -> None:
    asked = hearing(draft, people.adviser)
    is_ending = Event()

    def end() -> None:
        with transaction.atomic():
            end_hearing("utkastet", by=people.adviser, now=NOW)
            is_ending.set()
            sleep(0.5)  # long enough for the other to have asked for the row

    def say() -> Any:
        assert is_ending.wait(timeout=5)
        return refused_as(CannotComment)(lambda: comment(draft, people.coordinator, hearing=asked))()

    _ended, answer = at_once(end, say)
    assert isinstance(answer, CannotComment)
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("round_number", range(3))
def test_of_two_answers_at_once_one_stands(people: Cast, draft: Document, round_number: int) -> None:
    said = comment(draft, people.coordinator, hearing=hearing(draft, people.adviser))

    def answering(by: Any, code: str) -> Callable[[], Any]:
        row = Comment.objects.get(pk=said.pk)
        row.answer, row.answer_text = code, "Derfor"
        return refused_as(StaleEdit)(lambda: comments.answer(row, by=by, now=NOW, expected=row.lock_version))

    answers = at_once(answering(people.adviser, "not"), answering(people.dean, "taken_in"))
    [kept] = [answer for answer in answers if isinstance(answer, Comment)]
    said.refresh_from_db()
    assert (said.answer, said.answered_by, said.lock_version) == (kept.answer, kept.answered_by, 2)
    assert said.history.count() == 2
