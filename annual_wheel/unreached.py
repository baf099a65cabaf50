"""What nobody is reminded of, and where no leader hears of it: there is nobody, or those there are want no mail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from annual_wheel.models import Task, TaskQuerySet, Wheel
from annual_wheel.recipients import Directory, Told, names_of, people_of
from annual_wheel.rows import address_of
from organisation.models import ReminderRhythm, Unit, User

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Unreached:
    """An entry with units where nobody is told."""

    text: str
    url: str
    why: str


def wants_mail(user: User) -> bool:
    return user.reminder_rhythm != ReminderRhythm.NEVER


def reaches_nobody(told: Iterable[Told]) -> bool:
    return not any(wants_mail(user) for user in people_of(told))


def unreached_of(wheel: Wheel, *, directory: Directory, today: date) -> list[Unreached]:
    """The entries with something open this year that nobody is told of, in the order they should be done."""
    well_off = [unit for unit, users in directory.contributors.items() if any(map(wants_mail, users))]
    tasks = (
        _open_tasks(wheel, today)
        .exclude(Q(unit__in=well_off) & Q(assigned_to=None))
        .select_related("edition__entry__wheel", "unit", "assigned_to")
        .prefetch_related("shared_with", "edition__entry__responsibilities", "edition__responsibilities")
    )
    found: dict[int, list[tuple[Task, list[Told]]]] = {}
    for task in tasks.by_due_day():
        told = directory.told_of(task)
        if reaches_nobody(told):
            found.setdefault(task.edition_id, []).append((task, told))
    return [_row(same, today) for same in found.values()]


def unled_of(wheel: Wheel, *, directory: Directory, today: date) -> list[str]:
    """Where something is open this year and no leader hears of what is late for long, as the owner wants them to."""
    if wheel.escalates_after is None:
        return []
    led = [unit for unit, leaders in directory.leaders.items() if any(map(wants_mail, leaders))]
    units = Unit.objects.without_tree_fields().filter(pk__in=_open_tasks(wheel, today).values("unit"))
    silent = list(units.exclude(pk__in=led).order_by("name"))
    without = ", ".join(unit.label for unit in silent if unit.pk not in directory.leaders)
    return [
        *([_("Uten leder: %(units)s") % {"units": without}] if without else []),
        *(_want_none(unit, directory.leaders[unit.pk]) for unit in silent if unit.pk in directory.leaders),
    ]


def _open_tasks(wheel: Wheel, today: date) -> TaskQuerySet:
    return Task.objects.open().filter(edition__entry__wheel=wheel, edition__year__gte=today.year)


def _row(same: list[tuple[Task, list[Told]]], today: date) -> Unreached:
    edition = same[0][0].edition
    why = "; ".join(_why(task, people_of(told)) for task, told in same)
    return Unreached(edition.said.text, address_of(edition, today=today), why)


def _why(task: Task, people: list[User]) -> str:
    if not people:
        return _("%(unit)s: ingen har en rolle der") % {"unit": task.unit.label}
    return _want_none(task.unit, people)


def _want_none(unit: Unit, people: list[User]) -> str:
    return _("%(unit)s: %(people)s vil ikke ha påminnelser") % {"unit": unit.label, "people": names_of(people)}
