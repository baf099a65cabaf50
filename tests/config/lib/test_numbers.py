"""Whole numbers in addresses: what is no number, or too large, is None."""

import pytest

from config.lib.numbers import whole_number

CASES = [
    ("0", 0),
    ("7", 7),
    ("07", 7),
    ("53", 53),
    ("54", None),
    ("007", None),
    ("", None),
    (None, None),
    ("-1", None),
    ("+1", None),
    ("1.0", None),
    (" 1", None),
    ("1_0", None),
    ("²", None),
    ("٣", None),
    ("9" * 5000, None),
]


@pytest.mark.parametrize(("text", "number"), CASES)
def test_a_number_is_its_digits(text: str | None, number: int | None) -> None:
    assert whole_number(text, 53) == number
