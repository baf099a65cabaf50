"""Picking goals, routes and measures to lean on: what is picked stays ticked, a search adds more to tick."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from config.lib.editing import Part
from config.lib.language import lang_of
from config.lib.saving import sign
from config.lib.turns import Turn, take_turn
from organisation.models import User
from strategy.circles import way_round
from strategy.in_force import Said, known_texts
from strategy.models import Goal, LinkKind, Route

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
        "Kryss av for det dette kommer i stedet for, i et tidligere dokument eller i dette: slik ser alle at noe er "
        "delt eller slått sammen. Søk med ett ord, eller la feltet stå tomt for å se det som er nærmest."
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


Offered = tuple[End, Any]


class Offer:
    """What an item of a document may lean on: items of the documents that the person may see, by their value.

    They are told in the words in force: another document's working text is for its own editors. Only what is asked
    about is fetched: what was ticked, or what a search looks through.
    """

    def __init__(self, ends: Sequence[End], *, item: Any, user: User, today: date) -> None:
        self.ends, self.item, self.document, self.user, self.today = ends, item, item.document, user, today
        self.known: dict[str, Offered | None] = {}  # None for what is not offered
        self.texts: dict[str, Said] = {}

    def named(self, values: Iterable[str]) -> dict[str, Offered]:
        """What is offered of these values: a query for each kind, of those that were not asked about before."""
        values = list(values)
        for end in self.ends:
            begin = f"{end.code}{SEPARATOR}"
            new = [value for value in values if value.startswith(begin) and value not in self.known]
            if new:
                self.known |= dict.fromkeys(new)
                self.known |= self.among([end], key__in=[value.removeprefix(begin) for value in new])
        return {value: found for value in values if (found := self.known.get(value))}

    def among(self, ends: Iterable[End], **which: Any) -> dict[str, Offered]:
        """All that is offered of these kinds, in their order (a query for each)."""
        return {
            value_of(end, row): (end, row)
            for end in ends
            for row in end.model.objects.offered_to(self.user, today=self.today)
            .filter(**which)
            .select_related("document")
            if row != self.item
        }

    def said(self, rows: Iterable[Any]) -> Mapping[str, Said]:
        """What the rows say, by key: two queries at most, for those that were not asked about before."""
        new = [row for row in rows if row.key not in self.texts]
        if new:
            self.texts |= known_texts(new, today=self.today)
        return self.texts


def value_of(end: End, row: Any) -> str:
    return f"{end.code}{SEPARATOR}{row.key}"


def stored_links(links: Any, ends: Iterable[End]) -> list[Any]:
    """The links of an item with what they lead to: one query where there are none."""
    stored = list(links.all()) if links is not None else []
    prefetch_related_objects(stored, *(end.field for end in ends))
    return stored


def are_picked_as_stored(links: Any, ends: Iterable[End], data: Any) -> bool:
    """Whether what was sent of every kind is what the links of an item lead to."""
    ends, sent = list(ends), {kind: {*data.getlist(kind.value)} - {""} for kind in LABELS}
    was: dict[str, set[str]] = {kind: set() for kind in LABELS}
    for link in stored_links(links, ends):
        was[link.kind] |= {value_of(end, row) for end in ends if (row := getattr(link, end.field))}
    return sent == was


class Picker:
    """The links of one kind from an item. Links to what the person may not see are neither shown nor touched."""

    def __init__(
        self,
        kind: LinkKind,
        stored: Sequence[Any],
        ends: Sequence[End],
        offer: Offer,
        *,
        data: Any,
        begun: Sequence[str] = (),
    ) -> None:
        self.kind, self.ends, self.document, self.offer = kind, ends, offer.document, offer
        self.prefix = kind.value
        self.is_one = kind == LinkKind.TRANSLATED
        self.hint = HINTS[kind]
        self.query = data.get(f"{self.prefix}-q", "").strip() if data else ""
        is_searching = bool(data) and data.get("do") == f"{self.prefix}-find"
        sent = data.getlist(self.prefix) if data else [*self._values(stored), *begun]
        self.sent = frozenset(sent)
        self.picked = list(self._offered(sent))
        if self.is_one:
            self.picked = self.picked[:1]
        self.found = self._found() if is_searching else []
        self.found_words = self._found_words() if is_searching else ""

    @property
    def is_open(self) -> bool:
        """Whether it is shown unfolded: what most items have, and what is in use here."""
        return self.kind == LinkKind.ALIGNED or bool(self.picked or self.found_words)

    def _offered(self, values: Iterable[str]) -> dict[str, Offered]:
        return {value: found for value, found in self.offer.named(values).items() if self._takes(*found)}

    def _takes(self, end: End, row: Any) -> bool:
        """What takes over from something may do so in its own document; a translation is into another language."""
        if row.document_id == self.document.pk and self.kind != LinkKind.SUCCEEDED:
            return False
        return end in self.ends and (not self.is_one or row.document.language != self.document.language)

    def stored(self, links: Iterable[Any]) -> list[str]:
        """What the links now lead to, of what is offered."""
        return list(self._offered(self._values(links)))

    def _values(self, links: Iterable[Any]) -> dict[str, Any]:
        """The links of this kind by what they lead to."""
        return {
            value_of(end, row): link
            for link in links
            if link.kind == self.kind
            for end in self.ends
            if (row := getattr(link, end.field))
        }

    def _found(self) -> list[str]:
        """By every word, in any case, also Æ, Ø and Å; without words what the document itself leans on."""
        words = self.query.casefold().split()
        which = {} if words or self._nearest is None else {"document__in": self._nearest}
        among = {
            value: row for value, (end, row) in self.offer.among(self.ends, **which).items() if self._takes(end, row)
        }
        said = self.offer.said(among.values()) if words else {}
        hits = [
            (row.document_id == self.document.pk, value)
            for value, row in among.items()
            if value not in self.picked and all(word in _searched(row, said) for word in words)
        ]
        found = [value for _is_own, value in sorted(hits, key=itemgetter(0))][:MOST_FOUND]  # its own document last
        self.offer.named(found)
        return found

    @property
    def _nearest(self) -> set[int] | None:
        """The documents that are shown before anything is searched for; None for all."""
        if self.kind == LinkKind.ALIGNED:
            return set(self.document.carries_out.values_list("pk", flat=True)) if self.document.pk else set()
        if self.kind == LinkKind.SUCCEEDED:
            return {pk for pk in (self.document.follows_id, self.document.pk) if pk}
        return None

    def _found_words(self) -> str:
        if not self.found:
            return _("Fant ingenting. Prøv et annet ord.")
        count = len(self.found)
        return ngettext("Fant %(count)s treff.", "Fant %(count)s treff.", count) % {"count": count}

    @property
    def options(self) -> list[Option]:
        return [
            Option(value, text, lang_of(row.written_in), row.document.known_as, value in self.picked)
            for value, row, text in self._told([*self.picked, *self.found])
        ]

    def words(self, values: Iterable[str]) -> str:
        return "\n".join(text for _value, _row, text in self._told(values))

    def _told(self, values: Iterable[str]) -> list[tuple[str, Any, str]]:
        offered = self._offered(values)
        said = self.offer.said(row for _end, row in offered.values())
        return [(value, row, said[row.key].text) for value, (_end, row) in offered.items()]

    def adds_to(self, stored: Iterable[Any]) -> bool:
        """Whether something is picked that the links do not lead to."""
        return not {*self.picked} <= self._values(stored).keys()

    def save(self, links: Any, stored: Iterable[Any], *, by: User) -> None:
        """Make the item's links of this kind, among those the person can see, be what is picked."""
        before = self._values(stored)
        for value in self._offered(value for value in before if value not in self.picked):
            sign(before[value], by=by)
            before[value].delete()
        new = self._offered(value for value in self.picked if value not in before).values()
        if new and self.kind == LinkKind.SUCCEEDED:
            _refuse_circle(links, new)
        for end, row in new:
            link = links.model(**{links.field.name: links.instance, "kind": self.kind, end.field: row})
            sign(link, by=by)
            link.save()


def _searched(row: Any, said: Mapping[str, Said]) -> str:
    return f"{said[row.key].whole} {row.document.known_as}".casefold()


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
    stored = stored_links(getattr(item, manager), ends) if item.pk and data is None else []
    offer = Offer(ends, item=item, user=user, today=today)
    pickers = [
        Picker(kind, stored, ends, offer, data=data, begun=() if item.pk else begun)
        if kind == LinkKind.ALIGNED
        else Picker(kind, stored, (own,), offer, data=data)
        for kind in (LinkKind.ALIGNED, LinkKind.SUCCEEDED, LinkKind.TRANSLATED)
    ]
    return [_part(picker, manager) for picker in pickers]


def _refuse_itself(item: Any, pickers: Iterable[Picker]) -> None:
    """ValidationError where an item is to lean on itself."""
    if any(value_of(end, item) in picker.sent for picker in pickers for end in picker.ends if type(item) is end.model):
        raise ValidationError(_("Ingenting kan bygge opp under, følge etter eller være en oversettelse av seg selv."))


def _refuse_circle(links: Any, new: Iterable[Offered]) -> None:
    """ValidationError where an item would come to take over from itself by way of others."""
    steps: dict[int, list[int]] = defaultdict(list)
    for end, _row in new:
        pairs = links.model.objects.filter(kind=LinkKind.SUCCEEDED).values_list(links.field.attname, f"{end.field}_id")
        for here, to in pairs:
            steps[here].append(to)
    rows = {row.pk: row for _end, row in new}
    if way := way_round(links.instance.pk, rows, steps):
        said = _("«%(item)s» følger allerede etter dette, så dette kan ikke følge etter det. Ta bort krysset.")
        raise ValidationError(said % {"item": rows[way[0]]})


def links_before(item: Any, manager: str, pickers: Sequence[Picker]) -> list[Any]:
    """An item's links as they are stored, asked for before the item is locked.

    Where it is to lean on more, it takes its turn: two that come to lean on each other at once would each find
    nothing in the way, or wait for each other. Nothing leans on a new item.
    """
    if not item.pk or not pickers:
        return []
    stored = stored_links(getattr(item, manager), {end: None for picker in pickers for end in picker.ends})
    if any(picker.adds_to(stored) for picker in pickers):
        take_turn(Turn.LEANING)
    return stored


def save_links(links: Any, pickers: Iterable[Picker], before: Sequence[Any], *, by: User) -> None:
    """Make an item's links of every kind, which were these before, be what is picked."""
    pickers = list(pickers)
    _refuse_itself(links.instance, pickers)
    for picker in pickers:
        picker.save(links, before, by=by)


def _part(picker: Picker, manager: str) -> Part:
    return Part(
        label=str(LABELS[picker.kind]),
        template="_picker.html",
        rows=picker,
        mine=lambda: picker.words(picker.picked),
        theirs=lambda stored: picker.words(picker.stored(stored_links(getattr(stored, manager), picker.ends))),
    )
