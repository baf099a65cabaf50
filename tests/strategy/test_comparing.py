"""Two versions, or two plans that follow each other, item by item."""

from datetime import UTC, datetime

import pytest

from strategy import services
from strategy.comparing import Change, Row, compare
from strategy.in_force import Words
from strategy.models import Area, Document, Goal, GoalLink, Section
from strategy.outline import outline_of
from strategy.said import said_in
from tests import factories as make
from tests.cast import Cast, client_of
from tests.page import text_of

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
PAGE = "/planer/planen/sammenlign/"


@pytest.fixture
def plan(cast: Cast) -> Document:
    """Two areas with a goal each, one measure, one challenge."""
    plan = make.document("planen", cast.hf, title="Planen")
    for word in ("nett", "moter"):
        area = make.area(plan, key=word, title=word.capitalize())
        make.goal(plan, key=f"m-{word}", area=area, text=f"Godt {word} for alle søkere")
    make.measure(plan, Goal.objects.get(key="m-nett"), key="t-tekster", text="Rette tekstene")
    Section.objects.create(document=plan, kind="challenge", text="Altfor få søker til master hos oss.")
    return plan


def said(document: Document) -> list:
    return said_in(Words(outline_of(Document.objects.get(pk=document.pk))), str)


def told(rows: list[Row]) -> dict[str, str]:
    return {(row.after or row.before)[0].key: row.change.value for row in rows if row.change != Change.KEPT}


def test_nothing_is_changed_in_a_document_set_against_itself(plan: Document) -> None:
    rows = compare(said(plan), said(plan))
    assert {row.change for row in rows} == {Change.KEPT}
    assert [row.kind for row in rows] == ["head", "section", "area", "goal", "measure", "area", "goal"]


def test_what_is_reworded_new_dropped_and_moved_is_told_apart(plan: Document) -> None:
    before = said(plan)
    Goal.objects.filter(key="m-nett").update(text="Godt nett for alle søkere til master")
    Goal.objects.filter(key="m-moter").update(area=Area.objects.get(key="nett"))
    plan.measures.update(status="retired")  # type: ignore[attr-defined]
    make.goal(plan, key="ny", text="Et nytt mål", area=Area.objects.get(key="moter"))
    Section.objects.update(text="Altfor få søker til master og phd hos oss.")
    rows = compare(before, said(plan))
    section = next(row.after[0].key for row in rows if row.kind == "section")
    assert told(rows) == {
        section: "reworded", "m-nett": "reworded", "t-tekster": "dropped", "m-moter": "moved", "ny": "new"
    }  # fmt: skip
    reworded = next(row for row in rows if row.change == Change.REWORDED and row.kind == "goal")
    assert reworded.differences == [
        ("Mål", "Godt nett for alle søkere", "Godt nett for alle søkere til master"),
    ]


def test_what_is_gone_is_told_where_it_stood(plan: Document) -> None:
    before = said(plan)
    plan.measures.update(status="retired")  # type: ignore[attr-defined]
    keys = [(row.after or row.before)[0].key for row in compare(before, said(plan))]
    assert keys[2:] == ["nett", "m-nett", "t-tekster", "moter", "m-moter"]


def test_a_measure_is_not_moved_because_its_goal_says_something_else(plan: Document) -> None:
    before = said(plan)
    Goal.objects.filter(key="m-nett").update(text="Helt andre ord")
    assert told(compare(before, said(plan))) == {"m-nett": "reworded"}


def test_plans_that_follow_each_other_are_tied_by_what_takes_over(cast: Cast, plan: Document) -> None:
    following = make.document("neste", cast.hf, title="Planen", follows=plan)
    area = make.area(following, key="nett-2", title="Nett")
    for key in ("ny-a", "ny-b"):
        goal = make.goal(following, key=key, text=f"Del {key}", area=area)
        GoalLink.objects.create(from_goal=goal, to_goal=Goal.objects.get(key="m-nett"), kind="succeeded")
    make.measure(following, goal, key="t-2", text="Rette tekstene")
    rows = compare(said(plan), said(following))
    changes = {row.change: row for row in rows if row.kind in ("goal", "measure")}
    split = changes[Change.SPLIT]
    assert ([one.key for one in split.before], [one.key for one in split.after]) == (["m-nett"], ["ny-a", "ny-b"])
    assert told(rows)["m-moter"] == "dropped"
    assert "t-2" not in told(rows)  # the same words under what the goal became


def test_goals_that_become_one_are_told_as_joined(cast: Cast, plan: Document) -> None:
    following = make.document("neste", cast.hf, title="Planen", follows=plan)
    goal = make.goal(following, key="ett", text="Ett mål")
    for key in ("m-nett", "m-moter"):
        GoalLink.objects.create(from_goal=goal, to_goal=Goal.objects.get(key=key), kind="succeeded")
    assert told(compare(said(plan), said(following)))["ett"] == "joined"


def test_a_measure_that_is_split_or_joined_in_its_own_document_is_told_so(plan: Document) -> None:
    goal = Goal.objects.get(key="m-nett")
    for key in ("t-a", "t-b"):
        make.measure(plan, goal, key=key, text=f"Tiltak {key}")
    before = said(plan)
    measures = plan.measures  # type: ignore[attr-defined]
    half = make.measure(plan, goal, key="t-ny", text="Andre halvdel")
    half.item_links.create(kind="succeeded", to_measure=measures.get(key="t-tekster"))
    whole = measures.get(key="t-a")
    whole.item_links.create(kind="succeeded", to_measure=measures.get(key="t-b"))
    measures.filter(key="t-b").update(status="retired")
    measures.filter(key="t-tekster").update(text="Første halvdel")
    rows = {row.change: row for row in compare(before, said(plan)) if row.kind == "measure"}
    keys = {
        change: ([each.key for each in row.before], [each.key for each in row.after]) for change, row in rows.items()
    }
    assert keys == {
        Change.SPLIT: (["t-tekster"], ["t-tekster", "t-ny"]),
        Change.JOINED: (["t-a", "t-b"], ["t-a"]),
    }
    assert rows[Change.SPLIT].differences == [("Tiltak", "Rette tekstene", "Første halvdel")]
    assert {row.change for row in compare(said(plan), said(plan))} == {Change.KEPT}


# --- The page -------------------------------------------------------------------------------------------------------


@pytest.fixture
def twice_adopted(cast: Cast, plan: Document) -> Document:
    services.freeze(plan, by=cast.dean, now=NOW)
    Goal.objects.filter(key="m-nett").update(text="Godt nett for noen søkere")
    services.freeze(plan, by=cast.dean, now=NOW)
    Goal.objects.filter(key="m-nett").update(text="Et utkast ingen har vedtatt")
    return plan


def rows_of(page: str) -> list[str]:
    """What each row says."""
    return [
        text_of(row)
        for row in page.partition('<ol class="rows compared">')[2].partition("</ol>")[0].split("<li>\n")[1:]
    ]


def test_the_page_sets_the_two_newest_versions_against_each_other(cast: Cast, twice_adopted: Document) -> None:
    page = client_of(cast.outsider).get(PAGE).content.decode()
    assert rows_of(page) == ["Omskrevet Mål Godt nett for noen søkere Mål Godt nett for borte: alle nytt: noen søkere"]
    assert "utkast ingen har vedtatt" not in page


def test_the_working_text_is_for_those_who_read_drafts(cast: Cast, twice_adopted: Document) -> None:
    address = f"{PAGE}?fra=utgave-2&til=arbeid"
    assert b"Et utkast" in client_of(cast.adviser).get(address).content
    assert client_of(cast.outsider).get(address).status_code == 404
    assert client_of(None).get(address).status_code == 302


def test_what_is_unchanged_is_shown_when_asked_for(cast: Cast, twice_adopted: Document) -> None:
    assert len(rows_of(client_of(cast.outsider).get(f"{PAGE}?vis=alt").content.decode())) == 7


def test_a_document_with_one_version_has_nothing_to_compare(cast: Cast, plan: Document) -> None:
    assert "Det er bare én utgave å lese" in client_of(cast.reader).get(PAGE).content.decode()


def test_an_unknown_version_is_not_there(cast: Cast, twice_adopted: Document) -> None:
    assert client_of(cast.reader).get(f"{PAGE}?fra=utgave-9").status_code == 404


def test_a_hidden_plan_that_was_followed_is_not_shown(cast: Cast, plan: Document) -> None:
    secret = make.document("hemmelig", cast.university, title="Skjult plan", state="draft")
    plan.follows = secret
    plan.save()
    assert "Skjult plan" not in client_of(cast.reader).get(PAGE).content.decode()


def test_the_cost_does_not_grow_with_the_items(
    cast: Cast, twice_adopted: Document, django_assert_max_num_queries: object
) -> None:
    for number in range(30):
        make.goal(twice_adopted, key=f"mange-{number}", text=f"Mål {number}")
    services.freeze(twice_adopted, by=cast.dean, now=NOW)
    outsider = client_of(cast.outsider)
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        assert outsider.get(PAGE).status_code == 200


def test_whoever_adopts_can_see_what_is_new_first(cast: Cast, twice_adopted: Document) -> None:
    page = client_of(cast.dean).get("/planer/planen/vedta/").content.decode()
    assert "/planer/planen/sammenlign/?fra=utgave-2&amp;til=arbeid" in page
