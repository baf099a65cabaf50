"""Picking goals, routes and measures of other documents: what is picked stays ticked, a search adds more to tick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.lib.editing import Part
from config.lib.language import lang_of
from organisation.models import User
from strategy.models import Document, Goal, Item, LinkKind, Route

MOST_FOUND = 30
SEPARATOR = "."


@dataclass(frozen=True)
class End:
    """One kind of thing a link can lead to: `field` of the link, and the model."""

    code: str
    field: str
    model: Any


GOAL = End("mal", "to_goal", Goal)
ROUTE = End("veivalg", "to_route", Route)


@dataclass(frozen=True)
class Option:
    value: str
    text: str
    where: str
    lang: str  # an attribute ready to print
    is_picked: bool


class Picker:
    """What an item builds on. Links to what the person may not see are neither shown nor touched."""

    prefix = "aligned"

    def __init__(
        self, item: Any, links: Any, ends: Sequence[End], *, document: Document, user: User, today: date, data: Any
    ) -> None:
        self.ends = ends
        self.links = links
        self.item = item
        self.offered = {
            _value(end, row): (end, row)
            for end in ends
            for row in end.model.objects.offered_to(user, today=today)
            .exclude(document=document.pk)
            .select_related("document")
        }
        self.stored = self._stored(links)
        self.query = data.get(f"{self.prefix}-q", "").strip() if data else ""
        is_searching = bool(data) and data.get("do") == f"{self.prefix}-find"
        sent = data.getlist(self.prefix) if data else None
        self.picked = [value for value in (self.stored if sent is None else sent) if value in self.offered]
        bases = set(document.carries_out.values_list("pk", flat=True)) if document.pk else set()
        self.found = self._found(bases) if is_searching else []
        self.found_words = self._found_words() if is_searching else ""
        self.hint = _("Kryss av for det dette bygger opp under. Søk med ett ord, eller la feltet stå tomt.")

    def _stored(self, links: Any) -> list[str]:
        if links is None:
            return []
        rows = links.filter(kind=LinkKind.ALIGNED)
        values = [_value(end, row) for link in rows for end in self.ends if (row := getattr(link, end.field, None))]
        return [value for value in values if value in self.offered]

    def _found(self, bases: set[int]) -> list[str]:
        """By every word, in any case, also Æ, Ø and Å; without words what the document carries out."""
        words = self.query.casefold().split()
        return [
            value
            for value, (_end, row) in self.offered.items()
            if value not in self.picked and _fits(row, words, bases)
        ][:MOST_FOUND]

    def _found_words(self) -> str:
        if not self.found:
            return _("Fant ingenting. Prøv et annet ord.")
        count = len(self.found)
        return ngettext("Fant %(count)s treff.", "Fant %(count)s treff.", count) % {"count": count}

    @property
    def options(self) -> list[Option]:
        return [self._option(value, is_picked=True) for value in self.picked] + [
            self._option(value, is_picked=False) for value in self.found
        ]

    def _option(self, value: str, *, is_picked: bool) -> Option:
        row = self.offered[value][1]
        return Option(value, str(row), row.document.title, lang_of(row.written_in), is_picked)

    def words(self, values: Iterable[str]) -> str:
        return "\n".join(str(self.offered[value][1]) for value in values)

    def stored_words(self, stored: Any, manager: str) -> str:
        return self.words(self._stored(getattr(stored, manager).all()))

    def chosen(self) -> list[dict[str, Any]]:
        """The ends that are picked, as the fields of a link."""
        return [{self.offered[value][0].field: self.offered[value][1]} for value in self.picked]

    def save(self, links: Any) -> None:
        """Make the item's alignments, among those the person can see, be what is picked."""
        before = {value: link for link in links.filter(kind=LinkKind.ALIGNED) for value in self._stored_of(link)}
        for value, link in before.items():
            if value not in self.picked:
                link.delete()
        for value in self.picked:
            if value not in before:
                end, row = self.offered[value]
                links.create(kind=LinkKind.ALIGNED, **{end.field: row})

    def _stored_of(self, link: Any) -> list[str]:
        values = [_value(end, row) for end in self.ends if (row := getattr(link, end.field, None))]
        return [value for value in values if value in self.offered]


def _value(end: End, row: Item) -> str:
    return f"{end.code}{SEPARATOR}{row.key}"


def _fits(row: Any, words: Sequence[str], bases: set[int]) -> bool:
    if not words:
        return row.document_id in bases
    text = f"{row} {row.text} {row.document.title}".casefold()
    return all(word in text for word in words)


def aligned_part(
    item: Any, manager: str, ends: Sequence[End], *, document: Document, user: User, today: date, data: Mapping | None
) -> Part:
    """The alignments of an item, whose links stand under the related name `manager`, as a part of its form."""
    links = getattr(item, manager).all() if item.pk else None
    picker = Picker(item, links, ends, document=document, user=user, today=today, data=data)
    return Part(
        label=_("Bygger opp under"),
        template="_picker.html",
        rows=picker,
        mine=lambda: picker.words(picker.picked),
        theirs=lambda stored: picker.stored_words(stored, manager),
    )
