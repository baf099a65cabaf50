"""What a wheel's page knows of a year whoever asks for it: read once, and kept for as long as the logs stand still."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language

from annual_wheel.models import Edition, EditionQuerySet, EditionResponsibility, Entry, EntryResponsibility, Task, Wheel
from annual_wheel.year_editions import Raw, lines_of, named, parties_of, raw_of
from config.lib.norwegian import sort_key
from config.lib.stamp import Kept, Stamp
from organisation.models import Function, Unit, UnitGroup

Parties = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class YearFacts:
    """All the editions of one year, or of two, and every unit and group that has to do with them: slug and name."""

    raw: Raw
    parties: Parties


KEPT: Final[Kept[YearFacts]] = Kept(
    Stamp(Edition, EditionResponsibility, Task, Entry, EntryResponsibility, Unit, UnitGroup, Function), most=32
)


def facts_of(wheel: Wheel, years: Collection[int]) -> YearFacts:
    return KEPT.get((wheel.pk, tuple(years), get_language()), lambda: read(wheel, years))


def editions_in(wheel: Wheel, years: Collection[int]) -> EditionQuerySet:
    return Edition.objects.filter(entry__wheel=wheel, year__in=years)


def read(wheel: Wheel, years: Collection[int]) -> YearFacts:
    editions = editions_in(wheel, years)
    raw = raw_of(editions, lines=lines_of(wheel))
    tasks = Task.objects.filter(edition__in=editions.order_by().values("pk")).order_by()
    units = Unit.objects.without_tree_fields().filter(pk__in=tasks.values("unit")).order_by()
    with_tasks = ((slug, named(*names)) for slug, *names in units.values_list("slug", "name", "name_en"))
    parties = {*parties_of((*raw.lines, *raw.own_lines)), *with_tasks}
    return YearFacts(raw, tuple(sorted(parties, key=lambda party: (sort_key(party[1]), party[0]))))
