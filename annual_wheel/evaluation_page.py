"""What a year gave, measure by measure: what units say it should come to, beside the ticks, reports and notes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from annual_wheel.entry_page import task_notes
from annual_wheel.measure_ticks import ticks_in_year
from annual_wheel.models import Entry, Task, UnitNote
from annual_wheel.phrases import day_phrase
from annual_wheel.status_page import ReportRow, report_row, reports_of, speaks_for
from organisation.models import Unit, User
from organisation.permissions import Permission
from planning.models import Evaluation, Verdict
from planning.responsible import PlanMeasure, measures_of_plan
from planning.standing import Ticks
from strategy.models import Document

FIRST_YEAR = 2000


@dataclass(frozen=True, slots=True)
class EvaluationRow:
    verdict: str
    words: str
    unit: str
    who: str
    day: str
    text: str
    edit_url: str
    changes_url: str


@dataclass(frozen=True, slots=True)
class EvaluatedMeasure:
    """A measure in the year's evaluation; `evaluate` are the units that one may say something new for."""

    key: str
    text: str
    url: str
    evaluate: tuple[tuple[str, str], ...]
    evaluations: tuple[EvaluationRow, ...]
    ticks: Ticks | None
    reports: tuple[ReportRow, ...]
    notes: tuple[str, ...]


def evaluation_row(found: Evaluation, mine: Iterable[Unit], *, today: date) -> EvaluationRow:
    return EvaluationRow(
        verdict=found.verdict,
        words=str(Verdict(found.verdict).label).capitalize(),
        unit=str(found.unit),
        who=str(found.evaluated_by),
        day=day_phrase(localtime(found.evaluated_at).date(), today=today),
        text=found.text,
        changes_url=reverse("evaluation_changes", args=[found.measure.key, found.year, found.unit.slug]),
        edit_url=evaluate_url(found.measure.key, found.year, found.unit) if found.unit in mine else "",
    )


def evaluate_url(key: str, year: int, unit: Unit) -> str:
    return reverse("measure_evaluate", args=[key, year, unit.slug])


def nearest(units: Iterable[Unit], owner: Unit) -> list[Unit]:
    """The units one writes for by oneself: an editor of the plan for its owner, others for their own."""
    units = list(units)
    return [owner] if owner in units else units


def evaluated_measures(document: Document, year: int, user: User, *, today: date) -> list[EvaluatedMeasure]:
    """Every measure in force with what is known of the year; a constant number of queries."""
    measures = measures_of_plan(document, today=today)
    keys = [measure.key for measure in measures]
    seen = Evaluation.objects.visible_to(user, today=today).filter(measure__key__in=keys, year=year)
    told: dict[str, list[Evaluation]] = {}
    for found in seen.select_related("measure", "unit", "evaluated_by"):
        told.setdefault(found.measure.key, []).append(found)
    reports: dict[str, list[ReportRow]] = {}
    for report in reports_of(keys, user, today=today).filter(reported_at__year=year).select_related("measure"):
        reports.setdefault(report.measure.key, []).append(report_row(report, today=today))
    ticks, notes = ticks_in_year(keys, year), notes_of_year(keys, year, user, today=today)

    def row(measure: PlanMeasure) -> EvaluatedMeasure:
        mine, said = speaks_for(measure, document, user, today=today), told.get(measure.key, [])
        done = {found.unit_id for found in said}
        left = [unit for unit in nearest(mine, document.owner) if unit.pk not in done]
        return EvaluatedMeasure(
            key=measure.key,
            text=measure.text,
            url=reverse("measure", args=[measure.key]),
            evaluate=tuple((unit.label, evaluate_url(measure.key, year, unit)) for unit in left),
            evaluations=tuple(evaluation_row(found, mine, today=today) for found in said),
            ticks=ticks.get(measure.key),
            reports=tuple(reports.get(measure.key, ())),
            notes=tuple(notes.get(measure.key, ())),
        )

    return [row(measure) for measure in measures]


def notes_of_year(keys: Iterable[str], year: int, user: User, *, today: date) -> dict[str, list[str]]:
    """What units noted of the year's editions that carry each measure out, of what the person may read."""
    pairs = list(
        Entry.measures.through.objects.filter(measure__key__in=set(keys)).values_list("entry_id", "measure__key")
    )
    entries = {entry for entry, _key in pairs}
    tasks = Task.objects.visible_to(user, today=today).filter(edition__entry__in=entries, edition__year=year)
    said = tasks.filter(~Q(note="") | Q(status="not_relevant")).select_related("unit", "edition").order_by("unit__name")
    by_entry: dict[int, list[str]] = {}
    entry_of = {task.edition_id: task.edition.entry_id for task in said}
    for edition, words in task_notes(said).items():
        by_entry.setdefault(entry_of[edition], []).extend(words)
    readable = user.reach(today)[Permission.READ_DRAFTS]
    notes = UnitNote.objects.filter(edition__entry__in=entries, edition__year=year).exclude(text="")
    own = notes.filter(Q(unit__in=readable) | Q(edition__entry__wheel__owner__in=readable))
    for note in own.select_related("unit", "edition"):
        by_entry.setdefault(note.edition.entry_id, []).append(f"{note.unit.label}: {note.text}")
    found: dict[str, list[str]] = {}
    for entry, key in pairs:
        found.setdefault(key, []).extend(by_entry.get(entry, ()))
    return found


# --- In the year's turn ---------------------------------------------------------------------------------------------


def advice_by_entry(entry_ids: Iterable[int], year: int, user: Any, *, today: date) -> dict[int, tuple[str, ...]]:
    """What is said of the measures that each entry carries out, where they are to be changed or stopped.

    Each unit's newest evaluation counts, of the last year or the one before that (two queries).
    """
    seen = Evaluation.objects.visible_to(user, today=today).filter(year__in=(year - 1, year - 2))
    newest: dict[tuple[int, int], Evaluation] = {}
    for found in seen.select_related("unit").order_by("-year", "unit__name"):
        newest.setdefault((found.measure_id, found.unit_id), found)
    advice: dict[int, list[str]] = {}
    for found in newest.values():
        if found.verdict != Verdict.CONTINUE:
            advice.setdefault(found.measure_id, []).append(_advice(found))
    pairs = Entry.measures.through.objects.filter(entry__in=set(entry_ids), measure__in=advice)
    by_entry: dict[int, list[str]] = {}
    for entry, measure in pairs.order_by("measure__position", "measure").values_list("entry_id", "measure_id"):
        by_entry.setdefault(entry, []).extend(advice[measure])
    return {entry: tuple(words) for entry, words in by_entry.items()}


def _advice(found: Evaluation) -> str:
    words = {"unit": found.unit.label, "year": found.year, "text": found.text}
    if found.verdict == Verdict.STOP:
        return _("Tiltaket bør stoppes (%(unit)s, %(year)s): %(text)s") % words
    return _("Tiltaket bør endres (%(unit)s, %(year)s): %(text)s") % words
