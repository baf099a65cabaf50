"""What somebody had written in a form that could not be taken: shown again, so that it is not lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from django.http import HttpRequest, UnreadablePostError

SHORTEST: Final = 20  # characters; less is quickly written again
MOST: Final = 100_000  # characters that are shown of one form
HIDDEN: Final = re.compile(r"pass|token|secret|csrf|hemmelig|\bcode\b|_was$", re.IGNORECASE)
WHITE: Final = re.compile(r"\s")  # what programs put in forms (marks, keys, addresses) is one word
ACCOUNT: Final = "account_"  # the names of the addresses where one logs in


def texts_typed(request: HttpRequest) -> list[str]:
    """The running texts that were sent by somebody who is logged in to a page there is, as they were written."""
    if request.method != "POST" or request.resolver_match is None or not request.user.is_authenticated:
        return []
    return [text for text in _texts(request) if len(text.strip()) >= SHORTEST]


def texts_lost(request: HttpRequest) -> list[str]:
    """Everything somebody wrote in a form that was sent too late, each once, and of very much the beginning.

    Nothing of what is sent to log in, and no files.
    """
    match = request.resolver_match
    if request.method != "POST" or match is None or (match.url_name or "").startswith(ACCOUNT):
        return []
    try:
        texts = list(dict.fromkeys(_texts(request)))
    except UnreadablePostError:
        return []
    shown, room = [], MOST
    for text in texts:
        if room > 0:
            shown.append(text[:room])
            room -= len(text)
    return shown


def _texts(request: HttpRequest) -> Iterator[str]:
    for name, values in request.POST.lists():
        if not HIDDEN.search(name):
            yield from (value for value in values if WHITE.search(value.strip()))
