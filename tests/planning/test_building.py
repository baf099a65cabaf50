"""A department builds its own plan on the faculty's: links and never copies, and it sees what changes underneath."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from planning.building import start_plan
from planning.models import Measure, MeasureLink, MeasureResponsibility
from strategy.models import BaseSeen, Document, Goal
from strategy.services import CannotAdopt, adopt
from strategy.underneath import looks, mark_seen
from strategy.writing import save_row
from tests import factories as make
from tests.cast import Cast, client_of
from tests.page import text_of, texts

TODAY = date(2026, 3, 15)
NOW = datetime(2026, 3, 15, 8, tzinfo=UTC)


@pytest.fixture
def base(cast: Cast) -> Document:
    """The faculty's plan: the departments lead one measure, the faculty another, for two goals; one goal is bare."""
    plan = make.document(
        "hf", cast.hf, title="HFs plan", period_from_on=date(2026, 1, 1), period_to_on=date(2099, 12, 31)
    )
    first, second = make.goal(plan, key="flere", text="Flere søkere"), make.goal(plan, key="bedre", text="Bedre søkere")
    make.goal(plan, key="andre", text="Noe annet")
    theirs = make.measure(plan, first, key="besok", text="Besøke skoler")
    MeasureResponsibility.objects.create(measure=theirs, group=cast.departments, wording="Instituttene")
    own = make.measure(plan, second, key="annonse", text="Annonsere")
    MeasureResponsibility.objects.create(measure=own, unit=cast.hf, wording="Fakultetet")
    return plan


def adopted(plan: Document, cast: Cast, *, now: datetime = NOW) -> None:
    day = now.date()
    adopt(plan, by=cast.dean, decided_by="Dekanen", decided_on=day, case_number="", now=now, holds_from=NOW.date())


def reword(row: Any, text: str, cast: Cast, *, now: datetime) -> None:
    row.refresh_from_db()
    row.text = text
    save_row(row, by=cast.adviser, now=now, expected=row.lock_version)


def test_one_press_starts_a_plan_that_leans_on_the_faculty_and_copies_nothing(cast: Cast, base: Document) -> None:
    before = Goal.objects.count(), Measure.objects.count()
    client = client_of(cast.adviser)
    page = client.get("/planer/enheter/").content.decode()
    assert f'action="/planer/{base.slug}/bygg/"' in page
    answer = client.post("/planer/hf/bygg/", {"enhet": "ihk"})
    plan = Document.objects.get(owner=cast.ihk)
    assert answer["Location"] == plan.get_absolute_url()
    assert (plan.title, plan.state, plan.period_from_on) == ("HFs plan – IHK", "draft", base.period_from_on)
    assert list(plan.carries_out.all()) == [base]
    assert (Goal.objects.count(), Measure.objects.count()) == before


def test_whoever_comes_without_having_pressed_gets_to_the_button(cast: Cast, base: Document) -> None:
    client = client_of(make.user("leder@ihk.example", ("editor", cast.ihk)))
    answer = client.get("/planer/hf/bygg/")
    page, _mark, part = answer["Location"].partition("#")
    assert page == base.get_absolute_url()
    assert f'id="{part}">Bygg deres egen plan på denne<' in client.get(page).content.decode()
    assert not Document.objects.filter(owner=cast.ihk).exists()


@pytest.mark.parametrize("address", ["/planer/hf/", "/planer/enheter/"])
def test_its_form_is_sent_with_its_token(cast: Cast, base: Document, address: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make.user("leder@ihk.example", ("editor", cast.ihk)))
    form = strict.get(address).content.decode().partition('action="/planer/hf/bygg/"')[2].partition("</form>")[0]
    [token] = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert strict.post("/planer/hf/bygg/", {"enhet": "ihk", "csrfmiddlewaretoken": token}).status_code == 302
    assert Document.objects.filter(owner=cast.ihk).count() == 1


def test_a_plan_with_measures_for_the_goals_above_lacks_no_goals(cast: Cast, base: Document) -> None:
    client = client_of(cast.adviser)
    client.post("/planer/hf/bygg/", {"enhet": "ihk"})
    plan = Document.objects.get(owner=cast.ihk)
    assert "Ingen egne mål ennå" in client.get(plan.get_absolute_url()).content.decode()
    make.measure(plan, text="Ringe elevene")
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "Ingen egne mål ennå" not in page
    assert "Tiltak uten mål" not in page.partition("Fra planen over")[0]
    assert "Egne tiltak" in page


def test_whoever_writes_it_is_told_what_to_do_and_others_that_somebody_will(cast: Cast, base: Document) -> None:
    plan, _is_new = start_plan(base, cast.ihk, by=cast.adviser, now=NOW)
    address = plan.get_absolute_url()
    page = client_of(cast.adviser).get(address)
    assert texts(page, "div", class_="empty") == [
        "Ingen egne mål ennå Målene i planen over følger med, og står nedenfor. Skriv egne mål, eller legg til tiltak "
        "under målene fra planen over. Skriv det første målet"
    ]
    assert f'href="{address}rediger/">Skriv det første målet' in page.content.decode()
    plan.state = "in_force"
    plan.save()
    assert texts(client_of(cast.outsider).get(address), "div", class_="empty") == [
        "Ingen egne mål ennå De kommer hit når en redaktør har skrevet dem."
    ]


def test_where_it_is_written_it_says_what_comes_along(cast: Cast, base: Document) -> None:
    plan, _is_new = start_plan(base, cast.ihk, by=cast.adviser, now=NOW)
    client, said = (
        client_of(cast.adviser),
        "Målene der, og tiltakene dere gjennomfører, følger med og skrives ikke her.",
    )
    editor = client.get(f"{plan.get_absolute_url()}rediger/").content.decode()
    assert f"Fra planen over: HFs plan . {said} Se dem på planens side" in text_of(editor)
    assert f'href="{plan.get_absolute_url()}#fra-hf"' in editor
    assert 'id="fra-hf"' in client.get(plan.get_absolute_url()).content.decode()
    assert said not in client.get(f"{base.get_absolute_url()}rediger/").content.decode()


def test_pressing_twice_makes_one(cast: Cast, base: Document) -> None:
    first, is_new = start_plan(base, cast.ihk, by=cast.adviser, now=NOW)
    second, is_new_again = start_plan(base, cast.ihk, by=cast.adviser, now=NOW)
    assert (is_new, is_new_again, first.pk) == (True, False, second.pk)
    assert "/bygg/" not in client_of(cast.adviser).get(base.get_absolute_url()).content.decode()


def test_it_follows_the_last_plan_of_the_unit(cast: Cast, base: Document) -> None:
    old = make.document("ihk-gammel", cast.ihk, state="expired")
    plan, _is_new = start_plan(base, cast.ihk, by=cast.adviser, now=NOW)
    assert plan.follows == old


@pytest.mark.parametrize("unit", ["nv", "hf", "finnes-ikke"])
def test_only_a_unit_below_can_build_on_it(cast: Cast, base: Document, unit: str) -> None:
    assert client_of(cast.administrator).post("/planer/hf/bygg/", {"enhet": unit}).status_code == 404
    assert Document.objects.count() == 1


def test_the_departments_own_editor_is_offered_it_on_the_faculty_plan(cast: Cast, base: Document) -> None:
    editor = make.user("leder@ihk.example", ("leader", cast.ihk))
    page = client_of(editor).get("/planer/hf/").content.decode()
    assert "Start planen for IHK" in page
    assert "Start planen" not in client_of(cast.coordinator).get("/planer/hf/").content.decode()


def test_its_page_shows_what_is_theirs_beside_what_they_add(cast: Cast, base: Document) -> None:
    plan, _is_new = start_plan(base, cast.ihk, by=cast.adviser, now=NOW)
    added = make.measure(plan, text="Ringe elevene")
    MeasureLink.objects.create(kind="aligned", from_measure=added, to_goal=Goal.objects.get(key="flere"))
    page = client_of(cast.adviser).get(plan.get_absolute_url()).content.decode()
    section = page[page.index('class="section inherited"') :]
    told = [text for text in ("Flere søkere", "Besøke skoler", "Ringe elevene", "Vårt eget") if text in section]
    assert told == ["Flere søkere", "Besøke skoler", "Ringe elevene", "Vårt eget"]
    assert "IHK gjennomfører 1 tiltak der." in section
    assert "Annonsere" not in section  # the faculty does that itself
    assert section.index("2 mål til i planen over") < section.index("Bedre søkere") < section.index("Noe annet")


def test_a_plan_with_measures_of_its_own_for_the_goals_above_can_be_adopted(cast: Cast, base: Document) -> None:
    plan, _is_new = start_plan(base, cast.ihk, by=cast.adviser, now=NOW)
    with pytest.raises(CannotAdopt):
        adopted(plan, cast)
    make.measure(plan, text="Ringe elevene")
    adopted(plan, cast)
    plan.refresh_from_db()
    assert plan.state == "in_force"


def test_what_the_faculty_changes_is_seen_until_somebody_presses(cast: Cast, base: Document) -> None:
    adopted(base, cast, now=NOW - timedelta(days=30))
    plan, _is_new = start_plan(base, cast.ihk, by=cast.adviser, now=NOW)
    added = make.measure(plan, text="Ringe elevene")
    MeasureLink.objects.create(kind="aligned", from_measure=added, to_goal=Goal.objects.get(key="flere"))
    address, client = f"{plan.get_absolute_url()}grunnlag/", client_of(cast.adviser)
    assert "Ingenting er endret" in client.get(address).content.decode()

    later = datetime.now(UTC) + timedelta(days=1)
    reword(Goal.objects.get(key="flere"), "Mange flere søkere", cast, now=later)
    assert "Ingenting er endret" in client.get(address).content.decode()  # not adopted yet
    adopted(base, cast, now=later)
    page = client.get(address).content.decode()
    told = text_of(page.partition("compared")[2].partition("</ol>")[0])
    assert "Mål borte: Flere nytt: Mange flere søkere Bygger på dette hos dere: Ringe elevene" in told
    assert "«HFs plan» er endret siden dere sist så på den." in client.get(plan.get_absolute_url()).content.decode()
    leader = client_of(make.user("leder@ihk.example", ("leader", cast.ihk)))
    assert "Endret siden dere sist så på det: «HFs plan»." in leader.get("/").content.decode()

    version = base.versions.latest("number")
    client.post(address, {"version": version.pk})
    assert "Ingenting er endret" in client.get(address).content.decode()
    assert "er endret siden" not in client.get(plan.get_absolute_url()).content.decode()
    assert [(seen.seen_by, seen.version) for seen in BaseSeen.objects.all()] == [(cast.adviser, version)]


def test_what_came_while_one_read_is_not_marked_as_seen(cast: Cast, base: Document) -> None:
    adopted(base, cast, now=NOW - timedelta(days=30))
    plan, _is_new = start_plan(base, cast.ihk, by=cast.adviser, now=NOW)
    later = datetime.now(UTC) + timedelta(days=1)
    goal = Goal.objects.get(key="flere")
    reword(goal, "Mange flere", cast, now=later)
    adopted(base, cast, now=later)
    on_the_page = base.versions.latest("number")
    reword(goal, "Svært mange flere", cast, now=later)
    adopted(base, cast, now=later + timedelta(hours=1))
    mark_seen(plan, on_the_page, by=cast.adviser, now=later)
    (look,) = looks([plan], cast.adviser, today=TODAY)[plan.pk]
    assert (look.before.number, look.newest.number) == (2, 3)
    assert mark_seen(plan, base.versions.get(number=1), by=cast.adviser, now=later) is None


def test_words_that_were_never_frozen_are_compared_with_what_stood_before_the_first_change(
    cast: Cast, base: Document
) -> None:
    plan, _is_new = start_plan(base, cast.ihk, by=cast.adviser, now=NOW)
    assert looks([plan], cast.adviser, today=TODAY) == {}
    later = datetime.now(UTC) + timedelta(days=1)
    reword(Goal.objects.get(key="flere"), "Mange flere", cast, now=later)
    assert looks([plan], cast.adviser, today=TODAY) == {}
    adopted(base, cast, now=later)
    (look,) = looks([plan], cast.adviser, today=TODAY)[plan.pk]
    assert (look.before.number, look.newest.number) == (1, 2)


def test_a_base_that_one_may_not_see_is_not_told_of(cast: Cast, base: Document) -> None:
    adopted(base, cast, now=NOW - timedelta(days=30))
    plan, _is_new = start_plan(base, cast.ihk, by=cast.adviser, now=NOW)
    later = datetime.now(UTC) + timedelta(days=1)
    reword(Goal.objects.get(key="flere"), "Mange flere", cast, now=later)
    adopted(base, cast, now=later)
    Document.objects.filter(pk=base.pk).update(state="draft")
    lone = make.user("lone@ihk.example", ("editor", cast.ihk))
    assert looks([plan], lone, today=TODAY) == {}


def test_the_cost_of_looking_does_not_grow(cast: Cast, base: Document, django_assert_num_queries: Any) -> None:
    adopted(base, cast, now=NOW - timedelta(days=30))
    plans = [start_plan(base, unit, by=cast.adviser, now=NOW)[0] for unit in (cast.ihk, cast.isl, cast.imu)]
    person = cast.adviser
    person.reach(TODAY)
    with django_assert_num_queries(5):
        looks(plans[:1], person, today=TODAY)
    with django_assert_num_queries(5):
        looks(plans, person, today=TODAY)
