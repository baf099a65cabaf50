"""What the log tells: who, when, from, to and why."""

from typing import Any

import pytest

from planning.models import Measure
from strategy.models import Fact, Indicator, Target
from tests import factories as make
from tests.cast import Cast
from tests.sending import send

pytestmark = pytest.mark.usefixtures("today")


def test_changes_tell_who_when_from_to_and_why(cast: Cast, adviser: Any) -> None:
    measure = make.measure(make.document("planen", cast.hf), text="Før")
    send(adviser, f"/tiltak/{measure.key}/endre/", text="Etter", why="Etter seminaret", **{"lines-0-party": "IHK"})
    page = adviser.get(f"/tiltak/{measure.key}/endringer/")
    newest = page.context["page"].object_list[0]
    assert (newest.who, newest.why) == ("Rådgiver", "Etter seminaret")
    assert [(field.label, field.before, field.after) for field in newest.fields] == [
        ("Tiltak", "Før", "Etter"),
        ("Ansvar", "–", "ansvarlig: Institutt for historiske og klassiske studier"),
    ]


def test_one_save_is_one_row_of_history_with_its_links(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf)
    goals = [make.goal(plan), make.goal(plan)]
    send(adviser, "/planer/planen/rediger/nytt-tiltak/", text="Nytt", goals=[goals[0].pk])
    measure = Measure.objects.get(text="Nytt")
    assert [row.history_type for row in measure.history.all()] == ["+"]
    send(adviser, f"/tiltak/{measure.key}/endre/", goals=[goal.pk for goal in goals])
    rows = list(measure.history.all())
    assert [(row.history_type, row.goals.count(), row.history_user) for row in rows] == [
        ("~", 2, cast.adviser),
        ("+", 1, cast.adviser),
    ]


def told(page: Any) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """The changes as they are shown: who, why, and each field from and to."""
    return [
        (change.who, change.why, [(field.label, field.before, field.after) for field in change.fields])
        for change in page.context["page"].object_list
    ]


@pytest.mark.parametrize("kind", ["goal", "route", "measure"])
def test_a_change_of_the_links_alone_is_told_from_and_to(cast: Cast, adviser: Any, kind: str) -> None:
    above, plan = make.document("over", cast.university), make.document("planen", cast.hf)
    make_one = getattr(make, kind)
    old, new = make_one(above, text="Det gamle"), make_one(above, text="Det nye")
    hidden = make_one(make.document("skjult", cast.university, state="draft"), text="Det skjulte")
    item = make_one(plan)
    links = item.item_links if kind == "measure" else item.links
    for to in (old, hidden):
        links.create(kind="aligned", **{f"to_{kind}": to})
    word = {"goal": "mal", "route": "veivalg", "measure": "tiltak"}[kind]
    send(adviser, f"/{word}/{item.key}/endre/", aligned=[f"{word}.{new.key}"], why="Nytt grunnlag")
    page = adviser.get(f"/{word}/{item.key}/endringer/")
    assert told(page)[0] == (
        "Rådgiver",
        "Nytt grunnlag",
        [("Bygger opp under", "Det gamle", "–"), ("Bygger opp under", "–", "Det nye")],
    )
    assert "Det skjulte" not in page.content.decode()


def test_the_end_of_a_link_older_than_its_log_is_told(cast: Cast, adviser: Any) -> None:
    above = make.goal(make.document("over", cast.university), text="Det gamle")
    goal = make.goal(make.document("planen", cast.hf))
    link = goal.links.create(kind="succeeded", to_goal=above)
    link.history.all().delete()
    send(adviser, f"/mal/{goal.key}/endre/", succeeded=[])
    newest = told(adviser.get(f"/mal/{goal.key}/endringer/"))[0]
    assert newest == ("Rådgiver", "", [("Følger etter", "Det gamle", "–")])


def test_the_head_of_a_document_tells_its_changes(cast: Cast, adviser: Any) -> None:
    make.document("planen", cast.hf, title="Før", state="draft")
    send(adviser, "/planer/planen/rediger/dokument/", title="Etter", period_to_on="2027-12-31", why="Ny periode")
    page = adviser.get("/planer/planen/rediger/endringer/")
    assert told(page)[0] == (
        "Rådgiver",
        "Ny periode",
        [("Gjelder til", "–", "31. desember 2027"), ("Tittel", "Før", "Etter")],
    )
    assert 'href="/planer/planen/rediger/endringer/"' in adviser.get("/planer/planen/rediger/").content.decode()


def test_sections_targets_and_facts_tell_their_changes(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf)
    area = make.area(plan)
    section = plan.sections.create(kind="purpose", text="Før")
    target = Target.objects.create(area=area, kind="count", value=8, text="Åtte", comparator="at_least")
    fact = Fact.objects.create(area=area, text="Slik var det")
    applicants = Indicator.objects.create(slug="sokere", name="Søkere")
    fact.observations.create(indicator=applicants, value=120)
    editor = adviser.get("/planer/planen/rediger/").content.decode()

    send(adviser, f"/avsnitt/{section.pk}/endre/", text="Etter", why="Kortere")
    send(adviser, f"/maltall/{target.pk}/endre/", value="9")
    send(adviser, f"/faktum/{fact.pk}/endre/", **{"values-0-value": "130", "values-0-comparator": "approximately"})
    pages = {
        f"/avsnitt/{section.pk}/endringer/": ("Kortere", [("Tekst", "Før", "Etter")]),
        f"/maltall/{target.pk}/endringer/": ("", [("Verdi", "8", "9")]),
        f"/faktum/{fact.pk}/endringer/": ("", [("Tall i boksen", "Søkere: 120", "Søkere: ca. 130")]),
    }
    for address, newest in pages.items():
        assert f'href="{address}"' in editor
        assert told(adviser.get(address))[0] == ("Rådgiver", *newest)


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_asks_as_often_for_one_link_as_for_three(
    cast: Cast, adviser: Any, count: int, django_assert_num_queries
) -> None:
    above = make.document("over", cast.university)
    goal = make.goal(make.document("planen", cast.hf))
    for number in range(count):
        goal.links.create(kind="aligned", to_goal=make.goal(above, text=f"Over {number}"))
    with django_assert_num_queries(15):
        page = adviser.get(f"/mal/{goal.key}/endringer/")
    assert page.content.decode().count("Over ") == count
