"""A goal, a route or a measure with its thread: what it comes from, what carries it out, what else it is tied to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from config.lib.language import lang_of
from config.lib.text import line
from planning.models import Measure, MeasureLink
from strategy.in_force import Place, Words, newest_words, places
from strategy.models import LINK_ENDS, Document, DocumentKind, Goal, GoalLink, LinkKind, Route, RouteLink
from strategy.outline import item_outline
from strategy.reading import Reading, around, read
from strategy.services import what_it_says

ItemModel = type[Goal] | type[Route] | type[Measure]


@dataclass(frozen=True)
class Found:
    """An item with the words one person gets of it."""

    row: Any
    reading: Reading
    words: Words
    state: str = ""  # "proposed", "coming" or "retired" where it is not simply in force
    coming: Reading | None = None  # what is adopted and waits for its day, where that is not what is read

    @property
    def document(self) -> Document:
        return self.reading.document

    @property
    def key(self) -> str:
        return str(self.row.key)

    @property
    def item(self) -> Any:
        return self.words.item(self.key)

    @property
    def differs(self) -> bool:
        """Whether an editor should know that the working text says something else."""
        if not self.reading.may_read_working_text or not self.reading.is_frozen or self.reading.is_working_text:
            return False
        adopted = self.coming.words.item(self.key) if self.coming else self.item
        if self.row.status == "retired":
            return adopted is not None
        return what_it_says(adopted) != what_it_says(item_outline(self.row))

    @property
    def is_changed_soon(self) -> bool:
        """Whether what waits for its day says something else of it."""
        return self.coming is not None and self.coming.words.item(self.key) != self.item


def find(
    model: ItemModel, key: str, user: Any, *, today: date, wants_working_text: bool, wants_coming: bool = False
) -> Found:
    """Return the item in the words this person may read; Http404 where there are none."""
    visible = Document.objects.visible_to(user, today=today)
    rows: Any = model.objects.filter(document__in=visible).select_related("document__owner")
    row = get_object_or_404(rows, key=key)
    reading = read(row.document, user, today=today, wants_working_text=wants_working_text)
    words, coming = reading.words, None
    if row.document.coming_on(today) and not wants_working_text:
        coming = read(row.document, user, today=today, wants_coming=True)
        if coming.words.item(key) and (wants_coming or not words.item(key)):
            return Found(row, coming, coming.words, "coming")
    if words.item(key):
        state = "proposed" if row.status == "proposed" and reading.is_working_text else ""
        return Found(row, reading, words, state, coming)
    if reading.is_frozen and reading.may_read_working_text and not wants_working_text:
        working = read(row.document, user, today=today, wants_working_text=True)
        if working.words.item(key):
            return Found(row, working, working.words, "proposed")
    return _earlier(row, reading)


def _earlier(row: Any, reading: Reading) -> Found:
    """An item that no longer stands in the document, in the newest words that had it: its address stays true."""
    for version in row.document.versions.order_by("-number")[1:]:
        words = Words(version.content)
        if words.item(row.key):
            return Found(row, reading, words, "retired")
    raise Http404


@dataclass
class Ties:
    """Items of other documents that this one is tied to, those one may see."""

    up: list[Place] = field(default_factory=list)
    down: list[Place] = field(default_factory=list)
    others: list[tuple[str, Place]] = field(default_factory=list)

    def add(self, kind: str, place: Place, *, is_outgoing: bool) -> None:
        if kind == LinkKind.ALIGNED:
            (self.up if is_outgoing else self.down).append(place)
        elif kind == LinkKind.SUCCEEDED:
            self.others.append((_("Følger etter") if is_outgoing else _("Etterfulgt av"), place))
        else:
            self.others.append((_("Oversettelse av") if is_outgoing else _("Oversatt som"), place))


def ties_of(found: Found, user: Any, *, today: date) -> Ties:
    """Gather the links both ways, in a constant number of queries."""
    outgoing = _outgoing(found.row)
    incoming = _incoming(found.row)
    seen = places([item for _kind, item in (*outgoing, *incoming)], user, today=today)
    ties = Ties()
    own = Place(found.key, "", "", found.document, found.item)
    for kind, item in outgoing:
        if (place := seen.get(item.key)) and own.leans_on(item.key, _name_of(kind)):
            ties.add(kind, place, is_outgoing=True)
    for kind, item in incoming:
        if (place := seen.get(item.key)) and place.leans_on(found.key, _name_of(kind)):
            ties.add(kind, place, is_outgoing=False)
    return ties


def _name_of(kind: str) -> str:
    """Where the outline keeps the links of a kind."""
    return {LinkKind.ALIGNED: "aligned_to", LinkKind.SUCCEEDED: "succeeds"}.get(LinkKind(kind), "translation_of")


def _outgoing(row: Any) -> list[tuple[str, Any]]:
    links: Iterable[Any]
    if isinstance(row, Measure):
        links = row.item_links.select_related(*LINK_ENDS)
    elif isinstance(row, Goal):
        links = row.links.select_related("to_goal", "to_route")
    else:
        links = row.links.select_related("to_route")
    return [(link.kind, end) for link in links for name in LINK_ENDS if (end := getattr(link, name, None))]


def _incoming(row: Any) -> list[tuple[str, Any]]:
    """Links that end here, those from goals first."""
    found: list[tuple[str, Any]] = []
    if isinstance(row, Goal):
        goals = GoalLink.objects.filter(to_goal=row).select_related("from_goal")
        measures = MeasureLink.objects.filter(to_goal=row)
        found = [(link.kind, link.from_goal) for link in goals]
    elif isinstance(row, Route):
        goals = GoalLink.objects.filter(to_route=row).select_related("from_goal")
        routes = RouteLink.objects.filter(to_route=row).select_related("from_route")
        measures = MeasureLink.objects.filter(to_route=row)
        found = [(link.kind, link.from_goal) for link in goals] + [(link.kind, link.from_route) for link in routes]
    else:
        measures = MeasureLink.objects.filter(to_measure=row)
    return found + [(link.kind, link.from_measure) for link in measures.select_related("from_measure")]


Step = dict[str, Any]


def step(
    label: str, text: str, url: str = "", *, kind: str = "", lang: str = "", also: Iterable[dict[str, str]] = ()
) -> Step:
    """A knot on the thread, as `_thread.html` draws it; `lang` is an attribute ready to print."""
    return {
        "kind": kind, "label": label, "text": text, "url": url, "lang": lang, "also": list(also), "is_current": False
    }  # fmt: skip


def branch(label: str, text: str, url: str, *, lang: str = "", **progress: Any) -> dict[str, Any]:
    """Something that carries the item out; `progress` may say state, done, total and note."""
    return {"label": label, "text": text, "url": url, "lang": lang, **progress}


def steps_above(found: Found, ties: Ties, user: Any, *, today: date) -> list[Step]:
    """The thread from the vision down to where the item stands, the item itself left out."""
    document, outline, lang = found.document, found.words.outline, found.reading.lang
    address = document.get_absolute_url()
    steps = _vision(found, user, today=today)
    if ties.up:
        first = ties.up[0]
        label = _("Bygger opp under, i %(title)s") % {"title": first.document.known_as}
        others = [
            {"text": f"{place.text} ({place.document.known_as})", "url": place.url, "lang": place.lang}
            for place in ties.up[1:]
        ]
        steps.append(step(label, first.text, first.url, kind="goal", lang=first.lang, also=others))
    kind = str(DocumentKind(document.kind).label).capitalize()
    steps.append(step(kind, outline["title"], address, kind="document", lang=lang))
    if outline["overall_goal"]:
        steps.append(step(_("Overordnet mål"), line(outline["overall_goal"]), address, kind="goal", lang=lang))
    path = found.words.path_to.get(found.key) or found.words.path_to.get(found.item.get("area") or "", ())
    for area in path:
        heading = " ".join(filter(None, (area["label"], area["title"])))
        if heading:
            steps.append(step(_("Område"), heading, f"{address}#{area['id']}", kind="area", lang=lang))
    return steps


def _vision(found: Found, user: Any, *, today: date) -> list[Step]:
    """The document's own vision, else those of the documents it carries out."""
    outline = found.words.outline
    if outline["vision"]:
        address = found.document.get_absolute_url()
        return [step(_("Visjon"), line(outline["vision"]), address, kind="vision", lang=found.reading.lang)]
    bases = around(found.document, user, today=today).carries_out
    words = newest_words((base.pk for base in bases), today=today)
    visions = [(base, words[base.pk].outline["vision"] if base.pk in words else base.vision) for base in bases]
    return [
        step(
            _("Visjon, i %(title)s") % {"title": base.known_as},
            vision,
            base.get_absolute_url(),
            kind="vision",
            lang=lang_of(base.language),
        )
        for base, vision in visions
        if vision
    ]


def own_steps(found: Found, label: str, keys: Iterable[str], name: str) -> list[Step]:
    """One step for the goals or routes of the same document that the item serves or follows."""
    lang = found.reading.lang
    named = [
        {"text": text, "url": reverse(name, args=[key]), "lang": lang}
        for key in keys
        if (text := found.words.text_of(key))
    ]
    if not named:
        return []
    return [step(label, named[0]["text"], named[0]["url"], kind=name, lang=lang, also=named[1:])]


def branches_below(ties: Ties) -> list[dict[str, Any]]:
    """What carries the item out in other documents, each named with its document."""
    return [
        branch(_("I %(title)s") % {"title": place.document.known_as}, place.text, place.url, lang=place.lang)
        for place in ties.down
    ]
