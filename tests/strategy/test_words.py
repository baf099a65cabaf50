"""Days, periods, targets and responsibility in words."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from config.lib.days import day_words
from strategy.words import period_words, phrase, source_words, span_of, target_details, value_words


@pytest.mark.parametrize(("language", "words"), [("nb", "15. april 2027"), ("en", "15 April 2027")])
def test_a_day_as_people_write_it(language: str, words: str) -> None:
    with translation.override(language):
        assert day_words(date(2027, 4, 15)) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2014-01-01", "2017-12-31", "2014–2017"),
        ("2014-01-01", "2014-12-31", "2014"),
        ("2014-09-01", "2020-12-31", "1. september 2014 – 31. desember 2020"),
        ("2014-09-01", None, "fra 1. september 2014"),
        (None, "2020-12-31", "til 31. desember 2020"),
        (None, None, ""),
    ],
)
def test_a_period_is_years_where_they_are_whole(first: str | None, last: str | None, words: str) -> None:
    with translation.override("nb"):
        assert period_words(first, last) == words


def test_the_words_a_period_was_given_in_come_first() -> None:
    assert span_of({"from": None, "to": None, "as_written": "i Horisont 2020"}) == "i Horisont 2020"
    assert span_of({"from": "2010-01-01", "to": "2013-12-31", "as_written": ""}) == "2010–2013"
    assert span_of(None) == ""


@pytest.mark.parametrize(
    ("value", "unit", "comparator", "words"),
    [
        (30, "%", "approximately", "ca. 30 %"),
        (520000000, "NOK", "more_than", "mer enn 520 000 000 NOK"),
        (8, "ERC Grants", "equals", "8 ERC Grants"),
        (None, "studenter", "approximately", "ca. studenter"),
    ],
)
def test_a_value_with_its_unit(value: float | None, unit: str, comparator: str, words: str) -> None:
    with translation.override("nb"):
        assert value_words(value, unit, comparator).replace("\xa0", " ") == words


def target(**fields: Any) -> Any:
    empty = dict.fromkeys(("text", "holds_for", "condition", "qualifier"), "")
    return {**empty, "due_on": None, "period": None, "baseline": None, **fields}


def test_a_target_says_what_its_sentence_leaves_out() -> None:
    words = target_details(
        target(
            text="Opphold ute innen tre år, som hovedregel.",
            holds_for="nytilsatte",
            condition="uten utenlandsk grad",
            qualifier="som hovedregel",
            due_on="2017-12-31",
            baseline={
                "value": 30, "unit": "%", "comparator": "approximately",
                "period": {"from": None, "to": None, "as_written": "2010–2013"},
            },
        )
    )  # fmt: skip
    assert words == (
        "gjelder nytilsatte · uten utenlandsk grad · innen 31. desember 2017 · utgangspunkt: ca. 30 %, 2010–2013"
    )


def line(wording: str, **fields: Any) -> Any:
    return {"wording": wording, "party": "Fakultetet", "function": None, **fields}


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["Fakultetet", "/instituttene"], "Fakultetet/instituttene"),
        (["Fakultetet (rådgiver", "og studieseksjonen)"], "Fakultetet (rådgiver og studieseksjonen)"),
        (["Fakultetet", "i samarbeid med instituttene"], "Fakultetet i samarbeid med instituttene"),
        (["Fakultetet", ", instituttene"], "Fakultetet, instituttene"),
        ([], ""),
    ],
)
def test_a_responsibility_phrase_reads_as_it_was_written(lines: list[str], words: str) -> None:
    assert phrase(line(wording) for wording in lines) == words


def test_a_line_without_words_is_its_party() -> None:
    assert phrase([line("", function="Kommunikasjonsrådgiver")]) == "Fakultetet v/Kommunikasjonsrådgiver"


def test_where_something_came_from() -> None:
    assert source_words({"file": "a.txt", "lines": [4, 9]}) == "a.txt, linje 4–9"
    assert source_words({"file": "a.txt", "lines": [4, 4]}) == "a.txt, linje 4"
    assert source_words({"file": "a.txt", "lines": [None, None]}) == "a.txt"
    assert source_words(None) == ""
