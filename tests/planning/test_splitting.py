"""An item is split in two by one form: the first half goes on as the item, the other is new and follows it."""

from __future__ import annotations

from typing import Any

import pytest

from organisation.models import Comment
from planning.models import Measure, MeasureLink
from strategy.comparing import compare
from strategy.in_force import Words
from strategy.models import Document, Goal, Route, TargetGroup
from strategy.outline import outline_of
from strategy.said import said_in
from strategy.services import freeze
from tests import factories as make
from tests.cast import Cast, client_of
from tests.matrix import NOW
from tests.page import text_of
from tests.sending import fields_of, send

pytestmark = pytest.mark.usefixtures("today")
SPLIT = "/tiltak/t0/del-i-to/"
UNDO = f"{SPLIT}angre/"


@pytest.fixture
def plan(cast: Cast) -> Document:
    """A goal with three measures, of which the first has all that can come along."""
    plan = make.document("planen", cast.hf, title="Planen")
    goal = make.goal(plan, key="maal", text="Målet")
    for number in range(3):
        make.measure(plan, goal, key=f"t{number}", text=f"Tiltak {number}", position=number)
    first = Measure.objects.get(key="t0")
    first.text, first.modality, first.frequency = "Rette tekstene og lage filmer", "should", "hvert år"
    first.save()
    first.routes.add(make.route(plan, key="vei", text="Samarbeide"))
    first.target_groups.add(TargetGroup.objects.create(slug="elever", name="Elever", owner=cast.hf))
    above = first.responsibilities.create(group=cast.departments, wording="Instituttene", position=0)
    first.responsibilities.create(unit=cast.students, wording="Studentene", relation="with", under=above, position=1)
    central = make.document("sentral", cast.university, kind="policy", title="Politikken")
    MeasureLink.objects.create(kind="aligned", from_measure=first, to_goal=make.goal(central, key="over"))
    freeze(plan, by=cast.dean, now=NOW)
    return plan


def said(plan: Document) -> list[Any]:
    return said_in(Words(outline_of(Document.objects.get(pk=plan.pk))), str)


def half() -> Measure:
    return Measure.objects.exclude(key__in=["t0", "t1", "t2"]).get()


def split(client: Any, **changed: Any) -> Any:
    return send(client, SPLIT, **{"text": "Rette tekstene", "second_text": "Lage filmer", **changed})


def told(response: Any, client: Any) -> str:
    return text_of(client.get(response.url).content.decode())


def test_the_words_stand_twice_in_the_form(adviser: Any, plan: Document) -> None:
    fields = fields_of(adviser.get(SPLIT), SPLIT)
    assert fields["text"] == fields["second_text"] == ["Rette tekstene og lage filmer"]


def test_both_halves_are_saved_with_what_they_share(adviser: Any, cast: Cast, plan: Document) -> None:
    response = split(adviser)
    first, second = Measure.objects.get(key="t0"), half()
    assert (first.text, second.text) == ("Rette tekstene", "Lage filmer")
    assert response.url == f"/planer/planen/rediger/?ved={second.key}#rad-{second.key}"
    assert [str(measure) for measure in plan.measures.all()] == [  # type: ignore[attr-defined]
        "Rette tekstene", "Lage filmer", "Tiltak 1", "Tiltak 2"
    ]  # fmt: skip
    for name in ("goals", "routes", "target_groups"):
        assert list(getattr(first, name).all()) == list(getattr(second, name).all()) != []
    assert (second.modality, second.frequency, second.status) == ("should", "", "proposed")
    lines = [(line.party, line.relation, line.wording, line.under) for line in second.responsibilities.all()]
    assert [line[:3] for line in lines] == [
        (cast.departments, "lead", "Instituttene"),
        (cast.students, "with", "Studentene"),
    ]
    assert lines[1][3] == second.responsibilities.get(wording="Instituttene") != first.responsibilities.first()
    links = {(link.kind, link.to_goal or link.to_measure) for link in second.item_links.all()}
    assert links == {("succeeded", first), ("aligned", Goal.objects.get(key="over"))}
    assert [(log.history_change_reason, log.history_user) for log in second.history.all()] == [
        ("Skilt ut da et annet ble delt i to.", cast.adviser)
    ]
    assert first.history.first().history_change_reason == "Delt i to."


def test_the_comparison_tells_that_it_was_split(adviser: Any, plan: Document) -> None:
    before = said(plan)
    split(adviser)
    [row] = [row for row in compare(before, said(plan)) if row.change == "split"]
    assert ([one.key for one in row.before], [one.key for one in row.after]) == (["t0"], ["t0", half().key])


def test_a_plan_set_against_the_one_it_follows_tells_it_too(adviser: Any, cast: Cast, plan: Document) -> None:
    new = make.document("neste", cast.hf, follows=plan, state="draft")
    measure = make.measure(new, make.goal(new, key="nytt"), key="ny", text="Rette tekstene og lage filmer")
    MeasureLink.objects.create(kind="succeeded", from_measure=measure, to_measure=Measure.objects.get(key="t0"))
    send(adviser, "/tiltak/ny/del-i-to/", text="Rette tekstene", second_text="Lage filmer")
    [row] = [row for row in compare(said(plan), said(new)) if row.change == "split"]
    assert [one.name for one in (*row.before, *row.after)] == [
        "Rette tekstene og lage filmer", "Rette tekstene", "Lage filmer"
    ]  # fmt: skip


def test_it_is_said_and_undone(adviser: Any, plan: Document) -> None:
    page = told(split(adviser), adviser)
    assert "Delt i to: «Rette tekstene» og «Lage filmer». De som leser, ser fortsatt det som er vedtatt." in page
    assert "Delingen er angret: «Rette tekstene og lage filmer» er ett igjen." in told(adviser.post(UNDO), adviser)
    assert Measure.objects.get(key="t0").text == "Rette tekstene og lage filmer"
    assert half().status == "retired"
    assert "Det er ingenting å angre." in told(adviser.post(UNDO), adviser)


@pytest.mark.parametrize("which", ["first", "second"])
def test_a_half_that_somebody_has_gone_on_with_is_not_undone(
    adviser: Any, cast: Cast, plan: Document, which: str
) -> None:
    split(adviser)
    key = "t0" if which == "first" else half().key
    send(client_of(cast.dean), f"/tiltak/{key}/endre/", text="Noe annet")
    assert "«Noe annet» er endret siden det ble delt. Ingenting er angret" in told(adviser.post(UNDO), adviser)
    assert half().status == "proposed"


def comment_on(about: str, key: str, by: Any, owner: Any) -> None:
    Comment.objects.create(
        within="planen", owner=owner, about=about, about_key=key, text="Hm", written_at=NOW, written_by=by
    )


HUNG: dict[str, Any] = {
    "punkter i årshjulet": lambda half, cast: make.entry(
        make.wheel("hf", cast.hf, document=half.document), cast.hf
    ).measures.add(half),
    "statusrapporter": lambda half, cast: half.reports.create(
        unit=cast.hf, state="under_way", reported_at=NOW, reported_by=cast.dean
    ),
    "evalueringer": lambda half, cast: half.evaluations.create(
        unit=cast.hf, year=2025, verdict="continue", text="Mye", evaluated_at=NOW, evaluated_by=cast.dean
    ),
    "noe som bygger opp under det eller følger etter det": lambda half, cast: MeasureLink.objects.create(
        kind="succeeded", from_measure=Measure.objects.get(key="t2"), to_measure=half
    ),
    "kommentarer": lambda half, cast: comment_on("tiltak", half.key, cast.dean, cast.hf),
    "interne notater": lambda half, cast: half.document.notes.create(
        about="tiltak", about_key=half.key, text="Husk dette"
    ),
}


@pytest.mark.parametrize("what", HUNG)
def test_a_half_that_something_hangs_on_is_not_taken_out_with_it(
    adviser: Any, cast: Cast, plan: Document, what: str
) -> None:
    split(adviser)
    HUNG[what](half(), cast)
    assert f"«Lage filmer» er tatt i bruk siden det ble delt ({what}). Ingenting er angret" in told(
        adviser.post(UNDO), adviser
    )
    assert (half().status, Measure.objects.get(key="t0").text) == ("proposed", "Rette tekstene")


def test_of_a_goal_it_is_what_serves_it_and_what_it_is_measured_by(adviser: Any, plan: Document) -> None:
    def split_goal() -> Goal:
        send(adviser, "/mal/maal/del-i-to/", title="", text="Flere", second_text="Bedre")
        return Goal.objects.get(text="Bedre", status="proposed")

    goal = split_goal()
    gone = make.measure(plan, goal, key="borte", text="Borte", status="retired")
    assert "Delingen er angret" in told(adviser.post("/mal/maal/del-i-to/angre/"), adviser)
    assert gone.goals.get() == goal
    goal = split_goal()
    make.measure(plan, goal, key="nytt", text="Nytt")
    goal.targets.create(text="Åtte", kind="count", value=8)
    page = told(adviser.post("/mal/maal/del-i-to/angre/"), adviser)
    assert "«Bedre» er tatt i bruk siden det ble delt (tiltak, måltall). Ingenting er angret" in page
    assert Goal.objects.get(pk=goal.pk).status == "proposed"


@pytest.mark.parametrize(
    ("second", "error"),
    [
        ("", "Skriv hva den andre delen er. Den første står som du skrev den."),
        ("Rette tekstene", "De to delene sier det samme."),
        ("[x](javascript:alert(1))", "javascript"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_what_was_typed_is_kept(
    adviser: Any, plan: Document, second: str, error: str
) -> None:
    page = split(adviser, second_text=second)
    assert error in text_of(page.content.decode())
    assert fields_of(page, SPLIT)["text"] == ["Rette tekstene"]
    assert fields_of(page, SPLIT)["second_text"] == [second]
    assert Measure.objects.count() == 3


def test_by_htmx_the_form_is_answered_with_itself_or_with_the_page(adviser: Any, plan: Document) -> None:
    wrong = split(adviser, htmx=True, second_text="")
    assert (wrong["HX-Retarget"], "<html" in wrong.content.decode()) == ("#edit", False)
    assert split(adviser, htmx=True).status_code == 302


def test_over_a_newer_text_both_are_shown_and_the_new_half_is_kept(adviser: Any, cast: Cast, plan: Document) -> None:
    page = adviser.get(SPLIT)
    send(client_of(cast.dean), "/tiltak/t0/endre/", text="Rette tekstene")  # the very same as the first half
    shown = split(adviser, of=page)
    words = text_of(shown.content.decode())
    assert "Dekan lagret noe nytt mens du skrev" in words
    assert "Den andre delen Du skrev Lage filmer Lagret nå –" in words
    assert Measure.objects.count() == 3
    split(adviser, of=shown)
    assert (Measure.objects.get(key="t0").text, half().text) == ("Rette tekstene", "Lage filmer")


def test_what_was_taken_out_meanwhile_is_not_split(adviser: Any, cast: Cast, plan: Document) -> None:
    page = adviser.get(SPLIT)
    client_of(cast.dean).post("/tiltak/t0/ta-ut/")
    page = split(adviser, of=split(adviser, of=page))
    assert "Dette er tatt ut. Hent det tilbake før du deler det." in text_of(page.content.decode())
    assert Measure.objects.count() == 3


def test_a_goal_is_split_with_its_title(adviser: Any, cast: Cast, plan: Document) -> None:
    area = make.area(plan, key="felt", title="Feltet")
    goal = make.goal(plan, key="delt", title="Vekst", text="Flere og bedre", area=area)
    goal.target_groups.set(TargetGroup.objects.all())
    before = said(plan)
    second = {"second_title": "Bedre", "second_text": "Bedre søkere"}
    send(adviser, "/mal/delt/del-i-to/", title="Flere", text="Flere søkere", **second)
    new = Goal.objects.get(title="Bedre")
    assert (new.text, new.area, [*new.target_groups.all()]) == ("Bedre søkere", area, [*TargetGroup.objects.all()])
    assert [link.to_goal for link in new.links.all()] == [goal]
    assert [row.kind for row in compare(before, said(plan)) if row.change == "split"] == ["goal"]
    adviser.post("/mal/delt/del-i-to/angre/")
    assert (Goal.objects.get(key="delt").title, Goal.objects.get(key="delt").text) == ("Vekst", "Flere og bedre")


def test_over_a_newer_goal_the_title_of_the_new_half_is_shown_too(adviser: Any, cast: Cast, plan: Document) -> None:
    make.goal(plan, key="delt", title="Vekst", text="Flere og bedre")
    page = adviser.get("/mal/delt/del-i-to/")
    send(client_of(cast.dean), "/mal/delt/endre/", title="Mer vekst")
    halves = {"title": "Flere", "text": "Flere søkere", "second_title": "Bedre", "second_text": "Bedre søkere"}
    words = text_of(send(adviser, "/mal/delt/del-i-to/", of=page, **halves).content.decode())
    assert "Tittel på den andre delen Du skrev Bedre Lagret nå –" in words
    assert "Den andre delen Du skrev Bedre søkere Lagret nå –" in words
    halves["second_title"] = ""
    words = text_of(send(adviser, "/mal/delt/del-i-to/", of=page, **halves).content.decode())
    assert "Tittel på den andre delen Du skrev" not in words


def test_a_route_is_split_and_both_serve_the_same_goals(adviser: Any, plan: Document) -> None:
    Route.objects.get().goals.add(Goal.objects.get(key="maal"))
    before = said(plan)
    send(adviser, "/veivalg/vei/del-i-to/", text="Samarbeide ute", second_text="Samarbeide hjemme")
    new = Route.objects.get(text="Samarbeide hjemme")
    assert [goal.key for goal in new.goals.all()] == ["maal"]
    assert [row.kind for row in compare(before, said(plan)) if row.change == "split"] == ["route"]
