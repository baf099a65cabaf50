"""Groups that should give tasks and have no unit to give one to: said where an entry is written or a year opened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import ngettext

from annual_wheel.models import Entry, EntryResponsibility, Ticks
from organisation.models import Relation, UnitGroup


def empty_groups(entries: Iterable[Entry], *, day: date) -> list[UnitGroup]:
    """The groups by name; one that is only a name is never meant to have tasks."""
    leads = EntryResponsibility.objects.filter(entry__in=entries, relation=Relation.LEAD, group__isnull=False)
    named = UnitGroup.objects.filter(pk__in=leads.exclude(entry__ticks=Ticks.NONE).values("group"))
    groups = named.select_related("owner", "except_group__owner").order_by("name")
    return [group for group in groups if group.is_fanning_out and not group.units_on(day)]


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
