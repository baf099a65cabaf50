"""Who is responsible, said as a phrase in an entry's form and corrected line by line: the two never disagree unseen."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annual_wheel.models import Entry, Wheel
from organisation.models import Relation
from organisation.phrase_reader import Names, read_phrase
from organisation.said import Said, meaning, written
from tests import factories as make
from tests.cast import Cast
from tests.sending import fields_of, send

pytestmark = pytest.mark.usefixtures("today")
NEW = "/aarshjul/hf/rediger/nytt-punkt/?maned=10"
READ = "/aarshjul/hf/rediger/les-ansvar/"
NOT_THE_SAME = "Teksten og linjene for hånd sier ikke det samme. Tøm det som ikke skal gjelde."


@pytest.fixture
def adviser(cast: Cast, client: Client) -> Any:
    client.force_login(cast.adviser)
    return client


@pytest.fixture
def wheel(cast: Cast) -> Wheel:
    make.function("kommunikasjonsradgiver", name="Kommunikasjonsrådgiver")
    return make.wheel("hf", cast.hf)


def lines(entry: Entry) -> list[tuple[str, str, str]]:
    return [(line.party.slug, line.relation, line.wording) for line in entry.responsibilities.all()]  # type: ignore[attr-defined]


def address(entry: Entry) -> str:
    return f"/aarshjul/punkt/{entry.key}/endre/"


def errors(page: Any) -> dict[str, list[str]]:
    return {name: list(messages) for name, messages in page.context["form"].errors.items()}


def is_open(page: Any) -> bool:
    return page.context["editing"].folded[0].is_open


def test_a_phrase_makes_the_lines_and_keeps_its_words(wheel: Wheel, adviser: Any) -> None:
    said = "Fakultetet v/kommunikasjonsrådgiver i samråd med instituttene på bestilling fra studentene"
    send(adviser, NEW, text="Punktet", when_words="mai", responsible=said)
    entry = wheel.entries.get()
    assert lines(entry) == [
        ("hf", "lead", "Fakultetet v/kommunikasjonsrådgiver"),
        ("instituttene", "with", "i samråd med instituttene"),
        ("studentene", "on_order_from", "på bestilling fra studentene"),
    ]
    assert [str(line.function or "") for line in entry.responsibilities.all()] == ["Kommunikasjonsrådgiver", "", ""]
    page = adviser.get(address(entry))
    assert page.context["form"]["responsible"].value() == said
    assert not is_open(page)


def test_what_was_not_understood_is_asked_about_and_finished_by_hand(wheel: Wheel, adviser: Any) -> None:
    page = send(adviser, NEW, text="Punktet", when_words="mai", responsible="Instituttene og Festkomiteen")
    assert errors(page) == {"responsible": ["Fant ingen enhet eller gruppe i «og Festkomiteen»."]}
    assert is_open(page)
    assert not wheel.entries.exists()
    sent = fields_of(page, NEW.partition("?")[0])
    assert (sent["responsible"], sent["lines-1-wording"]) == (["Instituttene og Festkomiteen"], ["og Festkomiteen"])
    send(adviser, NEW, of=page, **{"lines-1-party": "Studentene"})
    assert lines(wheel.entries.get()) == [
        ("instituttene", "lead", "Instituttene"),
        ("studentene", "lead", "og Festkomiteen"),
    ]


def test_what_was_asked_about_is_asked_again_when_nothing_was_done_about_it(wheel: Wheel, adviser: Any) -> None:
    page = send(adviser, NEW, text="Punktet", when_words="mai", responsible="Festkomiteen")
    again = send(adviser, NEW, of=page)
    assert "Fyll ut dette feltet." in str(again.context["form"].line_errors)
    mended = send(adviser, NEW, of=again, responsible="Studentene")
    assert mended.status_code == 302
    assert lines(wheel.entries.get()) == [("studentene", "lead", "Studentene")]


def test_a_form_that_is_only_opened_and_saved_changes_no_line(cast: Cast, wheel: Wheel, adviser: Any) -> None:
    entry = make.entry(wheel, cast.departments)
    entry.responsibilities.create(unit=cast.students, relation="contributes", wording="noe helt annet", position=1)
    before = list(entry.responsibilities.values_list("pk", "wording"))
    page = adviser.get(address(entry))
    assert (page.context["form"]["responsible"].value(), is_open(page)) == ("", True)
    assert "Ansvaret står linje for linje lenger ned" in page.content.decode()
    send(adviser, address(entry), of=page, text="Ny tekst")
    assert list(entry.responsibilities.values_list("pk", "wording")) == before


def test_a_new_phrase_leaves_alone_the_lines_that_say_the_same(cast: Cast, wheel: Wheel, adviser: Any) -> None:
    entry = make.entry(wheel, cast.departments)
    kept = entry.responsibilities.get()
    send(adviser, address(entry), responsible="Instituttene i samarbeid med studentene")
    assert [line.pk == kept.pk for line in entry.responsibilities.all()] == [True, False]
    assert kept.history.count() == 1
    send(adviser, address(entry), responsible="")
    assert lines(entry) == []


def test_lines_changed_by_hand_count_and_the_phrase_is_only_words(cast: Cast, wheel: Wheel, adviser: Any) -> None:
    entry = make.entry(wheel, cast.departments)
    send(adviser, address(entry), **{"lines-0-party": "IMU"})
    assert lines(entry) == [("imu", "lead", "Instituttene")]
    page = adviser.get(address(entry))
    assert (page.context["form"]["responsible"].value(), is_open(page)) == ("", True)


def test_a_new_phrase_beside_other_lines_by_hand_is_asked_about(cast: Cast, wheel: Wheel, adviser: Any) -> None:
    entry = make.entry(wheel, cast.departments)
    hand = {"lines-0-party": "IMU", "lines-0-wording": ""}
    page = send(adviser, address(entry), responsible="Studentene", **hand)
    assert errors(page) == {"responsible": [NOT_THE_SAME]}
    assert is_open(page)
    assert lines(entry) == [("instituttene", "lead", "Instituttene")]
    send(adviser, address(entry), of=page, responsible="")
    assert lines(entry) == [("imu", "lead", "")]
    send(adviser, address(entry), responsible="Studentene", **{"lines-0-party": "Studentene"})
    assert lines(entry) == [("studentene", "lead", "")]


def test_lines_emptied_by_hand_below_a_phrase_that_stands(cast: Cast, wheel: Wheel, adviser: Any) -> None:
    entry = make.entry(wheel, cast.departments)
    emptied = send(adviser, address(entry), do="lines-remove-0")
    page = send(adviser, address(entry), of=emptied)
    assert errors(page) == {"responsible": [NOT_THE_SAME]}
    done = send(adviser, address(entry), of=page, responsible="")
    assert done.status_code == 302, errors(done)
    assert lines(entry) == []


def test_a_button_of_the_lines_takes_the_phrase_along(wheel: Wheel, adviser: Any) -> None:
    page = send(adviser, NEW, text="Punktet", when_words="mai", responsible="Studentene", do="lines-add")
    sent = fields_of(page, NEW.partition("?")[0])
    assert (sent["lines-0-party"], sent["lines-1-party"]) == (["Studentene"], [""])
    assert is_open(page)
    send(adviser, NEW, of=page, **{"lines-1-party": "Instituttene", "lines-1-relation": "with"})
    assert lines(wheel.entries.get()) == [("studentene", "lead", "Studentene"), ("instituttene", "with", "")]


def test_lines_by_hand_survive_an_error_elsewhere(cast: Cast, wheel: Wheel, adviser: Any) -> None:
    entry = make.entry(wheel, cast.departments)
    page = send(adviser, address(entry), when_words="aldri", **{"lines-0-party": "IMU"})
    assert list(errors(page)) == ["when_words"]
    send(adviser, address(entry), of=page, when_words="mai")
    assert lines(entry) == [("imu", "lead", "Instituttene")]


def test_a_phrase_survives_an_error_elsewhere(wheel: Wheel, adviser: Any) -> None:
    page = send(adviser, NEW, text="", when_words="mai", responsible="Studentene")
    assert list(errors(page)) == ["text"]
    send(adviser, NEW, of=page, text="Punktet")
    assert lines(wheel.entries.get()) == [("studentene", "lead", "Studentene")]


def test_it_is_told_while_it_is_typed_with_the_names_the_last_words_begin(wheel: Wheel, adviser: Any) -> None:
    asked = {"responsible": "Instituttene og Studen"}
    part = adviser.get(READ, asked, headers={"hx-request": "true"}).content.decode()
    assert part.lstrip().startswith('<div class="when-read" id="responsible-read"')
    assert "ansvarlig: Instituttene</li>" in part
    assert "Fant ingen enhet eller gruppe i «og Studen». Mente du «Studentene»?" in part
    assert '<option value="Instituttene og Studentene">' in part
    page = adviser.get(READ, {"responsible": "HF v/komm"}).content.decode()
    assert '<option value="HF v/Kommunikasjonsrådgiver">' in page
    assert 'value="HF v/komm"' in page
    assert '<option value="Instituttene">' in adviser.get(READ).content.decode()
    whole = adviser.get(READ, {"responsible": "HF og Studentene"}, headers={"hx-request": "true"}).content.decode()
    assert "<option" not in whole


def test_it_is_offered_and_read_in_english_too(cast: Cast, wheel: Wheel, adviser: Any) -> None:
    cast.students.name_en = "The students"
    cast.students.save()
    asked = {"responsible": "HF together with the stud"}
    part = adviser.get(READ, asked, headers={"accept-language": "en"}).content.decode()
    assert '<option value="HF together with The students">' in part
    send(adviser, NEW, text="Punktet", when_words="mai", responsible="HF together with the students")
    assert lines(wheel.entries.get()) == [("hf", "lead", "HF"), ("studentene", "with", "together with the students")]


def test_one_year_can_have_its_own(cast: Cast, wheel: Wheel, adviser: Any) -> None:
    entry = make.entry(wheel, cast.departments, when_words="15. oktober", month=10)
    edition = make.edition(entry)
    send(adviser, address(entry), responsible="Studentene", years="only-2026")
    edition.refresh_from_db()
    assert [str(line) for line in edition.lines] == ["Studentene"]
    assert lines(entry) == [("instituttene", "lead", "Instituttene")]


WORDINGS = ["", "", "De som kan det", "sammen med noen"]


@given(
    made=st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(Relation), st.sampled_from(WORDINGS), st.booleans()), max_size=4
    )
)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_stored_lines_are_a_phrase_only_where_it_reads_back(
    cast: Cast, wheel: Wheel, made: list[tuple[int, Relation, str, bool]]
) -> None:
    parties = [cast.hf, cast.ihk, cast.isl, cast.students, cast.university, cast.departments]
    entry = make.entry(wheel)
    for position, (number, relation, wording, is_under) in enumerate(made):
        party = parties[number]
        where = {"group": party} if party is cast.departments else {"unit": party}
        under = entry.responsibilities.first() if is_under else None
        entry.responsibilities.create(relation=relation, wording=wording, position=position, under=under, **where)
    stored, names = list(entry.responsibilities.all()), Names.of(cast.hf)
    phrase = written(stored, names)
    assert not phrase or meaning(read_phrase(phrase, names)) == meaning(stored)


@given(phrase=st.text(max_size=80), was=st.text(max_size=20), party=st.text(max_size=20))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_it(cast: Cast, wheel: Wheel, phrase: str, was: str, party: str) -> None:
    data = QueryDict(mutable=True)
    data.update({"responsible": phrase, "responsible_was": was, "lines-count": "1", "lines-0-party": party})
    said = Said(Entry(wheel=wheel), home=cast.hf, data=data)
    assert len(said.told.lines) + len(said.told.questions) == len(read_phrase(said.phrase, said.names))
    assert all(option.startswith(said.phrase[:1]) for option in said.options() if said.phrase)


def test_two_who_say_it_at_once(cast: Cast, wheel: Wheel, adviser: Any) -> None:
    entry = make.entry(wheel, cast.departments)
    opened = adviser.get(address(entry))
    send(adviser, address(entry), responsible="Studentene")
    stopped = send(adviser, address(entry), of=opened, responsible="IMU i samarbeid med studentene")
    assert [(row.label, row.mine, row.theirs) for row in stopped.context["conflict"].differences] == [
        (
            "Ansvar",
            "ansvarlig: Institutt for musikk («IMU»)\nsammen med: Studentene («i samarbeid med studentene»)",
            "ansvarlig: Studentene",
        )
    ]
    assert lines(entry) == [("studentene", "lead", "Studentene")]
    send(adviser, address(entry), of=stopped)
    assert lines(entry) == [("imu", "lead", "IMU"), ("studentene", "with", "i samarbeid med studentene")]
