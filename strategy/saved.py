"""What a saved item changes on the page where its document is written: as a rule its own line, and no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from strategy.builds_on import Look, builds_on, ends_of
from strategy.fetching import keys_beside, links_of
from strategy.in_force import Words, words_of_versions
from strategy.reading import key_of, newest_version
from strategy.rows import CHANGED, Row, changed, keyed_row


@dataclass(frozen=True)
class Told:
    """The line as it now reads, and whether the page is to say that the text is no longer what was adopted."""

    row: Row
    is_newly_changed: bool


class Line:
    """The line of an item that `item_to_write` gave.

    It is made before the save, and knows afterwards what that changed.
    """

    names: ClassVar[Sequence[str]] = ("text",)  # what the line says

    def __init__(self, item: Any) -> None:
        self.item, self.is_new = item, item.pk is None
        if not self.is_new:
            self.home, self.said = self._home(), self._said()

    def told(self) -> Told | None:
        """None where more of the page has changed.

        So it has by a new item, by one that has moved or was taken out, and by one that is as it was adopted again.
        """
        if self.is_new or self.item.is_taken_out:
            return None
        if self._home() != self.home or self._is_told_elsewhere():
            return None
        is_newly_changed = False
        if self.item.document.is_published:
            adopted = self._adopted()
            if adopted is None or adopted == self._said():
                return None
            is_newly_changed = adopted == self.said
        return Told(self._placed(self._row()), is_newly_changed)

    def _placed(self, row: Row) -> Row:
        is_first, is_last = self._ends()
        mark = (row.mark or CHANGED) if self.item.document.is_published else ""
        return changed(row, mark=mark, is_first=is_first, is_last=is_last)

    def _said(self) -> list[str]:
        return [getattr(self.item, name) for name in self.names]

    def _adopted(self) -> list[str] | None:
        """What it says in the words in force; None for an item that is not in them."""
        document = self.item.document
        version = document.adopted_last or newest_version(document)
        words: Any = self._in_force(words_of_versions({0: key_of(version)})[0]) if version else None
        return [words.get(name, "") for name in self.names] if words else None

    def _in_force(self, words: Words) -> Any:
        return words.item(self.item.key)

    def _home(self) -> Any:
        return self.item.area_id

    def _is_told_elsewhere(self) -> bool:
        return False

    def _ends(self) -> tuple[bool, bool]:
        """Whether it stands first among those it is put in order with, and whether it stands last."""
        keys = keys_beside(self.item)
        return keys[0] == self.item.pk, keys[-1] == self.item.pk

    def _row(self) -> Row:
        return keyed_row(self.item._meta.model_name, self.item, has_areas=self._has_areas(), notes=self._notes())

    def _notes(self) -> Sequence[str]:
        return ()

    def _has_areas(self) -> bool:
        """Whether there is an area it can be moved to."""
        return bool(self.item.has_areas)


class LinkedLine(Line):
    """The line of what may build up under something in another document, such as a route."""

    def __init__(self, item: Any, *, above: Look) -> None:
        super().__init__(item)
        self.above = above

    def _notes(self) -> Sequence[str]:
        links = list(links_of(self.item))
        return builds_on(links, self.above(ends_of(links))) if links else ()


class GoalLine(LinkedLine):
    names = ("title", "text")

    def _is_told_elsewhere(self) -> bool:
        """Whether a measure may stand under another goal and say that it serves this one too."""
        return bool(self.item.is_served_beside)


class AreaLine(Line):
    names = ("label", "title", "text", "overall_goal")

    def _in_force(self, words: Words) -> Any:
        return words.areas.get(self.item.key)

    def _home(self) -> Any:
        return self.item.parent_id

    def _has_areas(self) -> bool:
        return bool(self.item.parent_id) or (self.item.has_others and not self.item.has_inner)
