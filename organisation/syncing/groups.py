"""A file of groups of units, with the members of those that are listed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from config.lib.norwegian import free_slug, sort_key
from organisation.models import GroupMember, GroupRule, Unit, UnitGroup, UnitKind
from organisation.syncing.cells import tidy, words_for
from organisation.syncing.columns import Kind, Record, heading_of
from organisation.syncing.plan import Change, Outcome, Planned, Scope, Unclear, group_names, refuse_unknown, unit_names
from organisation.syncing.units import set_texts, wrong_slug

LIST: Final = re.compile(r"[,;\n]")
TEXTS: Final = ("name", "name_en")


class Known:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        units = list(Unit.objects.without_tree_fields())
        self.units = unit_names(units)
        unit_of = {unit.pk: unit for unit in units}
        self.groups = list(scope.stored(UnitGroup.objects.order_by("pk")))
        group_of = {group.pk: group for group in self.groups}
        for group in self.groups:
            group.owner = unit_of[group.owner_id]
            group.except_group = group_of.get(group.except_group_id)
        self.names = group_names(self.groups)
        self.members: dict[int, list[GroupMember]] = defaultdict(list)
        standing = GroupMember.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=scope.today)).order_by("pk")
        for member in scope.stored(standing):
            member.group, member.unit = group_of[member.group_id], unit_of[member.unit_id]
            self.members[member.group_id].append(member)
        self.rules, self.kinds = words_for(GroupRule.choices), words_for(UnitKind.choices)


def cells(scope: Scope) -> list[list[str]]:
    known = Known(scope)
    mine = [group for group in known.groups if group.owner_id in scope.units]
    return [
        [
            group.slug,
            *(tidy(getattr(group, name)) for name in TEXTS),
            group.owner.slug,
            str(group.get_rule_display()),  # type: ignore[attr-defined]
            str(group.get_member_kind_display()),  # type: ignore[attr-defined]
            group.except_group.slug if group.except_group else "",
            ", ".join(sorted({member.unit.slug for member in known.members[group.pk]})),
        ]
        for group in sorted(mine, key=lambda group: (sort_key(group.name), group.slug))
    ]


def plan(records: Sequence[Record], scope: Scope, *, ends_missing: bool) -> list[Planned]:
    known = Known(scope)
    rows = [Planned(record.number, record.said("name") or record.said("slug")) for record in records]
    found: list[UnitGroup | None] = []
    first_row: dict[int, int] = {}
    taken = set(known.names.by_slug)
    for planned, record in zip(rows, records, strict=True):
        group = _one(planned, record, known, taken)
        if group is not None and id(group) in first_row:
            planned.fail(_("Det samme står i rad %(number)d.") % {"number": first_row[id(group)]})
            group = None
        if group is not None:
            first_row[id(group)] = planned.number
        found.append(group)
    for planned, record, group in zip(rows, records, found, strict=True):
        if group is not None:
            _set(planned, record, group, known)
            _except(planned, record, group, known)
            _members(planned, record, group, known, ends_missing=ends_missing)
    _refuse_circles(rows, found)
    if ends_missing:
        named = {group.pk for group in found if group is not None}
        mine = [group for group in known.groups if group.owner_id in scope.units and group.pk not in named]
        rows += [_missing(group, known) for group in mine]
    return rows


def _one(planned: Planned, record: Record, known: Known, taken: set[str]) -> UnitGroup | None:
    slug, name = record.said("slug").casefold(), record.said("name")
    if not name:
        planned.fail(_("Navn mangler."))
        return None
    try:
        group: UnitGroup | None = known.names.by_slug.get(slug) if slug else known.names.get(name)
    except Unclear as unclear:
        planned.fail(str(unclear))
        return None
    if group is not None:
        if group.pk is not None and group.owner_id not in known.scope.units:
            planned.fail(_("Du administrerer ikke %(unit)s.") % {"unit": group.owner.label})
            return None
        return group
    if slug and (words := wrong_slug(slug)):
        planned.fail(words)
        return None
    group = UnitGroup(slug=slug or free_slug(name, taken), name="", rule="")
    taken.add(group.slug)
    planned.make(group)
    known.names.by_slug[group.slug] = group
    known.names.by_name.setdefault(name.casefold(), []).append(group)
    return group


def _set(planned: Planned, record: Record, group: UnitGroup, known: Known) -> None:
    is_new = group.pk is None
    set_texts(planned, record, group, TEXTS)
    _owner(planned, record, group, known)
    words = record.said("rule")
    if words and words.casefold() not in known.rules:
        refuse_unknown(planned, words, heading_of(Kind.GROUPS, "rule"), GroupRule.labels)
    elif words:
        planned.set(group, "rule", known.rules[words.casefold()], is_new=is_new)
    elif is_new:
        planned.fail(_("Regel mangler. En ny gruppe må ha en."))
    words = record.get("member_kind") or ""
    if words and words.casefold() not in known.kinds:
        refuse_unknown(planned, words, heading_of(Kind.GROUPS, "member_kind"), UnitKind.labels)
    elif record.get("member_kind") is not None or group.rule != GroupRule.CHILDREN:
        kind = known.kinds.get(words.casefold(), "") if group.rule == GroupRule.CHILDREN else ""
        planned.set(group, "member_kind", kind, is_new=is_new)
    if group.rule == GroupRule.CHILDREN and not group.member_kind:
        planned.fail(_("Velg hvilken type enheter gruppen består av."))


def _owner(planned: Planned, record: Record, group: UnitGroup, known: Known) -> None:
    words = record.said("owner")
    if not words:
        if group._state.adding:
            planned.fail(_("Eier mangler. En ny gruppe må ha en."))
        return
    try:
        owner = known.units.find(words)
    except Unclear as unclear:
        planned.fail(str(unclear))
        return
    if owner.pk not in known.scope.units:
        planned.fail(_("Du administrerer ikke %(unit)s.") % {"unit": owner.label})
    elif group._state.adding:
        group.owner = owner
        planned.changes.append(Change(_("Eier"), "", str(owner)))
    else:
        planned.set(group, "owner", owner)


def _except(planned: Planned, record: Record, group: UnitGroup, known: Known) -> None:
    words = record.get("except_group")
    if words is None:
        return
    try:
        other = known.names.find(words) if words else None
    except Unclear as unclear:
        planned.fail(str(unclear))
        return
    planned.set(group, "except_group", other, is_new=group.pk is None)


def _members(planned: Planned, record: Record, group: UnitGroup, known: Known, *, ends_missing: bool) -> None:
    """Add the units that are named; end the others where that is asked for."""
    words = record.get("members")
    if words is None:
        return
    asked: dict[int, Unit] = {}
    is_clear = True
    for name in filter(None, map(tidy, LIST.split(words))):
        try:
            unit = known.units.find(name)
            asked[unit.pk] = unit
        except Unclear as unclear:
            planned.fail(str(unclear))
            is_clear = False
    if not is_clear:
        return
    if asked and group.rule != GroupRule.LISTED:
        planned.fail(_("Bare grupper der enhetene er ført opp, har medlemmer i filen."))
        return
    standing = known.members.get(group.pk, []) if group.pk else []
    there = {member.unit_id for member in standing}
    today = known.scope.today
    for unit in asked.values():
        if unit.pk in there:
            continue
        if unit.pk not in known.scope.units:
            planned.fail(_("Du administrerer ikke %(unit)s.") % {"unit": unit.label})
            return
        added = GroupMember(group=group, unit=unit, from_on=today)
        _note(planned, Change(_("Medlem"), "", unit.label), added)
    if ends_missing and planned.outcome != Outcome.ERROR:
        for member in standing:
            if member.unit_id not in asked:
                _end(planned, member, known)


def _note(planned: Planned, change: Change, row: Any) -> None:
    if planned.outcome != Outcome.ERROR:
        planned.outcome = Outcome.NEW if planned.outcome == Outcome.NEW else Outcome.CHANGED
        planned.changes.append(change)
        planned.writes.append(row)


def _end(planned: Planned, member: GroupMember, known: Known) -> None:
    today = known.scope.today
    is_ending = member.to_on is not None and member.to_on <= today
    if not is_ending and (member.from_on is None or member.from_on <= today):
        member.to_on = today
        _note(planned, Change(_("Medlem"), member.unit.label, _("avsluttes")), member)


def _refuse_circles(rows: Sequence[Planned], found: Sequence[UnitGroup | None]) -> None:
    for planned, group in zip(rows, found, strict=True):
        other, seen = group.except_group if group else None, set[int]()
        while other is not None and other is not group and id(other) not in seen:
            seen.add(id(other))
            other = other.except_group
        if group is not None and other is group:
            planned.fail(_("Gruppen kan ikke være unntatt fra seg selv, heller ikke gjennom en annen gruppe."))


def _missing(group: UnitGroup, known: Known) -> Planned:
    """A group ends with its members. One that follows from a rule has none of its own to end."""
    planned = Planned(0, str(group), key=group.slug)
    for member in known.members.get(group.pk, []):
        _end(planned, member, known)
    if planned.writes:
        planned.outcome = Outcome.MISSING
    else:
        planned.outcome = Outcome.LEFT
        planned.errors.append(
            _("Gruppen har ingen medlemmer å avslutte. Endre den på siden sin, om den ikke skal brukes.")
        )
    return planned
