"""Several measures at once get another responsible or another target group, with undo."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from planning.models import Measure, MeasureResponsibility
from strategy.models import Document, TargetGroup
from tests import factories as make
from tests.cast import Cast, client_of
from tests.sending import send

ADDRESS = "/planer/planen/flere/"
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def plan(cast: Cast) -> Document:
    document = make.document("planen", cast.hf, state="draft")
    for number, unit in enumerate((cast.ihk, cast.isl, cast.imu)):
        made = make.measure(document, key=f"t{number}", text=f"Tiltak {number}")
        line = MeasureResponsibility.objects.create(measure=made, unit=unit, wording=f"Ved {unit.slug}")
        MeasureResponsibility.objects.create(
            measure=made, unit=cast.students, relation="with", wording="studentene", under=line, position=1
        )
    return document


@pytest.fixture
def school(cast: Cast) -> TargetGroup:
    return TargetGroup.objects.create(slug="skole", name="Avgangselever", owner=cast.hf)


def told() -> dict[str, tuple[list[str], list[str]]]:
    """Who is responsible for each measure, and whom it is for."""
    return {
        measure.key: (
            [f"{line.relation} {line.wording}" for line in measure.responsibilities.all()],
            [group.slug for group in measure.target_groups.all()],
        )
        for measure in Measure.objects.order_by("key")
    }


def test_those_that_are_ticked_get_it_and_the_log_tells(cast: Cast, plan: Document, school: Any, adviser: Any) -> None:
    send(adviser, ADDRESS, measures=["t0", "t2"], leads="hf", adds=school.pk)
    assert told() == {
        "t0": (["lead Ved ihk", "with studentene", "lead hf"], ["skole"]),
        "t1": (["lead Ved isl", "with studentene"], []),
        "t2": (["lead Ved imu", "with studentene", "lead hf"], ["skole"]),
    }
    newest = adviser.get("/tiltak/t0/endringer/").context["page"].object_list[0]
    assert (newest.who, newest.why) == ("Rådgiver", "Endret sammen med flere tiltak.")
    assert {field.label for field in newest.fields} >= {"Ansvar", "Målgrupper"}


def test_who_stood_there_can_be_replaced_and_it_is_undone_in_one_press(
    cast: Cast, plan: Document, school: Any, adviser: Any
) -> None:
    Measure.objects.get(key="t1").target_groups.add(school)
    before = told()
    page = adviser.post(
        ADDRESS,
        {"measures": ["t0", "t1"], "leads": "Instituttene", "replaces": "on", "removes": school.pk},
        follow=True,
    )
    assert [told()[key] for key in ("t0", "t1")] == [(["lead Instituttene"], [])] * 2
    (said,) = page.context["messages"]
    understood = "2 tiltak er endret. Ansvarlig: Instituttene."
    assert (str(said), said.extra_tags) == (understood, f"{ADDRESS}angre/")
    adviser.post(said.extra_tags)
    assert told() == before
    line = Measure.objects.get(key="t0").responsibilities.get(relation="with")
    assert str(getattr(line.under, "wording", "")) == "Ved ihk"
    again = adviser.post(said.extra_tags, follow=True)
    assert "Det er ingenting å angre." in again.content.decode()


def test_what_somebody_changed_meanwhile_is_not_undone(cast: Cast, plan: Document, adviser: Any) -> None:
    send(adviser, ADDRESS, measures=["t0", "t1"], leads="hf", replaces="on")
    send(client_of(cast.dean), "/tiltak/t0/endre/", text="Dekanens ord")
    page = adviser.post(f"{ADDRESS}angre/", follow=True).content.decode()
    assert "1 tiltak er som før." in page
    assert "1 tiltak er endret av noen etterpå, og står som det er: «Dekanens ord»." in page
    assert told()["t0"][0] == ["lead hf"]
    assert told()["t1"][0] == ["lead Ved isl", "with studentene"]


def test_a_phrase_is_read_as_it_is_for_one_measure(cast: Cast, plan: Document, adviser: Any) -> None:
    make.function("kommunikasjonsradgiver", name="kommunikasjonsrådgiver")
    phrase = "Instituttene og fakultetet v/kommunikasjonsrådgiver i samarbeid med studentene"
    send(adviser, ADDRESS, measures=["t1"], leads=phrase, replaces="on")

    def lines(key: str) -> list[tuple[str, str, str, int | None]]:
        rows = list(Measure.objects.get(key=key).responsibilities.select_related("unit", "group", "function"))
        at = {row.pk: number for number, row in enumerate(rows)}
        return [(row.relation, row.party.slug, str(row.function or ""), at.get(row.under_id or 0)) for row in rows]

    send(adviser, "/tiltak/t2/endre/", responsible=phrase)
    assert lines("t1") == lines("t2")
    assert [line[:3] for line in lines("t1")] == [
        ("lead", "instituttene", ""),
        ("lead", "hf", "kommunikasjonsrådgiver"),
        ("with", "studentene", ""),
    ]
    send(adviser, ADDRESS, measures=["t0"], leads=phrase)
    assert [line[:2] for line in lines("t0")] == [
        ("lead", "ihk"),
        ("with", "studentene"),
        ("lead", "instituttene"),
        ("lead", "hf"),
    ]
    before = Measure.objects.get(key="t0").lock_version
    send(adviser, ADDRESS, measures=["t0"], leads=phrase)
    assert Measure.objects.get(key="t0").lock_version == before


def test_what_is_so_already_is_left_alone(cast: Cast, plan: Document, adviser: Any) -> None:
    before = list(Measure.objects.order_by("key").values_list("lock_version", flat=True))
    page = adviser.post(ADDRESS, {"measures": ["t0"], "leads": "ihk"}, follow=True)
    assert "Slik er det allerede." in page.content.decode()
    assert list(Measure.objects.order_by("key").values_list("lock_version", flat=True)) == before


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"leads": "hf"}, "Tiltak: Kryss av for minst ett tiltak."),
        ({"measures": ["t0"]}, "Velg hva som skal endres."),
        (
            {"measures": ["t0"], "leads": "Månen"},
            "Fant ingen enhet eller gruppe i «Månen».",
        ),
        ({"measures": ["annet"], "leads": "hf"}, "Velg noe annet."),
    ],
)
def test_bad_input_keeps_what_was_chosen(plan: Document, adviser: Any, sent: dict[str, Any], words: str) -> None:
    page = adviser.post(ADDRESS, sent).content.decode()
    assert words in page
    assert ('id="velg-t0" checked' in page) == (sent.get("measures") == ["t0"])
    assert f'value="{sent["leads"]}"' in page if "leads" in sent else True


def test_a_measure_of_another_plan_is_out_of_reach(cast: Cast, plan: Document, adviser: Any) -> None:
    other = make.measure(make.document("andre", cast.university), key="fremmed")
    adviser.post(ADDRESS, {"measures": ["fremmed"], "leads": "hf"})
    assert not other.responsibilities.exists()


def test_readers_of_a_plan_in_force_meet_it_when_it_is_adopted(cast: Cast, plan: Document, adviser: Any) -> None:
    Document.objects.update(state="in_force")
    send(adviser, ADDRESS, measures=["t0"], leads="hf", replaces="on")
    page = client_of(cast.outsider).get("/tiltak/t0/").content.decode()
    assert "Ved ihk" in page


def test_the_page_costs_the_same_for_three_as_for_six(cast: Cast, plan: Document, adviser: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            adviser.get(ADDRESS)
        return len(asked)

    queries()
    first = queries()
    for _number in range(3):
        made = make.measure(plan)
        MeasureResponsibility.objects.create(measure=made, unit=cast.ihk, wording="IHK")
    assert queries() == first
