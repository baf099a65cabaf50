"""The editor's page: the whole working text of a document, put together of rows with where each is changed.

Everything is fetched in a constant number of queries, and put together here so that the template only writes it out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.lib.text import html
from planning.beginning import earlier_evaluations
from planning.editor import adding
from planning.editor.measure import Wheels, measure_row
from planning.models import MeasureLink
from planning.services import home_of
from strategy.access import place_of
from strategy.builds_on import Look, builds_on, ends_of, with_ends
from strategy.changes import Changes
from strategy.inheriting import is_under_plan
from strategy.models import Area, Document, Fact, Goal, GoalLink, ItemStatus, RouteLink, Section, Target
from strategy.moving import OUTSIDE, row_key
from strategy.page import LONG
from strategy.rows import CHANGED, STILL_READ, Add, Row, changed, decision_row, fact_row, keyed_row, placed, target_row
from strategy.words import untied_words


@dataclass(frozen=True)
class Block:
    """An area with what stands in it, or a part of what stands outside every area."""

    key: str
    row: Row | None
    goals: Sequence[Row] = ()
    routes: Sequence[Row] = ()
    measures: Sequence[Row] = ()
    facts: Sequence[Row] = ()
    add: Sequence[Add] = ()
    blocks: Sequence[Block] = ()
    opens: str = ""  # where its content is got, of one that is shown closed
    holds: str = ""  # what it has, in words
    into: str = OUTSIDE  # what says that something is moved here
    takes: Collection[str] = ("goal", "route", "measure")  # the kinds that can stand in it
    title: str = ""  # of a part outside the areas
    is_idle: bool = False  # a part outside the areas that has nothing: seen while something is dragged there

    @property
    def is_empty(self) -> bool:
        return not (self.goals or self.routes or self.measures or self.facts or self.blocks)


@dataclass
class Editor:
    """The outline of one document, in the order it is read (`strategy.in_force.in_order`)."""

    document: Document
    sections: Sequence[Row] = ()
    decisions: Sequence[Row] = ()
    outside: Block | None = None
    blocks: Sequence[Block] = ()
    add_area: Sequence[Add] = ()
    untied: Block | None = None
    retired: Sequence[Row] = ()
    counts: str = ""

    @property
    def has_items(self) -> bool:
        return bool(self.blocks) or not (self.outside is None or self.outside.is_empty)

    @property
    def moves_decisions(self) -> bool:
        return any(row.move_url for row in self.decisions)


def editor_of(document: Document, *, changes: Changes, at: str = "", **around: Any) -> Editor:
    """The whole working text; of a long document the area that holds the row `at`, and the others closed.

    `changes` are those since it was adopted. Of what is `around`, `above` tells what measures build up under as whoever
    writes may see it, and `wheels` are the ones they can put a measure in.
    """
    only = None if _size(document) <= LONG else _top_of(document, at)
    return _Builder(document, changes, only=only, **around).editor()


def block_of(document: Document, area: Area, *, changes: Changes, **around: Any) -> Block:
    """One area at the top level, open."""
    builder = _Builder(document, changes, only={area.pk}, **around)
    [block] = [block for block in builder.editor().blocks if block.key == area.key]
    return block


def _size(document: Document) -> int:
    measures: Any = document.measures  # type: ignore[attr-defined]
    return document.goals.count() + measures.count()


def _top_of(document: Document, at: str) -> set[int]:
    """The area at the top level that a row stands in, by its key or by its kind and number; none for other rows."""
    if not at:
        return set()
    kind, _dash, number = at.partition("-")
    if kind in NUMBERED and number.isascii() and number.isdigit():
        row = NUMBERED[kind].objects.filter(pk=number[:9]).select_related("area__parent").first()
        area = row and (row.area or (row.goal.area if getattr(row, "goal", None) else None))
    else:
        key = at.removeprefix("ny-")
        goal = document.goals.filter(key=key).first() or document.goals.filter(measures__key=key).first()
        route = document.routes.filter(key=key).first()
        measures: Any = document.measures  # type: ignore[attr-defined]
        measure = measures.filter(key=key).first()
        held = goal or route or measure
        area = held.area if held else document.areas.filter(key=key).first()
    return {area.parent_id or area.pk} if area and area.document_id == document.pk else set()


NUMBERED: Mapping[str, Any] = {"maltall": Target, "faktum": Fact}


AREA = {"planer": "plan_area", "strategi": "strategy_area"}


class _Builder:
    """Puts the editor together; with `only`, of those areas at the top level alone, the others being counted."""

    def __init__(
        self,
        document: Document,
        changes: Changes,
        *,
        only: set[int] | None = None,
        above: Look,
        wheels: Wheels = (),
        writes_decisions: bool = False,
    ) -> None:
        self.document, self.changes, self.only, self.wheels = document, changes, only, wheels
        self.writes_decisions = writes_decisions
        self.areas = list(document.areas.all())
        self.top = {area.pk: area.parent_id or area.pk for area in self.areas}
        self.goals = self._shown(document.goals, GoalLink)
        self.routes = self._shown(document.routes, RouteLink)
        measures: Any = document.measures  # type: ignore[attr-defined]
        self.counted = self._count() if only is not None else {}
        self.measures = list(
            self._shown_measures(measures).prefetch_related(
                "goals",
                "responsibilities__unit",
                "responsibilities__group",
                "responsibilities__function",
                "evaluations__unit",
                "entries",
                Prefetch("item_links", with_ends(MeasureLink.objects.all())),
            )
        )
        linked = [item.links for item in (*self.goals, *self.routes) if item.has_links]
        linked += [measure.item_links for measure in self.measures]
        self.above = above([end for links in linked for end in ends_of(links.all())])
        if document.follows_id:
            earlier = earlier_evaluations(document)
            for measure in self.measures:
                measure.earlier = earlier.get(measure.pk, ())
        targets = Target.objects.filter(goal__document=document) | Target.objects.filter(area__document=document)
        self.targets = _by(
            targets, lambda target: ("goal", target.goal_id) if target.goal_id else ("area", target.area_id)
        )
        self.facts = _by(Fact.objects.filter(area__document=document), lambda fact: fact.area_id)
        self.measures_at = _by(_standing(self.measures), home_of)
        self.has_areas = bool(_standing(self.areas))

    def _open(self) -> list[int]:
        return [pk for pk, top in self.top.items() if top in (self.only or ())]

    def _shown(self, related: Any, link: Any) -> list[Any]:
        """Those that are to be seen, with their links, which most have none of."""
        links = link.objects.all()
        rows = related.annotate(
            has_links=Exists(links.filter(**{f"from_{related.model._meta.model_name}": OuterRef("pk")}))
        )
        if self.only is not None:
            rows = rows.filter(Q(area__in=self._open()) | Q(area=None) | Q(status=ItemStatus.RETIRED))
        shown = list(rows)
        prefetch_related_objects([row for row in shown if row.has_links], Prefetch("links", with_ends(links)))
        return shown

    def _shown_measures(self, measures: Any) -> Any:
        """Those in the open areas, and those that stand outside every one."""
        if self.only is None:
            return measures
        inside = Q(pk__in=[pk for pk, top in self.home.items() if top is None or top in self.only])
        return measures.filter(inside | Q(status=ItemStatus.RETIRED))

    def _count(self) -> dict[int, tuple[int, int]]:
        """How many goals and measures stand in each area at the top level."""
        measures: Any = self.document.measures.standing()  # type: ignore[attr-defined]
        goals = dict(self.document.goals.standing().values_list("pk", "area_id"))
        first: dict[int, int] = {}
        served = measures.model.goals.through.objects.filter(measure__document=self.document, goal__in=goals)
        for measure, goal in served.order_by("goal__position", "goal_id").values_list("measure_id", "goal_id"):
            first.setdefault(measure, goal)
        places = dict(measures.values_list("pk", "area_id"))
        self.home = {pk: self.top.get(goals[first[pk]] if pk in first else area) for pk, area in places.items()}
        self.goal_count, self.measure_count = len(goals), len(places)
        of_goals, of_measures = Counter(map(self.top.get, goals.values())), Counter(self.home.values())
        return {top: (of_goals[top], of_measures[top]) for top in self.top.values()}

    def editor(self) -> Editor:
        tops = _by(_standing(self.areas), lambda area: area.parent_id)
        self.areas_under = tops
        return Editor(
            document=self.document,
            sections=self._sections(),
            decisions=self._decisions(),
            outside=self._outside(),
            blocks=self._blocks(None),
            add_area=adding.after_areas(self.document),
            untied=self._untied() if self.document.kind == "action_plan" else None,
            retired=self._retired(),
            counts=self._counts(),
        )

    def _counts(self) -> str:
        if self.only is None:
            return self._words(len(_standing(self.goals)), len(_standing(self.measures)))
        return self._words(self.goal_count, self.measure_count)

    def _words(self, goals: int, measures: int) -> str:
        parts = [ngettext("%(count)s mål", "%(count)s mål", goals) % {"count": goals}]
        if self.document.kind == "action_plan":
            parts.append(ngettext("%(count)s tiltak", "%(count)s tiltak", measures) % {"count": measures})
        return ", ".join(parts)

    def _sections(self) -> list[Row]:
        """In the order of their kinds, as they stand in a document."""
        rows: list[Row] = []
        sections = list(self.document.sections.all())
        for kind, label in Section._meta.get_field("kind").choices or ():
            of_kind = [section for section in sections if section.kind == kind]
            rows += placed([self._section(section, str(label)) for section in of_kind])
        return rows

    def _decisions(self) -> list[Row]:
        """By their day; those of one day, or of none, in an order of their own."""
        decisions = self.document.decisions.annotate(is_behind=Q(version__isnull=False))
        corrects = self.writes_decisions and self.document.is_published  # which takes whoever may decide
        rows = [
            decision_row(
                each, is_written=corrects if each.is_behind else self.writes_decisions, is_behind=each.is_behind
            )
            for each in decisions
        ]
        rows = [row for _day, of_day in groupby(rows, lambda row: row.among) for row in placed(list(of_day))]
        return [changed(row, move_url="") if row.is_first and row.is_last else row for row in rows]

    def _section(self, section: Section, label: str) -> Row:
        row = Row(
            key=row_key(section),
            kind="section",
            among=section.kind,
            label=label.capitalize(),
            text=str(section),
            words="" if section.title else html(section.text),
            written=[html(section.text)] if section.title else [],
            edit_url=reverse("section_edit", args=[section.pk]),
            move_url=reverse("section_move", args=[section.pk]),
            retire_url=reverse("section_remove", args=[section.pk]),
            changes_url=reverse("section_changes", args=[section.pk]),
        )
        return self._shown_as(row)

    def _blocks(self, parent_id: int | None) -> list[Block]:
        areas = self.areas_under[parent_id]
        rows = placed([self._area(area) for area in areas])
        return [self._block(area, row) for area, row in zip(areas, rows, strict=True)]

    def _area(self, area: Area) -> Row:
        can_go_under = len(self.areas_under[None]) > 1 and not self.areas_under[area.pk]
        has_areas = bool(area.parent_id) or can_go_under
        return self._keyed("area", area, targets=self._targets("area", area.pk), has_areas=has_areas)

    def _block(self, area: Area, row: Row) -> Block:
        if self.only is not None and self.top[area.pk] not in self.only:
            return self._closed(area, row)
        return Block(
            key=area.key,
            row=row,
            goals=self._goals_in(area.pk),
            routes=self._routes_in(area.pk),
            measures=self._measures(("area", area.pk)),
            facts=placed([fact_row(fact) for fact in self.facts[area.pk]]),
            add=adding.in_area(self.document, area),
            blocks=self._blocks(area.pk),
            into=f"omrade:{area.key}",
        )

    def _goals_in(self, area: int | None) -> list[Row]:
        return placed([self._goal(goal) for goal in _standing(self.goals) if goal.area_id == area])

    def _routes_in(self, area: int | None) -> list[Row]:
        return placed([self._linked("route", route) for route in _standing(self.routes) if route.area_id == area])

    def _closed(self, area: Area, row: Row) -> Block:
        url = reverse(AREA[place_of(self.document)], args=[self.document.slug, area.key])
        holds, into = self._words(*self.counted[area.pk]), f"omrade:{area.key}"
        return Block(area.key, row, opens=url, holds=holds, into=into)

    def _outside(self) -> Block:
        """Goals and routes outside every area, which come first."""
        goals, routes = self._goals_in(None), self._routes_in(None)
        is_idle = self.has_areas and not (goals or routes)
        return Block(
            key="utenfor",
            row=None,
            goals=goals,
            routes=routes,
            add=adding.outside_areas(self.document, is_among_areas=is_idle),
            takes=("goal", "route"),
            title=_("Utenfor områdene") if self.has_areas else self._title_of_goals(),
            is_idle=is_idle,
        )

    def _title_of_goals(self) -> str:
        return _("Mål og tiltak") if self.document.kind == "action_plan" else _("Mål og veivalg")

    def _untied(self) -> Block:
        """Measures without goal or area, which come last."""
        measures = self._measures(("none", None))
        return Block(
            key="uten-mal",
            row=None,
            measures=measures,
            add=[adding.new_measure(self.document, _("Nytt tiltak"))],
            takes=("measure",),
            title=untied_words(is_under_plan=bool(measures) and is_under_plan(self.document)),
        )

    def _goal(self, goal: Goal) -> Row:
        return self._linked(
            "goal",
            goal,
            targets=self._targets("goal", goal.pk),
            rows=self._measures(("goal", goal.pk)),
            add=adding.under_goal(self.document, goal),
        )

    def _measures(self, home: tuple[str, int | None]) -> list[Row]:
        return placed([self._measure(measure) for measure in self.measures_at[home]])

    def _measure(self, measure: Any) -> Row:
        return self._shown_as(measure_row(measure, self.wheels, measure.item_links.all(), self.above))

    def _linked(self, kind: str, item: Any, **fields: Any) -> Row:
        links = item.links.all() if item.has_links else ()
        return self._keyed(kind, item, notes=builds_on(links, self.above), **fields)

    def _keyed(self, kind: str, item: Any, **fields: Any) -> Row:
        return self._shown_as(keyed_row(kind, item, **{"has_areas": self.has_areas, **fields}))

    def _shown_as(self, row: Row) -> Row:
        """With its mark, which only rows of what holds have: of a draft everything is proposed."""
        mark = row.mark or (CHANGED if row.key in self.changes.rows else "")
        return changed(row, mark=mark) if self.document.is_published else changed(row, mark="")

    def _targets(self, on: str, pk: int) -> list[Row]:
        return placed([target_row(target) for target in self.targets[on, pk]])

    def _retired(self) -> list[Row]:
        groups: dict[str, Iterable[Any]] = {
            "area": self.areas, "goal": self.goals, "route": self.routes, "measure": self.measures
        }  # fmt: skip
        return [
            changed(keyed_row(kind, item), mark=STILL_READ if item.key in self.changes.gone else "")
            for kind, items in groups.items()
            for item in items
            if item.status == ItemStatus.RETIRED
        ]


def _standing(items: Iterable[Any]) -> list[Any]:
    return [item for item in items if item.status != ItemStatus.RETIRED]


def _by(rows: Iterable[Any], place: Any) -> defaultdict[Any, list[Any]]:
    sorted_out: defaultdict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        sorted_out[place(row)].append(row)
    return sorted_out
