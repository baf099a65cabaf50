"""Two measures become one: one goes on with what both had, the other is taken out, and it can be undone."""

from __future__ import annotations

from typing import Any

import pytest

from annual_wheel.models import Entry
from planning.models import Measure, MeasureLink
from strategy.comparing import compare
from strategy.in_force import Words
from strategy.models import Document, Goal, TargetGroup
from strategy.outline import outline_of
from strategy.said import said_in
from strategy.services import freeze
from tests import factories as make
from tests.cast import Cast, client_of
from tests.matrix import NOW
from tests.page import text_of
from tests.sending import fields_of, send

pytestmark = pytest.mark.usefixtures("today")
JOIN = "/tiltak/t0/sla-sammen/"
WITH = f"{JOIN}?med=t1"
UNDO = f"{JOIN}angre/"


@pytest.fixture
def plan(cast: Cast) -> Document:
    """A goal with three measures; the second has what the first is to get."""
    plan = make.document("planen", cast.hf, title="Planen")
    goal = make.goal(plan, key="maal", text="Målet")
    for number in range(3):
        make.measure(plan, goal, key=f"t{number}", text=f"Tiltak {number}", position=number)
    make.measure(plan, make.goal(plan, key="annet", position=2), key="annensteds", text="Et annet sted")
    first, second = (Measure.objects.get(key=f"t{number}") for number in range(2))
    second.goals.add(Goal.objects.get(key="annet"))
    second.target_groups.add(TargetGroup.objects.create(slug="elever", name="Elever", owner=cast.hf))
    first.responsibilities.create(unit=cast.hf, wording="Fakultetet", position=0)
    same = second.responsibilities.create(unit=cast.hf, wording="HF", position=0)
    second.responsibilities.create(unit=cast.students, wording="Studentene", relation="with", under=same, position=1)
    central = make.document("sentral", cast.university, kind="policy", title="Politikken")
    MeasureLink.objects.create(kind="aligned", from_measure=second, to_goal=make.goal(central, key="over"))
    freeze(plan, by=cast.dean, now=NOW)
    return plan


def said(plan: Document) -> list[Any]:
    return said_in(Words(outline_of(Document.objects.get(pk=plan.pk))), str)


def join(client: Any, **changed: Any) -> Any:
    return send(client, WITH, **{"text": "Begge deler", **changed})


def told(response: Any, client: Any) -> str:
    return text_of(client.get(response.url).content.decode())


def measure(number: int) -> Measure:
    return Measure.objects.get(key=f"t{number}")


def test_those_beside_it_are_offered_and_then_the_words_of_both(adviser: Any, plan: Document) -> None:
    page = text_of(adviser.get(JOIN).content.decode())
    assert "Tiltak 1" in page
    assert "Tiltak 2" in page
    assert "Et annet sted" not in page
    assert fields_of(adviser.get(WITH), JOIN)["text"] == ["Tiltak 0\n\nTiltak 1"]


def test_one_that_stands_alone_is_told_so(adviser: Any, plan: Document) -> None:
    page = adviser.get("/tiltak/annensteds/sla-sammen/").content.decode()
    assert "Det står ingen andre tiltak her." in page
    assert "Gå videre" not in page


ELSEWHERE = "«Et annet sted» står et annet sted i planen. Flytt det hit først, eller velg et annet."


def test_one_that_stands_elsewhere_is_refused_and_those_beside_it_offered(adviser: Any, plan: Document) -> None:
    page = text_of(adviser.get(f"{JOIN}?med=annensteds").content.decode())
    assert ELSEWHERE in page
    assert "Tiltak 1" in page


def test_what_was_moved_meanwhile_is_refused_and_what_was_typed_is_kept(adviser: Any, plan: Document) -> None:
    other = Measure.objects.get(key="annensteds")
    shown = join(adviser, med="annensteds", other_version=str(other.lock_version))
    assert ELSEWHERE in text_of(shown.content.decode())
    assert fields_of(shown, JOIN)["text"] == ["Begge deler"]
    assert (measure(0).text, Measure.objects.get(key="annensteds").status) == ("Tiltak 0", "in_force")


def test_it_gets_what_the_other_had_besides(adviser: Any, cast: Cast, plan: Document) -> None:
    response = join(adviser)
    first, second = measure(0), measure(1)
    assert response.url == "/planer/planen/rediger/?ved=t0#rad-t0"
    assert (first.text, second.text, second.status) == ("Begge deler", "Tiltak 1", "retired")
    assert [goal.key for goal in first.goals.all()] == ["maal", "annet"]
    assert [group.slug for group in first.target_groups.all()] == ["elever"]
    lines = list(first.responsibilities.all())
    assert [(line.party, line.wording, line.under) for line in lines] == [
        (cast.hf, "Fakultetet", None),
        (cast.students, "Studentene", lines[0]),
    ]
    links = {(link.kind, link.to_goal or link.to_measure) for link in first.item_links.all()}
    assert links == {("succeeded", second), ("aligned", Goal.objects.get(key="over"))}
    assert first.history.first().history_change_reason == "Slått sammen med et annet tiltak."


def test_what_stays_behind_is_told(adviser: Any, plan: Document) -> None:
    assert "Dette blir ikke med" not in text_of(adviser.get(WITH).content.decode())
    links = [{"label": "Om det", "url": "https://example.org/"}]
    Measure.objects.filter(key="t1").update(frequency="hvert år", quantity="minst to", links=links)
    page = text_of(adviser.get(WITH).content.decode())
    assert (
        "Dette blir ikke med derfra: hvor ofte («hvert år»), hvor mye («minst to»), 1 nettlenke. "
        "Skriv det inn her om det skal gjelde videre." in page
    )


@pytest.mark.parametrize("own", ["must", "may"])
def test_how_binding_they_are_is_chosen_where_they_differ_and_undone(adviser: Any, plan: Document, own: str) -> None:
    """It begins with the stronger, whichever of the two says it."""
    assert "modality" not in fields_of(adviser.get(WITH), JOIN)
    other = {"must": "may", "may": "must"}[own]
    for number, modality in enumerate((own, other)):
        Measure.objects.filter(key=f"t{number}").update(modality=modality)
    page = adviser.get(WITH)
    assert fields_of(page, JOIN)["modality"] == ["must"]
    said = {"must": "skal", "may": "kan"}
    words = f"«Tiltak 0» sier «{said[own]}», og «Tiltak 1» sier «{said[other]}»."
    assert words in text_of(page.content.decode())
    join(adviser)
    assert measure(0).modality == "must"
    adviser.post(UNDO)
    assert measure(0).modality == own
    join(adviser, modality="may")
    assert measure(0).modality == "may"


def test_one_that_became_more_binding_meanwhile_is_asked_about(adviser: Any, cast: Cast, plan: Document) -> None:
    Measure.objects.filter(key__in=["t0", "t1"]).update(modality="may")
    page = adviser.get(WITH)
    send(client_of(cast.dean), "/tiltak/t1/endre/", modality="must")
    shown = join(adviser, of=page)
    assert measure(1).status == "in_force"
    assert "«Tiltak 0» sier «kan», og «Tiltak 1» sier «skal»." in text_of(shown.content.decode())
    join(adviser, of=shown, modality="must")
    assert (measure(0).modality, measure(1).status) == ("must", "retired")


def test_the_comparison_tells_that_they_were_joined(adviser: Any, plan: Document) -> None:
    before = said(plan)
    join(adviser)
    [row] = [row for row in compare(before, said(plan)) if row.change == "joined"]
    assert ([one.key for one in row.before], [one.key for one in row.after]) == (["t0", "t1"], ["t0"])


def test_it_is_said_with_what_goes_on_in_the_wheel_and_undone(adviser: Any, cast: Cast, plan: Document) -> None:
    entry: Entry = make.entry(make.wheel("hf", cast.hf, document=plan), cast.hf, text="Ringe rundt")
    entry.measures.add(measure(1))
    page = told(join(adviser), adviser)
    assert "Slått sammen: «Tiltak 1» er tatt ut, og dette går videre for begge." in page
    assert "1 punkt i årshjulet gjennomførte tiltaket, og gir fortsatt oppgaver: Ringe rundt" in page
    assert "Angret: «Tiltak 1» står for seg selv igjen." in told(adviser.post(UNDO), adviser)
    first, second = measure(0), measure(1)
    assert (first.text, second.status) == ("Tiltak 0", "in_force")
    assert [goal.key for goal in first.goals.all()] == ["maal"]
    assert not first.target_groups.exists()
    assert [line.wording for line in first.responsibilities.all()] == ["Fakultetet"]
    assert not first.item_links.exists()
    assert "Det er ingenting å angre." in told(adviser.post(UNDO), adviser)


@pytest.mark.parametrize("key", ["t0", "t1"])
def test_what_somebody_has_gone_on_with_is_not_undone(adviser: Any, cast: Cast, plan: Document, key: str) -> None:
    join(adviser)
    if key == "t0":
        send(client_of(cast.dean), "/tiltak/t0/endre/", text="Noe annet")
    else:
        client_of(cast.dean).post("/tiltak/t1/hent-tilbake/")
    assert "er endret siden de ble slått sammen. Ingenting er angret." in told(adviser.post(UNDO), adviser)
    assert measure(0).text == ("Noe annet" if key == "t0" else "Begge deler")


def test_without_words_nothing_is_joined_and_it_is_said(adviser: Any, plan: Document) -> None:
    page = join(adviser, text="")
    assert page.status_code == 200
    assert fields_of(page, JOIN)["med"] == ["t1"]
    assert measure(1).status == "in_force"


def test_over_newer_words_of_the_first_both_are_shown(adviser: Any, cast: Cast, plan: Document) -> None:
    page = adviser.get(WITH)
    send(client_of(cast.dean), "/tiltak/t0/endre/", text="Noe nytt")
    shown = join(adviser, of=page)
    assert "Dekan lagret noe nytt mens du skrev" in text_of(shown.content.decode())
    assert measure(1).status == "in_force"
    join(adviser, of=shown)
    assert (measure(0).text, measure(1).status) == ("Begge deler", "retired")


def test_newer_words_of_the_other_are_told_and_what_was_typed_is_kept(adviser: Any, cast: Cast, plan: Document) -> None:
    page = adviser.get(WITH)
    send(client_of(cast.dean), "/tiltak/t1/endre/", text="Noe nytt")
    shown = join(adviser, of=page)
    words = text_of(shown.content.decode())
    assert "Det andre tiltaket er endret i mellomtiden, og sier nå: «Noe nytt»" in words
    assert fields_of(shown, JOIN)["text"] == ["Begge deler"]
    join(adviser, of=shown)
    assert (measure(0).text, measure(1).status) == ("Begge deler", "retired")


@pytest.mark.parametrize(("key", "words"), [("t1", "er tatt ut i mellomtiden. Avbryt"), ("t0", "Dette er tatt ut.")])
def test_what_was_taken_out_meanwhile_is_not_joined(
    adviser: Any, cast: Cast, plan: Document, key: str, words: str
) -> None:
    page = adviser.get(WITH)
    client_of(cast.dean).post(f"/tiltak/{key}/ta-ut/")
    shown = join(adviser, of=page)
    if key == "t0":  # first it is told as a conflict
        shown = join(adviser, of=shown)
    assert words in text_of(shown.content.decode())
    assert fields_of(shown, JOIN)["text"] == ["Begge deler"]
    assert measure(0).text == "Tiltak 0"


def test_a_half_that_was_split_off_can_come_back(adviser: Any, plan: Document) -> None:
    send(adviser, "/tiltak/t2/del-i-to/", text="Første", second_text="Andre")
    half = Measure.objects.get(text="Andre")
    address = "/tiltak/t2/sla-sammen/"
    assert send(adviser, f"{address}?med={half.key}", text="Tiltak 2").status_code == 302
    assert not measure(2).item_links.filter(to_measure=half).exists()  # which would go round
    assert Measure.objects.get(pk=half.pk).status == "retired"


def test_the_row_offers_it_where_there_is_another(adviser: Any, plan: Document) -> None:
    page = adviser.get("/planer/planen/rediger/").content.decode()
    assert f'href="{JOIN}"' in page
    assert 'href="/tiltak/annensteds/sla-sammen/"' not in page
