"""Groups that should give tasks and have no unit to give one to: said where an entry is written or a year opened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import ngettext

from annual_wheel.models import Edition, EditionResponsibility, Entry, EntryResponsibility, Ticks
from organisation.models import Relation, UnitGroup


def empty_groups(entries: Iterable[Entry], *, day: date, year: int | None = None) -> list[UnitGroup]:
    """The groups by name, of the lines as they are in the year: its own where it has such, else those of the entry.

    One that is only a name is never meant to have tasks. What is asked of a year that has not come, is asked of its
    first day.
    """
    ticked = [entry.pk for entry in entries if entry.ticks != Ticks.NONE]
    apart = Edition.objects.filter(entry__in=ticked, year=year or 0, has_own_lines=True)
    usual = EntryResponsibility.objects.filter(entry__in=ticked).exclude(entry__in=apart.values("entry"))
    own = EditionResponsibility.objects.filter(edition__in=apart)
    leads = Q(relation=Relation.LEAD, group__isnull=False)
    named = UnitGroup.objects.filter(
        Q(pk__in=usual.filter(leads).values("group")) | Q(pk__in=own.filter(leads).values("group"))
    )
    groups = named.select_related("owner", "except_group__owner").order_by("name")
    first = max(day, date(year, 1, 1)) if year else day
    return [group for group in groups if group.is_fanning_out and not group.units_on(first)]


def words_of_empty(groups: Iterable[UnitGroup]) -> str:
    """What it means and what to do; empty where no group is."""
    named = [f"«{group}»" for group in groups]
    if not named:
        return ""
    said = ngettext(
        "Ingen får oppgaver gjennom %(groups)s, for gruppen har ingen enheter nå. Be en administrator føre opp noen.",
        "Ingen får oppgaver gjennom %(groups)s, for gruppene har ingen enheter nå. Be en administrator føre opp noen.",
        len(named),
    )
    return said % {"groups": ", ".join(named)}
