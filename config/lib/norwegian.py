"""Norwegian letters where Python's own order and Django's own slugs get them wrong."""

from collections.abc import Iterable
from itertools import chain, count
from typing import Final

from django.utils.text import slugify

# Code points put Å before Æ and Ø; these stand after z, in the order of the alphabet.
_ORDER: Final = str.maketrans({"æ": "{a", "ä": "{a", "ø": "{b", "ö": "{b", "å": "{c"})
RESERVED: Final = {"enheter", "ny", "nytt", "punkt"}  # taken by addresses of ours
_ASCII: Final = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "–": "-"})


def sort_key(text: str) -> str:
    """Return what to sort by: a to z, then æ, ø and å, whatever the case."""
    return text.casefold().translate(_ORDER)


def slug_of(text: str) -> str:
    """Return the text as part of an address: "Råd ved ØK 2027–2030" gives "rad-ved-ok-2027-2030"."""
    return slugify(text.casefold().translate(_ASCII))


def free_slug(text: str, taken: Iterable[str]) -> str:
    """Return an address part made from the text that nothing else has; "-2" and so on where it is taken."""
    base = slug_of(text)[:50].strip("-") or "uten-navn"
    used = {*taken, *RESERVED}
    return next(slug for slug in chain((base,), (f"{base}-{number}" for number in count(2))) if slug not in used)
