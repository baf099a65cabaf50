"""Norwegian letters where Python's own order and Django's own slugs get them wrong."""

from typing import Final

from django.utils.text import slugify

# Code points put Å before Æ and Ø; these stand after z, in the order of the alphabet.
_ORDER: Final = str.maketrans({"æ": "{a", "ä": "{a", "ø": "{b", "ö": "{b", "å": "{c"})
_ASCII: Final = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})


def sort_key(text: str) -> str:
    """Return what to sort by: a to z, then æ, ø and å, whatever the case."""
    return text.casefold().translate(_ORDER)


def slug_of(text: str) -> str:
    """Return the text as part of an address: "Rådgiver ved ØK" gives "radgiver-ved-ok"."""
    return slugify(text.casefold().translate(_ASCII))
