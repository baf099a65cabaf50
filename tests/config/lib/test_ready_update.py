"""A row that is written over in ready words is stored, and told of, as Django's own save does it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError
from django.db.models.signals import post_save, pre_save

from config.lib.ready_update import write_over
from planning.models import Measure
from tests import factories as make
from tests.cast import Cast

pytestmark = pytest.mark.django_db
CHANGED = {"text": "Ny tekst", "links": [{"url": "https://example.org/", "label": "Siden"}], "area": None}


@pytest.fixture
def measure(cast: Cast) -> Measure:
    plan = make.document("planen", cast.hf)
    return make.measure(plan, make.goal(plan), key="t0", area=make.area(plan))


@pytest.fixture
def told() -> Iterator[list[Any]]:
    heard: list[Any] = []

    def before(sender: Any, **said: Any) -> None:
        heard.append(("before", sender, {**said, "signal": None}))

    def after(sender: Any, **said: Any) -> None:
        heard.append(("after", sender, {**said, "signal": None}))

    pre_save.connect(before, sender=Measure)
    post_save.connect(after, sender=Measure)
    yield heard
    pre_save.disconnect(before, sender=Measure)
    post_save.disconnect(after, sender=Measure)


def columns(*names: str) -> list[Any]:
    return [Measure._meta.get_field(name) for name in names]


def changed(measure: Measure) -> Measure:
    for name, value in CHANGED.items():
        setattr(measure, name, value)
    measure.frequency = "hvert år"
    return measure


def test_what_is_named_is_stored_and_nothing_else(measure: Measure) -> None:
    write_over(changed(measure), columns(*CHANGED))
    stored = Measure.objects.get()
    assert {name: getattr(stored, name) for name in CHANGED} == CHANGED
    assert stored.frequency == ""


def test_whoever_listens_hears_what_django_would_say(measure: Measure, told: list[Any]) -> None:
    write_over(changed(measure), columns(*CHANGED))
    ours = told.copy()
    told.clear()
    measure.save(update_fields=CHANGED)
    assert ours == told
    assert [when for when, *_rest in ours] == ["before", "after"]


def test_a_row_that_is_gone_is_an_error(measure: Measure) -> None:
    measure.pk += 1
    with pytest.raises(DatabaseError, match="cannot be written over"):
        write_over(measure, columns("text"))
