"""The lists behind the numbers of a plan's report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annual_wheel import coverage
from annual_wheel.models import Task, TaskStatus
from annual_wheel.phrases import due_phrase
from annual_wheel.rows import address_in, address_of
from config.lib.norwegian import sort_key
from config.lib.ui import kind as kind_chip
from config.lib.ui import state as state_chip
from organisation.models import User
from strategy.models import Document


class ListKind(models.TextChoices):
    WITHOUT_MEASURE = "mal-uten-tiltak", gettext_lazy("Mål uten tiltak")
    UNDATED = "tiltak-uten-dato", gettext_lazy("Tiltak ingen har datert")
    UNEXPLAINED = "punkter-uten-tiltak", gettext_lazy("Punkter uten tiltak")
    DONE = "gjort", gettext_lazy("Gjort")
    NOT_RELEVANT = "ikke-aktuelt", gettext_lazy("Ikke aktuelt")
    LATE = "forsinket", gettext_lazy("Forsinket")
    OPEN = "gjenstar", gettext_lazy("Gjenstår, ikke forsinket")


COVERAGE = (ListKind.WITHOUT_MEASURE, ListKind.UNDATED, ListKind.UNEXPLAINED)


@dataclass(frozen=True)
class ListRow:
    text: str
    url: str
    chip: SafeString | None = None
    notes: tuple[str, ...] = ()
    language: str = ""


def list_rows(kind: ListKind, document: Document, *, user: User, year: int, unit: str, today: date) -> list[ListRow]:
    """Return the rows of one list; tasks that are late first, then by their last day."""
    from reports.overview import coverage_of

    if kind == ListKind.UNEXPLAINED:
        return _entries(document, user=user, year=year, today=today)
    if kind not in COVERAGE:
        return _tasks(kind, document, user=user, year=year, unit=unit, today=today)
    [cover] = coverage_of([document], year=year, user=user, today=today)
    if kind == ListKind.UNDATED:
        found = [("measure", measure.key, measure.text) for measure in cover.undated]
    else:
        found = [("goal", goal.key, goal.title or goal.text) for goal in cover.words.goals_without_measure]
    return [ListRow(text, reverse(name, args=[key]), language=document.language) for name, key, text in found]


def _entries(document: Document, *, user: User, year: int, today: date) -> list[ListRow]:
    entries = coverage.unexplained(coverage.standing_entries(user, year=year, today=today), [document.pk])
    return [
        ListRow(entry.text, address_in(entry, year, today=today), kind_chip(entry.kind), (entry.when_words,))
        for entry in entries.order_by("month", "position", "pk")
    ]


def _tasks(kind: ListKind, document: Document, *, user: User, year: int, unit: str, today: date) -> list[ListRow]:
    tasks = Task.objects.visible_to(user, today=today).standing()
    tasks = tasks.filter(edition__year=year, edition__entry__wheel__document=document)
    if unit:
        tasks = tasks.filter(unit__slug=unit)
    late = Task.objects.overdue(today=today).values("pk")
    if kind == ListKind.LATE:
        tasks = tasks.filter(pk__in=late)
    elif kind == ListKind.OPEN:
        tasks = tasks.filter(status=TaskStatus.OPEN).exclude(pk__in=late)
    else:
        tasks = tasks.filter(status=TaskStatus.DONE if kind == ListKind.DONE else TaskStatus.NOT_RELEVANT)
    rows = tasks.select_related("edition__entry", "unit").order_by("edition__due_on", "unit__name", "pk")
    return [task_row(task, is_late=kind == ListKind.LATE, today=today) for task in rows]


def task_row(task: Task, *, is_late: bool, today: date) -> ListRow:
    edition = task.edition
    return ListRow(
        edition.said.text,
        address_of(edition, today=today),
        state_chip("late" if is_late else task.status),
        tuple(filter(None, (str(task.unit), due_phrase(edition, today=today), task.reason_words or task.note))),
    )


def units_of(document: Document, *, user: User, year: int, today: date) -> Iterable[tuple[str, str]]:
    """The units that have tasks in the plan's wheels, for the filter."""
    tasks = Task.objects.visible_to(user, today=today).standing()
    tasks = tasks.filter(edition__year=year, edition__entry__wheel__document=document)
    named = tasks.order_by().values_list("unit__slug", "unit__name").distinct()
    return sorted(named, key=lambda unit: sort_key(unit[1]))


def empty_words(kind: ListKind) -> tuple[str, str]:
    """What an empty list says: mostly good news."""
    return {
        ListKind.WITHOUT_MEASURE: (_("Alle målene har tiltak"), ""),
        ListKind.UNDATED: (_("Alle tiltakene står i årshjulet"), ""),
        ListKind.UNEXPLAINED: (_("Alle punktene hører til et tiltak"), ""),
        ListKind.LATE: (_("Ingenting er forsinket"), ""),
        ListKind.DONE: (_("Ingenting er kvittert ut ennå"), _("Oppgavene kommer hit når enhetene kvitterer dem ut.")),
    }.get(kind, (_("Ingen oppgaver her"), _("Velg en annen liste eller et annet år.")))
