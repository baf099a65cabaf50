"""Periods, counts and responsibility as people write them."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.lib.days import day_words

# First words of a line that goes on from the one before it, and signs that stand close to what is before them.
GOES_ON: Final = frozenset("og i på via ved v/ med sammen rådfører etter and in on with by together".split())
NO_SPACE_BEFORE: Final = ("/", ",", ".", ";", ":", ")")


def phrase_of(lines: Iterable[str]) -> str:
    """The words of responsibility lines as one phrase: "Fakultetet v/kommunikasjonsrådgiver og studieseksjonen".

    A line that does not itself go on from the one before is set off by a comma.
    """
    words = ""
    for own in filter(None, lines):
        if not words or own.startswith(NO_SPACE_BEFORE):
            words += own
        elif own.lower().split()[0] in GOES_ON:
            words += f" {own}"
        else:
            words += f", {own[0].lower()}{own[1:]}" if own[1:2].islower() else f", {own}"
    return words


def period_words(from_on: date | None, to_on: date | None, *, today: date) -> str:
    """Say from when to when something holds; empty where both ends are open."""
    first = day_words(from_on) if from_on else ""
    last = day_words(to_on) if to_on else ""
    if first and last:
        return _("%(first)s til %(last)s") % {"first": first, "last": last}
    if first:
        words = _("fra %(day)s") if from_on and from_on > today else _("siden %(day)s")
        return words % {"day": first}
    return _("til %(day)s") % {"day": last} if last else ""


def count_people(count: int) -> str:
    return ngettext("%(count)d person", "%(count)d personer", count) % {"count": count}


def count_units(count: int) -> str:
    return ngettext("%(count)d enhet", "%(count)d enheter", count) % {"count": count}


def count_groups(count: int) -> str:
    return ngettext("%(count)d gruppe", "%(count)d grupper", count) % {"count": count}


def count_functions(count: int) -> str:
    return ngettext("%(count)d funksjon", "%(count)d funksjoner", count) % {"count": count}
