"""What has been told of a plan: a round of last year that is closed, one that is open now, and what a year gave."""

from datetime import date, timedelta
from typing import Any

from annual_wheel.measure_ticks import ticks_between
from organisation.models import Unit, User
from planning import reporting
from planning.models import Evaluation, Measure, ReportingRound, RoundUnit
from reports.demo import moments
from reports.demo.documents import EDITORS
from reports.demo.doers import Doers
from reports.demo.store import Store, read
from strategy.models import Document

Json = dict[str, Any]
SINCE_OPENED, UNTIL_DUE = timedelta(days=9), timedelta(days=12)


def load(store: Store, *, today: date) -> None:
    """Hold the rounds and evaluate; a plan that has been reported on already belongs to its users."""
    content = read("following.json")
    document = Document.objects.get(slug=content["document"])
    if ReportingRound.objects.filter(document=document).exists() or not document.is_published:
        return
    told = _Told(store, document, content, today)
    told.last_year()
    told.this_year()
    told.evaluate()


class _Told:
    """Answers in the names of those who do the daily work at each unit."""

    def __init__(self, store: Store, document: Document, content: Json, today: date) -> None:
        self.store, self.document, self.content, self.today = store, document, content, today
        self.leader = store.user(content["leader"])
        self.doers = Doers(store.user(EDITORS[document.owner.slug]))
        self.units = {unit.slug: unit for unit in Unit.objects.without_tree_fields()}
        self.measures = {measure.key: measure for measure in Measure.objects.filter(document=document)}

    def last_year(self) -> None:
        year = self.today.year - 1
        opened_on, closed_on = date(year, 11, 2), date(year, 12, 1)
        asked = self._open(year, opened_on, due_on=date(year, 11, 27))
        self._report(asked, "last_year", opened_on, date(year, 11, 26))
        with_ticks = {"today": closed_on, "ticks_between": ticks_between}
        reporting.close_round(asked, by=self.leader, now=moments.at(closed_on), **with_ticks)  # type: ignore[arg-type]
        asked.history.filter(closed_at__isnull=False).update(history_date=moments.at(closed_on))

    def this_year(self) -> None:
        year = self.today.year
        opened_on = max(self.today - SINCE_OPENED, date(year, 1, 1))
        asked = self._open(year, opened_on, due_on=self.today + UNTIL_DUE)
        self._report(asked, "this_year", opened_on, self.today)

    def _open(self, year: int, opened_on: date, *, due_on: date) -> ReportingRound:
        days = {"from_on": date(year, 1, 1), "to_on": date(year, 12, 31), "due_on": due_on}
        asked = ReportingRound(document=self.document, message=self.content["message"], **days)
        opened_at = moments.at(opened_on)
        reporting.start_round(asked, by=self.leader, now=opened_at, today=opened_on)
        asked.history.update(history_date=opened_at)
        self.store.made["ReportingRound"] += 1
        return asked

    def _report(self, asked: ReportingRound, name: str, first: date, last: date) -> None:
        for row in self.content[name]:
            unit = self.units[row["unit"]]
            day = first + timedelta(days=int(moments.draw("report", row["measure"], unit.slug) * (last - first).days))
            words = {key: row[key] for key in ("state", "text", "next_step")}
            now = moments.at(day, moments.draw("hour", row["measure"], unit.slug) / 2)
            reporting.report([self.measures[row["measure"]]], unit=unit, by=self._doer(unit), now=now, **words)
            self.store.made["StatusReport"] += 1
        for slug in self.content[f"finished_{name}"]:
            unit = self.units[slug]
            now = moments.at(last, 0.5)
            row = reporting.set_finished(asked, unit, by=self._doer(unit), now=now, is_finished=True)
            RoundUnit.history.filter(id=row.pk).update(history_date=now)  # type: ignore[attr-defined]

    def evaluate(self) -> None:
        for row in self.content["evaluations"]:
            year, unit = self.today.year - row["years_ago"], self.units[row["unit"]]
            day = self.today if row["years_ago"] == 0 else date(year, 11, 25)
            words = {"verdict": row["verdict"], "text": row["text"], "year": year, "unit": unit}
            evaluation = Evaluation(measure=self.measures[row["measure"]], **words)
            reporting.evaluate(evaluation, by=self._doer(unit), now=moments.at(day), expected=None)
            evaluation.history.update(history_date=moments.at(day))
            self.store.made["Evaluation"] += 1

    def _doer(self, unit: Unit) -> User:
        return self.doers.members.get(unit.pk, self.doers.otherwise)
