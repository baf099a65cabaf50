"""What a department's plan takes over is kept as it was when the plan was adopted, on its page and on paper."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from planning.building import start_plan
from planning.models import Measure, MeasureLink, MeasureResponsibility
from reports.plan_document import plan_document
from strategy.models import Document, Goal
from strategy.services import CannotAdopt, adopt, inherits_anew
from strategy.writing import save_row
from tests import factories as make
from tests.cast import Cast, client_of
from tests.page import text_of
from tests.sending import send

TODAY = date(2026, 3, 15)
NOW = datetime(2026, 3, 15, 8, tzinfo=UTC)
LATER = NOW + timedelta(days=10)
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def base(cast: Cast) -> Document:
    """The faculty's plan: one measure that the departments lead, for the first of two goals."""
    plan = make.document("hf", cast.hf, title="HFs plan")
    goal = make.goal(plan, key="flere", text="Flere søkere")
    make.goal(plan, key="andre", text="Noe annet")
    theirs = make.measure(plan, goal, key="besok", text="Besøke skoler")
    MeasureResponsibility.objects.create(measure=theirs, group=cast.departments, wording="Instituttene")
    return plan


@pytest.fixture
def plan(cast: Cast, base: Document) -> Document:
    """The department's plan on it, with a measure of its own, adopted."""
    made, _is_new = start_plan(base, cast.ihk, by=cast.adviser, now=NOW)
    added = make.measure(made, key="ringe", text="Ringe elevene")
    MeasureLink.objects.create(kind="aligned", from_measure=added, to_goal=Goal.objects.get(key="flere"))
    decide(made, cast)
    return Document.objects.get(pk=made.pk)


def decide(document: Document, cast: Cast, *, now: datetime = NOW) -> None:
    day = now.date()
    adopt(document, by=cast.dean, decided_by="Leder", decided_on=day, case_number="", now=now, holds_from=NOW.date())


def reword(key: str, text: str, cast: Cast, *, now: datetime) -> None:
    goal = Goal.objects.get(key=key)
    goal.text = text
    save_row(goal, by=cast.adviser, now=now, expected=goal.lock_version)


def section(page: str) -> str:
    return text_of(page[page.index('class="section inherited"') :].partition("</section>")[0])


def paper(document: Document, reader: Any) -> Any:
    (part,) = plan_document(document, reader=reader, today=TODAY).inherited
    return part


def test_the_version_names_what_it_builds_on_and_copies_none_of_it(cast: Cast, base: Document, plan: Document) -> None:
    content = plan.versions.get().content
    assert content["inherits"] == [{"document": "hf", "version": 1, "measures": ["besok"]}]
    assert base.versions.get().content["title"] == "HFs plan"
    assert "Flere søkere" not in str(content)
    assert "inherits" not in base.versions.get().content


def test_page_and_paper_keep_the_words_of_then_and_say_what_is_new(cast: Cast, base: Document, plan: Document) -> None:
    reword("flere", "Mange flere søkere", cast, now=LATER)
    decide(base, cast, now=LATER)
    told = section(client_of(cast.adviser).get(plan.get_absolute_url()).content.decode())
    assert "Målene og tiltakene her er utgave 1 fra 15. mars 2026, slik de var da denne planen ble vedtatt." in told
    assert "Planen over er endret siden. Les den slik den er nå" in told
    assert "Endringene følger med når planen her vedtas på nytt." in told
    assert "Mange flere" not in told
    assert "Endringene følger" not in section(client_of(cast.outsider).get(plan.get_absolute_url()).content.decode())
    assert [row.goal.text for row in paper(plan, cast.dean).goals] == ["Flere søkere"]


def test_adopted_anew_it_takes_in_what_has_changed_above(cast: Cast, base: Document, plan: Document) -> None:
    with pytest.raises(CannotAdopt, match="allerede vedtatt"):
        decide(plan, cast, now=LATER)
    reword("flere", "Mange flere søkere", cast, now=LATER)
    decide(base, cast, now=LATER)
    assert f"/planer/{plan.slug}/vedta/" in client_of(cast.dean).get(f"/planer/{plan.slug}/rediger/").content.decode()
    assert inherits_anew(plan, today=TODAY)
    decide(plan, cast, now=LATER)
    assert not inherits_anew(plan, today=TODAY)
    assert [row.goal.text for row in paper(plan, cast.dean).goals] == ["Mange flere søkere"]
    told = section(client_of(cast.adviser).get(plan.get_absolute_url()).content.decode())
    assert "Mange flere søkere" in told
    assert "endret siden" not in told


def test_whose_the_measures_were_then_is_kept(cast: Cast, base: Document, plan: Document) -> None:
    MeasureResponsibility.objects.filter(measure__key="besok").update(group=make.group("noen", cast.hf, cast.imu))
    decide(base, cast, now=LATER)
    assert [line.text for row in paper(plan, cast.dean).goals for line in row.ours] == ["Besøke skoler"]


def test_a_draft_shows_what_holds_above_today(cast: Cast, base: Document) -> None:
    decide(base, cast)
    draft, _is_new = start_plan(base, cast.ihk, by=cast.adviser, now=NOW)
    reword("flere", "Mange flere søkere", cast, now=LATER)
    decide(base, cast, now=LATER)
    part = paper(draft, cast.dean)
    assert ([row.goal.text for row in part.goals], part.kept) == (["Mange flere søkere"], "")
    assert [line.text for line in part.others] == ["Noe annet"]


def test_what_was_taken_over_stays_when_the_working_text_lets_it_go(cast: Cast, base: Document, plan: Document) -> None:
    plan.carries_out.clear()
    assert "Flere søkere" in section(client_of(cast.adviser).get(plan.get_absolute_url()).content.decode())
    assert paper(plan, cast.dean).title == "HFs plan"


def test_paper_tells_nothing_of_a_plan_the_reader_may_not_see(cast: Cast, base: Document, plan: Document) -> None:
    Document.objects.filter(pk=base.pk).update(state="draft")
    assert plan_document(plan, reader=cast.outsider, today=TODAY).inherited == ()


def test_the_contents_name_it_and_its_own_stands_among_the_facultys(cast: Cast, base: Document, plan: Document) -> None:
    told = plan_document(plan, reader=cast.dean, today=TODAY)
    assert ("fra-hf", "Fra planen over: HFs plan") in [(line.id, line.title) for line in told.contents]
    (row,) = told.inherited[0].goals
    assert [line.text for line in (*row.ours, *row.own)] == ["Besøke skoler", "Ringe elevene"]


def test_a_measure_is_added_under_a_goal_above_in_one_step(cast: Cast, base: Document) -> None:
    plan, _is_new = start_plan(base, cast.ihk, by=cast.adviser, now=NOW)
    client = client_of(cast.adviser)
    page = client.get(plan.get_absolute_url()).content.decode()
    address = f"/planer/{plan.slug}/rediger/nytt-tiltak/?bygger=andre"
    assert f'{address}&amp;next=%2Fplaner%2F{plan.slug}%2F"' in page
    opened = client.get(f"{address}&next={plan.get_absolute_url()}")
    assert "HFs plan: Noe annet" in text_of(opened.content.decode())
    answer = send(client, f"{address}&next={plan.get_absolute_url()}", text="Skrive brev", aligned=["mal.andre"])
    assert answer["Location"] == plan.get_absolute_url()
    added = Measure.objects.get(text="Skrive brev")
    assert [link.to_goal.key for link in added.item_links.all()] == ["andre"]  # type: ignore[union-attr]
    assert "Skrive brev Vårt eget" in section(client.get(plan.get_absolute_url()).content.decode())
    assert "nytt-tiltak" not in client_of(cast.coordinator).get(plan.get_absolute_url()).content.decode()


def test_the_next_one_is_begun_under_the_same_goal_above(cast: Cast, base: Document) -> None:
    plan, _is_new = start_plan(base, cast.ihk, by=cast.adviser, now=NOW)
    client, new = client_of(cast.adviser), f"/planer/{plan.slug}/rediger/nytt-tiltak/"
    opened = client.get(f"{new}?bygger=andre&next={plan.get_absolute_url()}")
    refused = send(client, new, of=opened, text="", again="1")
    assert "HFs plan: Noe annet" in text_of(refused.content.decode())
    answer = send(client, new, of=refused, text="Skrive brev", again="1")
    assert answer["Location"] == f"{new}?bygger=andre&next=%2Fplaner%2F{plan.slug}%2F"
    second = send(client, new, of=client.get(answer["Location"]), text="Ringe")
    assert second["Location"] == plan.get_absolute_url()
    links = MeasureLink.objects.filter(from_measure__document=plan).order_by("from_measure__text")
    assert [(link.from_measure.text, link.to_goal.key) for link in links if link.to_goal] == [
        ("Ringe", "andre"),
        ("Skrive brev", "andre"),
    ]


def test_a_goal_that_is_not_there_begins_nothing(cast: Cast, base: Document) -> None:
    plan, _is_new = start_plan(base, cast.ihk, by=cast.adviser, now=NOW)
    hidden = make.goal(make.document("nv", make.unit("nvx"), state="draft"), key="hemmelig", text="Hemmelig")
    page = client_of(cast.adviser).get(f"/planer/{plan.slug}/rediger/nytt-tiltak/?bygger={hidden.key}")
    assert page.status_code == 200
    assert "Hemmelig" not in page.content.decode()


@pytest.mark.parametrize("count", [1, 4])
def test_the_queries_do_not_grow_with_what_is_taken_over(
    cast: Cast, base: Document, plan: Document, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        goal = make.goal(base, text=f"Mål {number}")
        measure = make.measure(base, goal, text=f"Tiltak {number}")
        MeasureResponsibility.objects.create(measure=measure, group=cast.departments, wording="Instituttene")
    decide(base, cast, now=LATER)
    decide(plan, cast, now=LATER)
    client = client_of(cast.outsider)
    client.get(plan.get_absolute_url())
    with django_assert_num_queries(14):
        client.get(plan.get_absolute_url())
