"""Bringing back who was responsible, from the history of a measure."""

from datetime import date
from typing import Any

import pytest

from organisation.lines_log import LinesLog
from organisation.models import Function
from planning.models import Measure, MeasureResponsibility
from tests import factories as make
from tests.cast import Cast, client_of
from tests.sending import fields_of, send

pytestmark = pytest.mark.usefixtures("today")
CHANGES, EDIT = "/tiltak/tiltaket/endringer/", "/tiltak/tiltaket/endre/"
HF, IHK, ISL = (
    "ansvarlig: Det humanistiske fakultet",
    "Institutt for historiske og klassiske studier",
    "Institutt for språk og litteratur",
)
FIRST = f"{HF} («Fakultetet»)\n– følger opp: {IHK}"


@pytest.fixture
def measure(cast: Cast, adviser: Any) -> Measure:
    """First the faculty, which follows up a department; then another department alone."""
    measure = make.measure(make.document("planen", cast.hf), key="tiltaket", text="Tekst")
    lines = {"lines-0-party": "HF", "lines-0-wording": "Fakultetet"}
    lines |= {"lines-1-party": "IHK", "lines-1-relation": "follows_up", "lines-1-under": "1", "lines-count": "2"}
    send(adviser, EDIT, **lines)
    adviser_says(adviser, "ISL")
    return measure


def adviser_says(client: Any, phrase: str) -> None:
    send(client, EDIT, responsible=phrase)


def presses(client: Any) -> list[tuple[str, str]]:
    """What of the responsibility can be brought back: the lines, and the address."""
    fields = [field for change in client.get(CHANGES).context["page"].object_list for field in change.fields]
    return [(field.before, field.url) for field in fields if field.label == "Ansvar" and field.url]


def lines(measure: Measure) -> list[tuple[Any, ...]]:
    """The lines, each with the place of the one it stands under."""
    stored = list(measure.responsibilities.all())  # type: ignore[attr-defined]
    at = {line.pk: number for number, line in enumerate(stored)}
    return [
        (str(line.party), line.function, line.relation, line.wording, at.get(line.under_id or 0)) for line in stored
    ]


THEN = [("Det humanistiske fakultet", None, "lead", "Fakultetet", None), (IHK, None, "follows_up", "", 0)]


def test_one_save_tells_all_the_lines_from_and_to(measure: Measure, adviser: Any) -> None:
    fields = [field for change in adviser.get(CHANGES).context["page"].object_list for field in change.fields]
    assert [(field.before, field.after) for field in fields if field.label == "Ansvar"] == [
        ("–", FIRST),
        (FIRST, f"ansvarlig: {ISL} («ISL»)"),
    ]


def test_the_lines_come_back_as_they_were_and_it_is_told(measure: Measure, adviser: Any) -> None:
    assert [before for before, _url in presses(adviser)] == [FIRST]
    adviser.post(dict(presses(adviser))[FIRST])
    assert lines(measure) == THEN
    newest = adviser.get(CHANGES).context["page"].object_list[0]
    assert (newest.who, newest.why) == ("Rådgiver", "Hentet tilbake et tidligere ansvar.")
    measure.refresh_from_db()
    assert measure.lock_version == 4


def test_lines_that_still_stand_live_on(measure: Measure, adviser: Any) -> None:
    adviser_says(adviser, "ISL, HF og IHK")
    was = dict(measure.responsibilities.values_list("unit__slug", "pk"))  # type: ignore[attr-defined]
    adviser_says(adviser, "HF")
    adviser.post(next(url for before, url in presses(adviser) if "og IHK" in before))
    assert measure.responsibilities.get(unit__slug="hf").pk == was["hf"]  # type: ignore[attr-defined]
    assert [line[3] for line in lines(measure)] == ["ISL", "HF", "og IHK"]


def test_it_can_be_undone(measure: Measure, adviser: Any) -> None:
    page = adviser.post(dict(presses(adviser))[FIRST], follow=True)
    (said,) = page.context["messages"]
    page = adviser.post(said.extra_tags, follow=True)
    assert [line[0] for line in lines(measure)] == [ISL]
    assert "Hentet tilbake." in page.content.decode()


def test_undoing_the_first_lines_empties_them_again(cast: Cast, adviser: Any) -> None:
    measure = make.measure(make.document("planen", cast.hf), key="tiltaket", text="Tekst")
    adviser_says(adviser, "HF")
    adviser_says(adviser, "")
    page = adviser.post(dict(presses(adviser))[f"{HF} («HF»)"], follow=True)
    assert len(lines(measure)) == 1
    (said,) = page.context["messages"]
    adviser.post(said.extra_tags)
    assert lines(measure) == []


def test_whoever_saw_an_older_version_is_told_and_nothing_is_changed(measure: Measure, adviser: Any) -> None:
    url = dict(presses(adviser))[FIRST]
    send(adviser, EDIT, text="Sist")
    assert "Noen andre endret teksten" in adviser.post(url, follow=True).content.decode()
    assert [line[0] for line in lines(measure)] == [ISL]


def test_a_unit_that_is_closed_is_asked_about(cast: Cast, measure: Measure, adviser: Any) -> None:
    cast.ihk.closes_on = date(2026, 1, 1)
    cast.ihk.save()
    url = dict(presses(adviser))[FIRST]
    page = adviser.post(url, follow=True)
    assert [line[0] for line in lines(measure)] == [ISL]
    text = page.content.decode()
    assert f"«{IHK}» ble lagt ned 1. januar 2026." in text
    assert "Ta den med likevel" in text
    adviser.post(url, fields_of(page, url))
    assert lines(measure) == THEN[:1]


def test_a_closed_unit_may_come_back_all_the_same(cast: Cast, measure: Measure, adviser: Any) -> None:
    cast.ihk.closes_on = date(2026, 1, 1)
    cast.ihk.save()
    url = dict(presses(adviser))[FIRST]
    page = adviser.post(url, follow=True)
    adviser.post(url, {"spurt": ["1"], "med": ["1"]})
    assert page.status_code == 200
    assert lines(measure) == THEN


def test_what_stood_under_a_line_that_stays_out_stands_alone(cast: Cast, measure: Measure, adviser: Any) -> None:
    cast.hf.closes_on = date(2026, 1, 1)
    cast.hf.save()
    adviser.post(dict(presses(adviser))[FIRST], {"spurt": ["0"]})
    assert lines(measure) == [(IHK, None, "follows_up", "", None)]


def test_who_ticks_nothing_is_told_that_nothing_came_back(cast: Cast, measure: Measure, adviser: Any) -> None:
    cast.hf.closes_on = cast.ihk.closes_on = date(2026, 1, 1)
    cast.hf.save()
    cast.ihk.save()
    page = adviser.post(dict(presses(adviser))[FIRST], {"spurt": ["0", "1"]}, follow=True).content.decode()
    assert "Ingenting er hentet tilbake. Kryss av det som skal komme likevel." in page
    assert [line[0] for line in lines(measure)] == [ISL]


def test_a_function_that_is_gone_is_told_by_its_name(cast: Cast, measure: Measure, adviser: Any) -> None:
    function = Function.objects.create(slug="programradsleder", name="Programrådsleder")
    send(adviser, EDIT, **{"lines-0-function": str(function.pk)})
    adviser_says(adviser, "IHK")
    function.delete()
    said = f"ansvarlig: {ISL} v/Programrådsleder («ISL»)"
    page = adviser.post(dict(presses(adviser))[said], follow=True)
    assert "Funksjonen «Programrådsleder» finnes ikke lenger." in page.content.decode()
    adviser.post(dict(presses(adviser))[said], {"spurt": ["0"], "med": ["0"]})
    assert lines(measure) == [(ISL, None, "lead", "ISL", None)]


def test_where_nothing_can_come_back_one_is_told_and_nothing_is_emptied(
    cast: Cast, measure: Measure, adviser: Any
) -> None:
    group = make.group("arbeidsgruppa", cast.hf, name="Arbeidsgruppa")
    adviser_says(adviser, "Arbeidsgruppa")
    adviser_says(adviser, "IHK")
    group.delete()
    (url,) = [url for before, url in presses(adviser) if "Arbeidsgruppa" in before]
    page = adviser.post(url, follow=True)
    assert "Ingenting av det som sto her, kan hentes tilbake." in page.content.decode()
    assert "«Arbeidsgruppa» finnes ikke lenger." in page.content.decode()
    adviser.post(url, {"spurt": ["0"], "med": ["0"]})
    assert [line[0] for line in lines(measure)] == [IHK]


def test_what_became_doubtful_after_one_was_asked_is_asked_about_again(
    cast: Cast, measure: Measure, adviser: Any
) -> None:
    url = dict(presses(adviser))[FIRST]
    cast.ihk.closes_on = cast.hf.closes_on = date(2026, 1, 1)
    cast.ihk.save()
    page = adviser.post(url, follow=True)
    asked = fields_of(page, url)["spurt"]
    cast.hf.save()
    assert adviser.post(url, {"spurt": asked}).headers["Location"] == url
    assert [line[0] for line in lines(measure)] == [ISL]


def test_lines_of_another_measure_and_rows_nobody_has_are_not_found(cast: Cast, measure: Measure, adviser: Any) -> None:
    make.measure(measure.document, key="annet")
    history: Any = MeasureResponsibility.history
    numbers = [history.latest().history_id, 999999, 2**63]
    keys = ["annet", "tiltaket", "tiltaket"]
    assert {
        (adviser.get(address).status_code, adviser.post(address).status_code)
        for key, number in zip(keys, numbers, strict=True)
        for address in [f"/tiltak/{key}/endringer/{number}/ansvar/?versjon=3"]
    } == {(404, 404)}


def test_lines_that_were_there_before_the_log_come_back_too(cast: Cast, adviser: Any) -> None:
    measure = make.measure(make.document("planen", cast.hf), key="tiltaket", text="Tekst")
    line = MeasureResponsibility.objects.create(measure=measure, unit=cast.imu)
    line.history.all().delete()  # type: ignore[attr-defined]
    adviser_says(adviser, "IHK")
    ((before, url),) = presses(adviser)
    assert before == "ansvarlig: Institutt for musikk"
    adviser.post(url)
    assert [line[0] for line in lines(measure)] == ["Institutt for musikk"]


def test_lines_nobody_knows_how_were_are_not_offered(cast: Cast, adviser: Any) -> None:
    measure = make.measure(make.document("planen", cast.hf), key="tiltaket", text="Tekst")
    line = MeasureResponsibility.objects.create(measure=measure, unit=cast.imu)
    line.history.all().delete()  # type: ignore[attr-defined]
    send(adviser, EDIT, **{"lines-0-relation": "via"})
    adviser_says(adviser, "IHK")
    assert [before for before, _url in presses(adviser)] == ["via: Institutt for musikk"]
    first = MeasureResponsibility.history.order_by("history_id").first()  # type: ignore[attr-defined]
    assert adviser.post(f"{CHANGES}{first.history_id}/ansvar/?versjon=3").status_code == 404


def test_readers_see_the_history_without_the_presses(cast: Cast, measure: Measure) -> None:
    assert presses(client_of(cast.reader)) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_asks_as_often_for_one_change_as_for_three(
    cast: Cast, adviser: Any, count: int, django_assert_num_queries
) -> None:
    measure = make.measure(make.document("planen", cast.hf), key="tiltaket", text="Tekst")
    for unit in ["HF", "IHK", "ISL"][:count]:
        adviser_says(adviser, unit)
    with django_assert_num_queries(4):
        assert len(list(LinesLog(measure).changes())) == count
