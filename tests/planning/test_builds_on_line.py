"""A measure that builds up under something in another document says so on its line, with the way there."""

from __future__ import annotations

import re
from typing import Any

import pytest

from planning.models import Measure, MeasureLink
from strategy.models import Document, Goal
from strategy.services import freeze
from tests import factories as make
from tests.cast import Cast, client_of
from tests.matrix import NOW
from tests.page import text_of
from tests.sending import send
from tests.strategy.test_saved_line import line_in

pytestmark = pytest.mark.usefixtures("today")
EDITOR = "/planer/planen/rediger/"
UNDER = re.compile(r"Bygger opp under: (.*?)</p>")


@pytest.fixture
def above(cast: Cast) -> Document:
    above = make.document("hf", cast.hf, title="HFs plan")
    make.goal(above, key="maal", text="Flere søkere")
    make.measure(above, key="lager", text="Lage felles materiell " * 5)
    make.route(above, key="vei", text="Samarbeide")
    freeze(above, by=cast.dean, now=NOW)
    return above


@pytest.fixture
def plan(cast: Cast, above: Document) -> Document:
    plan = make.document("planen", cast.ihk, state="draft")
    for number in range(3):
        make.measure(plan, key=f"t{number}", text=f"Tiltak {number}", position=number)
    return plan


@pytest.fixture
def head(cast: Cast) -> Any:
    return client_of(make.user("head@hf.example", ("leader", cast.ihk)))


def link(key: str, **to: Any) -> None:
    measure = Measure.objects.get(key=key)
    MeasureLink.objects.create(from_measure=measure, **{"kind": "aligned", **to})


def under(page: str, key: str) -> list[str]:
    return [text_of(words) for words in UNDER.findall(line_in(page, key))]


def test_it_says_what_and_whose_and_leads_there(head: Any, above: Document, plan: Document) -> None:
    link("t0", to_goal=Goal.objects.get(key="maal"))
    link("t0", to_measure=Measure.objects.get(key="lager"))
    link("t1", to_route=above.routes.get())
    link("t2", to_measure=Measure.objects.get(key="lager"), kind="succeeded")
    Goal.objects.filter(key="maal").update(text="Det som ikke er vedtatt")
    page = head.get(EDITOR).content.decode()
    short = ("Lage felles materiell " * 5)[:59]
    assert [under(page, f"t{number}") for number in range(3)] == [
        [f"Flere søkere (HF); {short}… (HF)"],
        ["Samarbeide (HF)"],
        [],
    ]
    assert re.findall(r'href="(/(?:mal|tiltak|veivalg)/(?:maal|lager|vei)/)"', line_in(page, "t0")) == [
        "/mal/maal/",
        "/tiltak/lager/",
    ]


def test_what_one_may_not_see_is_not_told(cast: Cast, head: Any, plan: Document) -> None:
    draft = make.document("hemmelig", cast.hf, state="draft")
    link("t0", to_goal=make.goal(draft, text="Bare for HF"))
    assert "Bare for HF" not in head.get(EDITOR).content.decode()
    assert "Bare for HF" not in send(head, "/tiltak/t0/endre/", htmx=True, text="Nytt").content.decode()
    assert MeasureLink.objects.count() == 1


@pytest.mark.parametrize("is_whole", [False, True])
def test_a_saved_line_says_it_as_the_page_does(head: Any, above: Document, plan: Document, is_whole: bool) -> None:
    link("t0", to_goal=Goal.objects.get(key="maal"))
    plan.carries_out.add(above)
    more = {"responsible": "IHK", "aligned": ["mal.maal", "tiltak.lager"]} if is_whole else {}
    line = line_in(send(head, "/tiltak/t0/endre/", htmx=True, text="Nytt", **more).content.decode(), "t0")
    assert line == line_in(head.get(EDITOR, {"ved": "t0"}).content.decode(), "t0")
    assert line.count("(HF)") == 1 + is_whole


@pytest.mark.parametrize("count", [1, 3])
def test_many_cost_no_more_queries_than_one(
    head: Any, above: Document, plan: Document, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        link(f"t{number}", to_goal=make.goal(above, text=f"Mål {number}"))
        link("t0", to_measure=make.measure(above, text=f"Tiltak der {number}"))
    head.get(EDITOR)
    with django_assert_num_queries(24):
        head.get(EDITOR)
    opened = head.get("/tiltak/t0/endre/")
    with django_assert_num_queries(13):
        assert send(head, "/tiltak/t0/endre/", of=opened, htmx=True, text="Nytt").status_code == 200


def of_goals_and_routes(plan: Document, above: Document, count: int = 1) -> None:
    """Goals and routes of a plan, each under a goal of its own above, and the first route."""
    for number in range(count):
        goal = make.goal(plan, key=f"m{number}", text=f"Mål {number}", position=number)
        route = make.route(plan, key=f"v{number}", text=f"Veivalg {number}", position=number)
        over = make.goal(above, key=f"over{number}", text=f"Mål der {number}")
        over_route = make.route(above, key=f"vei{number}", text=f"Vei der {number}")
        goal.links.create(kind="aligned", to_goal=over)
        goal.links.create(kind="aligned", to_route=over_route)
        route.links.create(kind="aligned", to_route=over_route)


def test_goals_and_routes_say_it_too(cast: Cast, head: Any, above: Document, plan: Document) -> None:
    of_goals_and_routes(plan, above)
    freeze(above, by=cast.dean, now=NOW)
    page = head.get(EDITOR).content.decode()
    assert under(page, "m0") == ["Mål der 0 (HF); Vei der 0 (HF)"]
    assert under(page, "v0") == ["Vei der 0 (HF)"]


@pytest.mark.parametrize(("address", "key"), [("/mal/m0/endre/", "m0"), ("/veivalg/v0/endre/", "v0")])
@pytest.mark.parametrize("is_whole", [False, True])
def test_a_saved_goal_or_route_says_it_as_the_page_does(
    cast: Cast, head: Any, above: Document, plan: Document, address: str, key: str, is_whole: bool
) -> None:
    of_goals_and_routes(plan, above)
    freeze(above, by=cast.dean, now=NOW)
    more = {"aligned": ["veivalg.vei0", "veivalg.vei"]} if is_whole else {}
    line = line_in(send(head, address, htmx=True, text="Nytt", **more).content.decode(), key)
    assert line == line_in(head.get(EDITOR, {"ved": key}).content.decode(), key)
    assert ("Samarbeide" in line) == is_whole
    assert "Vei der 0" in line


def test_a_goal_says_nothing_of_what_one_may_not_see(cast: Cast, head: Any, plan: Document) -> None:
    of_goals_and_routes(plan, make.document("hemmelig", cast.hf, state="draft"))
    assert "Bygger opp under:" not in head.get(EDITOR).content.decode()
    assert "der 0" not in send(head, "/mal/m0/endre/", htmx=True, text="Nytt").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_many_goals_and_routes_cost_no_more_queries_than_one(
    cast: Cast, head: Any, above: Document, plan: Document, count: int, django_assert_num_queries: Any
) -> None:
    of_goals_and_routes(plan, above, count)
    freeze(above, by=cast.dean, now=NOW)
    head.get(EDITOR)
    with django_assert_num_queries(26):
        head.get(EDITOR)
    for address in ("/mal/m0/endre/", "/veivalg/v0/endre/"):
        opened = head.get(address)
        with django_assert_num_queries(13):
            assert send(head, address, of=opened, htmx=True, text="Nytt").status_code == 200
