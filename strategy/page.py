"""A document's words as a page shows them: every text, address and count made ready, so that the template only prints.

Pure: from an outline and what is known beside it, without the database.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.lib.norwegian import sort_key
from config.lib.text import html, parted
from config.lib.ui import state
from strategy.builds_on import Above, builds_on_keys
from strategy.in_force import Words, walk
from strategy.models import PUBLISHED_STATES, ItemStatus
from strategy.outline import AreaOutline, FactOutline, GoalOutline, MeasureOutline, Outline, RouteOutline, TargetOutline
from strategy.words import count_measures, phrase, span_of, target_details, untied_title

NO_GOAL_AREA = "uten-omraade"
NONE: Final = SafeString("")


@dataclass(frozen=True, slots=True)
class Beside:
    """What the outline does not say itself: names of target groups, which measures stand in a wheel, and what goals
    and routes build up under in other documents, as whoever reads may see it."""

    target_groups: Mapping[str, str] = field(default_factory=dict)
    dated: frozenset[str] = frozenset()
    above: Above = field(default_factory=dict)

    @property
    def key(self) -> Hashable:
        above = sorted((place.key, place.text, place.lang, place.document.owner.label) for place in self.above.values())
        return self.dated, tuple(sorted(self.target_groups.items())), tuple(above)


@dataclass(frozen=True, slots=True)
class Filters:
    """What of a document to show; empty words show everything."""

    target_group: str = ""
    responsible: str = ""
    show: str = ""

    @property
    def is_on(self) -> bool:
        return bool(self.target_group or self.responsible or self.show)

    def takes_measure(self, measure: MeasureOutline, target_groups: set[str], dated: frozenset[str]) -> bool:
        """`target_groups` are the measure's own and those of the goals it serves."""
        if self.show == "uten-tiltak":
            return False
        if self.target_group and self.target_group not in target_groups:
            return False
        if self.responsible and self.responsible not in {line["party_slug"] for line in measure["responsible"]}:
            return False
        return not self.show or (measure["id"] in dated) == (self.show == "datert")

    def takes_goal(self, goal: GoalOutline, *, has_measure: bool, has_any: bool) -> bool:
        """A goal is shown with its measures; alone only where the filter is about the goal itself."""
        if self.show == "uten-tiltak":
            return not has_any and (not self.target_group or self.target_group in goal["target_groups"])
        if has_measure or not self.is_on:
            return True
        about_goals = self.target_group and not self.responsible and not self.show
        return bool(about_goals and self.target_group in goal["target_groups"])


@dataclass(frozen=True, slots=True)
class TargetRow:
    text: str
    details: str


@dataclass(frozen=True, slots=True)
class FactRow:
    text: str
    period: str


@dataclass(frozen=True, slots=True)
class MeasureRow:
    anchor: str  # empty the second time a measure stands on the page
    url: str
    text: str
    rest: SafeString  # what is written below its first paragraph
    responsible: str
    under: SafeString  # what stands below it in small print: how binding, how often, for whom, in a wheel or not


@dataclass(frozen=True, slots=True)
class GoalRow:
    anchor: str
    url: str
    title: str
    text: str
    rest: SafeString
    target_groups: str
    targets: tuple[TargetRow, ...]
    measures: tuple[MeasureRow, ...]
    height: int  # rows in the table, at least one
    is_proposed: bool
    above: SafeString = NONE  # what it builds up under


@dataclass(frozen=True, slots=True)
class RouteRow:
    anchor: str
    url: str
    text: str
    rest: SafeString
    serves: str
    is_proposed: bool
    above: SafeString = NONE


@dataclass(frozen=True, slots=True)
class AreaPart:
    anchor: str
    heading: str
    level: int
    overall_goal: SafeString
    text: SafeString
    goals: tuple[GoalRow, ...]
    routes: tuple[RouteRow, ...]
    targets: tuple[TargetRow, ...]
    facts: tuple[FactRow, ...]
    areas: tuple[AreaPart, ...]
    is_shown_as_table: bool
    holds: str = ""  # of one that is shown closed, with its goals alone: how much it has

    @property
    def is_empty(self) -> bool:
        return not (self.goals or self.routes or self.areas)


@dataclass(frozen=True, slots=True)
class Body:
    """Everything below a document's head. `shown` and `measure_count` count each measure once."""

    areas: tuple[AreaPart, ...]
    goal_count: int
    measure_count: int
    shown_count: int
    dated_count: int
    without_count: int


MODALITIES = {"should": gettext_lazy("bør"), "may": gettext_lazy("kan")}


WRITTEN: Final = ("frequency", "quantity")  # in the document's own language


LONG: Final = 200  # goals and measures; a longer document opens with its areas closed


class BodyMaker:
    """Makes the rows of one page. In a long one, areas that are not in `opened` have no measures; None opens all."""

    def __init__(
        self,
        words: Words,
        beside: Beside,
        filters: Filters,
        lang: SafeString,
        *,
        opened: Collection[str] | None = None,
    ) -> None:
        self.words, self.beside, self.filters, self.lang = words, beside, filters, lang
        self.has_measures = bool(words.measures)
        self.tells_proposed = words.outline["state"] in PUBLISHED_STATES  # of a draft, everything is
        self.taken: set[str] = set()
        self.place = {key: number for number, key in enumerate(words.goals)}  # in the order of the page
        self.measures_of: dict[str, list[MeasureOutline]] = {}
        self.shared_of: dict[str, list[MeasureOutline]] = {}
        self.covered: set[str] = set()
        self.loose: list[MeasureOutline] = []
        self.addresses = {name: reverse(name, args=["-"]).removesuffix("-/") for name in ("goal", "route", "measure")}
        for measure in words.measures.values():
            self._sort(measure)
        self.opened = opened if len(words.goals) + len(self.taken) > LONG else None

    def _sort(self, measure: MeasureOutline) -> None:
        served = self.words.goals_of(measure)
        self.covered.update(served)
        groups = {slug for key in served for slug in self.words.goals[key]["target_groups"]}
        if not self.filters.takes_measure(measure, groups | {*measure["target_groups"]}, self.beside.dated):
            return
        self.taken.add(measure["id"])
        for key in measure["goals"]:
            self.measures_of.setdefault(key, []).append(measure)
        if not measure["goals"]:
            if measure["area"]:
                self.shared_of.setdefault(measure["area"], []).append(measure)
            else:
                self.loose.append(measure)

    def body(self) -> Body:
        outline = self.words.outline
        areas = [self._area(area, 2) for area in outline["areas"]]
        if outline["goals"] or outline["routes"]:
            areas.insert(0, self._outside(outline))
        if self.loose:
            loose = self._gathered(untied_title(outline), self.loose)
            areas.append(AreaPart("tiltak-uten-maal", "", 2, NONE, NONE, loose, (), (), (), (), True))
        return Body(
            areas=tuple(area for area in areas if not (self.filters.is_on and area.is_empty)),
            goal_count=len(self.words.goals),
            measure_count=len(self.words.measures),
            shown_count=len(self.taken),
            dated_count=sum(key in self.beside.dated for key in self.words.measures),
            without_count=sum(key not in self.covered for key in self.words.goals) if self.has_measures else 0,
        )

    def _outside(self, outline: Outline) -> AreaPart:
        """Goals and routes outside every area stand first, as an area of their own without a heading."""
        goals = self._goals(outline["goals"])
        routes = () if self.filters.is_on else tuple(self._route(route) for route in outline["routes"])
        return AreaPart(NO_GOAL_AREA, "", 2, NONE, NONE, goals, routes, (), (), (), self.has_measures)

    def part(self, key: str) -> AreaPart:
        """One area at the top level, open; KeyError where there is none."""
        self.opened = None
        return next(self._area(area, 2) for area in self.words.outline["areas"] if area["id"] == key)

    def _holds(self, area: AreaOutline) -> str:
        """How much a closed area has; empty for one that is open."""
        if self.opened is None or area["id"] in self.opened:
            return ""
        inside = [inner for inner, _path in walk([area])]
        under = [self.measures_of.get(goal["id"], ()) for inner in inside for goal in inner["goals"]]
        shared = [self.shared_of.get(inner["id"], ()) for inner in inside]
        measures = {measure["id"] for some in (*under, *shared) for measure in some}
        return count_measures(len(measures)) if measures else ""

    def _area(self, area: AreaOutline, level: int, *, is_closed: bool = False) -> AreaPart:
        holds = self._holds(area) if level == 2 else ""
        is_closed = is_closed or bool(holds)
        below = [self._area(sub, level + 1, is_closed=is_closed) for sub in area["areas"]]
        shared = [] if is_closed else self.shared_of.get(area["id"], [])
        return AreaPart(
            anchor=area["id"],
            heading=" ".join(filter(None, (area["label"], area["title"]))),
            level=level,
            overall_goal=html(area["overall_goal"]),
            text=html(area["text"]),
            goals=self._goals(area["goals"], is_closed=is_closed) + self._gathered(_("Alle mål i området"), shared),
            routes=() if self.filters.is_on or is_closed else tuple(self._route(route) for route in area["routes"]),
            targets=tuple(target_row(target) for target in area["targets"]),
            facts=tuple(_fact(fact) for fact in area["facts"]),
            areas=tuple(sub for sub in below if not (self.filters.is_on and sub.is_empty)),
            is_shown_as_table=self.has_measures,
            holds=holds,
        )

    def _goals(self, goals: list[GoalOutline], *, is_closed: bool = False) -> tuple[GoalRow, ...]:
        rows = []
        for goal in goals:
            own = self.measures_of.get(goal["id"], [])
            if self.filters.takes_goal(goal, has_measure=bool(own), has_any=goal["id"] in self.covered):
                rows.append(self._goal(goal, [] if is_closed else own))
        return tuple(rows)

    def _goal(self, goal: GoalOutline, own: list[MeasureOutline]) -> GoalRow:
        said = parted(goal["text"])
        return GoalRow(
            anchor=goal["id"],
            url=f"{self.addresses['goal']}{goal['id']}/",
            title=goal["title"],
            text=said.line,
            rest=said.rest,
            target_groups=self._groups(goal["target_groups"]),
            targets=tuple(target_row(target) for target in goal["targets"]),
            measures=self._rows(own, goal["id"]),
            height=max(1, len(own)),
            is_proposed=self._is_proposed(goal),
            above=self._above(goal),
        )

    def _gathered(self, title: str, measures: list[MeasureOutline]) -> tuple[GoalRow, ...]:
        """Measures that stand under no single goal, in a group that says which they serve."""
        if not measures:
            return ()
        return (GoalRow("", "", "", title, NONE, "", (), self._rows(measures), len(measures), False),)

    def _route(self, route: RouteOutline) -> RouteRow:
        served = [self.words.text_of(key) or "" for key in route["goals"]]
        said, url = parted(route["text"]), f"{self.addresses['route']}{route['id']}/"
        return RouteRow(
            route["id"], url, said.line, said.rest, "; ".join(served), self._is_proposed(route), self._above(route)
        )

    def _above(self, item: GoalOutline | RouteOutline) -> SafeString:
        return builds_on_keys(item.get("aligned_to") or (), self.beside.above)

    def _is_proposed(self, item: GoalOutline | RouteOutline | MeasureOutline) -> bool:
        return self.tells_proposed and item["status"] == ItemStatus.PROPOSED

    def _rows(self, measures: list[MeasureOutline], goal: str = "") -> tuple[MeasureRow, ...]:
        return tuple(self._measure(measure, is_first=self._is_first(measure, goal)) for measure in measures)

    def _is_first(self, measure: MeasureOutline, goal: str) -> bool:
        """Whether this is the first of a measure's places on the page, the one that carries its anchor."""
        return not goal or goal == min(measure["goals"], key=lambda key: self.place.get(key, len(self.place)))

    def _measure(self, measure: MeasureOutline, *, is_first: bool) -> MeasureRow:
        written = [format_html("<span{}>{}</span>", self.lang, measure[name]) for name in WRITTEN if measure[name]]
        details = (
            str(MODALITIES.get(measure["modality"], "")),
            *written,
            self._groups(measure["target_groups"]),
            _("i årshjulet") if measure["id"] in self.beside.dated else "",
        )
        said = parted(measure["text"])
        words = format_html_join(" · ", "{}", ((detail,) for detail in details if detail))
        under = format_html('<span class="under">{}</span>', words) if words else SafeString("")
        return MeasureRow(
            anchor=measure["id"] if is_first else "",
            url=f"{self.addresses['measure']}{measure['id']}/",
            text=said.line,
            rest=said.rest,
            responsible=phrase(measure["responsible"]),
            under=format_html("{} {}", under, state("proposed")) if self._is_proposed(measure) else under,
        )

    def _groups(self, slugs: list[str]) -> str:
        return ", ".join(self.beside.target_groups.get(slug, slug) for slug in slugs)


def target_row(target: TargetOutline) -> TargetRow:
    return TargetRow(target["text"], target_details(target))


def _fact(fact: FactOutline) -> FactRow:
    period = span_of(fact["period"])
    return FactRow(fact["text"], "" if period.casefold() in fact["text"].casefold() else period)


def parties_of(outline: Outline) -> list[tuple[str, str]]:
    """Who is responsible for something in the document, by name, as (slug, name)."""
    named = {line["party_slug"]: line["party"] for measure in outline["measures"] for line in measure["responsible"]}
    return sorted(named.items(), key=lambda party: sort_key(party[1]))


def target_groups_of(words: Words) -> set[str]:
    """The slugs of the target groups that goals and measures name."""
    items: list[Any] = [*words.goals.values(), *words.measures.values()]
    return {slug for item in items for slug in item["target_groups"]}
