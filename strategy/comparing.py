"""Two versions of a document, or two documents that follow each other, item by item. Pure: from outlines alone."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from strategy.said import Facet, Said

ALIKE: Final = 0.5  # from here on, a paragraph is the old one with other words


class Change(StrEnum):
    KEPT = "kept"
    REWORDED = "reworded"
    MOVED = "moved"
    SPLIT = "split"
    JOINED = "joined"
    DROPPED = "dropped"
    NEW = "new"


@dataclass(frozen=True)
class Row:
    """Items that belong together: what was on the left, what is on the right."""

    before: tuple[Said, ...]
    after: tuple[Said, ...]
    is_moved: bool = False
    is_reordered: bool = False  # among those of its kind that it stands together with

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
                return Change.MOVED if self.is_moved or self.is_reordered else Change.KEPT
            case _old, 1:
                return Change.JOINED
        return Change.SPLIT

    @property
    def differences(self) -> list[tuple[str, str, str]]:
        """Of one item that is still one, or still there beside what it was split into: what is called so, from, to."""
        pairs = [(old, new) for new in self.after for old in self.before if old.key == new.key]
        if len(self.before) == len(self.after) == 1:
            pairs = [(self.before[0], self.after[0])]
        return [difference for old, new in pairs for difference in _differences(old, new)]


def _differences(before: Said, after: Said) -> list[tuple[str, str, str]]:
    old, new = ({facet.label: facet for facet in said.facets} for said in (before, after))
    pairs = [(old.get(label, Facet(label)), new.get(label, Facet(label))) for label in dict.fromkeys([*new, *old])]
    return [pair for a, b in pairs if (pair := _difference(a, b))]


def _difference(old: Facet, new: Facet) -> tuple[str, str, str] | None:
    """In the words that are read, else in what stands behind them; None where the two are the same."""
    if (old.by or old.text) != (new.by or new.text):
        return (new.label, old.text, new.text) if old.text != new.text else (new.label, old.by, new.by)
    return (new.label, old.exact, new.exact) if old.exact != new.exact else None


def compare(before: Sequence[Said], after: Sequence[Said]) -> list[Row]:
    """Pair what stood with what stands, in the order of what stands; what is gone comes where it stood."""
    ties = [*_by_key(before, after), *_by_succession(before, after)]
    ties += _by_name(before, after, ties)
    rows = _grouped(before, after, ties)
    became = {old.key: {new.key for new in row.after} for row in rows for old in row.before}
    reordered = _reordered(rows)
    return [_placed(row, became, reordered) for row in _in_order(rows, before, after)]


def _placed(row: Row, became: Mapping[str, set[str]], reordered: set[str]) -> Row:
    """Say of one item that is still one whether it stands under something else than before, or in another order."""
    if len(row.before) != 1 or len(row.after) != 1:
        return row
    stood, said = row.before[0].stands_in, row.after[0]
    was = {new for key in stood for new in became.get(key) or {key}}
    stands = said.stands_in
    is_moved = not stands <= was or (bool(was) and not stands)
    if said.order:  # the same document: what it has left is told too, where that still stands
        is_moved = is_moved or bool({new for key in stood for new in became.get(key, ())} - stands)
    return replace(row, is_moved=is_moved, is_reordered=said.key in reordered)


def _reordered(rows: Iterable[Row]) -> set[str]:
    """The fewest items that must have been moved past others for the order to be another one."""
    together: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for row in rows:
        was, now = (side[0].order if len(side) == 1 else None for side in (row.before, row.after))
        if was and now and was[0] == now[0]:
            together[now[0]].append((now[1], was[1], row.after[0].key))
    found: set[str] = set()
    for places in together.values():
        in_order = [(was, key) for _now, was, key in sorted(places)]
        kept = _longest_rising([was for was, _key in in_order])
        found |= {key for at, (_was, key) in enumerate(in_order) if at not in kept}
    return found


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """Where the members of a longest rising part of the numbers stand."""
    ends: list[int] = []  # the smallest number that a rising part of each length ends with
    at_end: list[int] = []
    before: list[int] = []
    for at, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(at_end[length - 1] if length else -1)
        ends[length : length + 1], at_end[length : length + 1] = [number], [at]
    found, at = set(), at_end[-1] if at_end else -1
    while at >= 0:
        found.add(at)
        at = before[at]
    return found


Tie = tuple[int, int]  # positions in the two lists


def _by_key(before: Sequence[Said], after: Sequence[Said]) -> Iterator[Tie]:
    at = {said.key: position for position, said in enumerate(before)}
    return ((at[said.key], position) for position, said in enumerate(after) if said.key in at)


def _by_succession(before: Sequence[Said], after: Sequence[Said]) -> Iterator[Tie]:
    """What is new and goes on from something, and what goes on from something that is gone."""
    at = {said.key: position for position, said in enumerate(before)}
    still = {said.key for said in after}
    return (
        (at[key], position)
        for position, said in enumerate(after)
        for key in said.came_from
        if key in at and (said.key not in at or key not in still)
    )


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
    was, now = ([facet.text for facet in said.facets if facet.text][-1].split() for said in (old, new))
    return SequenceMatcher(None, was, now, autojunk=False).ratio()


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
