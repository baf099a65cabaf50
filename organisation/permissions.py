"""Who may do what: one table from role to permission, read along the unit tree.

A role at a unit holds for every unit below it. Nothing is allowed that this table does not allow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
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
    held = [each for each in user.memberships_on(today) if counts_lent or not each.through_id]
    return dict(_reach_by(frozenset((each.unit_id, each.role) for each in held), tuple(parent_of.items())))


@lru_cache(maxsize=256)
def _reach_by(roles: frozenset[tuple[int, str]], units: tuple[tuple[int, int | None], ...]) -> Reach:
    """The reach of roles at units, in a tree of each unit and its parent: the same at every request, as a rule."""
    parent_of = dict(units)
    tops = {
        permission: frozenset(unit for unit, role in roles if permission in PERMISSIONS[Role(role)])
        for permission in Permission
    }
    below = {tops_here: with_all_below(tops_here, parent_of) for tops_here in {*tops.values()}}
    return {
        permission: below[here] | (_all_above(here, parent_of) if permission in ALSO_UPWARDS else frozenset())
        for permission, here in tops.items()
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
