"""What stands in whose calendar: tasks, deadlines and events as all-day entries.

A person's calendar has the tasks of the units where they work, and the deadlines and events in those units' wheels and
the wheels above them. A unit's calendar has the same for one unit. An event that one's units tick off stands there once
for each of them, as their tasks do. What goes on all year ("løpende") stays out: it would lie across every day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from annual_wheel.calendar_scopes import of_person, of_unit, of_wheel
from annual_wheel.event_store import catch_up
from annual_wheel.ical import Alarm, Parts, Row, calendar_bytes
from annual_wheel.models import Edition, EntryKind, StoredEvent, StoredState, Task, Wheel
from annual_wheel.phrases import language
from organisation.models import Unit, User
from organisation.permissions import PERMISSIONS, Permission, Role

HELD: Final = (EntryKind.EVENT, EntryKind.DEADLINE)
DATED: Final = (EntryKind.TASK, *HELD)
TICKING: Final = [role for role in Role if Permission.TICK in PERMISSIONS[role]]
OVER: Final = (StoredState.DONE, StoredState.ASIDE)


@dataclass(frozen=True, slots=True)
class Choice:
    """How somebody wants a calendar: what kinds of entries, whether what is done, as what, and when it rings."""

    kinds: tuple[str, ...] = DATED
    has_done: bool = True
    as_todo: bool = False
    alarm: Alarm | None = None


EVERYTHING: Final = Choice()


class Stored(NamedTuple):
    """A row of the store, in the order that calendars have."""

    first_on: date
    last_on: date
    uid: str
    edition_id: int
    state: str
    title: bytes
    title_with_unit: bytes
    shared: bytes
    as_event: bytes
    as_todo: bytes

    def row(self, *, names_unit: bool) -> Row:
        title = self.title_with_unit if names_unit and self.title_with_unit else self.title
        parts = Parts(title, self.shared, self.as_event, self.as_todo)
        return Row(parts, may_ring=self.state == StoredState.OPEN)


@dataclass(frozen=True, slots=True)
class OneCalendar:
    """`scopes` are the names of all that it shows: while none of them has a change, it stays as it is.

    It speaks the language that is on when it is made, whatever is on when it is written.
    """

    name: str
    url: str
    scopes: frozenset[str]
    choice: Choice = EVERYTHING
    rows: Sequence[Stored] = field(default_factory=tuple)

    language: str = field(default_factory=language)

    def to_bytes(self) -> bytes:
        """A task names its unit where the calendar has the tasks of several for the same edition."""
        how_many = Counter(row.edition_id for row in self.rows if row.title_with_unit)
        with translation.override(self.language):
            rings = _("Frist i Rød tråd")
        return calendar_bytes(
            self.name,
            (row.row(names_unit=how_many[row.edition_id] > 1) for row in self.rows),
            language=self.language,
            url=self.url,
            as_todo=self.choice.as_todo,
            alarm=self.choice.alarm,
            rings=rings,
        )


def personal_calendar(
    user: User, *, today: date, year: int | None = None, choice: Choice = EVERYTHING, also: Iterable[int] = ()
) -> OneCalendar:
    """The calendar of one person, with nothing in it that they may not see today; `also` are wheels they follow."""
    memberships = user.memberships_on(today)
    ticking = sorted({held.unit_id for held in memberships if held.role in TICKING})
    own = Task.objects.of_units(ticking).values("pk")
    tasks = Task.objects.visible_to(user, today=today).filter(Q(pk__in=own) | Q(assigned_to=user))
    owners = _with_all_above({held.unit_id for held in memberships}, user.parent_of_units())
    wheels = _pks(Wheel.objects.visible_to(user).filter(Q(owner__in=owners) | Q(pk__in=also)))
    rows = _rows(tasks, wheels, HELD, today=today, year=year, choice=choice)
    scopes = {of_person(user.pk), *map(of_unit, ticking), *map(of_wheel, wheels)}
    return OneCalendar(_("Rød tråd"), f"{settings.BASE_URL}/mitt-arbeid/", frozenset(scopes), choice, rows)


def unit_calendar(
    unit: Unit, *, reader: User | None, today: date, year: int | None = None, choice: Choice = EVERYTHING
) -> OneCalendar:
    """A unit's calendar as the reader may see it, or all of it where no reader is named."""
    tasks = Task.objects.of_units([unit.pk])
    if reader is not None:
        tasks = tasks.filter(pk__in=Task.objects.visible_to(reader, today=today).values("pk"))
    parent_of = dict(Unit.objects.without_tree_fields().order_by().values_list("pk", "parent_id"))
    wheels = _pks(Wheel.objects.filter(owner__in=_with_all_above([unit.pk], parent_of)))
    rows = _rows(tasks, wheels, HELD, today=today, year=year, choice=choice)
    scopes = {of_unit(unit.pk), *map(of_wheel, wheels)} | ({of_person(reader.pk)} if reader else set())
    name, url = _("Rød tråd: %(unit)s") % {"unit": unit.label}, f"{settings.BASE_URL}/aarshjul/"
    return OneCalendar(name, url, frozenset(scopes), choice, rows)


def wheel_calendar(wheel: Wheel, *, today: date, year: int | None = None, choice: Choice = EVERYTHING) -> OneCalendar:
    """Everything in a wheel that has a time of its own, each item once however many units tick it off."""
    rows = _rows(Task.objects.none(), [wheel.pk], DATED, today=today, year=year, choice=choice)
    name, url = _("Rød tråd: %(unit)s") % {"unit": wheel.title}, f"{settings.BASE_URL}{wheel.get_absolute_url()}"
    return OneCalendar(name, url, frozenset({of_wheel(wheel.pk)}), choice, rows)


def _with_all_above(unit_ids: Iterable[int], parent_of: Mapping[int, int | None]) -> set[int]:
    found: set[int] = set()
    for unit_id in unit_ids:
        above: int | None = unit_id
        while above is not None and above not in found:
            found.add(above)
            above = parent_of[above]
    return found


def _pks(wheels: QuerySet[Wheel]) -> list[int]:
    return list(wheels.order_by().values_list("pk", flat=True))


def years_ahead(*, today: date) -> list[int]:
    """Last year and what comes, so that a calendar does not grow for ever."""
    years = Edition.objects.filter(year__gte=today.year - 1).order_by().values_list("year", flat=True)
    return sorted(years.distinct())


def _rows(
    tasks: QuerySet[Task], wheels: list[int], held: Sequence[str], *, today: date, year: int | None, choice: Choice
) -> list[Stored]:
    """The entries of these tasks, and what these wheels hold of these kinds and one does not have as a task."""
    years = [year] if year else years_ahead(today=today)
    catch_up(language(), years)
    stored = StoredEvent.objects.filter(language=language(), year__in=years, is_shown=True, kind__in=choice.kinds)
    found = _stored(stored.filter(task__in=tasks.filter(edition__year__in=years).order_by().values("pk")))
    ticked = {row.edition_id for row in found if row.state != StoredState.ASIDE}
    of_held = _stored(stored.filter(task=None, wheel__in=wheels, kind__in=held))
    found += [row for row in of_held if row.edition_id not in ticked]
    return sorted(row for row in found if choice.has_done or row.state not in OVER)


def _stored(rows: Any) -> list[Stored]:
    return [Stored(*row) for row in rows.order_by().values_list(*Stored._fields)]
