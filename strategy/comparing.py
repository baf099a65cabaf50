"""Two versions of a document, or two documents that follow each other, item by item. Pure: from outlines alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.lib.text import line
from strategy.in_force import Holder, Words, in_order
from strategy.models import DocumentKind, SectionKind
from strategy.outline import AreaOutline, GoalOutline, MeasureOutline, Outline, RouteOutline
from strategy.words import phrase, span_of, target_details

MODALITIES: Final = {"must": gettext_lazy("skal"), "should": gettext_lazy("bør"), "may": gettext_lazy("kan")}
ALIKE: Final = 0.5  # from here on, a paragraph is the old one with other words

Facets = tuple[tuple[str, str], ...]  # (what it is called, what it says), the main words first
NameOf = Callable[[str], str]


class Change(StrEnum):
    KEPT = "kept"
    REWORDED = "reworded"
    MOVED = "moved"
    SPLIT = "split"
    JOINED = "joined"
    DROPPED = "dropped"
    NEW = "new"


@dataclass(frozen=True)
class Said:
    """One item as it stood in one version."""

    key: str
    kind: str  # head, section, area, goal, route or measure
    name: str
    facets: Facets
    place: str = ""
    stands_in: frozenset[str] = frozenset()  # keys of its area, or of the goals it serves
    came_from: tuple[str, ...] = ()  # keys of an earlier document that it takes over from


@dataclass(frozen=True)
class Row:
    """Items that belong together: what was on the left, what is on the right."""

    before: tuple[Said, ...]
    after: tuple[Said, ...]
    is_moved: bool = False

    @property
    def kind(self) -> str:
        return (self.after or self.before)[0].kind

    @property
    def change(self) -> Change:
        match len(self.before), len(self.after):
            case 0, _new:
                return Change.NEW
            case _old, 0:
                return Change.DROPPED
            case 1, 1:
                if self.differences:
                    return Change.REWORDED
                return Change.MOVED if self.is_moved else Change.KEPT
            case _old, 1:
                return Change.JOINED
        return Change.SPLIT

    @property
    def differences(self) -> list[tuple[str, str, str]]:
        """Of one item that is still one: what is called so, what it said, what it says."""
        if len(self.before) != 1 or len(self.after) != 1:
            return []
        old, new = dict(self.before[0].facets), dict(self.after[0].facets)
        labels = dict.fromkeys([*new, *old])
        return [(label, a, b) for label in labels if (a := old.get(label, "")) != (b := new.get(label, ""))]


def compare(before: Sequence[Said], after: Sequence[Said]) -> list[Row]:
    """Pair what stood with what stands, in the order of what stands; what is gone comes where it stood."""
    ties = [*_by_key(before, after), *_by_succession(before, after)]
    ties += _by_name(before, after, ties)
    rows = _grouped(before, after, ties)
    became = {old.key: {new.key for new in row.after} for row in rows for old in row.before}
    return [_placed(row, became) for row in _in_order(rows, before, after)]


def _placed(row: Row, became: Mapping[str, set[str]]) -> Row:
    """Say of one item that is still one whether it stands under something else than before."""
    if len(row.before) != 1 or len(row.after) != 1:
        return row
    was = {new for key in row.before[0].stands_in for new in became.get(key) or {key}}
    stands = row.after[0].stands_in
    return replace(row, is_moved=not stands <= was or (bool(was) and not stands))


Tie = tuple[int, int]  # positions in the two lists


def _by_key(before: Sequence[Said], after: Sequence[Said]) -> Iterator[Tie]:
    at = {said.key: position for position, said in enumerate(before)}
    return ((at[said.key], position) for position, said in enumerate(after) if said.key in at)


def _by_succession(before: Sequence[Said], after: Sequence[Said]) -> Iterator[Tie]:
    at = {said.key: position for position, said in enumerate(before)}
    return ((at[key], position) for position, said in enumerate(after) for key in said.came_from if key in at)


def _by_name(before: Sequence[Said], after: Sequence[Said], tied: Iterable[Tie]) -> list[Tie]:
    """What nothing ties yet: the same words in the same kind; paragraphs, which have no identity, by likeness."""
    old_tied, new_tied = ({tie[side] for tie in tied} for side in (0, 1))
    free = defaultdict(list)
    for position, said in enumerate(before):
        if position not in old_tied:
            free[said.kind].append(position)
    found = []
    for position, said in enumerate(after):
        if position in new_tied:
            continue
        match = _nearest(said, free[said.kind], before)
        if match is not None:
            free[said.kind].remove(match)
            found.append((match, position))
    return found


def _nearest(said: Said, free: Iterable[int], before: Sequence[Said]) -> int | None:
    same = [position for position in free if before[position].name.casefold() == said.name.casefold()]
    if same:
        return same[0]
    if said.kind != "section":
        return None
    likeness = [(_likeness(before[position], said), position) for position in free]
    best = max(likeness, default=(0.0, -1))
    return best[1] if best[0] >= ALIKE else None


def _likeness(old: Said, new: Said) -> float:
    if old.facets[0] != new.facets[0]:  # another kind of paragraph
        return 0.0
    return SequenceMatcher(None, old.facets[-1][1].split(), new.facets[-1][1].split(), autojunk=False).ratio()


def _grouped(before: Sequence[Said], after: Sequence[Said], ties: Iterable[Tie]) -> list[Row]:
    """Rows of everything that is tied together, directly or through another."""
    rights, lefts = defaultdict(set), defaultdict(set)
    for old, new in ties:
        rights[old].add(new)
        lefts[new].add(old)
    rows, seen = [], set()
    for first in range(len(after)):
        if first in seen:
            continue
        olds, news = _reached(first, lefts, rights)
        seen |= news
        rows.append(Row(tuple(before[at] for at in sorted(olds)), tuple(after[at] for at in sorted(news))))
    rows += [Row((said,), ()) for position, said in enumerate(before) if position not in rights]
    return rows


def _reached(first: int, lefts: Mapping[int, set[int]], rights: Mapping[int, set[int]]) -> tuple[set[int], set[int]]:
    olds: set[int] = set()
    news, waiting = {first}, [first]
    while waiting:
        for old in lefts.get(waiting.pop(), set()) - olds:
            olds.add(old)
            waiting += rights[old] - news
            news |= rights[old]
    return olds, news


def _in_order(rows: Iterable[Row], before: Sequence[Said], after: Sequence[Said]) -> list[Row]:
    """The order of what stands; what is gone follows what it stood after."""
    new_at = {id(said): position for position, said in enumerate(after)}
    row_of = {id(said): row for row in rows for said in row.before}
    follows: dict[int, tuple[int, int]] = {}
    last = -1
    for position, said in enumerate(before):
        row = row_of[id(said)]
        if row.after:
            last = new_at[id(row.after[0])]
        else:
            follows[id(row)] = (last, position)
    return sorted(rows, key=lambda row: (new_at[id(row.after[0])], -1) if row.after else follows[id(row)])


# --- What an outline says -------------------------------------------------------------------------------------------


def said_in(words: Words, name_of_group: NameOf, above: Mapping[str, str] = MappingProxyType({})) -> list[Said]:
    """Everything a document says, in the order it is read; `name_of_group` gives the name of a target group.

    `above` are the names of what items build up under in other documents, by key; what has none is left out.
    """
    return list(_Reader(words, name_of_group, above).everything())


class _Reader:
    def __init__(self, words: Words, name_of_group: NameOf, above: Mapping[str, str]) -> None:
        self.words, self.outline, self.name_of_group = words, words.outline, name_of_group
        self.above = above
        self.told: set[str] = set()

    def everything(self) -> Iterator[Said]:
        yield head_of(self.outline)
        yield from sections_of(self.outline)
        for holder, path in in_order(self.outline):
            yield from self._in_area(holder, path[-1] if path else None)
        yield from self._measures(lambda _measure: True)

    def _in_area(self, place: Holder, area: AreaOutline | None) -> Iterator[Said]:
        if area:
            yield self._area(area)
        for goal in place["goals"]:
            yield self._goal(goal)
            yield from self._measures(lambda measure, key=goal["id"]: key in measure["goals"])  # type: ignore[misc]
        for route in place["routes"]:
            yield self._route(route)
        if area:
            yield from self._measures(lambda measure: measure["area"] == area["id"])

    def _measures(self, belongs: Callable[[MeasureOutline], bool]) -> Iterator[Said]:
        for key, measure in self.words.measures.items():
            if key not in self.told and belongs(measure):
                self.told.add(key)
                yield self._measure(measure)

    def _stood(self, key: str) -> tuple[str, frozenset[str]]:
        """The areas a goal or a route stands in, in words, and the key of the innermost."""
        path = self.words.path_to.get(key, ())
        return " › ".join(name_of(area) for area in path), frozenset(area["id"] for area in path[-1:])

    def _groups(self, slugs: Iterable[str]) -> str:
        return ", ".join(self.name_of_group(slug) for slug in slugs)

    def _names(self, keys: Iterable[str]) -> str:
        return "\n".join(self.words.text_of(key) or key for key in keys)

    def _builds_on(self, item: GoalOutline | RouteOutline | MeasureOutline) -> tuple[str, str]:
        keys = sorted(item.get("aligned_to") or ())
        return _("Bygger opp under"), "\n".join(self.above[key] for key in keys if key in self.above)

    def _area(self, area: AreaOutline) -> Said:
        name = " ".join(filter(None, (area["label"], area["title"])))
        facets = (
            (_("Overskrift"), name),
            (_("Overordnet mål"), area["overall_goal"]),
            (_("Tekst"), area["text"]),
            (_("Måltall"), _targets(area["targets"])),
            (_("Fakta"), "\n".join(fact["text"] for fact in area["facts"])),
        )
        above = self.words.path_to[area["id"]][:-1]
        place = " › ".join(name_of(upper) for upper in above)
        inside = frozenset(upper["id"] for upper in above[-1:])
        return Said(area["id"], "area", name_of(area), _filled(facets), place, inside)

    def _goal(self, goal: GoalOutline) -> Said:
        facets = (
            (_("Tittel"), goal["title"]),
            (_("Mål"), goal["text"]),
            (_("Måltall"), _targets(goal["targets"])),
            (_("Målgrupper"), self._groups(goal["target_groups"])),
            self._builds_on(goal),
        )
        name = goal["title"] or line(goal["text"])
        came_from = tuple(goal.get("succeeds") or ())
        return Said(goal["id"], "goal", name, _filled(facets), *self._stood(goal["id"]), came_from)

    def _route(self, route: RouteOutline) -> Said:
        leads_to = (_("Fører til"), self._names(route["goals"]))
        facets = ((_("Veivalg"), route["text"]), leads_to, self._builds_on(route))
        came_from = tuple(route.get("succeeds") or ())
        return Said(route["id"], "route", line(route["text"]), _filled(facets), *self._stood(route["id"]), came_from)

    def _measure(self, measure: MeasureOutline) -> Said:
        facets = (
            (_("Tiltak"), measure["text"]),
            (_("Ansvar"), phrase(measure["responsible"])),
            (_("Hvor bindende"), str(MODALITIES[measure["modality"]])),
            (_("Hvor ofte"), measure["frequency"]),
            (_("Hvor mye"), measure["quantity"]),
            (_("Målgrupper"), self._groups(measure["target_groups"])),
            (_("Lenker"), "\n".join(link["url"] for link in measure["links"])),
            self._builds_on(measure),
        )
        area = self.words.areas.get(measure["area"] or "")
        place = self._names(measure["goals"]) or (name_of(area) if area else "")
        inside = frozenset(measure["goals"] or ([area["id"]] if area else []))
        came_from = tuple(measure.get("succeeds") or ())
        return Said(measure["id"], "measure", line(measure["text"]), _filled(facets), place, inside, came_from)


def links_changed(before: Words, after: Words) -> set[str]:
    """Keys of what items build up under in one of the two and not in the other."""
    changed: set[str] = set()
    for kind in ("goals", "routes", "measures"):
        left, right = getattr(before, kind), getattr(after, kind)
        for key in {*left, *right}:
            was, now = (set((items.get(key) or {}).get("aligned_to") or ()) for items in (left, right))
            changed |= was | now if was != now else set()
    return changed


def name_of(area: AreaOutline) -> str:
    return area["title"] or area["label"]


def head_of(outline: Outline) -> Said:
    """Title, owner, period, vision and overall goal as one item."""
    facets = (
        (_("Tittel"), outline["title"]),
        (_("Type"), str(DocumentKind(outline["kind"]).label)),
        (_("Eier"), outline["owner"]),
        (_("Periode"), span_of(outline["period"])),
        (_("Visjon"), outline["vision"]),
        (_("Overordnet mål"), outline["overall_goal"]),
    )
    return Said(".head", "head", _("Tittel, periode og visjon"), _filled(facets))


def sections_of(outline: Outline) -> Iterator[Said]:
    """Paragraphs go by their number; words frozen before they had one, by their heading, else by what they say."""
    for number, section in enumerate(outline["sections"]):
        kind = str(SectionKind(section["kind"]).label).capitalize()
        facets = ((_("Del"), kind), (_("Overskrift"), section["title"]), (_("Tekst"), section["text"]))
        name = f"{kind}: {section['title'] or section['text']}"
        key = section.get("id") or f"{number}-{name}"
        yield Said(f".section-{key}", "section", name, _filled(facets))


def _targets(targets: Iterable[Any]) -> str:
    return "\n".join(" · ".join(filter(None, (target["text"], target_details(target)))) for target in targets)


def _filled(facets: Facets) -> Facets:
    return tuple((label, text) for label, text in facets if text)
