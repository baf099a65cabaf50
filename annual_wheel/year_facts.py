"""What a wheel's page knows of a year whoever asks for it: read once, and kept for as long as the logs stand still."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import get_language

from annual_wheel.models import Edition, EditionQuerySet, EditionResponsibility, Entry, EntryResponsibility, Task, Wheel
from annual_wheel.year_editions import COUNTS, Raw, lines_of, named, parties_of, uncounted
from config.lib.norwegian import sort_key
from config.lib.ready_query import ReadyColumns
from config.lib.stamp import Kept, Stamp
from organisation.models import Function, Unit, UnitGroup

Parties = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class YearFacts:
    """All the editions of one year, or of two, and every unit and group that has to do with them: slug and name."""

    raw: Raw
    parties: Parties


@dataclass(frozen=True, slots=True)
class Frame:
    """What of it stands still while people tick."""

    raw: Raw
    parties: frozenset[tuple[str, str]]


STILL: Final = (Edition, EditionResponsibility, Entry, EntryResponsibility, Unit, UnitGroup, Function)
FRAMES: Final[Kept[Frame]] = Kept(Stamp(*STILL), most=32)
KEPT: Final[Kept[YearFacts]] = Kept(Stamp(Task, *STILL), most=32)


def facts_of(wheel: Wheel, years: Collection[int]) -> YearFacts:
    key = (wheel.pk, tuple(years), get_language())
    return KEPT.get(key, lambda: _told(FRAMES.get(key, lambda: _frame(wheel, years)), wheel, years))


def forget() -> None:
    FRAMES.forget()
    KEPT.forget()


def editions_in(wheel: Wheel, years: Collection[int]) -> EditionQuerySet:
    return Edition.objects.filter(entry__wheel=wheel, year__in=years)


def read(wheel: Wheel, years: Collection[int]) -> YearFacts:
    return _told(_frame(wheel, years), wheel, years)


def _frame(wheel: Wheel, years: Collection[int]) -> Frame:
    raw = uncounted(editions_in(wheel, years), lines=lines_of(wheel))
    return Frame(raw, frozenset(parties_of((*raw.lines, *raw.own_lines))))


def _told(frame: Frame, wheel: Wheel, years: Collection[int]) -> YearFacts:
    """The frame with what has been ticked, and the units that have tasks (two queries a year)."""
    counts = [tuple(row) for year in years for row in COUNTS.rows(wheel=wheel.pk, year=year)]
    units = [row for year in years for row in UNITS.rows(wheel=wheel.pk, year=year)]
    parties = {*frame.parties, *((slug, named(*names)) for slug, *names in units)}
    in_order = sorted(parties, key=lambda party: (sort_key(party[1]), party[0]))
    return YearFacts(replace(frame.raw, counts=tuple(counts)), tuple(in_order))


def _with_tasks(*, wheel: int, year: int) -> QuerySet[Unit, Any]:
    editions = Edition.objects.filter(entry__wheel=wheel, year=year).order_by().values("pk")
    tasks = Task.objects.filter(edition__in=editions).order_by().values("unit")
    return Unit.objects.without_tree_fields().filter(pk__in=tasks).order_by().values_list("slug", "name", "name_en")


UNITS: Final = ReadyColumns(_with_tasks, wheel=int, year=int)
