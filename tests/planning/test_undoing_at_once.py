"""A split or a join is undone while somebody else goes on with one of the two, over real connections."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest

from planning import joining
from planning.models import Measure
from strategy import splitting
from strategy.models import Document
from tests.annual_wheel.test_at_once import at_once
from tests.cast import Cast, client_of, make_cast
from tests.planning.test_writing_at_once import posting, sending, told, two_measures

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("today")]
STEPS = {
    "split": ("/tiltak/t0/del-i-to/", {"text": "Første", "second_text": "Andre"}, splitting),
    "join": (
        "/tiltak/t0/sla-sammen/",
        {"text": "Begge", "med": "t1", "other_version": "1", "lock_version": "1"},
        joining,
    ),
}


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def plan(people: Cast) -> Document:
    return two_measures(people)


@pytest.mark.parametrize("step", STEPS)
def test_who_changes_one_of_them_while_it_is_undone_waits_and_is_told(
    people: Cast, plan: Document, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    address, words, module = STEPS[step]
    client, begun, done, save = client_of(people.adviser), Event(), Event(), module.save_changed
    client.post(address, words | {"lock_version": "1"}, follow=True)
    other = Measure.objects.exclude(key="t0").latest("pk")

    def slowly(*args: Any, **kwargs: Any) -> Any:
        begun.set()
        assert not done.wait(0.7)
        return save(*args, **kwargs)

    monkeypatch.setattr(module, "save_changed", slowly)
    act = sending(people.dean, f"/tiltak/{other.key}/endre/", text="Dekanens")

    def wait_and_act() -> Any:
        assert begun.wait(5)
        answer = act()
        done.set()
        return answer

    _undone, answer = at_once(posting(client, f"{address}angre/", {}), wait_and_act)
    assert "mens du skrev" in answer.content.decode()
    assert not Measure.objects.filter(text="Dekanens").exists()


@pytest.mark.parametrize("step", STEPS)
def test_what_was_changed_since_it_was_fetched_is_not_undone(
    people: Cast, plan: Document, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """The undo has read both when the change is saved."""
    address, words, module = STEPS[step]
    client, keep = client_of(people.adviser), module.keep_words_in_force
    client.post(address, words | {"lock_version": "1"}, follow=True)
    other = Measure.objects.exclude(key="t0").latest("pk")

    edit = sending(people.dean, f"/tiltak/{other.key}/endre/", text="Dekanens")

    def changed_first(*args: Any, **kwargs: Any) -> None:
        at_once(edit)
        keep(*args, **kwargs)

    monkeypatch.setattr(module, "keep_words_in_force", changed_first)
    [said] = told(client.post(f"{address}angre/", follow=True))
    assert "«Dekanens» er endret siden" in said
    assert Measure.objects.get(pk=other.pk).text == "Dekanens"
    assert Measure.objects.get(pk=other.pk).status == other.status
