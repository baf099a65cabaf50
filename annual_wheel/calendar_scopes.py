"""What calendars are made of: a wheel, a unit or a person, each with the revision of the store at its last change.

An entry says which scopes it stands in, and a calendar which ones it shows: one that none of them has changed for since
it was made, need not be made again. A scope is a fact of the entry, not a right: who may see what is asked elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from annual_wheel.models import CalendarScope, Task
from organisation.models import Membership, User


def of_wheel(wheel_id: int) -> str:
    return f"wheel {wheel_id}"


def of_unit(unit_id: int) -> str:
    return f"unit {unit_id}"


def of_person(user_id: int) -> str:
    return f"person {user_id}"


def of_task(task: Task, shared_with: Iterable[int]) -> list[str]:
    """Those who have the task on their list."""
    units = [of_unit(unit_id) for unit_id in (task.unit_id, *sorted(shared_with))]
    return units + ([of_person(task.assigned_to_id)] if task.assigned_to_id else [])


def of_people_in(log_rows: dict[Any, int]) -> set[str]:
    """The people who have got or lost something they may do; also whoever stands in for one of them.

    `log_rows` has for each log the number after which it is read.
    """
    people: set[int] = set()
    for model, read_to in log_rows.items():
        column = "id" if model is User else "user_id"
        people.update(model.history.filter(history_id__gt=read_to).order_by().values_list(column, flat=True))
    stand_ins = Membership.objects.filter(through__user__in=people).order_by().values_list("user", flat=True)
    return {of_person(pk) for pk in people.union(stand_ins)}


def known(language: str, names: Iterable[str]) -> list[CalendarScope]:
    """These scopes' rows; what has had no entry yet gets one (at most three queries)."""
    wanted = set(names)
    rows = list(CalendarScope.objects.filter(language=language, name__in=wanted))
    if len(rows) < len(wanted):
        new = [CalendarScope(language=language, name=name) for name in sorted(wanted)]
        CalendarScope.objects.bulk_create(new, ignore_conflicts=True)
        rows = list(CalendarScope.objects.filter(language=language, name__in=wanted))
    return rows


def mark(language: str, names: Iterable[str], *, revision: int) -> None:
    """These scopes have changed."""
    rows = [CalendarScope(language=language, name=name, revision=revision) for name in sorted(set(names))]
    CalendarScope.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=("language", "name"), update_fields=("revision",)
    )


def mark_all(language: str, *, revision: int) -> None:
    CalendarScope.objects.filter(language=language).update(revision=revision)
