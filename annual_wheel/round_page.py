"""A reporting round in rows: which units have answered, how the measures stand, and how they stood the last time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annual_wheel.measure_ticks import ticks_between
from annual_wheel.phrases import day_phrase, distance
from annual_wheel.status_page import MeasureStatus, status_url
from organisation.models import Unit
from planning import reporting
from planning.models import ReportingRound
from planning.standing import Ticks, contradiction
from planning.together import tally_words
from strategy.models import Document
from strategy.words import period_words


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit that is asked; `is_asked` is false for one that answered and answers for nothing any longer."""

    name: str
    url: str
    reported: int
    measures: int
    finished: str
    is_asked: bool


@dataclass(frozen=True, slots=True)
class RoundMeasure:
    text: str
    url: str
    state: str
    tally: str  # what each of several units says, counted
    before: str  # its state when the round before was closed
    ticks: Ticks | None
    clash: str
    reports: tuple[dict[str, str], ...]
    is_taken_out: bool = False  # out of the plan since it was told of


@dataclass(frozen=True, slots=True)
class RoundContent:
    units: tuple[UnitRow, ...]
    measures: tuple[RoundMeasure, ...]
    before: str  # the period of the round before, empty where there is none

    @property
    def finished(self) -> int:
        return sum(bool(unit.finished) for unit in self.units if unit.is_asked)

    @property
    def asked(self) -> int:
        return sum(unit.is_asked for unit in self.units)

    @property
    def unfinished(self) -> tuple[UnitRow, ...]:
        return tuple(unit for unit in self.units if unit.is_asked and not unit.finished)


def period_of_round(asked: ReportingRound) -> str:
    return period_words(asked.from_on, asked.to_on)


def due_words(asked: ReportingRound, *, today: date) -> str:
    """The deadline, and how far away it is: "1. april, om 2 uker"."""
    return f"{day_phrase(asked.due_on, today=today)}, {distance(asked.due_on, today=today)}"


def content_of(asked: ReportingRound, *, today: date) -> RoundContent:
    """What was kept when the round was closed; as things stand now while it is open."""
    told = asked.frozen or reporting.as_it_stands(asked, today=today, ticks_between=ticks_between)
    earlier = asked.document.reporting_rounds.filter(closed_at__isnull=False, to_on__lt=asked.from_on)
    before = earlier.order_by("-to_on").first()
    stood = {row["measure"]: row["state"] for row in before.frozen["measures"]} if before and before.frozen else {}
    slug, period = asked.document.slug, period_of_round(asked)
    labels: dict[str | None, str] = {asked.document.owner.slug: asked.document.owner.label}
    names = _names_of(told["units"])
    return RoundContent(
        units=tuple(_unit(row, slug, names, today=today) for row in told["units"]),
        measures=tuple(_measure(row, stood, period, labels, names, today=today) for row in told["measures"]),
        before=period_of_round(before) if before else "",
    )


def _names_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The names that were kept, as the reader's language has them; one that has been changed since stays as it was."""
    units = Unit.objects.without_tree_fields().filter(slug__in=[row["unit_slug"] for row in rows])
    return {unit.name: str(unit) for unit in units}


def _unit(row: Mapping[str, Any], slug: str, names: Mapping[str, str], *, today: date) -> UnitRow:
    finished = ""
    if row["finished_at"]:
        words = {"day": _day(row["finished_at"], today=today), "who": row["finished_by"]}
        finished = _("%(day)s av %(who)s") % words
    return UnitRow(
        name=names.get(row["unit"], row["unit"]),
        url=status_url(slug, unit=row["unit_slug"]) if row["is_asked"] else "",
        reported=row["reported"],
        measures=row["measures"],
        finished=finished,
        is_asked=row["is_asked"],
    )


def _measure(
    row: Mapping[str, Any],
    stood: Mapping[str, str],
    period: str,
    labels: Mapping[str | None, str],
    names: Mapping[str, str],
    *,
    today: date,
) -> RoundMeasure:
    ticks = Ticks(when=period, **row["ticks"]) if row["ticks"] else None
    return RoundMeasure(
        text=row["text"],
        url=reverse("measure", args=[row["measure"]]) + "#status",
        state=row["state"],
        tally=tally_words(
            {one["state"]: one["count"] for one in row.get("tally", ())}, labels.get(row.get("word_of"), "")
        ),
        before=stood.get(row["measure"], ""),
        ticks=ticks,
        clash=contradiction(row["state"], ticks),
        reports=tuple(
            {**told, "unit": names.get(told["unit"], told["unit"]), "day": _day(told["reported_at"], today=today)}
            for told in row["reports"]
        ),
        is_taken_out=row.get("is_taken_out", False),
    )


def _day(moment: str, *, today: date) -> str:
    return day_phrase(localtime(datetime.fromisoformat(moment)).date(), today=today)


# --- On the page where units report ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Banner:
    """The open round as the page of a unit tells of it."""

    round: ReportingRound
    period: str
    due: str
    is_late: bool
    url: str
    progress: str = ""
    is_finished: bool = False
    finished: str = ""
    is_whole: bool = False
    told: frozenset[str] = frozenset()  # the measures that the unit has reported on in the round


def round_banner(document: Document, unit: Unit | None, rows: Iterable[MeasureStatus], *, today: date) -> Banner | None:
    asked, rows = reporting.open_round(document.pk), list(rows)
    if asked is None:
        return None
    plain = {
        "round": asked,
        "period": period_of_round(asked),
        "due": due_words(asked, today=today),
        "is_late": asked.due_on < today,
        "url": reverse("round", args=[document.slug, asked.pk]),
    }
    own = [row for row in rows if unit in row.units]
    if unit is None or not own:
        return Banner(**plain)  # type: ignore[arg-type]
    told = frozenset(row.key for row in rows if row.is_told_in(asked.pk, unit))
    told_count = sum(row.key in told for row in own)
    row = asked.units.select_related("finished_by").filter(unit=unit, finished_at__isnull=False).first()
    finished = ""
    if row is not None and row.finished_at is not None:
        day = day_phrase(localtime(row.finished_at).date(), today=today)
        finished = _("Meldt ferdig %(day)s av %(who)s.") % {"day": day, "who": row.finished_by}
    words = ngettext(
        "%(told)d av %(count)d tiltak er rapportert", "%(told)d av %(count)d tiltak er rapportert", len(own)
    )
    return Banner(
        **plain,  # type: ignore[arg-type]
        progress=words % {"told": told_count, "count": len(own)},
        is_finished=bool(finished),
        finished=finished,
        is_whole=told_count == len(own),
        told=told,
    )
