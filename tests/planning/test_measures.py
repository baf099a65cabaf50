"""A measure: its responsibility lines, and the goals it serves."""

from typing import Any

import pytest

from tests import factories as make
from tests.cast import Cast
from tests.sending import fields_of, send

pytestmark = pytest.mark.usefixtures("today")


def test_lines_are_added_ordered_and_removed_without_script(cast: Cast, adviser: Any) -> None:
    measure = make.measure(make.document("planen", cast.hf))
    address = f"/tiltak/{measure.key}/endre/"
    page = send(adviser, address, text="Skrevet halvveis", do="lines-add", **{"lines-0-party": "HF"})
    page = send(adviser, address, of=page, do="lines-add", **{"lines-1-party": "IHK", "lines-1-under": "1"})
    page = send(adviser, address, of=page, do="lines-up-2", **{"lines-2-party": "Studentene"})
    sent = fields_of(page, address)
    assert [sent[f"lines-{n}-party"][0] for n in range(3)] == ["HF", "Studentene", "IHK"]
    assert sent["text"] == ["Skrevet halvveis"]
    page = send(adviser, address, of=page, do="lines-remove-1")
    assert measure.responsibilities.count() == 0
    send(adviser, address, of=page)
    lines = [(line.party.slug, line.under and line.under.party.slug) for line in measure.responsibilities.all()]
    assert lines == [("hf", None), ("ihk", "hf")]


@pytest.mark.parametrize("number", ["²", "٣", "", "-1", "7", "9" * 5000])
def test_a_button_of_no_line_does_nothing(cast: Cast, adviser: Any, number: str) -> None:
    measure = make.measure(make.document("planen", cast.hf))
    address = f"/tiltak/{measure.key}/endre/"
    page = send(adviser, address, text="Skrevet", do="lines-add", **{"lines-0-party": "HF"})
    page = send(adviser, address, of=page, do=f"lines-remove-{number}")
    assert fields_of(page, address)["lines-0-party"] == ["HF"]


def test_an_unknown_party_gets_the_nearest_name_and_keeps_what_was_typed(cast: Cast, adviser: Any) -> None:
    measure = make.measure(make.document("planen", cast.hf))
    address = f"/tiltak/{measure.key}/endre/"
    page = send(adviser, address, **{"lines-0-party": "Institutt for musik"})
    message = "Fant ingen enhet eller gruppe som heter «Institutt for musik». Mente du «Institutt for musikk»?"
    assert f'<a href="#id_lines-0-party">Ansvar, linje 1: Enhet eller gruppe: {message}</a>' in page.content.decode()
    assert fields_of(page, address)["lines-0-party"] == ["Institutt for musik"]
    assert measure.responsibilities.count() == 0


def test_a_measure_serves_goals_or_a_whole_area(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf)
    area = make.area(plan)
    goals = [make.goal(plan, area=area), make.goal(plan, area=area)]
    measure = make.measure(plan)
    address = f"/tiltak/{measure.key}/endre/"
    both = send(adviser, address, goals=[goals[0].pk], area=area.pk)
    assert "Velg enten mål eller et helt område, ikke begge deler." in both.content.decode()
    send(adviser, address, goals=[goal.pk for goal in goals])
    assert set(measure.goals.all()) == set(goals)
