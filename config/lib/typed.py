"""What somebody had written in a form that could not be taken: shown again, so that it is not lost."""

from __future__ import annotations

import re
from typing import Final

from django.http import HttpRequest

SHORTEST: Final = 20  # characters; less is quickly written again
HIDDEN: Final = re.compile(r"pass|token|secret|csrf|hemmelig", re.IGNORECASE)
WHITE: Final = re.compile(r"\s")  # what programs put in forms (marks, keys, addresses) is one word


def texts_typed(request: HttpRequest) -> list[str]:
    """The running texts that were sent by somebody who is logged in to a page there is, as they were written."""
    if request.method != "POST" or request.resolver_match is None or not request.user.is_authenticated:
        return []
    return [
        value
        for name, values in request.POST.lists()
        if not HIDDEN.search(name)
        for value in values
        if len(value.strip()) >= SHORTEST and WHITE.search(value.strip())
    ]
