"""Who is responsible for a measure, written the way people say it."""

from typing import Any

import pytest

from organisation.models import Function, FunctionHolder, Unit
from planning.models import Measure
from tests import factories as make
from tests.cast import Cast
from tests.page import texts
from tests.sending import send

pytestmark = pytest.mark.usefixtures("today")
NEW = "/planer/planen/rediger/nytt-tiltak/"


@pytest.fixture(autouse=True)
def plan(cast: Cast) -> None:
    make.document("planen", cast.hf, state="draft")
    adviser = Function.objects.create(slug="komradgiver", name="kommunikasjonsrådgiver")
    FunctionHolder.objects.create(function=adviser, unit=cast.hf, user=cast.adviser)
    Unit.objects.create(slug="linje", name="Linjeforeningene", kind="partner", parent=cast.hf, is_participating=False)
    Unit.objects.create(slug="sts", name="Studieseksjonen", kind="department", parent=cast.hf)


def lines_of(text: str) -> list[tuple[str, str, str, str]]:
    measure = Measure.objects.get(text=text)
    return [
        (str(line.party), line.function.slug if line.function else "", line.relation, line.wording)
        for line in measure.responsibilities.all()
    ]


@pytest.mark.parametrize(
    ("phrase", "lines"),
    [
        (
            "Instituttene i samarbeid med linjeforeningene",
            [
                ("Instituttene", "", "lead", "Instituttene"),
                ("Linjeforeningene", "", "with", "i samarbeid med linjeforeningene"),
            ],
        ),
        (
            "Fakultetet v/kommunikasjonsrådgiver og studieseksjonen",
            [
                ("Det humanistiske fakultet", "komradgiver", "lead", "Fakultetet v/kommunikasjonsrådgiver"),
                ("Studieseksjonen", "", "lead", "og studieseksjonen"),
            ],
        ),
        (
            "Instituttene på bestilling fra fakultetet",
            [
                ("Instituttene", "", "lead", "Instituttene"),
                ("Det humanistiske fakultet", "", "on_order_from", "på bestilling fra fakultetet"),
            ],
        ),
        (
            "Fakultetet i samråd med instituttene via studieseksjonen",
            [
                ("Det humanistiske fakultet", "", "lead", "Fakultetet"),
                ("Instituttene", "", "with", "i samråd med instituttene"),
                ("Studieseksjonen", "", "via", "via studieseksjonen"),
            ],
        ),
    ],
)
def test_a_phrase_becomes_lines_with_its_words(
    cast: Cast, adviser: Any, phrase: str, lines: list[tuple[str, str, str, str]]
) -> None:
    send(adviser, NEW, text="Ringe", responsible=phrase)
    assert lines_of("Ringe") == lines
    page = adviser.get(f"/tiltak/{Measure.objects.get().key}/endre/")
    assert page.context["form"]["responsible"].value() == phrase


def test_whoever_is_not_known_is_asked_about_and_everything_typed_kept(cast: Cast, adviser: Any) -> None:
    answer = send(adviser, NEW, text="Ringe", frequency="årlig", responsible="Instituttene og Festkomiteen")
    assert Measure.objects.count() == 0
    form = answer.context["form"]
    assert form.errors == {"responsible": ["Fant ingen enhet eller gruppe i «og Festkomiteen»."]}
    assert (form["text"].value(), form["frequency"].value()) == ("Ringe", "årlig")
    send(adviser, NEW, of=answer, **{"lines-1-party": "Studieseksjonen"})
    assert lines_of("Ringe") == [
        ("Instituttene", "", "lead", "Instituttene"),
        ("Studieseksjonen", "", "lead", "og Festkomiteen"),
    ]


def test_what_is_understood_is_told_without_saving(cast: Cast, adviser: Any) -> None:
    answer = send(adviser, NEW, text="Ringe", responsible="Instituttene via studieseksjonen", do="read")
    assert texts(answer, "ul", class_="said-lines") == ["ansvarlig: Instituttene via: Studieseksjonen"]
    assert answer.context["form"]["text"].value() == "Ringe"
    read = adviser.get("/planer/planen/rediger/les-ansvar/?responsible=HF", headers={"hx-request": "true"})
    assert texts(read, "ul", class_="said-lines") == ["ansvarlig: Det humanistiske fakultet"]
    assert Measure.objects.count() == 0


def test_lines_that_are_left_alone_keep_their_identity(cast: Cast, adviser: Any) -> None:
    send(adviser, NEW, text="Ringe", responsible="Instituttene")
    measure = Measure.objects.get()
    before = measure.responsibilities.values_list("pk", flat=True)[0]
    send(adviser, f"/tiltak/{measure.key}/endre/", responsible="Instituttene i samråd med studieseksjonen")
    assert measure.responsibilities.values_list("pk", flat=True)[0] == before
    assert measure.responsibilities.count() == 2


def test_some_of_a_group_are_asked_about_while_typing_and_on_saving(adviser: Any) -> None:
    asked = "«de fleste instituttene» er ikke alle i «Instituttene», og vi vet ikke hvem det er. Skriv hvem"
    url = "/planer/planen/rediger/les-ansvar/?responsible=de+fleste+instituttene"
    assert asked in adviser.get(url, headers={"hx-request": "true"}).content.decode()
    assert asked in send(adviser, NEW, text="Ringe", responsible="de fleste instituttene").content.decode()
    assert Measure.objects.count() == 0


def test_one_of_a_group_that_is_not_known_is_asked_about_by_its_name(adviser: Any) -> None:
    url = "/planer/planen/rediger/les-ansvar/?responsible=Institutt+for+astrologi"
    asked = "Fant ingen enhet eller gruppe i «Institutt for astrologi»."
    assert asked in adviser.get(url, headers={"hx-request": "true"}).content.decode()
