"""Letting a colleague stand in for a time: who may lend which role, and to whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from config.lib.days import day_words
from config.lib.saving import signed
from organisation.models import Membership, MembershipQuerySet, User
from organisation.permissions import LENT_BY, Lender, Permission, Role
from organisation.services import CannotChange, refusal, undo
from organisation.words import period_words

STOPPED = gettext_noop("Vikariatet er avsluttet.")


def lendable(person: User, *, by: User, today: date) -> MembershipQuerySet:
    """Return the roles of `person` that `by` may let somebody else have for a time. What is lent is not lent on."""
    standing = Membership.objects.standing(today).own().filter(user=person).select_related("unit")
    if by != person:
        standing = standing.filter(unit__in=by.reach(today)[Permission.ADMINISTER])
    lender = Lender.HOLDER if by == person else Lender.ADMINISTRATOR
    return standing.filter(role__in=[role for role in Role if lender in LENT_BY[role]]).order_by("unit__name", "pk")


def last_possible(from_on: date) -> date:
    """Return the last day of the longest loan: a year, as somebody who is away for longer has a successor."""
    is_leap_day = (from_on.month, from_on.day) == (2, 29)
    return date(from_on.year + 1, from_on.month, 28 if is_leap_day else from_on.day)


@transaction.atomic
def lend(
    roles: Sequence[Membership], *, to: User, from_on: date, to_on: date, by: User, today: date
) -> list[Membership]:
    """Let `to` have these roles of one person from a day to a day; CannotChange, and nothing lent, where one may not.

    `roles` are some of `lendable`, and the days have been judged by the form.
    """
    made = [Membership(user=to, unit=held.unit, role=held.role, from_on=from_on, to_on=to_on) for held in roles]
    for row, held in zip(made, roles, strict=True):
        if held.user_id == to.pk:
            raise CannotChange(_("Ingen kan være vikar for seg selv."))
        if held.user_id != by.pk and (words := refusal(row, by=by, today=today)):
            raise CannotChange(words)
        # Of two who lend the same role at once, the second waits here and then finds the first one's.
        Membership.objects.select_for_update(of=("self",)).get(pk=held.pk)
        same = Membership.objects.filter(through=held, user=to, from_on__lte=to_on, to_on__gte=from_on).first()
        if same:
            words = _("%(name)s er alt vikar som %(role)s %(period)s.")
            period = period_words(same.from_on, same.to_on, today=today)
            raise CannotChange(words % {"name": to.name, "role": role_words(held), "period": period})
        row.through = held
        signed(row, by=by).save()
    return made


@transaction.atomic
def stop(rows: Iterable[Membership], *, by: User, today: date) -> list[tuple[int, int]]:
    """Take what is lent back at once; return each row with the log line that an undo must still find.

    What had not begun by yesterday never held, and is taken away; the log keeps it.
    """
    changes = []
    for row in rows:
        pk = row.pk
        signed(row, by=by, why=STOPPED)
        if row.from_on is not None and row.from_on < today:
            row.to_on = today - timedelta(days=1)
            row.save()
        else:
            row.delete()
        changes.append((pk, Membership.history.filter(id=pk).latest().history_id))
    return changes


@transaction.atomic
def take_back(changes: Iterable[tuple[int, int]], *, by: User) -> None:
    """Undo having lent or stopped; CannotChange where a row has been changed since."""
    for pk, change in changes:
        row = Membership.objects.filter(pk=pk).first()
        if row is not None:
            undo(row, change=change, by=by)
            continue
        log = Membership.history.filter(id=pk).latest()
        if log.history_id != change:
            raise CannotChange(_("Dette er endret igjen etterpå, så endringen kan ikke angres herfra."))
        signed(log.instance, by=by, why=gettext_noop("Angret.")).save(force_insert=True)


@dataclass(frozen=True)
class Loan:
    """What one person has lent another for the same days, as it is shown."""

    lender: User
    stand_in: User
    roles: str
    period: str
    has_begun: bool
    rows: Sequence[Membership]

    @property
    def marks(self) -> str:
        """The rows, as an address holds them."""
        return "_".join(str(row.pk) for row in self.rows)


def loans_from(person: User, *, today: date) -> list[Loan]:
    """Return who stands in for a person, now and later."""
    return _loans(Membership.objects.filter(through__user=person, user__is_active=True), today)


def loans_to(person: User, *, today: date) -> list[Loan]:
    """Return for whom a person stands in, now and later."""
    return _loans(Membership.objects.filter(user=person), today)


def _loans(rows: QuerySet[Membership], today: date) -> list[Loan]:
    """Those that have not ended, and whose lender still has what was lent or will have it."""
    lender_has_it = Q(through__to_on__isnull=True) | Q(through__to_on__gte=today)
    found = rows.filter(lender_has_it, through__user__is_active=True, to_on__gte=today)
    found = found.select_related("unit", "user", "through__user").order_by(
        "from_on", "to_on", "user__name", "user", "through__user", "unit__name", "pk"
    )
    return [_loan(list(group), today) for _key, group in groupby(found, key=_days_and_people)]


def _days_and_people(row: Membership) -> tuple[object, ...]:
    return row.from_on, row.to_on, row.user_id, row.through and row.through.user_id


def _loan(rows: list[Membership], today: date) -> Loan:
    first = rows[0]
    assert first.through is not None
    assert first.from_on is not None
    roles = capfirst("; ".join(role_words(row) for row in rows))
    period = period_words(first.from_on, first.to_on, today=today)
    return Loan(first.through.user, first.user, roles, period, first.from_on <= today, rows)


def role_words(row: Membership) -> str:
    return f"{row.get_role_display()}, {row.unit.label}"


def as_stand_in(row: Membership) -> str:
    """Say for whom a role is held and how long, as in "som vikar for Kari Nordmann til 31. mai 2026"."""
    if row.through is None or row.to_on is None:
        return ""
    return _("som vikar for %(name)s til %(day)s") % {"name": row.through.user, "day": day_words(row.to_on)}


def colleagues_of(person: User) -> list[tuple[str, str]]:
    """Return address and name of people near: at the same faculty, or whatever stands right below the top."""
    parent_of = person.parent_of_units()
    tops = {_second_from_top(unit, parent_of) for unit in person.memberships.own().values_list("unit_id", flat=True)}  # type: ignore[attr-defined]
    near = [unit for unit in parent_of if _is_in(unit, tops, parent_of)]
    found = User.objects.filter(is_active=True, memberships__unit__in=near).exclude(pk=person.pk).distinct()
    return list(found.order_by("name").values_list("email", "name"))


def _second_from_top(unit: int, parent_of: dict[int, int | None]) -> int:
    parent = parent_of[unit]
    while parent is not None and parent_of[parent] is not None:
        unit, parent = parent, parent_of[parent]
    return unit


def _is_in(unit: int | None, tops: set[int], parent_of: dict[int, int | None]) -> bool:
    while unit is not None and unit not in tops:
        unit = parent_of[unit]
    return unit is not None


def person_named(words: str) -> list[User]:
    """Return those with an open account and this address or name. In Python, as SQLite does not fold Æ, Ø and Å."""
    asked = " ".join(words.split()).casefold()
    active = User.objects.filter(is_active=True)
    if "@" in asked:
        return list(active.filter(email__iexact=asked))
    named = [pk for pk, name in active.values_list("pk", "name") if " ".join(name.split()).casefold() == asked]
    return list(active.filter(pk__in=named))
