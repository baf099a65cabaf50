"""Who may do what: one table from role to permission, read along the unit tree.

A role at a unit holds for every unit below it. Nothing is allowed that this table does not allow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from organisation.models import User


class Role(models.TextChoices):
    READER = "reader", _("leser")
    CONTRIBUTOR = "contributor", _("bidragsyter")
    EDITOR = "editor", _("redaktør")
    LEADER = "leader", _("leder")
    ADMINISTRATOR = "administrator", _("administrator")


class Permission(StrEnum):
    READ_DRAFTS = "read_drafts"  # drafts, working texts and notes of the unit
    BE_HEARD = "be_heard"  # take part in hearings of the unit, and of the units above it
    TICK = "tick"  # tick and untick the unit's tasks
    NOTE = "note"  # internal comments on the documents of the unit, and of the units above it
    EDIT = "edit"  # write the unit's documents and wheels
    DECIDE = "decide"  # adopt the unit's documents
    ADMINISTER = "administer"  # units, groups, functions, people and roles


READING = frozenset({Permission.READ_DRAFTS, Permission.BE_HEARD})
CONTRIBUTING = READING | {Permission.TICK, Permission.NOTE}
EDITING = CONTRIBUTING | {Permission.EDIT}

PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.READER: READING,
    Role.CONTRIBUTOR: CONTRIBUTING,
    Role.EDITOR: EDITING,
    Role.LEADER: EDITING | {Permission.DECIDE},
    Role.ADMINISTRATOR: frozenset(Permission),
}


class Lender(StrEnum):
    HOLDER = "holder"  # the one whose role it is
    ADMINISTRATOR = "administrator"  # whoever administers the unit, on the holder's behalf


# Who may let somebody stand in. The key to everything is lent by its holder alone.
LENT_BY: Mapping[Role, frozenset[Lender]] = {
    **dict.fromkeys(Role, frozenset(Lender)),
    Role.ADMINISTRATOR: frozenset({Lender.HOLDER}),
}
# A faculty hears its departments, so these hold for the units above as well.
ALSO_UPWARDS = frozenset({Permission.BE_HEARD, Permission.NOTE})

Reach = Mapping[Permission, frozenset[int]]


def reach_of(user: User, *, today: date, counts_lent: bool = True) -> Reach:
    """Return for each permission the ids of the units where the user has it today (two queries).

    Without what is lent, it is what the person reaches by roles of their own.
    """
    parent_of = user.parent_of_units()
    if user.is_superuser:
        return dict.fromkeys(Permission, frozenset(parent_of))
    held: dict[int, set[Permission]] = defaultdict(set)
    for membership in user.memberships_on(today):
        if membership.through_id and not counts_lent:
            continue
        held[membership.unit_id] |= PERMISSIONS[Role(membership.role)]
    tops = {
        permission: frozenset(unit for unit, held_here in held.items() if permission in held_here)
        for permission in Permission
    }
    below = {units: with_all_below(units, parent_of) for units in {*tops.values()}}
    return {
        permission: below[units] | (_all_above(units, parent_of) if permission in ALSO_UPWARDS else frozenset())
        for permission, units in tops.items()
    }


def with_all_below(tops: frozenset[int], parent_of: Mapping[int, int | None]) -> frozenset[int]:
    if not tops:
        return tops
    known = dict.fromkeys(tops, True)

    def is_below(unit: int | None) -> bool:
        if unit is None:
            return False
        if unit not in known:
            known[unit] = is_below(parent_of[unit])
        return known[unit]

    return frozenset(unit for unit in parent_of if is_below(unit))


def _all_above(units: Iterable[int], parent_of: Mapping[int, int | None]) -> frozenset[int]:
    above: set[int] = set()
    for unit in units:
        parent = parent_of[unit]
        while parent is not None and parent not in above:
            above.add(parent)
            parent = parent_of[parent]
    return frozenset(above)
