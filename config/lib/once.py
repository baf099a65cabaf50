"""What a form for something new was saved as, told by a mark that came with the form.

With the browser's Back one meets such a form as it was sent, and what is sent again would be one more of the same. A
browser that fetches the page anew on the way back gets another mark, which a script sets back; without one the same
words are asked about.

It is for what is sent again, and no lock: of two that are sent at the same moment, before the first has been answered,
both are saved. What may not happen twice is held by the database, or in turns (`config.lib.turns`).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from django.apps import apps
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

NAME: Final = "once"  # of the hidden field
SESSION_KEY: Final = "saved_once"
MOST_KEPT: Final = 30
LONGEST: Final = 40
ONE_MORE: Final = "+"
TAKEN_OUT: Final = ("is_taken_out", "removed_at", "withdrawn_at")  # how rows say that they no longer stand
NOT_WRITTEN: Final = frozenset({NAME, "csrfmiddlewaretoken", "again"})
SAME_WORDS: Final = gettext_noop(
    "Akkurat det samme har du lagret herfra før. Lagrer du nå, blir det ett til. Var det ikke meningen, trykk «Avbryt»."
)
GONE_WORDS: Final = gettext_noop(
    "Dette skjemaet er lagret før, og det du lagret, er tatt ut siden. Lagrer du nå, blir det et nytt. Var det ikke "
    "meningen, trykk «Avbryt»."
)
OTHER_WORDS: Final = gettext_noop(
    "Dette skjemaet er lagret én gang før, med andre ord. Lagrer du nå, blir det et nytt i tillegg. Vil du heller "
    "endre det du lagret, trykk «Avbryt» og så «Endre» der det står."
)


@dataclass(frozen=True)
class Made:
    """Where what was saved stands, whether what is sent now says the same, and whether it is the very same form.

    With `is_gone` it has since been taken out, or taken away for good.
    """

    url: str
    is_same: bool
    is_sure: bool
    is_gone: bool

    @property
    def question(self) -> str:
        """What is asked of whoever may mean it for one more."""
        return _(GONE_WORDS if self.is_gone else SAME_WORDS if self.is_same else OTHER_WORDS)


def new_mark(*, is_one_more: bool = False) -> str:
    """A mark for a new form; one that is sent to make one more has been asked about."""
    return f"{ONE_MORE if is_one_more else ''}{secrets.token_hex(8)}"


def mark_in(request: HttpRequest) -> str:
    """The mark that was sent, else a new one."""
    return request.POST.get(NAME, "")[:LONGEST] or new_mark()


def made_by(request: HttpRequest) -> Made | None:
    """What this form, or one at the same address with the same words, was saved as, by whoever sends it."""
    mark, kept, said = request.POST.get(NAME, ""), request.session.get(SESSION_KEY, {}), _said(request)
    if found := kept.get(mark):
        return Made(found["url"], found["said"] == said, is_sure=True, is_gone=_is_gone(found))
    if not mark or mark.startswith(ONE_MORE):
        return None
    found = next((each for each in kept.values() if each["said"] == said), None)
    return Made(found["url"], is_same=True, is_sure=False, is_gone=_is_gone(found)) if found else None


def remember(request: HttpRequest, url: str, made: Any) -> None:
    """Keep where what was made of this form stands, for as long as one is logged in and the last ones made."""
    if not request.POST.get(NAME):
        return
    kept = {
        **request.session.get(SESSION_KEY, {}),
        mark_in(request): {"url": url, "said": _said(request), **_named(made)},
    }
    request.session[SESSION_KEY] = dict(list(kept.items())[-MOST_KEPT:])


def _said(request: HttpRequest) -> str:
    """What was written and where, short enough to keep."""
    written = sorted((name, values) for name, values in request.POST.lists() if name not in NOT_WRITTEN)
    return sha256(repr((request.path, written)).encode()).hexdigest()[:16]


def _named(made: Any) -> dict[str, Any]:
    """What a row can be found again by."""
    return {"row": [made._meta.label, made.pk]} if isinstance(made, Model) else {}


def _is_gone(found: Mapping[str, Any]) -> bool:
    if "row" not in found:
        return False
    label, pk = found["row"]
    row = apps.get_model(label)._base_manager.filter(pk=pk).first()
    return row is None or any(getattr(row, name, None) for name in TAKEN_OUT)
