"""Sentences the program itself writes into a log or a row: kept in bokmål, told in the language of whoever reads.

They are marked with `gettext_noop` where they are written. What people write themselves is told as it stands.
"""

import re
from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext

HOLE: Final = re.compile(r"%\((\w+)\)s")


def told(text: str, sentences: Iterable[str] = ()) -> str:
    """Return the kept text in today's language. `sentences` are those that hold a value, one each."""
    for sentence in sentences:
        before, name, after = HOLE.split(sentence)
        if text.startswith(before) and text.endswith(after):
            return gettext(sentence) % {name: text[len(before) : len(text) - len(after)]}
    return gettext(text) if text.endswith(".") else text
