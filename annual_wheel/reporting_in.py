"""A unit tells by itself that it belongs in a group: "vi har nå en rekrutteringsgruppe"."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from annual_wheel.giving import Given, give_again
from config.lib.saving import signed
from organisation.models import GroupMember, GroupRule, Unit, UnitGroup, User
from organisation.services import CannotChange, add_dated, end_dated


def may_report(group: UnitGroup, unit: Unit, *, today: date) -> bool:
    """Whether a unit's own word is enough: the group is a list that others leave out, and it is one of those others."""
    if group.rule != GroupRule.LISTED:
        return False
    return any(unit.pk in {one.pk for one in other.units_on(today)} for other in _leaving_out(group))


def _leaving_out(group: UnitGroup) -> list[UnitGroup]:
    return list(group.excluded_from.select_related("owner", "except_group"))


@transaction.atomic
def report_in(group: UnitGroup, unit: Unit, *, by: User, today: date) -> Given:
    """Put the unit on the list from today, and work out the tasks again."""
    if not may_report(group, unit, today=today):
        raise CannotChange(_("%(unit)s er ført opp fra før, eller kan ikke føre seg opp selv.") % {"unit": unit.name})
    add_dated(GroupMember(group=group, unit=unit, from_on=today), by=by, reason=gettext_noop("Meldt av enheten selv."))
    return give_again(today=today, groups=[group])


@transaction.atomic
def report_out(group: UnitGroup, unit: Unit, *, by: User, today: date) -> Given:
    """Take the unit off the list again: as if it never stood there where that was today, else from yesterday on."""
    for row in GroupMember.objects.on(today).filter(group=group, unit=unit):
        if row.from_on == today:
            signed(row, by=by, why=gettext_noop("Angret.")).delete()
        else:
            end_dated(row, last_day=today - timedelta(days=1), by=by, reason=gettext_noop("Meldt av enheten selv."))
    return give_again(today=today, groups=[group])
