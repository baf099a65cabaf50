"""People named in a text by "@" and their name or e-mail address."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Final

from django.utils.translation import gettext as _

from config.lib.norwegian import sort_key
from organisation.models import User

AT: Final = re.compile(r"(?<![\w.@/])@(?=\S)")  # an address of mail or of a page names nobody
WORD: Final = re.compile(r"[\w.@-]+")
MOST_OFFERED: Final = 6
Named = dict[str, list[User]]


class CannotMention(Exception):
    """Somebody is named who cannot be; the message is for whoever wrote it."""


def people_named_in(text: str, may_see: Collection[int]) -> list[User]:
    """Return those named in the text, each once; CannotMention for somebody unknown or not among `may_see` (ids)."""
    places = list(AT.finditer(text))
    if not places:
        return []
    named = _names()
    return list(dict.fromkeys(_one(text[place.end() :], named, may_see) for place in places))


def marks_in(text: str, people: Collection[User]) -> Iterator[tuple[int, int]]:
    """Yield where in the text these people are named, as (start, end)."""
    named = {name for person in people for name in (person.name, person.email)}
    for place in AT.finditer(text):
        rest = text[place.end() :]
        if name := _longest(rest, named):
            yield place.start(), place.end() + len(name)


def offered(typed: str, may_see: Collection[User]) -> list[User]:
    """Return those whose name or address goes on as what was typed after "@"."""
    typed = typed.strip().casefold()
    found = [
        person
        for person in may_see
        if any(part.startswith(typed) for part in (*_parts(person.name), person.email.casefold()))
    ]
    return sorted(found, key=lambda person: sort_key(person.name))[:MOST_OFFERED]


def _parts(name: str) -> list[str]:
    """A name as one may begin to write it: from the first word on, or from a later one."""
    words = name.casefold().split()
    return [" ".join(words[at:]) for at in range(len(words))]


def _names() -> Named:
    named: Named = defaultdict(list)
    for person in User.objects.filter(is_active=True).only("name", "email"):
        for name in {person.name, person.email} - {""}:
            named[name].append(person)
    return named


def _longest(rest: str, names: Collection[str]) -> str:
    """The longest of the names that the text begins with, whole."""
    folded = rest.casefold()
    fitting = [name for name in names if folded.startswith(name.casefold()) and not re.match(r"\w", rest[len(name) :])]
    return max(fitting, key=len, default="")


def _one(rest: str, named: Named, may_see: Collection[int]) -> User:
    name = _longest(rest, named)
    if not name:
        written = WORD.match(rest)
        words = {"name": written[0].rstrip(".") if written else rest[:20]}
        raise CannotMention(_("Vi kjenner ingen «%(name)s». Skriv hele navnet eller e-postadressen etter @.") % words)
    several = [person for person in named[name] if person.pk in may_see]
    if len(several) > 1:
        raise CannotMention(_("Flere heter %(name)s. Skriv e-postadressen etter @.") % {"name": name})
    if not several:
        raise CannotMention(_("%(name)s kan ikke se dette, og kan ikke nevnes her.") % {"name": name})
    return several[0]
