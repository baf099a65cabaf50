"""What units are asked to tell: how their measures stand in a round that is open, and of those nobody has spoken of."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annual_wheel.measure_ticks import last_ticked
from annual_wheel.phrases import day_phrase, distance
from annual_wheel.status_page import status_url
from config.lib.stamp import Kept, Stamp
from organisation.models import GroupMember, Unit, UnitGroup
from planning.models import Measure, MeasureResponsibility, ReportingRound, RoundUnit, StatusReport
from planning.responsible import measures_of, units_of
from planning.standing import OVER, in_force_since_in, is_stale
from planning.together import newest_of_units, together
from strategy.models import Document, DocumentKind, DocumentState
from strategy.words import period_words


@dataclass(frozen=True, slots=True)
class Ask:
    """That a unit is to report in an open round."""

    round: ReportingRound
    unit: Unit
    measures: int

    @property
    def key(self) -> str:
        """What the ledger calls it."""
        return f"{self.round.pk}"

    @property
    def opened_on(self) -> date:
        return localtime(self.round.opened_at).date()

    @property
    def url(self) -> str:
        return status_url(self.round.document.slug, unit=self.unit.slug)

    @property
    def text(self) -> str:
        words = {
            "plan": self.round.document.known_as,
            "period": period_words(self.round.from_on, self.round.to_on),
        }
        return _("Rapporter for %(plan)s, %(period)s") % words

    @property
    def count(self) -> str:
        return ngettext("%(count)d tiltak", "%(count)d tiltak", self.measures) % {"count": self.measures}

    def due(self, *, today: date) -> str:
        """ "frist 1. april (om 2 uker)"."""
        words = _("frist %(day)s") % {"day": day_phrase(self.round.due_on, today=today)}
        return f"{words} ({distance(self.round.due_on, today=today)})"

    def is_late(self, today: date) -> bool:
        return self.round.due_on < today


@dataclass(frozen=True, slots=True)
class Silence:
    """A measure that a unit answers for and that has gone stale."""

    key: str
    text: str
    unit: Unit
    plan: Document

    @property
    def url(self) -> str:
        return reverse("measure", args=[self.key]) + "#status"


def asks_today(*, today: date) -> list[Ask]:
    """Every unit that has not said it is finished in a round that is open, the nearest deadline first."""
    rows = ReportingRound.objects.filter(closed_at__isnull=True).select_related("document__owner")
    rounds = list(rows.order_by("due_on", "pk"))
    if not rounds:
        return []
    measures = measures_of([asked.document for asked in rounds], today=today)
    done = RoundUnit.objects.filter(round__in=rounds, finished_at__isnull=False)
    finished = set(done.values_list("round_id", "unit_id"))
    return [
        Ask(asked, unit, sum(unit in measure.units for measure in measures[asked.document_id]))
        for asked in rounds
        for unit in units_of(measures[asked.document_id])
        if (asked.pk, unit.pk) not in finished
    ]


KEPT: Final[Kept[tuple[Ask, ...]]] = Kept(
    Stamp(ReportingRound, RoundUnit, Document, Measure, MeasureResponsibility, Unit, UnitGroup, GroupMember), most=2
)


def forget() -> None:
    """Let go of what is kept, for tests."""
    KEPT.forget()


def asks_of(units: Collection[int], *, today: date) -> list[Ask]:
    kept = KEPT.get(today, lambda: tuple(asks_today(today=today)))
    return [ask for ask in kept if ask.unit.pk in units]


def silences_today(*, today: date) -> list[Silence]:
    """The measures of plans in force that have gone stale, once for each unit that answers for one."""
    plans: Any = Document.objects.filter(kind=DocumentKind.ACTION_PLAN, state=DocumentState.IN_FORCE)
    plans = plans.exclude(replaced_on__lte=today)
    plans = list(plans.select_related("owner").order_by("title"))
    measures = measures_of(plans, today=today)
    keys = [measure.key for of_plan in measures.values() for measure in of_plan]
    told = told_by_key(keys)
    ticked = last_ticked(keys)
    since = in_force_since_in({plan: [measure.key for measure in measures[plan.pk]] for plan in plans})
    found = []
    for plan in plans:
        for measure in measures[plan.pk]:
            key, of_units = measure.key, told.get(measure.key, {})
            state = together(of_units, measure.units, plan.owner).state
            days = {"told_on": told_on(of_units.values()), "ticked_on": ticked.get(key), "since": since.get(key)}
            if is_stale(state=state, today=today, **days):
                over = {pk for pk, report in of_units.items() if report.state in OVER}
                waits = [unit for unit in measure.units if unit.pk not in over]
                found += [Silence(key, measure.text, unit, plan) for unit in waits]
    return found


def told_by_key(keys: Iterable[str]) -> dict[str, dict[int, StatusReport]]:
    reports = StatusReport.objects.filter(measure__key__in=set(keys)).newest_first()
    return newest_of_units(reports.select_related("measure"))


def told_on(reports: Iterable[StatusReport]) -> date | None:
    """The day of the newest of them."""
    return max((localtime(report.reported_at).date() for report in reports), default=None)
