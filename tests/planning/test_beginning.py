"""A new plan begins from the one it follows."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisation.models import User
from planning.beginning import CannotBegin, begin
from planning.models import Evaluation, Measure, MeasureLink, MeasureResponsibility
from strategy.models import Area, Document, Fact, Goal, GoalLink, Indicator, Observation, RouteLink, Target
from strategy.services import adopt
from tests import factories as make
from tests.cast import Cast, client_of
from tests.page import text_of
from tests.sending import send

TODAY = date(2026, 3, 15)
NOW = datetime(2026, 3, 15, 8, tzinfo=UTC)
BEGIN = "/planer/neste/begynn/"
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def old(cast: Cast) -> Document:
    """A plan in force with everything in it, whose three measures are evaluated, stopped and not evaluated."""
    policy = make.document("politikken", cast.university, kind="policy")
    above = make.goal(policy, text="Flere i hele landet")
    plan = make.document("gammel", cast.hf, title="Gammel plan")
    plan.carries_out.add(policy)
    top = make.area(plan, key="toppen", title="Toppen", position=1)
    inner = make.area(plan, key="inni", title="Inni", parent=top, position=1)
    goal = make.goal(plan, key="maalet", area=inner, title="Kort", text="Flere søkere", position=1)
    GoalLink.objects.create(kind="aligned", from_goal=goal, to_goal=above)
    route = make.route(plan, key="veien", area=top, text="Møte dem")
    route.goals.add(goal)
    goes_on = make.measure(plan, goal, key="videre", text="Besøke skoler", frequency="hvert år", position=1)
    goes_on.routes.add(route)
    MeasureLink.objects.create(kind="aligned", from_measure=goes_on, to_goal=above)
    lead = MeasureResponsibility.objects.create(measure=goes_on, unit=cast.hf, wording="Fakultetet")
    MeasureResponsibility.objects.create(measure=goes_on, unit=cast.ihk, relation="with", under=lead, position=1)
    stopped = make.measure(plan, goal, key="stopp", text="Sende brev", position=2)
    make.measure(plan, key="alle", area=top, text="Ringe elevene", position=3)
    for measure, verdict in ((goes_on, "change"), (stopped, "stop")):
        evaluate(measure, cast, verdict)
    evaluate(stopped, cast, "continue", year=2024)
    return plan


def evaluate(measure: Measure, cast: Cast, verdict: str, year: int = 2025) -> None:
    said = {"text": "Få kom", "evaluated_at": NOW, "evaluated_by": cast.adviser}
    Evaluation.objects.create(measure=measure, unit=cast.hf, verdict=verdict, year=year, **said)


@pytest.fixture
def draft(cast: Cast, old: Document) -> Document:
    return make.document("neste", cast.hf, title="Neste plan", state="draft", follows=old)


def texts_of(draft: Document) -> set[str]:
    return set(Measure.objects.standing().filter(document=draft).values_list("text", flat=True))


@pytest.mark.parametrize(
    ("choice", "texts"),
    [
        ("alle", {"Besøke skoler", "Ringe elevene"}),
        ("anbefalte", {"Besøke skoler"}),
        ("ingen", set()),
    ],
)
def test_one_chooses_which_measures_come_along(cast: Cast, draft: Document, choice: str, texts: set[str]) -> None:
    begin(draft, choice=choice, by=cast.adviser, today=TODAY)
    assert texts_of(draft) == texts
    assert draft.goals.get().text == "Flere søkere"


def test_everything_stands_as_it_stood_and_follows_what_it_goes_on_from(cast: Cast, draft: Document) -> None:
    begin(draft, choice="alle", by=cast.adviser, today=TODAY)
    goal: Any = draft.goals.get()
    route = draft.routes.get()
    measure = Measure.objects.get(document=draft, text="Besøke skoler")
    assert (goal.title, goal.area.title, goal.area.parent.title) == ("Kort", "Inni", "Toppen")
    assert goal.area.document == draft
    assert list(route.goals.all()) == [goal]
    assert (list(measure.goals.all()), list(measure.routes.all())) == ([goal], [route])
    assert measure.frequency == "hvert år"
    assert Measure.objects.filter(document=draft, text="Ringe elevene", area__title="Toppen").exists()
    lines = list(measure.responsibilities.all())
    assert [(line.unit, line.under) for line in lines] == [(cast.hf, None), (cast.ihk, lines[0])]
    assert set(goal.links.values_list("kind", "to_goal__key")) >= {("succeeded", "maalet")}
    assert goal.links.filter(kind="aligned", to_goal__text="Flere i hele landet").exists()
    assert RouteLink.objects.get(from_route=route).to_route.key == "veien"
    assert set(measure.item_links.values_list("kind", flat=True)) == {"succeeded", "aligned"}
    assert draft.carries_out.get().slug == "politikken"


def test_it_does_not_come_to_carry_out_itself(cast: Cast, old: Document, draft: Document) -> None:
    """What the one before carries out may have come to carry out the draft meanwhile, by way of another too."""
    round_it = make.document("rundt", cast.hf, title="Rundt", state="draft")
    between = make.document("mellom", cast.hf, title="Mellom", state="draft")
    old.carries_out.add(round_it, draft)
    round_it.carries_out.add(between)
    between.carries_out.add(draft)
    told = client_of(cast.adviser).post(BEGIN, {"measures": "alle"}, follow=True)
    assert [each.slug for each in draft.carries_out.all()] == ["politikken"]
    assert texts_of(draft) == {"Besøke skoler", "Ringe elevene"}
    way = "«Neste plan» → «Rundt» → «Mellom» → «Neste plan»"
    assert f"Da ville dokumentet gjennomføre seg selv: {way}." in text_of(told.content.decode())
    round_it.refresh_from_db()
    assert [each.slug for each in round_it.carries_out.all()] == ["mellom"]


def test_the_log_tells_who_and_what(cast: Cast, draft: Document) -> None:
    begin(draft, choice="alle", by=cast.adviser, today=TODAY)
    measure = Measure.objects.get(document=draft, text="Besøke skoler")
    row = measure.history.get()
    assert (row.history_type, row.history_user) == ("+", cast.adviser)
    assert row.history_change_reason == "Tatt med fra det forrige dokumentet."
    assert [tie.goal for tie in row.goals.all()] == list(measure.goals.all())


def test_it_is_one_press_from_the_old_plan(cast: Cast, old: Document) -> None:
    adviser: Any = client_of(cast.adviser)
    page = adviser.get("/planer/gammel/").content.decode()
    assert 'href="/planer/ny/?etter=gammel"' in page
    made = send(adviser, "/planer/ny/?etter=gammel", title="Neste")
    draft = Document.objects.get(slug="neste")
    assert (draft.follows, draft.owner, list(draft.carries_out.all())) == (old, cast.hf, list(old.carries_out.all()))
    assert made.url == BEGIN
    choosing = text_of(adviser.get(BEGIN).content.decode())
    assert "Evaluert «Stopp», blir ikke med 1 Sende brev" in choosing
    told = adviser.post(BEGIN, {"measures": "alle"}, follow=True)
    editor = text_of(told.content.decode())
    assert "Utkastet har fått med det du valgte." in editor
    assert "Evaluert 2025, HF: Endre. Få kom" in editor
    assert adviser.get(BEGIN).url == "/planer/neste/rediger/"
    undone = text_of(adviser.post(f"{BEGIN}angre/", follow=True).content.decode())
    assert "Det som ble tatt med, er tatt ut igjen." in undone
    assert not texts_of(draft)
    assert not Area.objects.standing().filter(document=draft).exists()


def test_what_was_said_stays_in_the_line_when_it_is_saved(cast: Cast, draft: Document) -> None:
    begin(draft, choice="alle", by=cast.adviser, today=TODAY)
    key = Measure.objects.get(document=draft, text="Besøke skoler").key
    adviser = client_of(cast.adviser)
    form = adviser.get(f"/tiltak/{key}/endre/")
    saved = send(adviser, f"/tiltak/{key}/endre/", of=form, htmx=True, text="Besøke alle skoler")
    assert "Evaluert 2025, HF: Endre. Få kom" in text_of(saved.content.decode())


def test_the_comparison_tells_what_was_kept_reworded_and_dropped(cast: Cast, draft: Document) -> None:
    begin(draft, choice="alle", by=cast.adviser, today=TODAY)
    Measure.objects.filter(document=draft, text="Ringe elevene").update(text="Ringe alle elevene")
    adopt(draft, by=cast.dean, decided_by="Styret", decided_on=TODAY, case_number="", now=NOW)
    compared = text_of(client_of(cast.reader).get("/planer/neste/sammenlign/?vis=alt").content.decode())
    for words in ("Omskrevet", "Ringe alle elevene", "Tatt ut", "Sende brev", "Uendret", "Besøke skoler"):
        assert words in compared


@pytest.fixture
def counted(old: Document) -> Document:
    """The old plan with a target counted from the figure of a fact box, and one counted from a figure of its own."""
    indicator = Indicator.objects.create(slug="sokere", name="Søkere")
    area, goal = Area.objects.get(key="toppen"), Goal.objects.get(key="maalet")
    fact = Fact.objects.create(area=area, text="120 søkte i 2024", period_words="2024")
    seen = Observation.objects.create(indicator=indicator, fact=fact, value=120, unit="personer", period_words="2024")
    alone = Observation.objects.create(indicator=indicator, value=8)
    doubled: dict[str, Any] = {"kind": "multiple", "comparator": "at_least", "value": 2, "indicator": indicator}
    Target.objects.create(goal=goal, text="Dobbelt så mange", baseline=seen, due_on=date(2025, 12, 31), **doubled)
    Target.objects.create(area=area, text="Dobbelt av åtte", baseline=alone, position=1, **doubled)
    return old


def numbers_in(draft: Document) -> tuple[list[str], list[str]]:
    targets = Target.objects.filter(goal__document=draft) | Target.objects.filter(area__document=draft)
    facts = Fact.objects.filter(area__document=draft)
    return [target.text for target in targets], [fact.text for fact in facts]


@pytest.mark.parametrize(
    ("chosen", "targets", "facts"),
    [
        ([], [], []),
        (["maltall"], ["Dobbelt så mange", "Dobbelt av åtte"], []),
        (["fakta"], [], ["120 søkte i 2024"]),
        (["maltall", "fakta"], ["Dobbelt så mange", "Dobbelt av åtte"], ["120 søkte i 2024"]),
    ],
)
def test_one_chooses_whether_targets_and_fact_boxes_come_along(
    cast: Cast, draft: Document, counted: Document, chosen: list[str], targets: list[str], facts: list[str]
) -> None:
    adviser: Any = client_of(cast.adviser)
    told = text_of(adviser.post(BEGIN, {"measures": "alle", "figures": chosen}, follow=True).content.decode())
    assert numbers_in(draft) == (targets, facts)
    assert ("Måltall og faktabokser har årene og fristene fra før. Gå over dem." in told) == bool(chosen)
    assert numbers_in(counted) == (["Dobbelt så mange", "Dobbelt av åtte"], ["120 søkte i 2024"])


def test_they_are_rows_of_their_own_as_they_were_written(cast: Cast, draft: Document, counted: Document) -> None:
    begin(draft, choice="ingen", figures=["maltall", "fakta"], by=cast.adviser, today=TODAY)
    target: Any = Target.objects.get(goal__document=draft)
    fact = Fact.objects.get(area__document=draft)
    assert (target.due_on, target.value, target.goal.text) == (date(2025, 12, 31), 2, "Flere søkere")
    assert (fact.area.title, fact.period_words) == ("Toppen", "2024")
    seen: Any = fact.observations.get()  # type: ignore[attr-defined]
    assert (seen.value, seen.unit, seen.period_words, target.baseline) == (120, "personer", "2024", seen)
    assert Target.objects.get(area__document=draft).baseline.value == 8  # type: ignore[union-attr]
    assert Observation.objects.count() == len({each.baseline_id for each in Target.objects.all()}) == 4
    row = target.history.get()
    assert (row.history_type, row.history_user) == ("+", cast.adviser)
    assert row.history_change_reason == "Tatt med fra det forrige dokumentet."


def test_a_target_comes_along_without_the_box_it_was_counted_from(
    cast: Cast, draft: Document, counted: Document
) -> None:
    begin(draft, choice="ingen", figures=["maltall"], by=cast.adviser, today=TODAY)
    baseline: Any = Target.objects.get(goal__document=draft).baseline
    assert (baseline.value, baseline.fact) == (120, None)


def test_only_what_there_is_can_be_chosen(cast: Cast, draft: Document, old: Document) -> None:
    adviser: Any = client_of(cast.adviser)
    assert "Hva mer skal være med?" not in adviser.get(BEGIN).content.decode()
    Fact.objects.create(area=Area.objects.get(key="toppen"), text="120 søkte i 2024")
    page = text_of(adviser.get(BEGIN).content.decode())
    assert "2 tiltak" not in page
    assert "3 tiltak, 1 faktaboks." in page
    assert "Faktaboksene, med tallene i dem" in page
    assert "Måltallene" not in page
    refused = adviser.post(BEGIN, {"measures": "alle", "figures": ["maltall"]})
    assert refused.status_code == 200
    assert not draft.goals.exists()


def test_what_is_undone_can_be_begun_again(cast: Cast, draft: Document, counted: Document) -> None:
    adviser: Any = client_of(cast.adviser)
    chosen = {"measures": "alle", "figures": ["maltall", "fakta"]}
    adviser.post(BEGIN, chosen)
    adviser.post(f"{BEGIN}angre/")
    assert "Dobbelt så mange" not in adviser.get("/planer/neste/rediger/").content.decode()
    adviser.post(BEGIN, chosen)
    page = adviser.get("/planer/neste/rediger/").content.decode()
    assert page.count('<p class="editor-words">Dobbelt så mange</p>') == 1


@pytest.mark.parametrize("person", ["adviser", "outsider"])
def test_only_an_empty_draft_of_who_reads_both_can_begin(cast: Cast, draft: Document, person: str) -> None:
    if person == "adviser":
        make.goal(draft)
    with pytest.raises(CannotBegin):
        begin(draft, choice="alle", by=getattr(cast, person), today=TODAY)


def test_as_many_queries_however_much_comes_along(cast: Cast, old: Document, counted: Document) -> None:
    def queries(slug: str) -> int:
        draft = make.document(slug, cast.hf, state="draft", follows=old)
        user: Any = User.objects.get(pk=cast.adviser.pk)
        with CaptureQueriesContext(connection) as asked:
            begin(draft, choice="alle", figures=["maltall", "fakta"], by=user, today=TODAY)
        return len(asked)

    few = queries("en")
    for number in range(5):
        goal = make.goal(old, text=f"Mål {number}")
        measure = make.measure(old, goal, text=f"Tiltak {number}")
        MeasureResponsibility.objects.create(measure=measure, unit=cast.hf)
        Target.objects.create(goal=goal, kind="count", value=8, text="Åtte", comparator="at_least")
        fact = Fact.objects.create(area=Area.objects.get(key="toppen"), text=f"Boks {number}")
        Observation.objects.create(indicator=Indicator.objects.get(), fact=fact, value=number)
    assert queries("to") == few
    assert Goal.objects.filter(document__slug="to").count() == 6
