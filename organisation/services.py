"""What an administrator does with people, roles, functions and groups. Acts are logged with who, and can be undone."""

from __future__ import annotations

from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from config.lib.days import day_words
from config.lib.saving import signed
from organisation.models import FunctionHolder, GroupMember, Membership, Unit, User
from organisation.permissions import Permission, Role

DatedRow = Membership | FunctionHolder | GroupMember


class CannotChange(Exception):
    """The change is refused; the message is for the person who tried."""


@transaction.atomic
def add_person(*, email: str, name: str, language: str, unit: Unit, role: str, by: User, today: date) -> User:
    """Make an account without a password, with its first role; the invitation lets its owner choose the password.

    Somebody who has an account already, perhaps at a unit that `by` does not see, keeps it and gets the role.
    CannotChange where that account is closed, or has the role.
    """
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        person = User.objects.create_user(email, None, name=name, language=language, made_by=by)
    elif not person.is_active:
        raise CannotChange(_("Denne adressen har en konto som er stengt. Den må åpnes igjen først."))
    give_role(Membership(user=person, unit=unit, role=role, from_on=today), by=by, today=today)
    return person


@transaction.atomic
def save_person(person: User, *, by: User) -> User:
    """Save a person's details. The address one logs in with is the new one alone: allauth keeps copies."""
    person.email = person.email.lower()
    signed(person, by=by).save()
    EmailAddress.objects.filter(user=person).exclude(email__iexact=person.email).delete()
    return person


def deactivate(person: User, *, by: User) -> None:
    """Shut a person out at once. Roles, functions and everything they did stay as they are."""
    if person == by:
        raise CannotChange(_("Du kan ikke stenge din egen konto. Be en annen administrator."))
    person.is_active = False
    signed(person, by=by).save(update_fields=["is_active"])


def reactivate(person: User, *, by: User) -> None:
    person.is_active = True
    signed(person, by=by).save(update_fields=["is_active"])


def give_role(row: Membership, *, by: User, today: date) -> DatedRow:
    """Store a role; CannotChange where it is not `by`'s to give, or is there already."""
    if words := refusal(row, by=by, today=today):
        raise CannotChange(words)
    return add_dated(row, by=by)


def add_dated(row: DatedRow, *, by: User, reason: str = "") -> DatedRow:
    """Store a function or a group membership, or a role; CannotChange where the same is there already."""
    try:
        with transaction.atomic():
            signed(row, by=by, why=reason).save()
    except IntegrityError:
        raise CannotChange(_("Dette er ført opp fra før, uten sluttdato.")) from None
    return row


def end_dated(row: DatedRow, *, last_day: date, by: User, reason: str = "") -> DatedRow:
    """Let it hold to the end of a day; CannotChange for one's own administrator role: somebody must have one."""
    _refuse_own_key(row, by=by)
    if row.from_on and last_day < row.from_on:
        raise CannotChange(_("Siste dag kan ikke være før den første."))
    if isinstance(row, Membership) and row.through_id and row.to_on and last_day > row.to_on:
        raise CannotChange(
            _("Vikaren slutter %(day)s. Å avslutte kan bare gjøre tiden kortere.") % {"day": day_words(row.to_on)}
        )
    row.to_on = last_day
    signed(row, by=by, why=reason or gettext_noop("Avsluttet.")).save()
    return row


def _refuse_own_key(row: Any, *, by: User) -> None:
    if isinstance(row, Membership) and is_own_key(row, by=by):
        raise CannotChange(_("Du kan ikke ta fra deg selv rollen som administrator. Be en annen administrator."))


def is_own_key(row: Membership, *, by: User) -> bool:
    """Whether this is one's own administrator role, which somebody else must take away. One that is lent is not."""
    return row.user_id == by.pk and row.role == Role.ADMINISTRATOR and row.through_id is None


def refusal(row: Membership, *, by: User, today: date) -> str:
    """Say why `by` may not give, end or bring back this role; empty where they may.

    Who administers a unit only while standing in must not come out of it with more than they went in with.
    """
    if row.unit_id in by.own_reach(today)[Permission.ADMINISTER]:
        return ""
    if row.role == Role.ADMINISTRATOR:
        return _("Som vikar kan du ikke gi eller avslutte rollen som administrator.")
    if row.user_id == by.pk:
        return _("Som vikar kan du ikke endre dine egne roller.")
    return ""


def last_change(row: models.Model) -> int:
    """Return the number of the row's newest log line: what an undo must still find there."""
    return int(row.history.latest().history_id)  # type: ignore[attr-defined]


@transaction.atomic
def undo(row: Any, *, change: int, by: User) -> None:
    """Take back the change with this number: bring the row back as it was before, or away if that made it.

    CannotChange where somebody has changed it since.
    """
    _refuse_own_key(row, by=by)
    log = list(row.history.order_by("-history_id")[:2])
    if log[0].history_id != change:
        raise CannotChange(_("Dette er endret igjen etterpå, så endringen kan ikke angres herfra."))
    if len(log) == 1:
        _take_away(row, by=by)
        return
    before = log[1].instance
    for field in row._meta.concrete_fields:
        if not field.primary_key:
            setattr(row, field.attname, getattr(before, field.attname))
    try:
        with transaction.atomic():
            signed(row, by=by, why=gettext_noop("Angret.")).save()
    except IntegrityError:
        raise CannotChange(_("Det samme er ført opp på nytt i mellomtiden.")) from None


def _take_away(row: Any, *, by: User) -> None:
    if not isinstance(row, DatedRow):
        raise CannotChange(_("Det som er laget, slettes ikke. Avslutt det med en dato i stedet."))
    try:
        with transaction.atomic():
            signed(row, by=by, why=gettext_noop("Angret.")).delete()
    except models.ProtectedError:
        raise CannotChange(
            _("Noen er eller har vært vikar i denne rollen. Avslutt den med en dato i stedet.")
        ) from None
