"""Picking goals, routes and measures of other documents: what is picked stays ticked, a search adds more to tick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from config.lib.editing import Part
from config.lib.language import lang_of
from config.lib.saving import sign
from organisation.models import User
from strategy.in_force import known_texts
from strategy.models import Document, Goal, LinkKind, Route

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

LABELS: Mapping[LinkKind, Any] = {
    LinkKind.ALIGNED: gettext_lazy("Bygger opp under"),
    LinkKind.SUCCEEDED: gettext_lazy("Følger etter"),
    LinkKind.TRANSLATED: gettext_lazy("Er en oversettelse av"),
}
HINTS: Mapping[LinkKind, Any] = {
    LinkKind.ALIGNED: gettext_lazy(
        "Kryss av for det dette bygger opp under. Søk med ett ord, eller la feltet stå tomt for å se det dokumentet "
        "gjennomfører."
    ),
    LinkKind.SUCCEEDED: gettext_lazy(
        "Kryss av for det dette kommer i stedet for. Søk med ett ord, eller la feltet stå tomt for å se det dokumentet "
        "følger etter."
    ),
    LinkKind.TRANSLATED: gettext_lazy(
        "Velg det samme i et dokument på et annet språk. Søk med ett ord, eller la feltet stå tomt for å se alt."
    ),
}


@dataclass(frozen=True)
class Option:
    value: str
    text: str
    lang: str  # an attribute ready to print
    where: str
    is_picked: bool


class Offer:
    """What an item of a document may lean on: items of the other documents that the person may see, by their value.

    They are told in the words in force: another document's working text is for its own editors.
    """

    def __init__(self, ends: Sequence[End], *, document: Document, user: User, today: date) -> None:
        self.document = document
        self.rows = {
            f"{end.code}{SEPARATOR}{row.key}": (end, row)
            for end in ends
            for row in end.model.objects.offered_to(user, today=today)
            .exclude(document=document.pk)
            .select_related("document")
        }
        self.said = known_texts(row for _end, row in self.rows.values())


class Picker:
    """The links of one kind from an item. Links to what the person may not see are neither shown nor touched."""

    def __init__(
        self, kind: LinkKind, links: Any, ends: Sequence[End], offer: Offer, *, data: Any, begun: Sequence[str] = ()
    ) -> None:
        self.kind, self.ends, self.document, self.said = kind, ends, offer.document, offer.said
        self.prefix = kind.value
        self.is_one = kind == LinkKind.TRANSLATED
        self.hint = HINTS[kind]
        self.offered = {
            value: (end, row)
            for value, (end, row) in offer.rows.items()
            if end in ends and (not self.is_one or row.document.language != offer.document.language)
        }
        self.query = data.get(f"{self.prefix}-q", "").strip() if data else ""
        is_searching = bool(data) and data.get("do") == f"{self.prefix}-find"
        stored = self.stored(links) if links is not None else begun
        sent = data.getlist(self.prefix) if data else None
        self.picked = [value for value in (stored if sent is None else sent) if value in self.offered]
        if self.is_one:
            self.picked = self.picked[:1]
        self.found = self._found() if is_searching else []
        self.found_words = self._found_words() if is_searching else ""

    @property
    def is_open(self) -> bool:
        """Whether it is shown unfolded: what most items have, and what is in use here."""
        return self.kind == LinkKind.ALIGNED or bool(self.picked or self.found_words)

    def stored(self, links: Any) -> list[str]:
        """What the links now lead to, of what is offered."""
        return [value for link in self._links(links) for value in self._values_of(link)]

    def _links(self, links: Any) -> Any:
        return links.filter(kind=self.kind).select_related(*(end.field for end in self.ends))

    def _values_of(self, link: Any) -> list[str]:
        values = [f"{end.code}{SEPARATOR}{row.key}" for end in self.ends if (row := getattr(link, end.field))]
        return [value for value in values if value in self.offered]

    def _found(self) -> list[str]:
        """By every word, in any case, also Æ, Ø and Å; without words what the document itself leans on."""
        words, nearest = self.query.casefold().split(), self._nearest()
        return [
            value
            for value, (_end, row) in self.offered.items()
            if value not in self.picked and self._fits(row, words, nearest)
        ][:MOST_FOUND]

    def _nearest(self) -> set[int]:
        """The documents that are shown before anything is searched for."""
        if self.kind == LinkKind.ALIGNED:
            return set(self.document.carries_out.values_list("pk", flat=True)) if self.document.pk else set()
        if self.kind == LinkKind.SUCCEEDED:
            return {self.document.follows_id} if self.document.follows_id else set()
        return {row.document_id for _end, row in self.offered.values()}

    def _fits(self, row: Any, words: Sequence[str], nearest: set[int]) -> bool:
        if not words:
            return row.document_id in nearest
        text = f"{self.said[row.key].whole} {row.document.known_as}".casefold()
        return all(word in text for word in words)

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
        return Option(value, self.said[row.key].text, lang_of(row.written_in), row.document.known_as, is_picked)

    def words(self, values: Iterable[str]) -> str:
        return "\n".join(self.said[self.offered[value][1].key].text for value in values)

    def save(self, links: Any, *, by: User) -> None:
        """Make the item's links of this kind, among those the person can see, be what is picked."""
        before = {value: link for link in self._links(links) for value in self._values_of(link)}
        for value, link in before.items():
            if value not in self.picked:
                sign(link, by=by)
                link.delete()
        for value in self.picked:
            if value not in before:
                end, row = self.offered[value]
                link = links.model(**{links.field.name: links.instance, "kind": self.kind, end.field: row})
                sign(link, by=by)
                link.save()


def link_parts(
    item: Any,
    manager: str,
    own: End,
    ends: Sequence[End],
    *,
    user: User,
    today: date,
    data: Mapping | None,
    begun: Sequence[str] = (),
) -> list[Part]:
    """The links of an item, under the related name `manager`, as parts of its form.

    It builds up under any of `ends`, `own` among them; it follows and translates its own kind alone. A new item begins
    by building up under `begun`, of what is offered.
    """
    links = getattr(item, manager) if item.pk else None
    offer = Offer(ends, document=item.document, user=user, today=today)
    pickers = [
        Picker(kind, links, ends, offer, data=data, begun=begun)
        if kind == LinkKind.ALIGNED
        else Picker(kind, links, (own,), offer, data=data)
        for kind in (LinkKind.ALIGNED, LinkKind.SUCCEEDED, LinkKind.TRANSLATED)
    ]
    return [_part(picker, manager) for picker in pickers]


def save_links(links: Any, pickers: Iterable[Picker], *, by: User) -> None:
    """Make an item's links of every kind be what is picked."""
    for picker in pickers:
        picker.save(links, by=by)


def _part(picker: Picker, manager: str) -> Part:
    return Part(
        label=str(LABELS[picker.kind]),
        template="_picker.html",
        rows=picker,
        mine=lambda: picker.words(picker.picked),
        theirs=lambda stored: picker.words(picker.stored(getattr(stored, manager))),
    )
