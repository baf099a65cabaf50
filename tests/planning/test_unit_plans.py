"""Every unit shall have a plan: who has one, as each person may see it."""

from datetime import date
from typing import Any

import pytest

from planning.unit_plans import Delivery, rows_by_faculty
from tests import factories as make
from tests.cast import Cast, client_of

TODAY = date(2026, 11, 22)


def told(cast: Cast, person: Any) -> dict[str, tuple[str, str]]:
    (hf, _nv) = rows_by_faculty(person, today=TODAY)
    return {row.name: (row.delivery.value, row.title) for row in hf.rows}


@pytest.fixture
def plans(cast: Cast) -> None:
    make.document("hf-gammel", cast.hf, title="Gammel", state="replaced")
    make.document("hf", cast.hf, title="Planen")
    make.document("hf-ny", cast.hf, title="Neste", state="draft")
    make.document("ihk", cast.ihk, title="IHKs plan", period_to_on=date(2025, 12, 31))
    make.document("isl", cast.isl, title="Hemmelig utkast", state="draft")
    make.document("politikk", cast.imu, title="Ikke en plan", kind="policy")


@pytest.mark.usefixtures("plans")
def test_each_unit_is_told_by_the_plan_that_counts_most(cast: Cast) -> None:
    names = [unit.name for unit in (cast.hf, cast.ihk, cast.imu, cast.isl)]
    answers = [("holds", "Planen"), ("lapsed", "IHKs plan"), ("none", ""), ("writing", "Hemmelig utkast")]
    assert told(cast, cast.dean) == dict(zip(names, answers, strict=True))


@pytest.mark.usefixtures("plans")
def test_a_draft_is_not_told_to_those_who_may_not_read_it(cast: Cast) -> None:
    assert told(cast, cast.outsider)[cast.isl.name] == ("none", "")
    assert "Hemmelig utkast" not in client_of(cast.outsider).get("/planer/enheter/").content.decode()


@pytest.mark.usefixtures("plans")
def test_the_faculty_stands_first_and_partners_and_closed_units_not_at_all(cast: Cast) -> None:
    cast.imu.closes_on = TODAY
    cast.imu.save()
    hf, nv = rows_by_faculty(cast.dean, today=TODAY)
    assert [row.name for row in hf.rows] == [cast.hf.name, cast.ihk.name, cast.isl.name]
    assert (hf.delivered, nv.name) == (1, "Fakultet for naturvitenskap")
    assert {row.delivery for row in nv.rows} == {Delivery.NONE}


def test_whoever_may_write_it_is_led_to_the_form_with_the_unit_chosen(cast: Cast) -> None:
    adviser = client_of(cast.adviser)
    page = adviser.get("/planer/enheter/").content.decode()
    assert "/planer/ny/?eier=imu" in page
    assert "/planer/ny/?eier=nv" not in page
    form = adviser.get("/planer/ny/?eier=imu").content.decode()
    assert f'<option value="{cast.imu.pk}" selected>' in form


def test_plans_that_hold_beside_each_other_are_all_told_and_one_chooses_among_them(cast: Cast) -> None:
    for slug, title in (("eldst", "Den eldste"), ("nyest", "Den nyeste")):
        make.document(slug, cast.hf, title=title)
    page = client_of(cast.adviser).get("/planer/enheter/").content.decode()
    assert '<a href="/planer/nyest/">Den nyeste</a>' in page
    assert '<a href="/planer/eldst/">Den eldste</a>' in page
    for slug, title in (("eldst", "Den eldste"), ("nyest", "Den nyeste")):
        assert f'action="/planer/{slug}/bygg/"' in page
        assert f"Bygg den på <span>{title}</span>" in page


def test_the_list_of_plans_leads_here(cast: Cast) -> None:
    assert "/planer/enheter/" in client_of(cast.reader).get("/planer/").content.decode()
    assert "/planer/enheter/" not in client_of(None).get("/planer/").content.decode()


def test_the_cost_does_not_grow_with_the_units(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        make.document(f"plan-{number}", make.unit(f"nytt-{number}", cast.hf))
    reader = client_of(cast.reader)
    with django_assert_max_num_queries(8):
        reader.get("/planer/enheter/")
