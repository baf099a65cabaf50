"""What a plan takes over from the plans above it, as one of its versions has it and as another has it, item by item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from planning.above import Above, version_words
from strategy.comparing import Change, Row, compare
from strategy.document_page import names_of_groups
from strategy.page import target_groups_of
from strategy.said import Said, said_in


@dataclass(frozen=True)
class Changed:
    """One plan above: as it was taken over before, and after; None where the plan did not build on it."""

    before: Above | None
    after: Above | None
    rows: list[Row]

    @property
    def newest(self) -> Above:
        above = self.after or self.before
        assert above is not None
        return above

    @property
    def lead(self) -> str:
        """Which version of the plan above each of the two builds on."""
        if self.before is None:
            return _("Planen bygger nå på denne: %(version)s.") % {"version": which(self.newest)}
        if self.after is None:
            return _("Planen bygger ikke lenger på denne: %(version)s.") % {"version": which(self.before)}
        was, now = self._which(self.before), self._which(self.after)
        if was == now:
            return _("Begge bygger på det samme: %(version)s.") % {"version": now}
        return _("Fra %(was)s til %(now)s.") % {"was": was, "now": now}

    def _which(self, above: Above) -> str:
        """With its title where another plan has come in its place."""
        is_another = self.before and self.after and self.before.base != self.after.base
        return f"«{above.words.outline['title']}», {which(above)}" if is_another else which(above)

    @property
    def notes(self) -> dict[str, str]:
        """Of measures that stand above in both: that they have become the unit's, or are no longer."""
        if self.before is None or self.after is None:
            return {}
        here, there = self.before.words.measures, self.after.words.measures
        notes = {}
        for row in self.rows:
            if row.change == Change.NEW and row.after[0].key in here:
                notes[row.after[0].key] = _("Sto i planen over fra før, men var ikke enhetens tiltak.")
            if row.change == Change.DROPPED and row.before[0].key in there:
                notes[row.before[0].key] = _("Står fortsatt i planen over, men er ikke lenger enhetens tiltak.")
        return notes


def which(above: Above) -> str:
    if above.version is None:
        return _("slik den er nå")
    words = version_words(above.version)
    return words if above.is_named else _("%(version)s (som gjaldt da)") % {"version": words}


def changed_above(before: Iterable[Above], after: Iterable[Above]) -> list[Changed]:
    """Each plan above with what it gives on either side; target groups by the names they have now."""
    pairs = list(_pairs(before, after))
    each = [above for pair in pairs for above in pair if above]
    groups = names_of_groups(slug for above in each for slug in target_groups_of(above.words))

    def said(above: Above | None, *, exactly: bool) -> list[Said]:
        return list(_taken_over(above, groups, exactly=exactly)) if above else []

    found = []
    for left, right in pairs:
        is_same = bool(left and right and left.base == right.base)
        rows = _rows(said(left, exactly=is_same), said(right, exactly=is_same))
        found.append(Changed(left, right, rows))
    return found


def _rows(before: list[Said], after: list[Said]) -> list[Row]:
    """Goals and measures; areas are there to tell what has been moved, and are not taken over themselves."""
    return [row for row in compare(before, after) if row.kind != "area"]


Pair = tuple[Above | None, Above | None]


def _pairs(before: Iterable[Above], after: Iterable[Above]) -> Iterator[Pair]:
    """The same plan on both sides, else one that follows the other; what one side alone has stands by itself."""
    left = {above.base.slug: above for above in before}
    right = {above.base.slug: above for above in after}
    same = {slug: slug for slug in right if slug in left}
    following = {slug: above.words.outline["follows"] or "" for slug, above in right.items()}
    free = set(left) - set(same)
    earlier = same | {slug: was for slug, was in following.items() if slug not in same and was in free}
    for slug, above in right.items():
        yield left.get(earlier.get(slug, "")), above
    yield from ((above, None) for slug, above in left.items() if slug not in earlier.values())


def _taken_over(above: Above, groups: dict[str, str], *, exactly: bool) -> Iterator[Said]:
    """The goals above with their areas, and the measures there that are the unit's."""
    for said in said_in(above.words, lambda slug: groups.get(slug, slug), exactly=exactly):
        if said.kind in ("area", "goal") or (said.kind == "measure" and said.key in above.mine):
            yield said
