"""Two versions of a unit's plan: what the unit changed, and apart from it what changed in the plan above."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from planning.building import start_plan
from planning.models import MeasureLink, MeasureResponsibility
from strategy.models import Document, Goal, GoalLink, Version
from strategy.services import adopt
from strategy.writing import save_row
from tests import factories as make
from tests.cast import Cast, client_of
from tests.page import text_of

TODAY = date(2026, 3, 15)
NOW = datetime(2026, 3, 15, 8, tzinfo=UTC)
LATER = NOW + timedelta(days=10)
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def base(cast: Cast) -> Document:
    """The faculty's plan: two areas, three goals, a measure that the departments lead and one of the faculty's own."""
    plan = make.document("hf", cast.hf, title="HFs plan")
    first, second = (make.area(plan, key=word, title=word.capitalize()) for word in ("nett", "moter"))
    goal = make.goal(plan, key="flere", text="Flere søkere", area=first)
    make.goal(plan, key="andre", text="Noe annet", area=first)
    make.goal(plan, key="gammelt", text="Noe gammelt", area=second)
    theirs = make.measure(plan, goal, key="besok", text="Besøke skoler")
    MeasureResponsibility.objects.create(measure=theirs, group=cast.departments, wording="Instituttene")
    make.measure(plan, goal, key="egne", text="Lage brosjyre")
    return plan


@pytest.fixture
def plan(cast: Cast, base: Document) -> Document:
    """The department's plan on it, with a goal of its own, adopted."""
    made, _is_new = start_plan(base, cast.ihk, by=cast.adviser, now=NOW)
    make.goal(made, key="vart", text="Vårt eget mål")
    decide(made, cast)
    return Document.objects.get(pk=made.pk)


def decide(document: Document, cast: Cast, *, now: datetime = NOW) -> None:
    day = now.date()
    adopt(document, by=cast.dean, decided_by="Leder", decided_on=day, case_number="", now=now, holds_from=NOW.date())


def change(key: str, cast: Cast, **fields: Any) -> None:
    goal = Goal.objects.get(key=key)
    for name, value in fields.items():
        setattr(goal, name, value)
    save_row(goal, by=cast.adviser, now=LATER, expected=goal.lock_version)


@pytest.fixture
def changed_above(cast: Cast, base: Document, plan: Document) -> Document:
    """The faculty's plan adopted anew: one goal reworded, one moved, one taken out, one new."""
    change("flere", cast, text="Mange flere søkere")
    change("andre", cast, area=make.area(base, key="ny-del", title="Ny del"))
    Goal.objects.filter(key="gammelt").update(status="retired")
    make.goal(base, key="nytt", text="Noe nytt")
    decide(base, cast, now=LATER)
    return base


def parts(page: str) -> dict[str, list[str]]:
    """What each part of the comparison says, row by row."""
    found = {}
    for section in page.split('<section class="section" id="')[1:]:
        key, _quote, rest = section.partition('"')
        rows = rest.partition("</section>")[0].partition('<ol class="rows compared">')[2]
        found[key] = [text_of(row) for row in rows.partition("</ol>")[0].split("<li>\n")[1:]]
    return found


def page_of(person: Any, plan: Document, query: str = "") -> str:
    answer = client_of(person).get(f"/planer/{plan.slug}/sammenlign/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_what_the_faculty_changed_stands_apart_from_what_the_unit_changed(
    cast: Cast, plan: Document, changed_above: Document
) -> None:
    change("vart", cast, text="Vårt eget nye mål")
    decide(plan, cast, now=LATER)
    page = page_of(cast.outsider, plan)
    assert parts(page) == {
        "egen": ["Omskrevet Mål Vårt eget nye mål Mål Vårt eget nytt: nye mål"],
        "over-hf": [
            "Nytt Mål Noe nytt",
            "Omskrevet Mål Mange flere søkere Mål borte: Flere nytt: Mange flere søkere",
            "Tatt ut Mål Noe gammelt",
            "Flyttet Mål Noe annet Flyttet fra Nett til Ny del",
        ],
    }
    told = text_of(page)
    assert "Fra utgave 1 fra 15. mars 2026 til utgave 2 fra 25. mars 2026." in told
    assert "Lage brosjyre" not in text_of(page_of(cast.outsider, plan, "?vis=alt"))


def test_that_an_item_builds_on_another_goal_above_is_told_as_the_unit_s_change(
    cast: Cast, base: Document, plan: Document
) -> None:
    added = make.measure(plan, key="ringe", text="Ringe elevene")
    link = MeasureLink.objects.create(kind="aligned", from_measure=added, to_goal=Goal.objects.get(key="flere"))
    decide(plan, cast, now=LATER)
    link.to_goal = Goal.objects.get(key="andre")
    link.save()
    decide(plan, cast, now=LATER)
    told = parts(page_of(cast.outsider, plan))
    changed = "Omskrevet Tiltak Ringe elevene Bygger opp under borte: Flere søkere nytt: Noe annet (HFs plan)"
    assert told == {"egen": [changed], "over-hf": []}
    Document.objects.filter(pk=base.pk).update(state="draft")
    assert parts(page_of(cast.outsider, plan)) == {"egen": []}


def test_adopted_anew_for_the_faculty_s_changes_alone_it_says_so(
    cast: Cast, plan: Document, changed_above: Document
) -> None:
    decide(plan, cast, now=LATER)
    told = parts(page_of(cast.outsider, plan))
    assert (told["egen"], len(told["over-hf"])) == ([], 4)
    assert parts(page_of(cast.outsider, plan, "?fra=utgave-1&til=utgave-1")) == {"egen": [], "over-hf": []}


def test_the_working_text_is_set_against_what_holds_above_today(
    cast: Cast, plan: Document, changed_above: Document
) -> None:
    page = page_of(cast.adviser, plan, "?fra=utgave-1&til=arbeid")
    assert "Fra utgave 1 fra 15. mars 2026 til slik den er nå." in text_of(page)
    assert len(parts(page)["over-hf"]) == 4


def test_a_measure_that_is_no_longer_the_unit_s_is_told_as_that(cast: Cast, base: Document, plan: Document) -> None:
    MeasureResponsibility.objects.filter(measure__key="besok").update(group=make.group("noen", cast.hf, cast.imu))
    decide(base, cast, now=LATER)
    decide(plan, cast, now=LATER)
    gone = "Tatt ut Tiltak Besøke skoler Står fortsatt i planen over, men er ikke lenger enhetens tiltak."
    assert parts(page_of(cast.outsider, plan))["over-hf"] == [gone]
    back = "Nytt Tiltak Besøke skoler Sto i planen over fra før, men var ikke enhetens tiltak."
    assert parts(page_of(cast.outsider, plan, "?fra=utgave-2&til=utgave-1"))["over-hf"] == [back]


def test_words_that_name_no_version_are_read_with_what_held_that_day(
    cast: Cast, plan: Document, changed_above: Document
) -> None:
    decide(plan, cast, now=LATER)
    version = plan.versions.get(number=1)
    del version.content["inherits"]
    Version.objects.filter(pk=version.pk).update(content=version.content)
    page = page_of(cast.outsider, plan)
    assert "Fra utgave 1 fra 15. mars 2026 (som gjaldt da) til utgave 2 fra 25. mars 2026." in text_of(page)
    assert len(parts(page)["over-hf"]) == 4


def test_plans_that_follow_each_other_are_compared_on_plans_that_do(cast: Cast, base: Document, plan: Document) -> None:
    next_base = make.document("hf-2", cast.hf, title="HFs nye plan", follows=base)
    area = make.area(next_base, key="nett-2", title="Nett")
    for key in ("a", "b"):
        part = make.goal(next_base, key=key, text=f"Del {key}", area=area)
        GoalLink.objects.create(from_goal=part, to_goal=Goal.objects.get(key="flere"), kind="succeeded")
    decide(next_base, cast, now=LATER)
    following, _is_new = start_plan(next_base, cast.ihk, by=cast.adviser, now=LATER)
    make.goal(following, key="vart-2", text="Vårt eget mål")
    following.follows = plan
    following.save()
    decide(following, cast, now=LATER)
    page = page_of(cast.outsider, following, f"?fra={plan.slug}&til=utgave-1")
    told = parts(page)["over-hf-2"]
    assert told[0] == "Delt Mål Del a Del b Var før: Flere søkere"
    assert [row.split()[0] for row in told[1:]] == ["Tatt"] * 3
    assert "Fra «HFs plan», utgave 1 fra 15. mars 2026 til «HFs nye plan», utgave 1 fra 25. mars 2026." in text_of(page)


def test_a_plan_that_is_let_go_is_told_as_gone(cast: Cast, plan: Document) -> None:
    plan.carries_out.clear()
    change("vart", cast, text="Noe annet av vårt")
    decide(plan, cast, now=LATER)
    page = page_of(cast.outsider, plan)
    assert "Planen bygger ikke lenger på denne: utgave 1 fra 15. mars 2026." in text_of(page)
    assert {row.split()[0] for row in parts(page)["over-hf"]} == {"Tatt"}


def test_a_plan_above_that_one_may_not_see_is_not_told_of(cast: Cast, base: Document, plan: Document) -> None:
    change("vart", cast, text="Nytt")
    decide(plan, cast, now=LATER)
    Document.objects.filter(pk=base.pk).update(state="draft")
    assert list(parts(page_of(cast.outsider, plan))) == ["egen"]


def test_the_cost_does_not_grow_with_goals_or_plans_above(
    cast: Cast, base: Document, plan: Document, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        goal = make.goal(base, key=f"mange-{number}", text=f"Mål {number}")
        measure = make.measure(base, goal, key=f"t-{number}", text=f"Tiltak {number}")
        MeasureResponsibility.objects.create(measure=measure, group=cast.departments, wording="Instituttene")
    decide(base, cast, now=LATER)
    decide(plan, cast, now=LATER)
    outsider = client_of(cast.outsider)
    with django_assert_max_num_queries(14):
        assert outsider.get(f"/planer/{plan.slug}/sammenlign/").status_code == 200
