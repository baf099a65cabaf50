"""Targets and fact boxes."""

import re
from typing import Any

import pytest

from strategy.forms import TargetForm
from strategy.models import Fact, Indicator, Target
from tests import factories as make
from tests.cast import Cast
from tests.page import texts
from tests.sending import fields_of, send

pytestmark = pytest.mark.usefixtures("today")


@pytest.mark.parametrize(
    ("sent", "messages"),
    [
        ({"kind": "count"}, ["Skriv tallet. Bare en balanse kan stå uten."]),
        (
            {"kind": "share", "value": "140", "unit": "personer"},
            [
                "En andel har måleenheten %.",
                "Skriv hva andelen er en andel av.",
                "En andel er mellom 0 og 100.",
            ],
        ),
        ({"kind": "rate", "value": "2"}, ["Skriv hva det er per, for eksempel «år»."]),
        ({"kind": "multiple", "value": "2"}, ["Skriv utgangsverdien som skal mangedobles."]),
        (
            {"kind": "count", "value": "2", "period_from_on": "2026-02-01", "period_to_on": "2026-01-01"},
            ["Slutten er før starten. Rett en av de to datoene."],
        ),
    ],
)
def test_a_target_is_judged_by_its_kind(cast: Cast, adviser: Any, sent: dict, messages: list[str]) -> None:
    goal = make.goal(make.document("planen", cast.hf))
    page = send(adviser, f"/mal/{goal.key}/nytt-maltall/", text="Måltallet", comparator="at_least", **sent)
    errors = [message for field in page.context["form"].errors.values() for message in field]
    assert sorted(errors) == sorted(messages)
    assert Target.objects.count() == 0


def test_a_target_taken_out_is_put_back_as_it_was(cast: Cast, adviser: Any) -> None:
    goal = make.goal(make.document("planen", cast.hf))
    target = Target.objects.create(goal=goal, kind="count", value=8, text="Åtte", comparator="at_least")
    answer = adviser.post(f"/maltall/{target.pk}/ta-ut/", follow=True).content.decode()
    assert not goal.targets.exists()
    number = Target.history.latest().history_id
    assert f'action="/maltall/{number}/hent-tilbake/"' in answer
    for _ in range(2):
        adviser.post(f"/maltall/{number}/hent-tilbake/")
    assert [(row.pk, row.text, int(row.value or 0)) for row in goal.targets.all()] == [(target.pk, "Åtte", 8)]


def test_a_fact_box_keeps_its_figures_and_lets_one_go_as_an_observation(cast: Cast, adviser: Any) -> None:
    area = make.area(make.document("planen", cast.hf))
    applicants = Indicator.objects.create(slug="sokere", name="Søkere")
    send(adviser, f"/omrade/{area.key}/nytt-faktum/", text="Slik var det", period_words="2020",
         **{"values-0-indicator": applicants.pk, "values-0-value": "120", "values-0-unit": "personer"})  # fmt: skip
    fact = area.facts.get()
    seen = fact.observations.get()
    assert (int(seen.value), seen.unit, seen.period_words) == (120, "personer", "2020")
    address = f"/faktum/{fact.pk}/endre/"
    send(adviser, address, **{"values-0-value": "130"})
    seen.refresh_from_db()
    assert int(seen.value) == 130
    emptied = send(adviser, address, do="values-remove-0")
    send(adviser, address, of=emptied)
    seen.refresh_from_db()
    assert (seen.fact, applicants.observations.count()) == (None, 1)


def test_a_multiple_is_counted_from_an_observation(cast: Cast, adviser: Any) -> None:
    goal = make.goal(make.document("planen", cast.hf))
    agreements = Indicator.objects.create(slug="avtaler", name="Avtaler")
    send(adviser, f"/mal/{goal.key}/nytt-maltall/", text="Minst det dobbelte", kind="multiple", comparator="at_least",
         value="2", baseline_value="8", indicator=agreements.pk)  # fmt: skip
    target = goal.targets.get()
    assert (int(target.value or 0), target.baseline and int(target.baseline.value)) == (2, 8)
    send(adviser, f"/maltall/{target.pk}/endre/", text="Dobbelt så mange")
    assert goal.targets.get().baseline == target.baseline


def test_a_fact_box_is_moved_taken_out_and_put_back_with_its_figures(cast: Cast, adviser: Any) -> None:
    area = make.area(make.document("planen", cast.hf))
    applicants = Indicator.objects.create(slug="sokere", name="Søkere")
    first, second = (Fact.objects.create(area=area, text=text, position=n) for n, text in enumerate(("Ett", "To")))
    kept, dropped = (second.observations.create(indicator=applicants, value=value) for value in (120, 7))
    target = Target.objects.create(
        area=area, kind="multiple", value=2, text="Det dobbelte", comparator="at_least", baseline=kept
    )
    assert adviser.post(f"/faktum/{second.pk}/flytt/", {"to": "up"}).url.endswith(f"#rad-faktum-{second.pk}")
    assert [fact.text for fact in area.facts.all()] == ["To", "Ett"]

    address = f"/faktum/{second.pk}/endre/"
    without = send(adviser, address, do="values-remove-1")
    send(adviser, address, of=without)
    answer = adviser.post(f"/faktum/{second.pk}/ta-ut/", follow=True).content.decode()
    number = Fact.history.latest().history_id
    assert "Tatt ut: «To»" in answer
    assert f'action="/faktum/{number}/hent-tilbake/"' in answer
    assert [fact.text for fact in area.facts.all()] == ["Ett"]
    target.refresh_from_db()
    assert (target.baseline, applicants.observations.count()) == (kept, 2)

    for _ in range(2):
        back = adviser.post(f"/faktum/{number}/hent-tilbake/")
    assert back.url.endswith(f"?ved=faktum-{second.pk}#rad-faktum-{second.pk}")
    assert [(fact.pk, fact.text) for fact in area.facts.all()] == [(second.pk, "To"), (first.pk, "Ett")]
    dropped.refresh_from_db()
    assert (list(area.facts.get(pk=second.pk).observations.all()), dropped.fact) == ([kept], None)


def test_the_fields_of_a_target_stand_in_sets_and_none_is_lost(cast: Cast, adviser: Any) -> None:
    address = f"/mal/{make.goal(make.document('planen', cast.hf)).key}/nytt-maltall/"
    page = adviser.get(address)
    names = [name for name in fields_of(page, address) if name not in ("csrfmiddlewaretoken", "once")]
    assert names == list(TargetForm.Meta.fields)
    assert texts(page, "legend") == ["Tallet", "Indikator og utgangsverdi", "Frist og periode"]
    assert texts(page, "summary")[-1] == "Hvem det gjelder for, vilkår og forbehold"


def test_what_is_wrong_with_a_target_is_told_in_the_order_of_its_fields(cast: Cast, adviser: Any) -> None:
    address = f"/mal/{make.goal(make.document('planen', cast.hf)).key}/nytt-maltall/"
    wrong = send(adviser, address, text="Dobbelt", kind="multiple", comparator="at_least", period_from_on="i fjor")
    told = re.findall(r'href="#id_(\w+)"', wrong.content.decode())
    assert told == ["value", "baseline_value", "period_from_on"]
