"""Items that hang on other items' dates, followed from one to the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from .bounds import bound_window, side_of
from .errors import AnchorCircle
from .window import Precision, Relation, Window

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Anchored(Generic[K]):
    """An item's own window and what it hangs on.

    With `offset_days` the item takes its date from the anchor, that many days away (negative is before). Without it the
    item keeps its own window, and the anchor bounds it as `relation` says.
    """

    window: Window
    anchor: K | None = None
    relation: Relation = Relation.BEFORE
    offset_days: int | None = None


def resolve_anchors(items: Mapping[K, Anchored[K]]) -> dict[K, Window]:
    """Every item's window, anchors followed all the way, in the order of `items`.

    An anchor that is not among the items has no known date, so what hangs on it keeps its own window. Raises
    `AnchorCircle` for items that hang on each other.
    """
    found: dict[K, Window] = {}
    for key in items:
        for link in reversed(chain_from(key, items, found)):
            item = items[link]
            anchor = found.get(item.anchor) if item.anchor is not None else None
            found[link] = item.window if anchor is None else hang(item, anchor)
    return {key: found[key] for key in items}


def chain_from(key: K, items: Mapping[K, Anchored[K]], found: Mapping[K, Window]) -> list[K]:
    """The item and what it hangs on, up to what is found already; a loop rather than recursion, chains can be long."""
    chain: dict[K, None] = {}
    link: K | None = key
    while link is not None and link in items and link not in found:
        if link in chain:
            keys = list(chain)
            raise AnchorCircle((*keys[keys.index(link) :], link))
        chain[link] = None
        link = items[link].anchor
    return list(chain)


def hang(item: Anchored[K], anchor: Window) -> Window:
    """A vague anchor stays vague: both its ends are moved. The anchor's own day replaces one the words name."""
    if item.offset_days is None:
        end, unbound, own = side_of(anchor, item.relation), item.window.within or item.window, item.window.bound
        cut = bound_window(unbound, end, relation=item.relation)
        return replace(cut, bound=replace(own, date=end), within=unbound) if own else cut
    days = dt.timedelta(days=item.offset_days)
    return Window(
        item.window.as_written, moved_precision(anchor, item.offset_days), anchor.earliest + days, anchor.latest + days
    )


def moved_precision(anchor: Window, days: int) -> Precision:
    if anchor.earliest == anchor.latest:
        return Precision.DAY
    is_kept = days == 0 or (anchor.precision is Precision.WEEK and days % 7 == 0)
    return anchor.precision if is_kept else Precision.DAYS
