"""The pages of a goal, a route and a measure: the thread up and down, in words one may read."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annual_wheel import services
from annual_wheel.models import Entry
from organisation.models import FunctionHolder
from planning.models import Measure, MeasureLink, MeasureResponsibility
from strategy.models import Area, Document, Goal, GoalLink, Route, RouteLink, Target
from strategy.services import freeze
from tests import factories as make
from tests.cast import Cast
from tests.conftest import forget
from tests.page import texts
from tests.sending import send

NOW = datetime(2026, 2, 5, 9, tzinfo=UTC)
TODAY = date(2026, 3, 15)


@pytest.fixture
def plan(cast: Cast, today: date) -> Document:
    """A strategy with a goal and a route, and a plan that carries it out, with an area, a goal and a measure."""
    strategy = make.document(
        "strategien", cast.university, kind="strategy", title="Strategien", vision="En bedre verden", is_public=True
    )
    top = make.goal(strategy, key="topp", text="Flere studenter")
    make.route(strategy, key="vei", text="Bruke nettet").goals.add(top)
    plan = make.document("planen", cast.hf, title="Planen", overall_goal="Rett student på rett plass", is_public=True)
    plan.carries_out.add(strategy)
    area = make.area(plan, key="innhold", label="I", title="Innhold")
    goal = make.goal(plan, key="sider", area=area, title="Sider", text="Gode sider")
    GoalLink.objects.create(kind="aligned", from_goal=goal, to_goal=top)
    make.measure(plan, goal, key="tekster", text="Rette tekstene")
    return plan


def client_of(cast: Cast, person: str | None = "reader") -> Client:
    client = Client()
    if person:
        client.force_login(cast.people[person])
    return client


def thread(cast: Cast, address: str, person: str | None = "reader") -> list[str]:
    response = client_of(cast, person).get(address)
    assert response.status_code == 200
    return texts(response, "li", class_="thread-step")


def test_a_goal_hangs_between_the_vision_and_its_measures(cast: Cast, plan: Document) -> None:
    assert thread(cast, "/mal/sider/") == [
        "Visjon, i Strategien En bedre verden",
        "Bygger opp under, i Strategien Flere studenter",
        "Handlingsplan Planen",
        "Overordnet mål Rett student på rett plass",
        "Område I Innhold",
        "Mål Gode sider Tiltak Rette tekstene ikke datert i år",
    ]


def test_a_goal_above_shows_what_carries_it_out_in_other_documents(cast: Cast, plan: Document) -> None:
    MeasureLink.objects.create(
        kind="aligned", from_measure=Measure.objects.get(key="tekster"), to_goal=Goal.objects.get(key="topp")
    )
    assert thread(cast, "/mal/topp/") == [
        "Visjon En bedre verden",
        "Strategi Strategien",
        "Mål Flere studenter Veivalg Bruke nettet I Planen Sider I Planen Rette tekstene",
    ]


def test_a_loose_end_is_said(cast: Cast, plan: Document) -> None:
    make.goal(plan, key="loes", text="Et løst mål")
    strategy = Document.objects.get(slug="strategien")
    make.goal(strategy, key="loes-topp", text="Et mål ingen har tatt opp")
    assert thread(cast, "/mal/loes/")[-1] == "Mål Et løst mål Ingen tiltak hører til dette målet ennå"
    assert thread(cast, "/mal/loes-topp/")[-1] == (
        "Mål Et mål ingen har tatt opp Ingen plan gjennomfører dette målet ennå"
    )


def test_a_measure_shows_its_entry_with_this_years_state(cast: Cast, plan: Document) -> None:
    entry = make.entry(make.wheel("hjul", cast.hf, title="Hjulet"), cast.departments, text="Se over tekstene")
    entry.measures.add(Measure.objects.get(key="tekster"))
    edition = make.edition(entry)
    make.edition(entry, 2025)
    services.tick(make.tasks_of(edition)["ihk"], by=cast.coordinator, now=NOW)
    assert thread(cast, "/tiltak/tekster/")[-2:] == [
        "Mål Sider",
        "Tiltak Rette tekstene 15. april, 2026 Se over tekstene Pågår 1 av 3 Hjulet",
    ]
    assert thread(cast, "/mal/sider/")[-1] == "Mål Gode sider Tiltak Rette tekstene Pågår 1 av 3 15. april"


def test_a_measure_says_when_its_entry_is_cancelled_or_not_set_up(cast: Cast, plan: Document) -> None:
    entry = make.entry(make.wheel("hjul", cast.hf, title="Hjulet"), cast.hf, text="Se over tekstene")
    entry.measures.add(Measure.objects.get(key="tekster"))
    assert thread(cast, "/tiltak/tekster/")[-1] == (
        "Tiltak Rette tekstene Ikke satt opp i 2026 Se over tekstene Hjulet"
    )
    edition = make.edition(entry)
    services.cancel(
        edition, by=cast.adviser, reason="Nytt nettsted", is_partly=False, today=TODAY, expected=edition.lock_version
    )
    assert thread(cast, "/tiltak/tekster/")[-1] == (
        "Tiltak Rette tekstene 15. april, 2026 Se over tekstene Utgår i år Nytt nettsted"
    )


def test_several_entries_count_together_on_the_goal(cast: Cast, plan: Document) -> None:
    wheel = make.wheel("hjul", cast.hf)
    for words in ("1. februar", "15. april"):
        entry = make.entry(wheel, cast.departments, when_words=words, month=2)
        entry.measures.add(Measure.objects.get(key="tekster"))
        make.edition(entry)
    assert thread(cast, "/mal/sider/")[-1] == (
        "Mål Gode sider Tiltak Rette tekstene Forsinket 0 av 6 1. februar, 15. april"
    )


def test_a_measure_that_serves_a_whole_area_names_all_its_goals(cast: Cast, plan: Document) -> None:
    area = Area.objects.get(key="innhold")
    make.goal(plan, key="bilder", area=area, text="Gode bilder", position=1)
    make.measure(plan, key="felles", area=area, text="Dele en kalender")
    assert thread(cast, "/tiltak/felles/")[-3:] == [
        "Område I Innhold",
        "Alle mål i området Sider Gode bilder",
        "Tiltak Dele en kalender Ikke i noe årshjul ennå",
    ]
    assert (
        thread(cast, "/mal/bilder/")[-1]
        == "Mål Gode bilder Tiltak Dele en kalender ikke datert i år · for hele området"
    )


def test_a_route_hangs_between_its_goals_and_its_measures(cast: Cast, plan: Document) -> None:
    way = make.route(plan, key="nett", text="Være best på nett")
    way.goals.add(Goal.objects.get(key="sider"))
    Measure.objects.get(key="tekster").routes.add(way)
    RouteLink.objects.create(kind="aligned", from_route=way, to_route=Route.objects.get(key="vei"))
    assert thread(cast, "/veivalg/nett/")[-2:] == [
        "Mål det tjener Sider",
        "Veivalg Være best på nett Tiltak Rette tekstene ikke datert i år",
    ]
    assert "Bygger opp under, i Strategien Bruke nettet" in thread(cast, "/veivalg/nett/")
    assert thread(cast, "/veivalg/vei/")[-1] == "Veivalg Bruke nettet I Planen Være best på nett"


def side(cast: Cast, address: str, person: str | None = "reader") -> str:
    [words] = texts(client_of(cast, person).get(address), "dl")
    return words


def test_a_measure_says_who_that_is_today(cast: Cast, plan: Document) -> None:
    measure = Measure.objects.get(key="tekster")
    adviser = make.function("kommunikasjonsradgiver", name="Kommunikasjonsrådgiver")
    FunctionHolder.objects.create(function=adviser, unit=cast.hf, user=cast.adviser)
    FunctionHolder.objects.create(function=adviser, unit=cast.hf, user=cast.dean, to_on=date(2025, 12, 31))
    lines = MeasureResponsibility.objects
    lines.create(measure=measure, unit=cast.hf, function=adviser, wording="Fakultetet v/rådgiver")
    lines.create(
        measure=measure, group=cast.departments, relation="with", wording="i samråd med instituttene", position=1
    )
    Measure.objects.filter(pk=measure.pk).update(
        modality="may", frequency="årlig", source_file="a.txt", source_from=3, source_to=4
    )
    words = (
        "Ansvar Fakultetet v/rådgiver Det humanistiske fakultet v/Kommunikasjonsrådgiver – Rådgiver "
        "i samråd med instituttene sammen med: Instituttene – 3 enheter: IHK, IMU, ISL "
        "Forpliktelse Kan Hvor ofte årlig"
    )
    assert side(cast, "/tiltak/tekster/") == words
    assert side(cast, "/tiltak/tekster/", "adviser") == f"{words} Kilde a.txt, linje 3–4"
    assert side(cast, "/tiltak/tekster/", None) == (
        "Ansvar Fakultetet v/rådgiver Det humanistiske fakultet v/Kommunikasjonsrådgiver "
        "i samråd med instituttene sammen med: Instituttene – 3 enheter: IHK, IMU, ISL "
        "Forpliktelse Kan Hvor ofte årlig"
    )


def test_a_goal_says_its_targets_and_what_it_follows_or_translates(cast: Cast, plan: Document) -> None:
    goal = Goal.objects.get(key="sider")
    Target.objects.create(
        goal=goal, kind="share", text="Minst 40 % av sidene", value=40, unit="%", denominator="sidene",
        comparator="at_least", due_on=date(2027, 12, 31),
    )  # fmt: skip
    old = make.document("forrige", cast.hf, title="Forrige plan", state="replaced")
    GoalLink.objects.create(kind="succeeded", from_goal=goal, to_goal=make.goal(old, key="foer", text="Greie sider"))
    english = make.document("engelsk", cast.hf, kind="strategy", title="In English", language="en")
    GoalLink.objects.create(
        kind="translated", from_goal=make.goal(english, key="pages", text="Good pages"), to_goal=goal
    )
    assert side(cast, "/mal/sider/") == (
        "Måltall Minst 40 % av sidene innen 31. desember 2027 "
        "Følger etter Greie sider Forrige plan Oversatt som Good pages In English"
    )
    assert side(cast, "/mal/foer/") == "Etterfulgt av Sider Planen"
    html = client_of(cast).get("/mal/sider/").content.decode()
    assert '<a lang="en" href="/mal/pages/">Good pages</a>' in html


def test_links_into_what_one_may_not_see_are_left_out(cast: Cast, plan: Document) -> None:
    draft = make.document("utkast", cast.hf, title="Utkastet", state="draft")
    GoalLink.objects.create(
        kind="aligned", from_goal=make.goal(draft, text="Hemmelig"), to_goal=Goal.objects.get(key="topp")
    )
    assert thread(cast, "/mal/topp/", "reader")[-1].endswith("I Utkastet Hemmelig")
    for person in ("outsider", "coordinator", None):
        assert thread(cast, "/mal/topp/", person)[-1] == "Mål Flere studenter Veivalg Bruke nettet I Planen Sider"


def test_links_that_are_not_adopted_are_left_out(cast: Cast, plan: Document) -> None:
    freeze(plan, by=cast.adviser, now=NOW)
    new = make.goal(plan, key="ny", text="Nytt mål")
    make.measure(plan, key="nytt-tiltak", text="Nytt tiltak")
    old = make.goal(plan, key="gammel", text="Finnes ikke i det vedtatte")
    top = Goal.objects.get(key="topp")
    for goal in (new, old):
        GoalLink.objects.create(kind="aligned", from_goal=goal, to_goal=top)
    assert thread(cast, "/mal/topp/")[-1] == "Mål Flere studenter Veivalg Bruke nettet I Planen Sider"


def test_the_words_are_those_in_force(cast: Cast, plan: Document) -> None:
    freeze(plan, by=cast.adviser, now=NOW)
    goal = Goal.objects.get(key="sider")
    goal.text, goal.title = "Bedre sider", "Bedre"
    goal.save()
    for person in ("reader", "outsider", None):
        assert thread(cast, "/mal/sider/", person)[-1].startswith("Mål Gode sider ")
    assert thread(cast, "/mal/sider/?tekst=arbeid", "adviser")[-1].startswith("Mål Bedre sider ")
    assert client_of(cast, "outsider").get("/mal/sider/?tekst=arbeid").status_code == 403
    assert notices(cast, "/mal/sider/", "adviser") == [
        "Arbeidsteksten er endret siden dette ble vedtatt. Les arbeidsteksten"
    ]
    assert notices(cast, "/mal/sider/", "outsider") == []


def notices(cast: Cast, address: str, person: str) -> list[str]:
    return texts(client_of(cast, person).get(address), "div", class_="notice")


def test_what_is_proposed_is_for_those_who_read_drafts(cast: Cast, plan: Document) -> None:
    freeze(plan, by=cast.adviser, now=NOW)
    make.goal(plan, key="ny", text="Nytt mål", status="proposed")
    assert client_of(cast, "outsider").get("/mal/ny/").status_code == 404
    assert notices(cast, "/mal/ny/", "reader") == ["Dette er foreslått og ikke vedtatt."]
    anonymous = client_of(cast, None).get("/mal/ny/")
    assert (anonymous.status_code, anonymous["Location"]) == (302, "/konto/login/?next=/mal/ny/")


def test_the_address_of_what_was_taken_out_stays_true(cast: Cast, plan: Document) -> None:
    freeze(plan, by=cast.adviser, now=NOW)
    Goal.objects.filter(key="sider").update(status="retired")
    freeze(plan, by=cast.adviser, now=NOW)
    for person in ("outsider", "adviser"):
        assert notices(cast, "/mal/sider/", person) == ["Dette står ikke lenger i dokumentet."]
    assert thread(cast, "/mal/sider/", "outsider")[-1].startswith("Mål Gode sider ")


def test_what_was_never_adopted_and_is_taken_out_is_not_found(cast: Cast, plan: Document) -> None:
    Goal.objects.filter(key="sider").update(status="retired")
    assert client_of(cast, "adviser").get("/mal/sider/").status_code == 404


@pytest.mark.parametrize("address", ["/mal/topp/", "/mal/sider/", "/tiltak/tekster/"])
def test_the_number_of_queries_does_not_grow(cast: Cast, plan: Document, address: str) -> None:
    client = client_of(cast)
    wheel = make.wheel("hjul", cast.hf)
    counts = []
    for size in (1, 3):
        while Entry.objects.count() < size:
            _grow(plan, cast, wheel.entries.count())
        forget()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def _grow(plan: Document, cast: Cast, number: int) -> None:
    goal = Goal.objects.get(key="sider")
    measure = Measure.objects.get(key="tekster")
    entry = make.entry(plan.owner.wheels.get(), cast.departments, position=number)
    entry.measures.add(measure, make.measure(plan, goal))
    make.edition(entry)
    MeasureResponsibility.objects.create(measure=measure, unit=cast.hf, wording="Fakultetet", position=number)
    other = make.goal(make.document(f"annen-{number}", cast.hf), text="Et annet mål")
    GoalLink.objects.create(kind="aligned", from_goal=other, to_goal=Goal.objects.get(key="topp"))


def test_whoever_edits_the_plans_wheel_puts_a_measure_in_it_in_one_step(cast: Cast, plan: Document) -> None:
    measure = Measure.objects.get(key="tekster")
    measure.responsibilities.create(group=cast.departments, wording="Instituttene")
    wheel = make.wheel("hf", cast.hf, document=plan)
    address = "/aarshjul/hf/rediger/nytt-punkt/?tiltak=tekster&amp;next=%2Ftiltak%2Ftekster%2F"
    assert address not in client_of(cast).get("/tiltak/tekster/").content.decode()
    adviser = client_of(cast, "adviser")
    assert f'href="{address}"' in adviser.get("/tiltak/tekster/").content.decode()
    form_address = "/aarshjul/hf/rediger/nytt-punkt/"
    opened = adviser.get(address.replace("&amp;", "&"))
    form = opened.context["form"]
    assert (form["text"].value(), form["responsible"].value()) == ("Rette tekstene", "Instituttene")
    saved = send(adviser, form_address, of=opened, when_words="medio oktober")
    assert saved.url == "/tiltak/tekster/"
    entry = wheel.entries.get()
    assert (entry.text, list(entry.measures.all())) == ("Rette tekstene", [measure])
    assert [line.party for line in entry.responsibilities.all()] == [cast.departments]
