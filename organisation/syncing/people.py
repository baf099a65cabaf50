"""A file of people and roles: one row for each role, and one for whoever has none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from config.lib.norwegian import sort_key
from organisation.models import Membership, Unit, User
from organisation.permissions import Role
from organisation.syncing.cells import tidy, words_for
from organisation.syncing.columns import Kind, Record, heading_of
from organisation.syncing.dated import Wanted, ended, lay_beside
from organisation.syncing.plan import Names, Planned, Scope, refuse_unknown, unit_in_reach, unit_names


@dataclass
class Person:
    """What is known of one address: the account or the one to be made, and what the file has said so far."""

    user: User
    is_new: bool
    row: int  # the first that names them
    may_be_changed: bool
    said: dict[str, str] = field(default_factory=dict)


@dataclass
class Known:
    """All that rows are judged by, read once however many they are."""

    scope: Scope
    units: Names
    users: dict[str, User]
    standing: dict[int, list[Membership]]  # by person, also what is lent to them

    @classmethod
    def read(cls, scope: Scope) -> Known:
        units = list(Unit.objects.without_tree_fields())
        users = {user.email.casefold(): user for user in User.objects.defer("password", "last_login")}
        by_pk = {user.pk: user for user in users.values()}
        unit_of = {unit.pk: unit for unit in units}
        standing: dict[int, list[Membership]] = defaultdict(list)
        for row in scope.stored(Membership.objects.standing(scope.today).order_by("pk")):
            row.user, row.unit = by_pk[row.user_id], unit_of[row.unit_id]
            standing[row.user_id].append(row)
        return cls(scope, unit_names(units), users, standing)

    def in_reach(self) -> Iterable[Membership]:
        """The roles of people's own that a file is about: at units in reach, of open accounts."""
        for rows in self.standing.values():
            for row in rows:
                if row.through_id is None and row.unit_id in self.scope.units and row.user.is_active:
                    yield row


def cells(scope: Scope) -> list[list[str]]:
    """Return what stands now, in the file's columns."""
    known = Known.read(scope)
    rows = sorted(known.in_reach(), key=lambda row: (sort_key(row.user.name), row.user.email, row.unit.slug, row.pk))
    with_role = {row.user_id for row in rows}
    found = [
        [*_about(row.user), row.unit.slug, str(row.get_role_display()), _day(row.from_on), _day(row.to_on)]  # type: ignore[attr-defined]
        for row in rows
    ]
    if scope.is_everything:
        others = [user for user in known.users.values() if user.is_active and user.pk not in with_role]
        found += [[*_about(user), "", "", "", ""] for user in sorted(others, key=lambda user: sort_key(user.name))]
    return found


def _about(user: User) -> list[str]:
    return [user.email, tidy(user.name), str(user.get_language_display())]


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def plan(records: Sequence[Record], scope: Scope, *, ends_missing: bool) -> list[Planned]:
    known = Known.read(scope)
    roles, languages = words_for(Role.choices), words_for(settings.LANGUAGES)
    people: dict[str, Person] = {}
    wanted: dict[tuple[str, int, str], list[Wanted]] = defaultdict(list)
    rows: list[Planned] = []
    without: dict[str, int] = {}
    for record in records:
        planned = Planned(record.number, _title(record))
        rows.append(planned)
        email = record.said("email").casefold()
        person = _person(planned, record, email, people, known, languages)
        place = _place(planned, record, known, roles)
        days = Wanted.of(planned, record) if record.said("unit") or record.said("role") else None
        if person is None:
            continue
        if days is None:
            _without_role(planned, email, person, without, scope)
        elif place is not None:
            wanted[email, place[0].pk, place[1]].append(days)
    missing = _lay_roles(wanted, people, known)
    _with_people(rows, people, records)
    if ends_missing:
        rows += filter(None, (ended(row, role_title(row), scope) for row in missing))
    return rows


def _title(record: Record) -> str:
    parts = map(record.said, ("name", "email", "role", "unit"))
    return ", ".join(filter(None, parts)) or _("uten navn")


def role_title(row: Membership) -> str:
    return f"{row.user}, {row.get_role_display()}, {row.unit.label}"


def _person(
    planned: Planned, record: Record, email: str, people: dict[str, Person], known: Known, languages: Any
) -> Person | None:
    """Return whose row it is, with what it says of them; None where that is not known."""
    language = _language(planned, record, languages)
    try:
        validate_email(email)
    except ValidationError:
        said = record.said("email")
        planned.fail(_("«%(email)s» er ikke en e-postadresse.") % {"email": said} if said else _("E-post mangler."))
        return None
    person = people.get(email)
    if person is None:
        person = _first_met(planned, record, email, known)
        people[email] = person
    if not person.user.is_active:
        planned.fail(_("Kontoen er stengt. Åpne den først."))
        return None
    if person.is_new and not record.said("name") and "name" not in person.said:
        planned.fail(_("Navn mangler. En ny person må ha et."))
    for name, words in (("name", record.said("name")), ("language", language)):
        _say(planned, person, name, words)
    return person


def _language(planned: Planned, record: Record, languages: Any) -> str:
    words = record.said("language")
    if words and words.casefold() not in languages:
        labels = [label for _code, label in settings.LANGUAGES]
        refuse_unknown(planned, words, heading_of(Kind.PEOPLE, "language"), labels)
    return str(languages.get(words.casefold(), ""))


def _first_met(planned: Planned, record: Record, email: str, known: Known) -> Person:
    user = known.users.get(email)
    if user is None:
        made = User(email=email)
        made.set_unusable_password()
        return Person(made, True, record.number, True)
    standing = [(row.unit_id, row.role) for row in known.standing.get(user.pk, [])]
    return Person(user, False, record.number, known.scope.may_change(user, standing))


def _say(planned: Planned, person: Person, name: str, words: str) -> None:
    """Note what a row says of the person. Two rows that say different things cannot both be right."""
    if not words:
        return
    if person.said.setdefault(name, words) != words:
        said = {"words": words, "others": person.said[name], "number": person.row}
        planned.fail(_("Samme e-postadresse med noe annet i rad %(number)d: «%(others)s», her «%(words)s».") % said)
    elif len(words) > User._meta.get_field(name).max_length:  # type: ignore[union-attr,operator]
        planned.fail(_("Navnet er for langt."))
    elif not person.may_be_changed and words != tidy(getattr(person.user, name)):
        planned.fail(_("Personen har også roller du ikke administrerer, så du kan ikke endre navn eller språk."))


def _place(planned: Planned, record: Record, known: Known, roles: Any) -> tuple[Unit, str] | None:
    """Return which role and where; None where the row names none, or names it wrongly."""
    unit_words, role_words = record.said("unit"), record.said("role")
    if not unit_words and not role_words:
        return None
    if not unit_words or not role_words:
        planned.fail(_("Skriv både enhet og rolle, eller ingen av dem."))
    role = roles.get(role_words.casefold())
    if role_words and role is None:
        refuse_unknown(planned, role_words, heading_of(Kind.PEOPLE, "role"), Role.labels)
    unit = unit_in_reach(planned, unit_words, known.units, known.scope)
    return (unit, role) if unit and role else None


def _without_role(planned: Planned, email: str, person: Person, without: dict[str, int], scope: Scope) -> None:
    if planned.errors:
        return
    if email in without:
        planned.fail(_("Det samme står i rad %(number)d.") % {"number": without[email]})
    elif person.is_new and not scope.is_everything:
        planned.fail(_("En ny person må få en rolle ved en enhet du administrerer."))
    without[email] = planned.number


def _lay_roles(
    wanted: dict[tuple[str, int, str], list[Wanted]], people: dict[str, Person], known: Known
) -> list[Membership]:
    """Plan the roles, and return those in reach that the file does not name."""
    standing: dict[tuple[str, int, str], list[Membership]] = defaultdict(list)
    for row in known.in_reach():
        standing[row.user.email.casefold(), row.unit_id, row.role].append(row)
    unit_of = {unit.pk: unit for unit in known.units.by_slug.values()}
    missing = [row for key, rows in standing.items() if key not in wanted for row in rows]
    for key, asked in wanted.items():
        email, unit, role = key

        def make(email: str = email, unit: int = unit, role: str = role) -> Membership:
            return Membership(user=people[email].user, unit=unit_of[unit], role=role)

        missing += lay_beside(asked, standing.get(key, []), make, known.scope)
    return missing


def _with_people(rows: Sequence[Planned], people: dict[str, Person], records: Sequence[Record]) -> None:
    """Let the first row of each person that is right bring the account or the change of it."""
    told = set()
    for planned, record in zip(rows, records, strict=True):
        email = record.said("email").casefold()
        person = people.get(email)
        if person is None or planned.errors:
            continue
        if person.is_new and person.user not in planned.writes:
            planned.make(person.user)
        if email in told:
            continue
        told.add(email)
        of_role, planned.changes = planned.changes, []
        for name, words in person.said.items():
            planned.set(person.user, name, words, is_new=person.is_new)
        planned.changes += of_role
