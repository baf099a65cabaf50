"""Responsibility as people say it, read into lines: the demo's own phrases, other ways to say it, and nonsense."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from organisation.models import Relation, Unit
from organisation.phrase_reader import Names, ReadLine, read_phrase, stem
from organisation.words import phrase_of

pytestmark = [pytest.mark.once, pytest.mark.django_db]
Short = tuple[str | None, str | None, str, int | None]

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
# What only somebody who knows the place can tell: who "de(n) som jobber med web" are, or what "dette" is.
NEEDS_AN_EDITOR = {
    "Hvert program",
    "på instituttene som ikke allerede har dette",
    "Instituttene rådfører seg med fakultetets kommunikasjonsrådgivere, de(n) som jobber med web på instituttene",
}


def short(line: ReadLine) -> Short:
    party, function = line.party, line.function
    return (party.slug if party else None, function.slug if function else None, str(line.relation), line.under)


def stored(lines: list[dict[str, Any]]) -> list[Short]:
    return [(line["party"], line["function"], line["relation"], line["under"]) for line in lines]


def phrases() -> Iterator[tuple[str, str, list[Short]]]:
    """The home unit, the phrase and the lines of everything in the demo that somebody is responsible for."""
    for path in sorted(FIXTURES.glob("[dw]*/*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        for item in (*told.get("entries", []), *told.get("measures", [])):
            if lines := item.get("responsible"):
                yield told["owner"], phrase_of(line["wording"] for line in lines), stored(lines)


@pytest.fixture(scope="module")
def names(demo_data: object, django_db_blocker: Any) -> dict[str, Names]:
    with django_db_blocker.unblock():
        return {slug: Names.of(Unit.objects.get(slug=slug)) for slug in ("hf", "isl", "ntnu")}


def test_the_demos_phrases_are_read_as_they_were_placed_by_hand(names: dict[str, Names]) -> None:
    wrong = {
        phrase: ([short(line) for line in read_phrase(phrase, names[home])], lines)
        for home, phrase, lines in phrases()
        if [short(line) for line in read_phrase(phrase, names[home])] != lines
    }
    below = {phrase for _home, phrase, lines in phrases() if any(line[3] is not None for line in lines)}
    assert set(wrong) - below == NEEDS_AN_EDITOR
    assert sum(1 for _phrase in phrases()) > 80


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        (
            "Kommunikasjonsavdeling sentral\nFakultetet følger opp instituttene",
            [
                ("kommunikasjonsavdelingen", None, "lead", None),
                ("hf", None, "follows_up", None),
                ("instituttene", None, "contributes", 1),
            ],
        ),
        (
            "Studentene arrangerer\nFakultetet bidrar i planlegging",
            [("studentene", None, "lead", None), ("hf", None, "contributes", None)],
        ),
        (
            "Prodekan for utdanning/HFs\nkommunikasjonsrådgivere",
            [("hf", "prodekan-utdanning", "lead", None), ("hf", "kommunikasjonsradgiver", "lead", None)],
        ),
        (
            "Instituttene i samarbeid med fakultetets kommunikasjonsrådgivere og\nstudieseksjon",
            [
                ("instituttene", None, "lead", None),
                ("hf", "kommunikasjonsradgiver", "with", None),
                ("hf", "studieseksjonen", "with", None),
            ],
        ),
        (
            "ISL og IHK, i samråd med dekanen",
            [("isl", None, "lead", None), ("ihk", None, "lead", None), ("hf", "dekan", "with", None)],
        ),
        ("Institutt som ikke har rekrutteringsgrupper", [("institutter-uten-rekrutteringsgruppe", None, "lead", None)]),
        (
            "Faculty by the communications adviser and the study section",
            [("hf", "kommunikasjonsradgiver", "lead", None), ("hf", "studieseksjonen", "lead", None)],
        ),
        (
            "The departments together with the student associations",
            [("instituttene", None, "lead", None), ("linjeforeningene", None, "with", None)],
        ),
        (
            "Institutt for språk og litteratur i samarbeid med Institutt for musikk",
            [("isl", None, "lead", None), ("imu", None, "with", None)],
        ),
        ("Instituttene og Kari", [("instituttene", None, "lead", None), (None, None, "lead", None)]),
        ("Fakultet arrangerer og inviterer samarbeidende skoler", [("hf", None, "lead", None)]),
        ("Kari Nordmann", [(None, None, "lead", None)]),
        (" \n ", []),
    ],
)
def test_ways_to_say_it(names: dict[str, Names], phrase: str, expected: list[Short]) -> None:
    assert [short(line) for line in read_phrase(phrase, names["hf"])] == expected


def test_words_mean_what_they_mean_where_they_are_said(names: dict[str, Names]) -> None:
    read = {home: [short(line)[0] for line in read_phrase("Instituttet", names[home])] for home in ("isl", "hf")}
    assert read == {"isl": ["isl"], "hf": ["instituttene"]}
    assert [short(line)[0] for line in read_phrase("Fakultetet", names["isl"])] == ["hf"]
    assert [short(line)[0] for line in read_phrase("NTNUs fakulteter", names["ntnu"])] == ["fakultetene"]


def test_each_line_keeps_its_own_words(names: dict[str, Names]) -> None:
    read = read_phrase("Fakultetet v/kommunikasjonsrådgiver og studieseksjonen, via\n instituttene.", names["hf"])
    assert [line.wording for line in read] == [
        "Fakultetet v/kommunikasjonsrådgiver",
        "og studieseksjonen",
        "via instituttene",
    ]


@pytest.mark.parametrize(
    "forms",
    [
        ("instituttene", "institutt", "Instituttet"),
        ("fakultetets", "fakultet", "Fakultetene"),
        ("rådgiver", "rådgivere", "rådgiverne"),
        ("HFs", "HF"),
    ],
)
def test_a_words_forms_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


PIECES = st.sampled_from(
    ["fakultetet", "Instituttene", "v/", "dekan", "og", ",", "/", "\n", "i samarbeid med", "følger opp", "bidrar", "("]
)


@given(st.lists(PIECES | st.text(max_size=8), max_size=12).map(" ".join))
def test_no_word_of_a_phrase_is_lost(names: dict[str, Names], phrase: str) -> None:
    lines = read_phrase(phrase, names["hf"])
    kept = "".join(re.findall(r"\w+", "".join(line.wording for line in lines)))
    assert kept == "".join(re.findall(r"\w+", phrase))
    assert all(line.under is None or line.under < number for number, line in enumerate(lines))
    assert {line.relation for line in lines} <= set(Relation)


SOME_OF_THEM = [
    "på instituttene som ikke allerede har dette",
    "de fleste instituttene",
    "De fleste av instituttene",
    "noen institutter",
    "aktuelle institutter",
    "alle aktuelle institutter",
    "minst to institutter",
    "2 av instituttene",
    "3 av 7 institutter",
    "et institutt",
    "instituttene det gjelder",
    "institutter der det er aktuelt",
    "instituttene uten egen nettside",
    "some of the departments",
    "the departments that do not have it",
    "programrådsledere ved de fleste instituttene",
    "Alle institutter unntatt IFR",
]


@pytest.mark.parametrize("phrase", ["Institutt for f", "Institutt for astrologi", "Department for astrology"])
def test_the_name_of_one_that_is_not_known_is_no_part_of_a_group(names: dict[str, Names], phrase: str) -> None:
    [line] = read_phrase(phrase, names["hf"])
    assert (line.party, line.part_of, line.wording) == (None, None, phrase)


def test_whoever_is_left_out_or_one_of_two_is_asked_about(names: dict[str, Names]) -> None:
    [line] = read_phrase("Fakultetet eller instituttene", names["hf"])
    assert (line.party, line.wording) == (None, "Fakultetet eller instituttene")
    dean, other = read_phrase("Dekan og prodekan", names["hf"])
    assert (bool(dean.function), other.party, other.wording) == (True, None, "og prodekan")


def test_whoever_helps_or_comes_besides_has_a_line(names: dict[str, Names]) -> None:
    lead, help_ = read_phrase("Instituttene med støtte fra Kommunikasjonsavdelingen", names["hf"])
    assert (str(lead.party), help_.relation, str(help_.party)) == (
        "Instituttene",
        "contributes",
        "Kommunikasjonsavdelingen",
    )
    one, other = read_phrase("Fakultetet, i tillegg til linjeforeningene", names["hf"])
    assert (one.relation, other.relation, str(other.party)) == ("lead", "lead", "Linjeforeningene")


@pytest.mark.parametrize("phrase", SOME_OF_THEM)
def test_some_of_a_group_are_asked_about_and_never_taken_as_all(names: dict[str, Names], phrase: str) -> None:
    [line] = read_phrase(phrase, names["hf"])
    assert line.party is None
    assert line.part_of is not None
    assert line.part_of.slug == "instituttene"


@pytest.mark.parametrize(
    ("phrase", "party"),
    [
        ("Instituttene", "instituttene"),
        ("alle instituttene", "instituttene"),
        ("hvert institutt", "instituttene"),
        ("Instituttene, som eier programmene", "instituttene"),
        ("Fakultetet som helhet", "hf"),
        ("institutter uten rekrutteringsgruppe", "institutter-uten-rekrutteringsgruppe"),
        ("instituttene som ikke har rekrutteringsgruppe", "institutter-uten-rekrutteringsgruppe"),
    ],
)
def test_a_whole_group_and_a_group_of_its_own_are_placed(names: dict[str, Names], phrase: str, party: str) -> None:
    assert short(read_phrase(phrase, names["hf"])[0])[0] == party


def test_the_others_of_the_phrase_are_placed_all_the_same(names: dict[str, Names]) -> None:
    found = read_phrase("Fakultetet sammen med noen institutter og Studentene", names["hf"])
    assert [line.party.slug if line.party else None for line in found] == ["hf", None, "studentene"]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ('Studieseksjonen, "A, B og C"', [("Studieseksjonen", True), ('"A, B og C"', False)]),
        ("Studieseksjonen og «drift, web og foto»", [("Studieseksjonen", True), ("og «drift, web og foto»", False)]),
        ("“Arbeid; miljø / trivsel”, Fakultetet", [("“Arbeid; miljø / trivsel”", False), ("Fakultetet", True)]),
        ("«Fakultetet og ISL» via Studentene", [("«Fakultetet og ISL»", False), ("via Studentene", True)]),
        ('"Instituttene" og «Studentene»', [('"Instituttene"', True), ("og «Studentene»", True)]),
        ('Fakultetet ("alt om web, foto og film")', [('Fakultetet ("alt om web, foto og film")', True)]),
        ('Fakultetet, "A og Studentene', [("Fakultetet", True), ('"A', False), ("og Studentene", True)]),
    ],
)  # fmt: skip
def test_a_quoted_name_is_one_name(names: dict[str, Names], phrase: str, expected: list[tuple[str, bool]]) -> None:
    """Nobody is known by the name, or somebody is: what stands between its words parts nothing."""
    assert [(line.wording, line.party is not None) for line in read_phrase(phrase, names["hf"])] == expected


@given(
    st.lists(PIECES.filter(lambda piece: piece != "\n") | st.text("abcæøå,;/&. ", max_size=6), max_size=8),
    st.sampled_from(["“{}”", '"{}"', "«{}»", "„{}“"]),
)
def test_what_stands_in_quotes_never_parts_a_phrase(names: dict[str, Names], inside: list[str], marks: str) -> None:
    phrase = f"Fakultetet, {marks.format(' '.join(('Xyz', *inside, 'Xyz')))} og Studentene"
    first, quoted, last = read_phrase(phrase, names["hf"])
    assert [first.wording, last.wording] == ["Fakultetet", "og Studentene"]
    assert (quoted.party, quoted.relation) == (None, "lead")
