"""Days and counts as people write them, for the administration's lists."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.lib.days import day_words


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
