"""Dates and responsibility in the words that people use."""

from datetime import date

import pytest
from django.utils import translation

from annual_wheel.models import EntryResponsibility
from annual_wheel.phrases import distance, due_phrase, responsible_words, shortened, when_of
from tests import factories as make
from tests.cast import Cast

TODAY = date(2026, 3, 15)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 14), "i går"),
        (date(2026, 3, 15), "i dag"),
        (date(2026, 3, 16), "i morgen"),
        (date(2026, 3, 18), "om 3 dager"),
        (date(2026, 4, 5), "om 3 uker"),
        (date(2026, 2, 22), "for 3 uker siden"),
        (date(2026, 9, 15), "om 6 måneder"),
        (date(2022, 3, 15), "for 4 år siden"),
    ],
)
def test_distance_is_said_as_people_say_it(day: date, words: str) -> None:
    assert distance(day, today=TODAY) == words


@pytest.mark.parametrize(
    ("when_words", "month", "days"),
    [
        ("uke 33", 8, "10.–16. august"),
        ("medio oktober", 10, "11.–20. oktober"),
        ("15.06.", 6, "15. juni"),
        ("mai/juni", 5, "mai–juni"),
        ("1. februar", 2, ""),
        ("april", 4, ""),
        ("trenger ikke skje i januar", 1, "hele året"),
        ("fra 15. april", 4, "15.–30. april"),
        ("fra 15. april", 2, "15. april – 31. desember"),
        ("20. desember–10. januar", 12, "20. desember 2026 – 10. januar 2027"),
    ],
)
def test_the_words_stand_and_what_they_come_to_where_it_says_more(
    cast: Cast, when_words: str, month: int, days: str
) -> None:
    said = when_of(make.edition(make.entry(make.wheel("hf", cast.hf), when_words=when_words, month=month)))
    assert (said.phrase, said.days) == (when_words, days)


@pytest.mark.parametrize(
    ("bound_words", "bound", "warning"),
    [
        ("i forkant av søknadsfrist 15. april", "i forkant av søknadsfrist 15. april", ""),
        ("før svarfristen utløper", "før svarfristen utløper", "Datoen er ikke kjent ennå."),
        ("digital, 3.11.", "før 3. november", ""),
        ("", "", ""),
    ],
)
def test_a_bound_is_said_with_its_day_or_with_a_warning(cast: Cast, bound_words: str, bound: str, warning: str) -> None:
    said = when_of(make.edition(make.entry(make.wheel("hf", cast.hf), when_words="april", bound_words=bound_words)))
    assert (said.bound, said.warning) == (bound, warning)


def test_a_bound_by_an_entry_is_given_its_day(cast: Cast) -> None:
    wheel = make.wheel("hf", cast.hf)
    deadline = make.entry(wheel, kind="deadline", ticks="none", when_words="15. april")
    make.edition(deadline)
    entry = make.entry(wheel, when_words="april", bound_words="før søknadsfristen", bound_entry=deadline)
    assert when_of(make.edition(entry)).bound == "før søknadsfristen (15. april)"


def test_what_is_due_is_said_with_the_year_only_where_it_is_another(cast: Cast) -> None:
    entry = make.entry(make.wheel("hf", cast.hf))
    assert due_phrase(make.edition(entry), today=TODAY) == "innen 15. april"
    assert due_phrase(make.edition(entry, 2027), today=TODAY) == "innen 15. april 2027"
    with translation.override("en"):
        assert due_phrase(make.edition(entry, 2028), today=TODAY).endswith("15 April 2028")


@pytest.mark.parametrize(
    ("wordings", "phrase"),
    [
        (["Fakultetet v/rådgiver", "og studieseksjonen"], "Fakultetet v/rådgiver og studieseksjonen"),
        (["Sentral faggruppe", "/fakultetet"], "Sentral faggruppe/fakultetet"),
        (["Studentene arrangerer", "Fakultetet bidrar"], "Studentene arrangerer, fakultetet bidrar"),
        (["Instituttene", "HF bidrar"], "Instituttene, HF bidrar"),
        ([], ""),
    ],
)  # fmt: skip
def test_responsibility_reads_as_one_phrase(wordings: list[str], phrase: str) -> None:
    assert responsible_words([EntryResponsibility(wording=wording) for wording in wordings]) == phrase


def test_long_text_is_cut_at_a_word() -> None:
    assert shortened("Lage innhold, og dele det", 15) == "Lage innhold…"
    assert shortened("Kort", 15) == "Kort"


def test_a_bound_that_is_the_whole_of_the_words_is_said_once(cast: Cast) -> None:
    entry = make.entry(make.wheel("hf", cast.hf), when_words="før svarfristen", bound_words="før svarfristen")
    said = when_of(make.edition(entry))
    assert (said.phrase, said.bound, said.warning) == ("før svarfristen", "", "Datoen er ikke kjent ennå.")
