"""Measures that have gone stale, told on Mitt arbeid to whoever answers for them and to whoever writes their plan."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from annual_wheel.asks import Silence, silences_today, told_by_key, told_on
from annual_wheel.models import Edition, Entry, Task
from annual_wheel.status_page import STALE, status_url
from config.lib.language import lang_of
from config.lib.stamp import Kept, Stamp
from organisation.models import GroupMember, Unit, UnitGroup, User
from organisation.permissions import Permission
from planning.models import Measure, MeasureResponsibility
from planning.standing import is_stale
from strategy.models import Document

MOST_ROWS: Final = 3
# What is reported is not logged, since it never changes: it is asked for beside what is kept.
KEPT: Final[Kept[tuple[Silence, ...]]] = Kept(
    Stamp(Document, Measure, MeasureResponsibility, Task, Entry, Edition, Unit, UnitGroup, GroupMember), most=4
)


def forget() -> None:
    """Let go of what is kept, for tests."""
    KEPT.forget()


@dataclass(frozen=True, slots=True)
class SilentRow:
    """A measure that one may speak for, on behalf of one unit or several."""

    text: str
    lang: SafeString
    url: str
    report_url: str
    units: str
    plan: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """The rest of them, or those of a plan that one writes: how many, and where they are listed."""

    words: str
    lang: SafeString
    plan: str
    url: str


@dataclass(frozen=True, slots=True)
class Silent:
    rows: tuple[SilentRow, ...]
    more: tuple[Gathered, ...]
    plans: tuple[Gathered, ...]

    @property
    def is_any(self) -> bool:
        return bool(self.rows or self.plans)


def silent_for(user: User, units: Collection[int], *, here: str, today: date) -> Silent:
    """What has gone stale at these units of one's own, and in the plans that one writes."""
    reach = user.reach(today)
    speaks, writes = reach[Permission.TICK] & set(units), reach[Permission.EDIT]
    kept = KEPT.get(today, lambda: tuple(silences_today(today=today)))
    near = [each for each in kept if each.unit.pk in speaks or each.plan.owner_id in writes]
    still = _still_silent(near, today=today)
    mine = [each for each in still if each.unit.pk in speaks]
    by_measure = list(_by_measure(mine).values())
    written: dict[int, list[Silence]] = {}
    for each in still:
        if each.plan.owner_id in writes:
            written.setdefault(each.plan.pk, []).append(each)
    return Silent(
        rows=tuple(_row(same, here) for same in by_measure[:MOST_ROWS]),
        more=tuple(_rest(each for same in by_measure[MOST_ROWS:] for each in same)),
        plans=tuple(_gathered(of_plan) for of_plan in written.values()),
    )


def _still_silent(near: list[Silence], *, today: date) -> list[Silence]:
    """Those that nobody has reported on since they were read."""
    told = told_by_key(each.key for each in near) if near else {}

    def is_silent(each: Silence) -> bool:
        of_units = told.get(each.key, {})
        own = of_units.get(each.unit.pk)
        days = {"told_on": told_on(of_units.values()), "ticked_on": None}
        return is_stale(since=date.min, state=own.state if own else "", today=today, **days)

    return [each for each in near if is_silent(each)]


def _by_measure(silences: Iterable[Silence]) -> dict[str, list[Silence]]:
    found: dict[str, list[Silence]] = {}
    for each in silences:
        found.setdefault(each.key, []).append(each)
    return found


def _row(same: list[Silence], here: str) -> SilentRow:
    first = same[0]
    query = urlencode({"enhet": first.unit.slug, "next": here})
    return SilentRow(
        text=first.text,
        lang=lang_of(first.plan.language),
        url=first.url,
        report_url=f"{reverse('measure_report', args=[first.key])}?{query}",
        units=", ".join(each.unit.label for each in same),
        plan=first.plan.known_as,
    )


def _rest(silences: Iterable[Silence]) -> list[Gathered]:
    """What there is no room for, by unit and plan."""
    groups: dict[tuple[str, str], list[Silence]] = {}
    for each in silences:
        groups.setdefault((each.unit.slug, each.plan.slug), []).append(each)
    return [_gathered(of_unit, unit=of_unit[0].unit) for of_unit in groups.values()]


def _gathered(silences: list[Silence], *, unit: Unit | None = None) -> Gathered:
    plan = silences[0].plan
    count = len({each.key for each in silences})
    words = (
        ngettext("%(count)d tiltak til ved %(unit)s", "%(count)d tiltak til ved %(unit)s", count)
        if unit
        else ngettext("%(count)d tiltak i planen", "%(count)d tiltak i planen", count)
    )
    said = words % {"count": count, "unit": unit.label if unit else ""}
    url = status_url(plan.slug, STALE, unit=unit.slug if unit else "")
    return Gathered(said, lang_of(plan.language), plan.known_as, url)
