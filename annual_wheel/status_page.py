"""How the measures of a plan stand, row by row: what was reported, what the ticks say, and who may tell more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from annual_wheel.measure_ticks import last_ticked, ticks_in_year
from annual_wheel.phrases import day_phrase
from organisation.models import Unit, User
from planning.models import Evaluation, Measure, MeasureState, StatusReport, Verdict
from planning.responsible import PlanMeasure, measures_of_plan, reporting_units
from planning.standing import Ticks, contradiction, in_force_since, is_stale
from planning.together import SILENT, Together, newest_of_units, tally_words, together
from strategy.models import Document

NOT_TOLD, STALE, CLASH = "ikke-rapportert", "stille", "uenig"
IN_ADDRESS = {
    MeasureState.NOT_STARTED: "ikke-startet",
    MeasureState.UNDER_WAY: "i-gang",
    MeasureState.LATE: "forsinket",
    MeasureState.CARRIED_OUT: "gjennomfort",
    MeasureState.STOPPED: "stoppet",
}


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report in words."""

    pk: int
    state: str
    unit: str
    who: str
    day: str
    text: str
    next_step: str


@dataclass(frozen=True, slots=True)
class MeasureStatus:
    """A measure in the list, or a unit's part of it. `state` is empty where nobody has said how it goes."""

    pk: int
    key: str
    text: str
    url: str
    units: tuple[Unit, ...]
    is_owners: bool
    speaks_for: tuple[Unit, ...]  # the units whose report this person may give
    state: str
    told: ReportRow | None
    tally: str  # what each of several units says, counted
    by_state: tuple[tuple[str, str], ...]  # the same, state by state with their names
    has_stop: bool
    ticks: Ticks | None
    clash: str
    is_stale: bool
    rounds: frozenset[tuple[int, int]] = field(default=frozenset())  # (round, unit) of its reports

    @property
    def code(self) -> str:
        return IN_ADDRESS[MeasureState(self.state)] if self.state else NOT_TOLD

    @property
    def responsible(self) -> str:
        return ", ".join(unit.label for unit in self.units)

    @property
    def report_url(self) -> str:
        return reverse("measure_report", args=[self.key])

    def is_told_in(self, round_id: int, unit: Unit) -> bool:
        return (round_id, unit.pk) in self.rounds


def report_row(report: StatusReport, *, today: date) -> ReportRow:
    return ReportRow(
        pk=report.pk,
        state=report.state,
        unit=str(report.unit),
        who=str(report.reported_by),
        day=day_phrase(localtime(report.reported_at).date(), today=today),
        text=report.text,
        next_step=report.next_step,
    )


def statuses(document: Document, user: Any, *, today: date, only: str = "", unit: str = "") -> list[MeasureStatus]:
    """Every measure in force with its state, or one; the queries are as many for one measure as for a hundred.

    Where a unit is named, by its slug, what it leads is told as that unit alone has told it.
    """
    measures = [each for each in measures_of_plan(document, today=today) if only in ("", each.key)]
    keys = [measure.key for measure in measures]
    number_of = dict(Measure.objects.filter(key__in=keys).values_list("key", "pk"))
    reports = list(reports_of(keys, user, today=today))
    of_units = newest_of_units(reports)
    newest = {each.measure.key: each for each in reversed(reports)}
    own_ticks = ticks_in_year(keys, today.year, unit=unit) if unit else {}
    ticks, ticked = ticks_in_year(keys, today.year), last_ticked(keys)
    since = in_force_since(document, keys)
    rounds: dict[int, set[tuple[int, int]]] = {}
    for report in reports:
        if report.round_id:
            rounds.setdefault(report.measure_id, set()).add((report.round_id, report.unit_id))

    def status(measure: PlanMeasure) -> MeasureStatus:
        pk, last = number_of[measure.key], newest.get(measure.key)
        own = next((each for each in measure.units if each.slug == unit), None)
        asked, owner = ((own,), own) if own else (measure.units, document.owner)
        stands = together(of_units.get(measure.key, {}), asked, owner)
        counted = (own_ticks if own else ticks).get(measure.key)
        days = {"since": since.get(measure.key), "ticked_on": ticked.get(measure.key)}
        days["told_on"] = localtime(last.reported_at).date() if last else None
        return MeasureStatus(
            pk=pk,
            key=measure.key,
            text=measure.text,
            url=reverse("measure", args=[measure.key]),
            units=measure.units,
            is_owners=measure.is_owners,
            speaks_for=speaks_for(measure, document, user, today=today),
            state=stands.state,
            told=report_row(stands.newest, today=today) if stands.newest else None,
            tally=tally_words(stands.tally, stands.word_of.label if stands.word_of else ""),
            by_state=tuple(_by_state(stands)),
            has_stop=stands.has_stop,
            ticks=counted,
            clash=contradiction(stands.state, counted),
            is_stale=is_stale(state=stands.state, today=today, **days),
            rounds=frozenset(rounds.get(pk, ())),
        )

    return [status(measure) for measure in measures]


@dataclass(frozen=True, slots=True)
class Standing:
    """One measure by itself: its row, every report on it, and what its evaluations say."""

    row: MeasureStatus
    earlier: tuple[ReportRow, ...]  # every report but the one that the row tells
    last: tuple[ReportRow, ...]  # what each unit that this person speaks for said the last time
    evaluations: tuple[tuple[str, str, str, str], ...]  # verdict, in words, unit and year, text


def measure_standing(document: Document, key: str, user: Any, *, today: date) -> Standing | None:
    """How a measure in force stands; None for one that is not."""
    row = next((each for each in statuses(document, user, today=today, only=key) if each.key == key), None)
    if row is None:
        return None
    reports = list(reports_of([key], user, today=today))
    log = [report_row(report, today=today) for report in reports]
    seen = Evaluation.objects.visible_to(user, today=today).filter(measure__key=key).select_related("unit")
    return Standing(
        row,
        tuple(report for report in log if report != row.told),
        last_told(reports, row.speaks_for, today=today),
        tuple(
            (said.verdict, str(Verdict(said.verdict).label).capitalize(), f"{said.unit}, {said.year}", said.text)
            for said in seen
        ),
    )


def last_told(reports: Iterable[StatusReport], units: Iterable[Unit], *, today: date) -> tuple[ReportRow, ...]:
    """The newest report of each of these units on one measure, in their order; the newest come first."""
    newest = next(iter(newest_of_units(reports).values()), {})
    return tuple(report_row(newest[unit.pk], today=today) for unit in units if unit.pk in newest)


def reports_of(keys: Iterable[str], user: Any, *, today: date) -> Any:
    """The reports on measures that this person may read, the newest first."""
    reports = StatusReport.objects.visible_to(user, today=today).filter(measure__key__in=list(keys))
    return reports.newest_first().select_related("measure", "unit", "reported_by")


def speaks_for(measure: PlanMeasure, document: Document, user: Any, *, today: date) -> tuple[Unit, ...]:
    return tuple(reporting_units(measure, document, user, today=today)) if isinstance(user, User) else ()


def _by_state(stands: Together) -> Iterable[tuple[str, str]]:
    """Which units are in each state; nothing where none of them has told."""
    if not stands.tally or list(stands.tally) == [SILENT]:
        return
    for state in stands.tally:
        units = ", ".join(sorted(unit.label for unit, said in stands.said if said == state))
        yield state, units


# --- Numbers that open into their lists -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StateFigure:
    code: str
    words: str
    count: int
    url: str
    is_chosen: bool
    asks: bool = False


def shown_in(code: str, rows: Iterable[MeasureStatus]) -> list[MeasureStatus]:
    """The rows behind a number; all of them where it is none."""
    rows = list(rows)
    if code == STALE:
        return [row for row in rows if row.is_stale]
    if code == CLASH:
        return [row for row in rows if row.clash]
    return [row for row in rows if row.code == code] if code in (NOT_TOLD, *IN_ADDRESS.values()) else rows


def state_figures(rows: Sequence[MeasureStatus], slug: str, *, chosen: str = "", unit: str = "") -> list[StateFigure]:
    """How many measures stand in each state, and what asks for attention; each is a list."""
    words = [(code, str(state.label)) for state, code in IN_ADDRESS.items()]
    words += [
        (NOT_TOLD, _("ikke rapportert")),
        (CLASH, _("rapport og årshjul er uenige")),
        (STALE, _("stille i et halvt år")),
    ]
    return [
        StateFigure(code, label, count, status_url(slug, code, unit=unit), code == chosen, code in (CLASH, STALE))
        for code, label in words
        if (count := len(shown_in(code, rows)))
    ]


def status_url(slug: str, code: str = "", *, unit: str = "") -> str:
    query = urlencode({name: value for name, value in (("enhet", unit), ("vis", code)) if value})
    return reverse("plan_status", args=[slug]) + (f"?{query}" if query else "")
