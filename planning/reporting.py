"""Telling how measures stand, and the rounds in which leadership asks every responsible unit to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from config.lib.days import day_words, moment_words
from config.lib.models import StaleEdit
from config.lib.saving import save_changed, save_new, sign
from organisation.models import Unit, User
from planning.models import Evaluation, Measure, MeasureState, ReportingRound, RoundUnit, StatusReport
from planning.responsible import PlanMeasure, measures_of_plan, units_of
from planning.standing import Ticks
from planning.together import Together, newest_of_units, together
from strategy.models import Document

# The ticks of measures, by key, for what has its last day between two days; the annual wheel knows them.
TicksBetween = Callable[[Iterable[str], date, date], Mapping[str, Ticks]]


class CannotChangeRound(ValidationError):
    """The round is not in a state for this; the message is for the person who tried."""


@transaction.atomic
def report(
    measures: Iterable[Measure],
    *,
    unit: Unit,
    state: str,
    text: str,
    next_step: str,
    by: User,
    now: datetime,
) -> list[StatusReport]:
    """Tell the state of measures of one plan on behalf of a unit, in the round that is open for it, if any is.

    The round is locked, so a report is either in what a closing round keeps, or outside the round.
    """
    if state == MeasureState.STOPPED and not text.strip():
        raise ValidationError({"text": _("Skriv hvorfor tiltaket er stoppet.")})
    measures = list(measures)
    asked = open_round(measures[0].document_id, is_locked=True) if measures else None
    told = {"unit": unit, "state": state, "text": text.strip(), "next_step": next_step.strip()}
    return [
        StatusReport.objects.create(measure=measure, round=asked, reported_at=now, reported_by=by, **told)
        for measure in measures
    ]


@transaction.atomic
def withdraw(numbers: Iterable[int], *, by: User, now: datetime) -> tuple[list[StatusReport], list[StatusReport]]:
    """Take back reports that one gave, and return those, and those that stay.

    One stays where its unit has told of the measure since, or where the round it was given in is closed: what that
    keeps never changes.
    """
    mine = StatusReport.objects.filter(pk__in=list(numbers), reported_by=by).select_related("measure", "round")
    rounds = {report.round_id for report in mine if report.round_id}
    closed = {asked.pk for asked in ReportingRound.objects.select_for_update().filter(pk__in=rounds) if asked.closed_at}
    newest: dict[tuple[int, int], int] = {}
    for told in StatusReport.objects.filter(measure__in=[report.measure_id for report in mine]).newest_first():
        newest.setdefault((told.measure_id, told.unit_id), told.pk)
    taken: list[StatusReport] = []
    left: list[StatusReport] = []
    for report in mine.order_by("measure__position", "pk"):
        is_last = newest[report.measure_id, report.unit_id] == report.pk
        (taken if is_last and report.round_id not in closed else left).append(report)
    rows = StatusReport.objects.filter(pk__in=[report.pk for report in taken])
    rows.update(withdrawn_at=now, withdrawn_by=by, round=None)  # a round that is undone must not meet it
    return taken, left


def open_round(document_id: int, *, is_locked: bool = False) -> ReportingRound | None:
    rounds = ReportingRound.objects.filter(document_id=document_id, closed_at__isnull=True)
    return (rounds.select_for_update() if is_locked else rounds).first()


@transaction.atomic
def start_round(asked: ReportingRound, *, by: User, now: datetime, today: date) -> ReportingRound:
    """Open a round; ValidationError, by field, where its days or another round stand in the way."""
    document = Document.objects.select_for_update().get(pk=asked.document_id)
    if not document.is_published:
        raise ValidationError(_("Planen er ikke vedtatt ennå, så det er ingenting å rapportere på."))
    if first := document.awaited_on(today):
        raise ValidationError(
            _("Planen gjelder ikke før %(day)s, så det er ingenting å rapportere på ennå.") % {"day": day_words(first)}
        )
    if asked.to_on < asked.from_on:
        raise ValidationError({"to_on": _("Perioden slutter før den begynner.")})
    _refuse_due(asked, today=today)
    others = ReportingRound.objects.filter(document=document)
    still_open = others.filter(closed_at__isnull=True).first()
    if still_open is not None:
        words = {"day": day_words(still_open.due_on)}
        raise ValidationError(_("En runde er allerede åpen, med frist %(day)s. Lukk den først.") % words)
    same = others.filter(from_on__lte=asked.to_on, to_on__gte=asked.from_on).first()
    if same is not None:
        words = {"first": day_words(same.from_on), "last": day_words(same.to_on)}
        said = _("Det er allerede holdt en runde for %(first)s – %(last)s. Velg en periode som ikke overlapper den.")
        raise ValidationError({"from_on": said % words})
    asked.opened_at, asked.opened_by = now, by
    return save_new(asked, by=by, why=gettext_noop("Runden ble åpnet."))


def _refuse_due(asked: ReportingRound, *, today: date) -> None:
    if asked.due_on < asked.from_on:
        raise ValidationError({"due_on": _("Fristen er før perioden begynner.")})
    if asked.due_on < today:
        raise ValidationError({"due_on": _("Fristen er allerede passert. Velg en dag fra og med i dag.")})


@transaction.atomic
def change_due(asked: ReportingRound, *, by: User, today: date, expected: int, why: str = "") -> ReportingRound:
    """Give the units another deadline, or another message."""
    _locked(asked)
    _refuse_due(asked, today=today)
    return save_changed(asked, by=by, expected=expected, why=why)  # type: ignore[no-any-return]


@transaction.atomic
def undo_round(asked: ReportingRound, *, by: User) -> None:
    """Take back that a round was opened, for as long as nobody has answered."""
    stored = _locked(asked)
    if stored.reports.exists() or stored.units.filter(finished_at__isnull=False).exists():
        raise CannotChangeRound(_("Noen har rapportert i runden. Den kan lukkes, men ikke trekkes tilbake."))
    sign(stored, by=by, why=gettext_noop("Angret."))
    stored.delete()


@transaction.atomic
def set_finished(asked: ReportingRound, unit: Unit, *, by: User, now: datetime, is_finished: bool) -> RoundUnit:
    """A unit says that it has reported what it will, or takes that back; once more changes nothing."""
    stored = _locked(asked)
    row = RoundUnit.objects.filter(round=stored, unit=unit).first() or RoundUnit(round=stored, unit=unit)
    if (row.finished_at is not None) == is_finished:
        return row
    row.finished_at, row.finished_by = (now, by) if is_finished else (None, None)
    sign(row, by=by, why=gettext_noop("Meldt ferdig.") if is_finished else gettext_noop("Angret."))
    row.save()
    return row


@transaction.atomic
def close_round(
    asked: ReportingRound, *, by: User, now: datetime, today: date, ticks_between: TicksBetween
) -> ReportingRound:
    """Close a round and keep what was told and the ticks as they are now; CannotChangeRound if somebody was first."""
    stored = _locked(asked)
    stored.frozen = as_it_stands(stored, today=today, ticks_between=ticks_between)
    stored.closed_at, stored.closed_by = now, by
    save_changed(stored, by=by, expected=stored.lock_version, why=gettext_noop("Runden ble lukket."))
    return stored


def _locked(asked: ReportingRound) -> ReportingRound:
    # Nothing is joined: who waited for the lock would get the new row with what the old one pointed at.
    stored = ReportingRound.objects.select_for_update().filter(pk=asked.pk).first()
    if stored is None:
        raise CannotChangeRound(_("Runden er trukket tilbake."))
    if stored.closed_at is not None:
        words = {"who": stored.closed_by, "moment": moment_words(stored.closed_at)}
        raise CannotChangeRound(
            _("Runden ble lukket av %(who)s %(moment)s. Det som er rapportert til da, står.") % words
        )
    return stored


def as_it_stands(asked: ReportingRound, *, today: date, ticks_between: TicksBetween) -> dict[str, Any]:
    """A round as plain data: how each measure stands, what was told in the round, and who is finished."""
    measures = measures_of_plan(asked.document, today=today)
    taken_out = _taken_out(asked, {measure.key for measure in measures})
    keys = [measure.key for measure in (*measures, *taken_out)]
    newest_first = StatusReport.objects.filter(measure__key__in=keys).newest_first()
    reports = list(newest_first.select_related("measure", "unit", "reported_by"))
    of_units, owner = newest_of_units(reports), asked.document.owner
    stands = {each.key: together(of_units.get(each.key, {}), each.units, owner) for each in (*measures, *taken_out)}
    told = [found for found in reports if found.round_id == asked.pk]
    ticks = ticks_between(keys, asked.from_on, asked.to_on)
    return {
        "measures": [
            *(_measure(measure, stands[measure.key], told, ticks) for measure in measures),
            *(_measure(each, stands[each.key], told, ticks) | {"is_taken_out": True} for each in taken_out),
        ],
        "units": _units(asked, measures, told),
    }


def _taken_out(asked: ReportingRound, standing: Collection[str]) -> list[PlanMeasure]:
    """What was told of in the round and has left the plan since: it stays in the round, with the units that told."""
    told = StatusReport.objects.filter(round=asked).exclude(measure__key__in=standing)
    units: dict[Measure, dict[int, Unit]] = {}
    for found in told.order_by("measure__position", "measure", "pk").select_related("measure", "unit"):
        units.setdefault(found.measure, {})[found.unit_id] = found.unit
    return [PlanMeasure(measure.key, str(measure), tuple(who.values())) for measure, who in units.items()]


def _measure(
    measure: PlanMeasure, stands: Together, told: Iterable[StatusReport], ticks: Mapping[str, Ticks]
) -> dict[str, Any]:
    found = ticks.get(measure.key)
    return {
        "measure": measure.key,
        "text": measure.text,
        "state": stands.state,
        "tally": [{"state": state, "count": count} for state, count in stands.tally.items()],
        "word_of": stands.word_of.slug if stands.word_of else None,
        "units": [unit.slug for unit in measure.units],
        "ticks": {"done": found.done, "total": found.total, "open": found.open} if found else None,
        "reports": [report_outline(each) for each in told if each.measure.key == measure.key],
    }


def report_outline(found: StatusReport) -> dict[str, Any]:
    return {
        "unit": found.unit.name,
        "unit_slug": found.unit.slug,
        "state": found.state,
        "text": found.text,
        "next_step": found.next_step,
        "reported_at": localtime(found.reported_at).isoformat(),
        "reported_by": found.reported_by.name,
    }


def _units(
    asked: ReportingRound, measures: Iterable[PlanMeasure], told: Iterable[StatusReport]
) -> list[dict[str, Any]]:
    """The units that are asked, and those that answered and are no longer asked: nobody falls away in silence."""
    measures, told = list(measures), list(told)
    expected = units_of(measures)
    finished = {row.unit: row for row in asked.units.select_related("unit", "finished_by") if row.finished_at}
    answered = sorted({each.unit for each in told} | set(finished), key=lambda unit: unit.name)
    rows = []
    for unit in [*expected, *(unit for unit in answered if unit not in expected)]:
        own = {measure.key for measure in measures if unit in measure.units}
        reported = {each.measure.key for each in told if each.unit_id == unit.pk}
        row = finished.get(unit)
        rows.append(
            {
                "unit": unit.name,
                "unit_slug": unit.slug,
                "is_asked": bool(own),
                "measures": len(own),
                "reported": len(own & reported) if own else len(reported),
                "finished_at": localtime(row.finished_at).isoformat() if row and row.finished_at else None,
                "finished_by": row.finished_by.name if row and row.finished_by else None,
            }
        )
    return rows


@transaction.atomic
def evaluate(evaluation: Evaluation, *, by: User, now: datetime, expected: int | None, why: str = "") -> Evaluation:
    """Say what a measure gave in a year, or say it otherwise; StaleEdit where somebody of the unit was first."""
    evaluation.evaluated_at, evaluation.evaluated_by = now, by
    if expected is not None:
        return save_changed(evaluation, by=by, expected=expected, why=why)  # type: ignore[no-any-return]
    Measure.objects.select_for_update().get(pk=evaluation.measure_id)  # of two first ones the second is seen as such
    same = {"measure": evaluation.measure, "year": evaluation.year, "unit": evaluation.unit}
    stored = Evaluation.objects.filter(**same).first()
    if stored is not None:
        raise StaleEdit(stored)
    return save_new(evaluation, by=by)
