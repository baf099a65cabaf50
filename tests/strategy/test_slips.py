"""What a correction may touch: spelling, but no figure, time, negation, obligation or party."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from organisation.phrase_reader import stem
from strategy.slips import HEAVY, OTHER_WORDS, Weight, changed_weight, is_misspelt, is_one_apart

PARTIES = frozenset(
    map(stem, ("Studieseksjonen", "Institutt", "musikk", "språk", "HF", "NV", "kommunikasjonsrådgiver"))
)
PLAIN = ("søkere", "besøker", "skolene", "brev", "nettsider", "gode", "flytter", "og", "med", "studenter")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Flere sökere fra Nordland", "Flere søkere fra Nordland"),
        ("Vi skl besøke skolene", "Vi skal besøke skolene"),
        ("Fristen er 15.april", "Fristen er 15. april"),
        ("Fristen er 15. aprill", "Fristen er 15. april"),
        ("Minnst 40 %", "Minst 40 %"),
        ("40% av studentene", "40 % av studentene"),
        ("1000 kroner", "1 000 kroner"),
        ("For perioden 2014-2017", "For perioden 2014–2017"),
        ("Vi skal ike glemme", "Vi skal ikke glemme"),
        ("Vi skal ikkje gløyme", "Vi skal ikke gløyme"),
        ("Det er ingen ting igjen", "Det er ingenting igjen"),
        ("Institutene skriver", "Instituttene skriver"),
        ("instituttene skriver", "Instituttene skriver"),
        ("Hver semester", "Hvert semester"),
        ("Studieseksjonnen skriver", "Studieseksjonen skriver"),
        ("Hver uke og og hver dag", "Hver uke og hver dag"),
        ("Vi skal skal ikke glemme", "Vi skal ikke glemme"),
    ],
)
def test_spelling_is_corrected(before: str, after: str) -> None:
    assert changed_weight(before, after, PARTIES) is None


@pytest.mark.parametrize(
    ("before", "after", "weight"),
    [
        ("40 %", "80 %", Weight.FIGURE),
        ("40 % av studentene", "4 % av studentene", Weight.FIGURE),
        ("40 % av studentene", "40 av studentene", Weight.FIGURE),
        ("Minst to besøk", "Minst ti besøk", Weight.FIGURE),
        ("Minst to besøk", "Høyst to besøk", Weight.FIGURE),
        ("Minst to besøk", "To besøk", Weight.FIGURE),
        ("Flere søkere", "Færre søkere", Weight.FIGURE),
        ("1,5 årsverk", "15 årsverk", Weight.FIGURE),
        ("5 i mars og 6 i mai", "6 i mars og 5 i mai", Weight.FIGURE),
        ("Innen 1. mars", "Innen 1. mai", Weight.TIME),
        ("Innen 1. mars", "Etter 1. mars", Weight.TIME),
        ("Før sommeren", "For sommeren", Weight.TIME),
        ("For sommeren", "Før sommeren", Weight.TIME),
        ("I juni", "I juli", Weight.TIME),
        ("Vi skal ikke kutte", "Vi skal kutte", Weight.NEGATION),
        ("Vi skal kutte", "Vi skal aldri kutte", Weight.NEGATION),
        ("Med like vilkår", "Med ikke vilkår", Weight.NEGATION),
        ("Arbeide ute", "Arbeide uten", Weight.NEGATION),
        ("Vi skal besøke", "Vi bør besøke", Weight.BINDING),
        ("Vi besøker", "Vi kan besøker", Weight.BINDING),
        ("Fakultetet skriver", "Instituttet skriver", Weight.PARTY),
        ("Instituttene skriver", "Instituttet skriver", Weight.PARTY),
        ("Institutt for musikk", "Institutt for språk", Weight.PARTY),
        ("HF skriver", "NV skriver", Weight.PARTY),
        ("Studieseksjonen skriver", "Kommunikasjonsrådgiver skriver", Weight.PARTY),
    ],
)
def test_what_carries_the_promise_is_not(before: str, after: str, weight: Weight) -> None:
    slip = changed_weight(before, after, PARTIES)
    assert slip is not None
    assert slip.weight == weight


def test_what_was_changed_is_named() -> None:
    slip = changed_weight("Minst 40 % av alle", "Minst 80 % av alle")
    assert slip is not None
    assert (slip.before, slip.after) == ("40", "80")


plain = st.lists(st.sampled_from(PLAIN), min_size=1, max_size=8)
heavy = st.sampled_from(sorted(HEAVY))


@given(plain, plain, st.integers(0, 9999), st.integers(0, 9999))
def test_no_figure_becomes_another(before: list[str], after: list[str], one: int, other: int) -> None:
    assume(one != other)
    texts = (" ".join((*before, str(number), *after)) for number in (one, other))
    slip = changed_weight(*texts)
    assert slip is not None
    assert slip.weight == Weight.FIGURE


@given(plain, heavy, st.integers(0, 8))
def test_no_word_of_weight_comes_or_goes(words: list[str], word: str, at: int) -> None:
    with_it = " ".join((*words[:at], word, *words[at:]))
    assert changed_weight(" ".join(words), with_it) is not None
    assert changed_weight(with_it, " ".join(words)) is not None


@given(plain, heavy, heavy)
def test_no_word_of_weight_becomes_another(words: list[str], one: str, other: str) -> None:
    slip = changed_weight(" ".join((*words, one)), " ".join((*words, other)))
    assert (slip is None) == (HEAVY[one] == HEAVY[other])


@given(plain, heavy, st.sampled_from(PLAIN), st.integers(0, 30), st.sampled_from(string.ascii_lowercase))
def test_a_misspelt_plain_word_beside_words_of_weight_is_corrected(
    words: list[str], word: str, wrong: str, at: int, letter: str
) -> None:
    spelt = f"{wrong[:at]}{letter}{wrong[at:]}"
    assume(spelt not in HEAVY)
    texts = (" ".join((*words, word, each, word)) for each in (spelt, wrong))
    assert changed_weight(*texts) is None


@given(st.text(max_size=60))
def test_a_text_differs_from_itself_in_nothing(text: str) -> None:
    assert changed_weight(text, text, PARTIES) is None


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_written_is_judged(before: str, after: str) -> None:
    changed_weight(before, after, PARTIES)


@given(st.text(string.ascii_lowercase, min_size=1, max_size=8), st.integers(0, 8), st.sampled_from("abcæøå"))
def test_one_letter_apart_goes_both_ways(word: str, at: int, letter: str) -> None:
    longer = word[:at] + letter + word[at:]
    assert is_one_apart(word, longer)
    assert is_one_apart(longer, word)
    assert not is_one_apart(word, word)


def test_words_that_say_something_else_are_not_taken_as_misspelt() -> None:
    assert not any(is_misspelt(word, right) for word in OTHER_WORDS for right in HEAVY)
    assert OTHER_WORDS.isdisjoint(HEAVY)
