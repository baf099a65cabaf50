"""Two measures become one while somebody else writes one of them, over real connections."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from planning import joining
from planning.models import Measure
from strategy.models import Document
from tests.annual_wheel.test_at_once import at_once
from tests.cast import Cast, make_cast
from tests.planning.test_writing_at_once import ROUNDS, sending, two_measures

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("today")]
JOIN = "/tiltak/t0/sla-sammen/"


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def plan(people: Cast) -> Document:
    return two_measures(people)


def joins(people: Cast) -> Any:
    return sending(people.adviser, JOIN, text="Begge deler", med="t1", other_version="1", lock_version="1")


def test_who_writes_the_other_while_they_are_joined_waits_and_is_told(
    people: Cast, plan: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, written, write = Event(), Event(), joining.write_row

    def slowly(*args: Any, **kwargs: Any) -> Any:
        begun.set()
        assert not written.wait(0.7)
        return write(*args, **kwargs)

    monkeypatch.setattr(joining, "write_row", slowly)
    join, edit = joins(people), sending(people.dean, "/tiltak/t1/endre/", text="Dekanens")

    def wait_and_edit() -> Any:
        assert begun.wait(5)
        answer = edit()
        written.set()
        return answer

    _joined, told = at_once(join, wait_and_edit)
    assert "tok dette ut mens du skrev" in told.content.decode()
    assert [*Measure.objects.filter(key__in=["t0", "t1"]).values_list("text", "status")] == [
        ("Begge deler", "in_force"),
        ("Tiltak 1", "retired"),
    ]


@ROUNDS
def test_of_a_join_and_a_change_of_the_other_the_second_is_told(
    people: Cast, plan: Document, round_number: int
) -> None:
    joined, edited = at_once(joins(people), sending(people.dean, "/tiltak/t1/endre/", text="Dekanens"))
    other = Measure.objects.get(key="t1")
    assert bool(joined.redirect_chain) != bool(edited.redirect_chain)
    if joined.redirect_chain:
        assert (other.text, other.status) == ("Tiltak 1", "retired")
    else:
        assert "Det andre tiltaket er endret i mellomtiden, og sier nå: «Dekanens»" in joined.content.decode()
        assert (other.text, other.status) == ("Dekanens", "in_force")


@ROUNDS
def test_of_two_who_join_the_same_two_each_their_way_one_does(people: Cast, plan: Document, round_number: int) -> None:
    back = sending(people.dean, "/tiltak/t1/sla-sammen/", text="Begge", med="t0", other_version="1", lock_version="1")
    at_once(joins(people), back)
    pair = Measure.objects.filter(key__in=["t0", "t1"])
    assert sorted(pair.values_list("status", flat=True)) == ["in_force", "retired"]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (JOIN, {"text": "Begge", "med": "t1", "other_version": "1", "lock_version": "1"}),
        ("/tiltak/t0/del-i-to/", {"text": "Første", "second_text": "Andre"}),
    ],
)
def test_the_turn_is_taken_before_any_row_is_locked(
    people: Cast, plan: Document, address: str, words: dict[str, str]
) -> None:
    save = sending(people.adviser, address, **words)
    with CaptureQueriesContext(connection) as queries:
        assert save().redirect_chain
    locks = [query["sql"] for query in queries if "pg_advisory" in query["sql"] or " FOR " in query["sql"]]
    assert "pg_advisory" in locks[0]
    assert len(locks) > 2
