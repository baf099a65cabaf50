"""My work: what is open for the units one acts for, in the order it should be done, and what others still miss."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from annual_wheel.models import Edition, EditionQuerySet, EntryKind, Task, TaskStatus
from annual_wheel.phrases import bound_of, distance, due_phrase
from annual_wheel.rows import address_of, duty_words, is_late
from annual_wheel.task_rows import TaskRow, task_row
from annual_wheel.thread import Text, why_of
from annual_wheel.verbs import lines_with, with_lines
from annual_wheel.work_list import Listed
from config.lib.norwegian import sort_key
from config.lib.ready_query import ReadyColumns
from config.lib.ui import icon
from config.lib.ui import kind as kind_chip
from organisation.groups import groups_with
from organisation.models import Relation, Unit, User
from organisation.permissions import Permission
from planning.models import Modality

SOON_DAYS = 62  # how far ahead one looks for what others are to do


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A task in the list, with the words round it."""

    task: TaskRow
    url: str
    text: str
    kind: str
    unit: str
    phrase: str
    relative: str
    latest: str
    is_late: bool
    bound: str
    warning: str
    duty: str
    wheel: str
    why: tuple[Text, ...]
    condition: Text | None  # the group it holds for, where a unit can tell that it is no longer one of those

    @property
    def place(self) -> str:
        """What the address of the page ends with, to come back to this row whatever has become of it."""
        return f"oppgave={self.task.mark}#task-{self.task.mark}"

    @property
    def small_print(self) -> SafeString:
        """What follows the date: for which unit, how binding, what kind, ahead of what; most rows have little of it."""
        parts = [
            format_html("<strong>{}</strong>", self.unit) if self.unit else "",
            format_html('<span class="work-duty">{}</span>', self.duty) if self.duty else "",
            kind_chip(self.kind) if self.kind != EntryKind.TASK else "",  # nearly all are, and the press says it
            *[format_html("<span>{}</span>", said) for said in (self.bound, self.task.shared, self.task.told) if said],
            format_html('<a href="{}">{}</a>', self.condition.url, self.condition.text) if self.condition else "",
            format_html('<span class="when-warning">{}{}</span>', icon("warning"), self.warning)
            if self.warning
            else "",
        ]
        return SafeString("".join(parts))

    @property
    def thread(self) -> SafeString:
        return _thread(self.why, get_language())


@lru_cache(maxsize=1000)
def _thread(steps: tuple[Text, ...], language: str | None) -> SafeString:
    """The short thread, kept by its words: few threads stand in many rows."""
    return SafeString(render_to_string("_why.html", {"steps": steps}))


@dataclass(frozen=True, slots=True)
class OthersRow:
    """An edition where others have something left: how many have ticked, and who has not."""

    url: str
    text: str
    kind: str
    phrase: str
    relative: str
    latest: str
    is_late: bool
    done: int
    total: int
    missing: str
    part: str


def tasks_for_rows(listed: Iterable[Listed], user: User, *, today: date) -> list[Task]:
    """The tasks with all that their rows say, in the same order; one that is gone by now is left out."""
    wanted = [each.pk for each in listed]
    found = {task.pk: task for task in Task.objects.filter(pk__in=wanted).order_by().for_rows(user, today=today)}
    return [found[pk] for pk in wanted if pk in found]


def units_of(task: Task) -> list[Unit]:
    """The units whose lists the task stands on; `for_rows` has fetched them."""
    return [task.unit, *task.shared_with.all()]


def work_row(
    task: Task,
    *,
    own: Collection[int],
    tickable: frozenset[int],
    today: date,
    conditions: Mapping[int, Text] | None = None,
) -> WorkRow:
    """Make a task's row; the unit is said where the person has more than one. `conditions` are by edition."""
    edition = task.edition
    entry = edition.entry
    is_ongoing = entry.kind == EntryKind.ONGOING
    return WorkRow(
        task=task_row(task, tickable=tickable, today=today),
        url=address_of(edition, today=today),
        text=edition.said.text,
        kind=entry.kind,
        unit=_units_of(task, own) if len(own) > 1 else "",
        phrase=due_phrase(edition, today=today),
        relative="" if is_ongoing or task.status != TaskStatus.OPEN else distance(edition.due_on, today=today),
        latest="" if is_ongoing else edition.due_on.isoformat(),
        is_late=task.is_overdue(today),
        bound=bound_of(edition),
        warning=_("Datoen er ikke kjent ennå.") if edition.said.bound_words and edition.bound_on is None else "",
        duty=duty_words(entry.modality),
        wheel=entry.wheel.title,
        why=why_of(entry),
        condition=(conditions or {}).get(edition.pk) if task.status == TaskStatus.OPEN else None,
    )


def conditions_of(tasks: Iterable[Task]) -> dict[int, Text]:
    """The groups that leave out those on a list, by edition: on that list's page a unit joins or leaves it."""
    years = {task.edition_id: task.edition.year for task in tasks}
    leaving_out = {pk for (pk,) in LEAVING_OUT.rows(year=min(years.values()))} & years.keys() if years else set()
    found: dict[int, Text] = {}
    if not leaving_out:
        return found
    editions = Edition.objects.filter(pk__in=leaving_out)
    for edition in editions.prefetch_related(*lines_with("group__except_group")):
        for line in edition.lines:
            if line.is_lead and line.group and line.group.except_group:
                words = _("Gjelder «%(group)s»") % {"group": line.group}
                found[edition.pk] = Text(words, reverse("group", args=[line.group.except_group.slug]))
    return found


def _leaving_out(*, year: int) -> QuerySet[Edition, Any]:
    lines = with_lines(Q(relation=Relation.LEAD, group__except_group__isnull=False))
    return Edition.objects.filter(lines, year__gte=year).order_by().values_list("pk")


LEAVING_OUT: Final = ReadyColumns(_leaving_out, year=int)


def _units_of(task: Task, own: Collection[int]) -> str:
    return ", ".join(unit.label for unit in units_of(task) if unit.pk in own)


def waiting_for_others(user: User, units: Collection[int], *, today: date) -> list[OthersRow]:
    """Editions that one's units take part in without ticking, where those who tick have something left."""
    groups = groups_with(units, on=today)
    taking_part = ~Q(relation=Relation.LEAD) & (Q(unit__in=units) | Q(group__in=groups))
    editions = (
        _with_work_left(today)
        .filter(with_lines(taking_part))
        .exclude(pk__in=Task.objects.of_units(units).values("edition"))
        .prefetch_related(*lines_with("unit", "group", "function"))
    )

    def part(edition: Edition) -> str:
        named = (line for line in edition.lines if line.unit_id in units or line.group_id in groups)
        return next(str(line) for line in named if not line.is_lead)

    return [
        _others_row(edition, [task.unit for task in _still_open(edition)], part(edition), today=today)
        for edition in editions
    ]


def units_below(user: User, own: Collection[int], *, today: date) -> Collection[int]:
    """The units that one edits for, other than one's own."""
    return user.reach(today)[Permission.EDIT] - set(own)


def left_at(units: Collection[int], *, today: date) -> EditionQuerySet:
    """What these units have open and soon should have done, what should have been done by now first."""
    return _with_work_left(today).open_at(units)


def missing_at(units: Collection[int], *, today: date) -> list[OthersRow]:
    """The same as rows, which name of those who miss it only these units."""
    return [
        _others_row(edition, [unit for task in _still_open(edition) for unit in _among(units, task)], today=today)
        for edition in left_at(units, today=today)
    ]


def _among(units: Collection[int], task: Task) -> list[Unit]:
    """The task's own unit where it is one of these, else those of them that share it."""
    return [task.unit] if task.unit_id in units else [unit for unit in task.shared_with.all() if unit.pk in units]


def _still_open(edition: Edition) -> list[Task]:
    return [task for task in edition.tasks.all() if task.status == TaskStatus.OPEN]


def _with_work_left(today: date) -> EditionQuerySet:
    editions = Edition.objects.filter(
        year__gte=today.year - 1, due_on__lte=today + timedelta(days=SOON_DAYS), entry__modality=Modality.MUST
    ).exclude(state="cancelled")
    counted = editions.exclude(entry__kind=EntryKind.ONGOING).with_counts().filter(open_count__gt=0)
    fetched = counted.select_related("entry").prefetch_related("tasks__unit", "tasks__shared_with")
    return fetched.order_by("due_on", "entry__position", "pk")


def _others_row(edition: Edition, missing: Iterable[Unit], part: str = "", *, today: date) -> OthersRow:
    return OthersRow(
        url=f"{edition.entry.get_absolute_url()}?aar={edition.year}#oppgaver",
        text=edition.said.text,
        kind=edition.entry.kind,
        phrase=due_phrase(edition, today=today),
        relative=distance(edition.due_on, today=today),
        latest=edition.due_on.isoformat(),
        is_late=is_late(edition, today=today),
        done=edition.done_count,  # type: ignore[attr-defined]
        total=edition.task_count,  # type: ignore[attr-defined]
        missing=_("Mangler: %(units)s") % {"units": ", ".join(sorted({unit.label for unit in missing}, key=sort_key))},
        part=part,
    )


def open_words(count: int) -> str:
    return ngettext("%(count)d oppgave", "%(count)d oppgaver", count) % {"count": count}
