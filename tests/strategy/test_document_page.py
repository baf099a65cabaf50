"""A document's page: which words one reads, what stands beside what, and what the filters leave."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from annual_wheel.models import Wheel
from organisation.models import Unit, UnitGroup
from planning.models import Measure, MeasureResponsibility
from strategy.models import Area, Decision, Document, Fact, Goal, Route, Section, Target, TargetGroup
from strategy.services import freeze
from tests import factories as make
from tests.cast import Cast
from tests.page import texts

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
PLAN = "/planer/planen/"


def responsible(measure: Measure, party: Unit | UnitGroup, wording: str, **fields: object) -> None:
    where = {"unit": party} if isinstance(party, Unit) else {"group": party}
    MeasureResponsibility.objects.create(measure=measure, wording=wording, **where, **fields)


@pytest.fixture
def plan(cast: Cast, today: date) -> Document:
    """Two areas: one with a goal with two measures and a goal without, one with a measure for all its goals."""
    plan = make.document("planen", cast.hf, title="Planen", period_from_on=date(2026, 1, 1))
    students = TargetGroup.objects.create(slug="elever", owner=cast.hf, name="Elever")
    first = make.area(plan, key="innhold", label="I", title="Innhold", overall_goal="Godt innhold", position=1)
    second = make.area(plan, key="moter", title="Møteplasser", position=2)
    pages = make.goal(plan, key="sider", area=first, title="Sider", text="Gode sider", position=1)
    pages.target_groups.add(students)
    make.goal(plan, key="uten", area=first, text="Et mål ingen har tiltak for", position=2)
    met = make.goal(plan, key="moete", area=second, text="Å møtes", position=3)
    texts_ = make.measure(plan, pages, key="tekster", text="Rette tekstene", position=1, modality="should")
    responsible(texts_, cast.hf, "Fakultetet")
    responsible(texts_, cast.departments, "i samråd med instituttene", relation="with", position=1)
    make.measure(plan, pages, key="bilder", text="Ta bilder", frequency="årlig", position=2)
    shared = make.measure(plan, key="felles", area=second, text="Dele kalender", position=3)
    responsible(shared, cast.departments, "Instituttene")
    assert met.area == second
    return plan


def page(cast: Cast, person: str, address: str = PLAN, **headers: str) -> list[list[str]]:
    response = logged_in(cast, person).get(address, headers=headers)
    assert response.status_code == 200
    return rows_of(response)


def logged_in(cast: Cast, person: str) -> Client:
    client = Client()
    client.force_login(cast.people[person])
    return client


def rows_of(response) -> list[list[str]]:  # type: ignore[no-untyped-def]
    """Each goal of the page with the rows beside it, as one text per table body."""
    return [[text] for text in texts(response, "tbody")]


def test_measures_stand_beside_their_goals_and_goals_without_are_shown(cast: Cast, plan: Document) -> None:
    assert page(cast, "reader") == [
        ["Sider Gode sider Elever Rette tekstene bør Fakultetet i samråd med instituttene Ta bilder årlig"],
        ["Et mål ingen har tiltak for Ingen tiltak ennå"],
        ["Å møtes Ingen tiltak ennå"],
        ["Alle mål i området Dele kalender Instituttene"],
    ]


def test_the_head_says_who_and_when_and_the_contents_what(cast: Cast, plan: Document) -> None:
    Decision.objects.create(
        document=plan, kind="adoption", decided_on=date(2026, 1, 5), decided_by="Fakultetsstyret", case_number="3/26"
    )
    Decision.objects.create(document=plan, kind="mandate", decided_by="Styret", case_number="52-12")
    base = make.document("politikken", cast.university, kind="policy", title="Politikken", state="expired")
    hidden = make.document("utkastet", cast.university, kind="policy", title="Et utkast", state="draft")
    plan.carries_out.add(base, hidden)
    before = make.document("forrige", cast.hf, title="Forrige plan", state="replaced")
    plan.follows = before
    plan.save()
    Wheel.objects.create(slug="hjul", title="Hjulet", owner=cast.hf, document=plan)
    Section.objects.create(document=plan, kind="challenge", text="Få søkere", position=1)
    response = logged_in(cast, "reader").get(PLAN)
    assert texts(response, "h1") == ["Planen"]
    assert texts(response, "dl") == [
        "Eier Det humanistiske fakultet Periode fra 1. januar 2026 Oppdrag Styret, sak 52-12 "
        "Vedtak Fakultetsstyret, 5. januar 2026, sak 3/26 Gjennomfører Politikken Erstatter Forrige plan "
        "Årshjul Hjulet Utgaver Se hva som er endret"
    ]
    assert texts(response, "nav", class_="contents") == ["På denne siden Utfordringer I Innhold Møteplasser"]
    assert texts(response, "div", class_="notice") == [
        "Dokumentet bygger på noe som er utløpt. Politikken gjelder ikke lenger. Les det"
    ]
    replaced = logged_in(cast, "reader").get("/planer/forrige/")
    assert texts(replaced, "dl") == ["Eier Det humanistiske fakultet Periode Ikke oppgitt Etterfulgt av Planen"]


def test_a_policy_has_its_goals_beside_its_routes(cast: Cast, today: date) -> None:
    policy = make.document("politikken", cast.university, kind="policy", title="Politikken", vision="En bedre verden")
    area = make.area(policy, title="Målgrupper")
    first = make.goal(policy, area=area, text="De beste studentene")
    Target.objects.create(goal=first, kind="count", text="Minst tre klasser", value=3, comparator="at_least")
    route = make.route(policy, area=area, text="Rekruttere i Norden")
    route.goals.add(first)
    Fact.objects.create(area=area, text="8 stipend i fjor", period_words="2025")
    make.goal(policy, text="Et mål utenfor områdene")
    response = logged_in(cast, "reader").get("/strategi/politikken/")
    assert texts(response, "div", class_="goals-routes") == [
        "Mål Et mål utenfor områdene",
        "Mål De beste studentene Minst tre klasser Veivalg Rekruttere i Norden De beste studentene",
    ]
    assert texts(response, "div", class_="high-text") == ["En bedre verden"]
    assert texts(response, "p", class_="fact-box") == ["8 stipend i fjor 2025"]


def test_readers_get_the_frozen_words_and_editors_a_way_to_the_others(cast: Cast, plan: Document) -> None:
    freeze(plan, by=cast.adviser, now=NOW)
    goal = Goal.objects.get(key="sider")
    goal.text = "Bedre sider"
    goal.save()
    for person in ("reader", "outsider", "adviser"):
        assert page(cast, person)[0][0].startswith("Sider Gode sider ")
    assert page(cast, "adviser", f"{PLAN}?tekst=arbeid")[0][0].startswith("Sider Bedre sider ")
    changed = "Arbeidsteksten er endret siden dette ble vedtatt. Les arbeidsteksten"
    assert notices(cast, "adviser", PLAN) == [changed]
    assert notices(cast, "reader", PLAN) == []
    assert notices(cast, "adviser", f"{PLAN}?tekst=arbeid") == [
        "Du leser arbeidsteksten. Den er ikke vedtatt. Les det som gjelder"
    ]
    assert logged_in(cast, "outsider").get(f"{PLAN}?tekst=arbeid").status_code == 403


def test_the_notice_follows_every_kind_of_edit(cast: Cast, plan: Document) -> None:
    freeze(plan, by=cast.adviser, now=NOW)
    assert notices(cast, "adviser", PLAN) == []
    line = MeasureResponsibility.objects.get(wording="Fakultetet")
    line.wording = "Dekanen"
    line.save()
    assert len(notices(cast, "adviser", PLAN)) == 1
    line.wording = "Fakultetet"
    line.save()
    assert notices(cast, "adviser", PLAN) == []


def notices(cast: Cast, person: str, address: str) -> list[str]:
    return texts(logged_in(cast, person).get(address), "div", class_="notice")


def test_kept_words_are_not_mixed_up_by_a_new_version(cast: Cast, plan: Document) -> None:
    freeze(plan, by=cast.adviser, now=NOW)
    assert page(cast, "reader")[0][0].startswith("Sider Gode sider ")
    Goal.objects.filter(key="sider").update(text="Bedre sider")
    freeze(plan, by=cast.adviser, now=NOW)
    assert page(cast, "reader")[0][0].startswith("Sider Bedre sider ")


def test_kept_words_follow_what_is_dated_and_what_groups_are_called(cast: Cast, plan: Document) -> None:
    freeze(plan, by=cast.adviser, now=NOW)
    assert page(cast, "reader")[3] == ["Alle mål i området Dele kalender Instituttene"]
    make.entry(make.wheel("hjul", cast.hf)).measures.add(Measure.objects.get(key="felles"))
    TargetGroup.objects.update(name="Skoleelever")
    rows = page(cast, "reader")
    assert rows[3] == ["Alle mål i området Dele kalender i årshjulet Instituttene"]
    assert rows[0][0].startswith("Sider Gode sider Skoleelever ")


@pytest.mark.parametrize(("state", "is_told"), [("in_force", True), ("draft", False)])
@pytest.mark.parametrize("has_measures", [True, False])
def test_what_is_proposed_in_what_holds_says_so_of_every_kind(
    cast: Cast, adviser: Client, today: date, state: str, is_told: bool, has_measures: bool
) -> None:
    doc = make.document("planen", cast.hf, state=state)
    area = make.area(doc, title="Innhold")
    goal = make.goal(doc, key="nytt-maal", area=area, text="Nytt mål", status="proposed")
    make.route(doc, key="ny-vei", area=area, text="Ny vei", status="proposed")
    make.route(doc, key="gammel-vei", area=area, text="Gammel vei")
    if has_measures:
        make.measure(doc, goal, key="nytt-tiltak", text="Nytt tiltak", status="proposed")
    page = adviser.get("/planer/planen/").content.decode()
    addresses = ["mal/nytt-maal", "veivalg/ny-vei", *(["tiltak/nytt-tiltak"] if has_measures else [])]
    for address in addresses:
        after = page.partition(f'href="/{address}/">')[2].partition("<!--")[0]
        assert (' <span class="state" data-state="proposed">' in after) == is_told, address
    assert page.count('data-state="proposed"') == (len(addresses) if is_told else 0)


@pytest.mark.parametrize(
    ("query", "count", "rows"),
    [
        ("malgruppe=elever", "2 av 3 tiltak", ["Sider Gode sider"]),
        ("ansvar=instituttene", "2 av 3 tiltak", ["Sider Gode sider", "Alle mål i området"]),
        ("ansvar=hf", "1 av 3 tiltak", ["Sider Gode sider"]),
        ("vis=uten-tiltak", "1 mål uten tiltak", ["Et mål ingen"]),
        ("vis=uten-dato", "2 av 3 tiltak", ["Sider Gode sider", "Alle mål i området"]),
        ("vis=datert", "1 av 3 tiltak", ["Sider Gode sider"]),
        ("vis=tull", "3 mål, 3 tiltak", ["Sider Gode sider", "Et mål ingen", "Å møtes", "Alle mål i området"]),
        ("malgruppe=finnes-ikke", "0 av 3 tiltak", []),
    ],
)
@pytest.mark.parametrize("is_htmx", [False, True])
def test_filters_stand_in_the_address(
    cast: Cast, plan: Document, query: str, count: str, rows: list[str], is_htmx: bool
) -> None:
    make.entry(make.wheel("hjul", cast.hf)).measures.add(Measure.objects.get(key="tekster"))
    headers = {"HX-Request": "true"} if is_htmx else {}
    response = logged_in(cast, "reader").get(f"{PLAN}?{query}", headers=headers)
    assert texts(response, "p", class_="list-count") == [count]
    found = [text for [text] in rows_of(response)]
    assert len(found) == len(rows)
    assert all(text.startswith(start) for text, start in zip(found, rows, strict=True))
    assert (b"<html" in response.content) is not is_htmx


def test_an_empty_document_says_so(cast: Cast, today: date) -> None:
    make.document("tom", cast.hf, title="Tom plan", state="draft")
    response = logged_in(cast, "adviser").get("/planer/tom/")
    assert texts(response, "div", class_="empty") == [
        "Dokumentet har ingen mål ennå De kommer hit når du har skrevet dem. Skriv det første målet"
    ]
    make.document("aapen", cast.hf, title="Tom og åpen")
    response = logged_in(cast, "coordinator").get("/planer/aapen/")
    assert texts(response, "div", class_="empty") == [
        "Dokumentet har ingen mål ennå De kommer hit når en redaktør har skrevet dem."
    ]


def test_words_in_english_say_so(cast: Cast, today: date) -> None:
    strategy = make.document("strategy", cast.university, kind="strategy", title="Knowledge", language="en")
    make.goal(strategy, text="A goal", key="a-goal")
    html = logged_in(cast, "reader").get("/strategi/strategy/").content.decode()
    assert '<h1 lang="en">Knowledge</h1>' in html
    assert '<a class="title-link" lang="en" href="/mal/a-goal/">A goal</a>' in html
    client = logged_in(cast, "reader")
    html = client.get("/strategi/strategy/", headers={"Accept-Language": "en"}).content.decode()
    assert "<h1>Knowledge</h1>" in html


def test_a_measure_under_two_goals_has_one_anchor(cast: Cast, plan: Document) -> None:
    Measure.objects.get(key="bilder").goals.add(Goal.objects.get(key="uten"))
    html = logged_in(cast, "reader").get(PLAN).content.decode()
    assert html.count('id="bilder"') == 1
    assert html.count("Ta bilder") == 2


@pytest.mark.parametrize("is_frozen", [False, True])
def test_the_number_of_queries_does_not_grow(  # type: ignore[no-untyped-def]
    cast: Cast, plan: Document, django_assert_num_queries, is_frozen: bool
) -> None:
    from tests.conftest import forget

    client = logged_in(cast, "reader")
    counts = []
    for size in (1, 3):
        grown = make.document(f"vokst-{size}", cast.hf)
        for number in range(size):
            _grow(grown, cast, number)
        if is_frozen:
            freeze(grown, by=cast.adviser, now=NOW)
        forget()
        counts.append(_queries(client, grown.get_absolute_url()))
    assert counts[0] == counts[1]


def _grow(plan: Document, cast: Cast, number: int) -> None:
    area: Area = make.area(plan, position=number)
    goal = make.goal(plan, area=area)
    goal.target_groups.add(TargetGroup.objects.get(slug="elever"))
    Route.objects.create(document=plan, area=area, text="Et veivalg")
    responsible(make.measure(plan, goal), cast.hf, "Fakultetet")


def _queries(client: Client, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
