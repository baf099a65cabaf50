"""Whole numbers as they come in addresses and forms, where anything may stand, and as people read them."""

from typing import Final

from django.utils.formats import number_format

LARGEST_KEY: Final = 2**63 - 1  # that a database gives a row


def whole_number(text: str | None, most: int) -> int | None:
    """Return the number that the digits 0–9 write; None for anything else, and for more than `most`."""
    # "²" is a digit too, "٣" a decimal, and int() refuses some of them and very long ones.
    if not text or not text.isascii() or not text.isdigit() or len(text) > len(str(most)):
        return None
    return number if (number := int(text)) <= most else None


def grouped(number: int) -> str:
    """A whole number as people read it, "20 000"."""
    return str(number_format(number, use_l10n=True, force_grouping=True))
