"""My work in its groups, the most urgent first. A long group is folded: what is not shown is counted, not made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annual_wheel.filters import WORK_GROUPS
from annual_wheel.models import EntryKind
from annual_wheel.work_list import Listed
from annual_wheel.work_page import WorkRow
from organisation.models import User

MOST_SHOWN: Final = 10
MOST_DONE_SHOWN: Final = 5  # what is done has its receipt; nobody has to do anything with it
LEAST_FOLDED: Final = 3  # a press should be worth it
SLUGS: Final = {code: slug for slug, code in WORK_GROUPS.items()}


@dataclass(frozen=True, slots=True)
class Heap:
    """All the tasks of a group, and how many of them are shown before the rest is asked for."""

    code: str
    tasks: tuple[Listed, ...]
    most: int = MOST_SHOWN

    @property
    def shown(self) -> tuple[Listed, ...]:
        return self.tasks if len(self.tasks) < self.most + LEAST_FOLDED else self.tasks[: self.most]

    def folds(self, task: int | None) -> bool:
        """Whether the task is here and is not shown."""
        return task is not None and all(each.pk != task for each in self.shown) and task in self

    def __contains__(self, task: int) -> bool:
        return any(each.pk == task for each in self.tasks)

    def since(self, task: int | None) -> tuple[Listed, ...]:
        """The tasks from this one on; all of them where it is not among them."""
        at = next((place for place, each in enumerate(self.tasks) if each.pk == task), 0)
        return self.tasks[at:]


@dataclass(frozen=True, slots=True)
class More:
    """What a group has besides what is shown, and where it comes from."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    code: str
    title: str
    hint: str
    rows: tuple[WorkRow, ...]
    more: More | None = None


def heaps_of(tasks: Iterable[Listed], *, user: User | None = None, today: date) -> list[Heap]:
    """Put tasks where they belong: what was given to oneself, late, then by month, then what goes on all year.

    Where a task belongs does not change when it is ticked off: it is to be found where it was.
    """
    next_month = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    after_next = (next_month + timedelta(days=32)).replace(day=1)
    tests: tuple[tuple[str, Callable[[Listed], bool]], ...] = (
        ("mine", lambda task: user is not None and task.assigned_to_id == user.pk),
        ("ongoing", lambda task: _goes_on(task, today)),
        ("late", lambda task: task.is_behind(today)),
        ("passed", lambda task: task.due_on < today),
        ("now", lambda task: task.due_on < next_month),
        ("next", lambda task: task.due_on < after_next),
    )
    found: dict[str, list[Listed]] = {code: [] for code in SLUGS}
    for task in tasks:
        found[next((code for code, holds in tests if holds(task)), "later")].append(task)
    heaps = [Heap(code, tuple(of_group)) for code, of_group in found.items() if of_group]
    # What comes later is folded whole, unless nothing comes before it.
    return [Heap(heap.code, heap.tasks, 0) if heap.code == "later" and heap != heaps[0] else heap for heap in heaps]


def _goes_on(task: Listed, today: date) -> bool:
    """Whether the task goes through a year that has begun."""
    return task.kind == EntryKind.ONGOING and task.earliest_on <= today


def done_heap(tasks: Sequence[Listed]) -> Heap:
    return Heap("done", tuple(tasks), MOST_DONE_SHOWN)


def heading_of(heap: Heap) -> tuple[str, str]:
    """The group's title, and what is said beside it."""
    titles = {
        "mine": _("Tildelt deg"),
        "late": _("Forsinket"),
        "now": _("Denne måneden"),
        "next": _("Neste måned"),
        "later": _("Senere"),
        "passed": _("Datoen er passert"),
        "ongoing": _("Løpende"),
        "done": _("Gjort den siste måneden"),
    }
    hints = {"passed": _("Dette bør eller kan fortsatt gjøres."), "ongoing": _("Dette går gjennom året.")}
    return titles[heap.code], hints.get(heap.code, "")


def more_words(heap: Heap) -> str:
    left = len(heap.tasks) - len(heap.shown)
    if heap.shown:
        return ngettext("Vis %(count)d til", "Vis %(count)d til", left) % {"count": left}
    return ngettext("Vis %(count)d oppgave", "Vis %(count)d oppgaver", left) % {"count": left}


def open_count(tasks: Iterable[Listed]) -> int:
    return sum(task.is_open for task in tasks)
