"""What is gone and what is new in a text."""

from hypothesis import given
from hypothesis import strategies as st

from config.lib.word_diff import MOST_TOKENS, marked, pieces

words = st.lists(st.sampled_from(["mål", "tiltak", " ", ".", "for", "søkere", "\n"]), max_size=30).map("".join)


def test_only_the_words_that_differ_are_marked() -> None:
    found = pieces("Rekruttere flere søkere til master.", "Rekruttere gode søkere til master og bachelor.")
    assert [tuple(piece) for piece in found] == [
        ("same", "Rekruttere "),
        ("gone", "flere"),
        ("new", "gode"),
        ("same", " søkere til master"),
        ("new", " og bachelor"),
        ("same", "."),
    ]


def test_a_space_between_two_changes_does_not_split_them() -> None:
    assert [piece.how for piece in pieces("Holde møter jevnlig", "Invitere partnere jevnlig")] == [
        "gone",
        "new",
        "same",
    ]


def test_the_page_says_it_to_a_screen_reader_and_lets_no_markup_through() -> None:
    assert marked("<b>", "<i>") == (
        '&lt;<del><span class="sr-only"> borte: </span>b</del><ins><span class="sr-only"> nytt: </span>i</ins>&gt;'
    )


def test_a_very_long_text_is_told_apart_as_a_whole() -> None:
    long = "ord " * MOST_TOKENS
    assert [piece.how for piece in pieces(long, long + "til")] == ["gone", "new"]


@given(words, words)
def test_the_pieces_are_the_two_texts(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(piece.text for piece in found if piece.how != "new") == before
    assert "".join(piece.text for piece in found if piece.how != "gone") == after
