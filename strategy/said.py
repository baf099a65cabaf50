"""What an outline says, item by item, as it is set against another: the words, and what stands behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.lib.text import line
from strategy.in_force import Holder, Words, in_order, walk
from strategy.models import DocumentKind, ItemStatus, SectionKind
from strategy.outline import AreaOutline, GoalOutline, MeasureOutline, Outline, RouteOutline
from strategy.spelling import party_lines, spelled, spelled_each
from strategy.words import phrase, span_of, target_details

MODALITIES: Final = {"must": gettext_lazy("skal"), "should": gettext_lazy("bør"), "may": gettext_lazy("kan")}
NameOf = Callable[[str], str]


class Facet(NamedTuple):
    """One thing an item says.

    `exact` spells out what the words do not tell, and is shown where they are the same. `by` are the keys of what the
    words name: with it, another name for the same thing is no change.
    """

    label: str
    text: str = ""
    exact: str = ""
    by: str = ""


Facets = tuple[Facet, ...]  # the main words first


@dataclass(frozen=True)
class Said:
    """One item as it stood in one version."""

    key: str
    kind: str  # head, section, area, goal, route or measure
    name: str
    facets: Facets
    place: str = ""
    stands_in: frozenset[str] = frozenset()  # keys of its area, or of the goals it serves
    came_from: tuple[str, ...] = ()  # keys that it takes over from, of an earlier document or of its own
    order: tuple[str, int] | None = None  # what it stands together with, and its number there; of one document alone


def said_in(
    words: Words, name_of_group: NameOf, above: Mapping[str, str] = MappingProxyType({}), *, exactly: bool = False
) -> list[Said]:
    """Everything a document says, in the order it is read; `name_of_group` gives the name of a target group.

    `above` are the names of what the document and its items lean on in others, by slug or key; what has none is left
    out. `exactly` is for two versions of one document, where everything that is stored is compared: of two documents,
    the order, the sources and who is who may well differ.
    """
    everything = _Reader(words, name_of_group, above).everything()
    return [each if exactly else _in_words(each) for each in everything]


def _in_words(said: Said) -> Said:
    return replace(
        said, order=None, facets=tuple(Facet(facet.label, facet.text) for facet in said.facets if facet.text)
    )


class _Reader:
    def __init__(self, words: Words, name_of_group: NameOf, above: Mapping[str, str]) -> None:
        self.words, self.outline, self.name_of_group = words, words.outline, name_of_group
        self.above = above
        self.told: set[str] = set()
        self.numbers = {key: number for number, key in enumerate(words.measures)}
        self.number_of_area = {area["id"]: number for number, (area, _path) in enumerate(walk(self.outline["areas"]))}

    def everything(self) -> Iterator[Said]:
        yield self._head()
        yield from sections_of(self.outline)
        for holder, path in in_order(self.outline):
            yield from self._in_area(holder, path[-1] if path else None)
        yield from self._measures(lambda _measure: True)

    def _in_area(self, place: Holder, area: AreaOutline | None) -> Iterator[Said]:
        inside = area["id"] if area else ""
        if area:
            yield self._area(area, self.number_of_area[area["id"]])
        for number, goal in enumerate(place["goals"]):
            yield self._goal(goal, (f"goal {inside}", number))
            yield from self._measures(lambda measure, key=goal["id"]: key in measure["goals"])  # type: ignore[misc]
        for number, route in enumerate(place["routes"]):
            yield self._route(route, (f"route {inside}", number))
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

    def _groups(self, slugs: Iterable[str]) -> Facet:
        return Facet(_("Målgrupper"), ", ".join(self.name_of_group(slug) for slug in slugs), by=_keys(slugs))

    def _names(self, keys: Iterable[str]) -> str:
        return "\n".join(self.words.text_of(key) or key for key in keys)

    def _above(self, label: str, keys: Iterable[str | None]) -> Facet:
        """What is leaned on in other documents, and which of what is named stands here."""
        return Facet(label, "\n".join(self.above[key] for key in sorted(filter(None, keys)) if key in self.above))

    def _leans(self, item: GoalOutline | RouteOutline | MeasureOutline) -> tuple[Facet, ...]:
        return (
            self._above(_("Bygger opp under"), item.get("aligned_to") or ()),
            self._above(_("Følger etter"), item.get("succeeds") or ()),
            self._above(_("Oversetter"), [item.get("translation_of")]),
            Facet(_("Status"), exact=str(dict(ItemStatus.choices).get(item["status"], item["status"]))),
            _source(item),
        )

    def _head(self) -> Said:
        """Title, owner, period, vision and overall goal as one item."""
        outline = self.outline
        facets = (
            Facet(_("Tittel"), outline["title"]),
            Facet(_("Type"), str(DocumentKind(outline["kind"]).label)),
            Facet(_("Eier"), outline["owner"], f"{outline['owner']} ({outline['owner_slug']})"),
            Facet(_("Språk"), str(dict(settings.LANGUAGES).get(outline["language"], outline["language"]))),
            Facet(_("Periode"), span_of(outline["period"]), spelled(outline["period"])),
            Facet(_("Visjon"), outline["vision"]),
            Facet(_("Overordnet mål"), outline["overall_goal"]),
            self._above(_("Følger etter"), [outline["follows"]]),
            self._above(_("Gjennomfører"), outline["carries_out"]),
            _source(outline),
        )
        return Said(".head", "head", _("Tittel, periode og visjon"), _filled(facets))

    def _area(self, area: AreaOutline, number: int) -> Said:
        name = " ".join(filter(None, (area["label"], area["title"])))
        facets = (
            Facet(_("Overskrift"), name, f"{area['label']} | {area['title']}"),
            Facet(_("Overordnet mål"), area["overall_goal"]),
            Facet(_("Tekst"), area["text"]),
            _targets(area["targets"]),
            Facet(_("Fakta"), "\n".join(fact["text"] for fact in area["facts"]), spelled_each(area["facts"])),
            _source(area),
        )
        above = self.words.path_to[area["id"]][:-1]
        place = " › ".join(name_of(upper) for upper in above)
        inside = frozenset(upper["id"] for upper in above[-1:])
        order = (f"area {' '.join(inside)}", number)
        return Said(area["id"], "area", name_of(area), _filled(facets), place, inside, order=order)

    def _goal(self, goal: GoalOutline, order: tuple[str, int]) -> Said:
        facets = (
            Facet(_("Tittel"), goal["title"]),
            Facet(_("Mål"), goal["text"]),
            _targets(goal["targets"]),
            self._groups(goal["target_groups"]),
            *self._leans(goal),
        )
        name = goal["title"] or line(goal["text"])
        came_from = tuple(goal.get("succeeds") or ())
        return Said(goal["id"], "goal", name, _filled(facets), *self._stood(goal["id"]), came_from, order)

    def _route(self, route: RouteOutline, order: tuple[str, int]) -> Said:
        facets = (
            Facet(_("Veivalg"), route["text"]),
            Facet(_("Fører til"), self._names(route["goals"]), by=_keys(route["goals"])),
            *self._leans(route),
        )
        came_from, name = tuple(route.get("succeeds") or ()), line(route["text"])
        return Said(route["id"], "route", name, _filled(facets), *self._stood(route["id"]), came_from, order)

    def _measure(self, measure: MeasureOutline) -> Said:
        area = self.words.areas.get(measure["area"] or "")
        links = measure["links"]
        facets = (
            Facet(_("Tiltak"), measure["text"]),
            Facet(_("Ansvar"), phrase(measure["responsible"]), party_lines(measure["responsible"])),
            Facet(_("Hvor bindende"), str(MODALITIES[measure["modality"]])),
            Facet(_("Hvor ofte"), measure["frequency"]),
            Facet(_("Hvor mye"), measure["quantity"]),
            self._groups(measure["target_groups"]),
            Facet(_("Følger veivalg"), self._names(measure["routes"]), by=_keys(measure["routes"])),
            Facet(_("Område"), name_of(area), by=area["id"]) if area and measure["goals"] else Facet(_("Område")),
            Facet(_("Lenker"), "\n".join(link["url"] for link in links), spelled_each(links)),
            *self._leans(measure),
        )
        place = self._names(measure["goals"]) or (name_of(area) if area else "")
        inside = frozenset(measure["goals"] or ([area["id"]] if area else []))
        came_from, name = tuple(measure.get("succeeds") or ()), line(measure["text"])
        order = ("measure", self.numbers[measure["id"]])
        return Said(measure["id"], "measure", name, _filled(facets), place, inside, came_from, order)


def _keys(keys: Iterable[str]) -> str:
    return " ".join(sorted(keys))


def leaned_on(words: Words) -> dict[str, frozenset[str]]:
    """What each item, and the document itself, leans on in other documents: their slugs and keys."""
    outline = words.outline
    around = frozenset(filter(None, (outline["follows"], *outline["carries_out"])))
    items: Any = {**words.goals, **words.routes, **words.measures}
    return {"": around} | {
        key: frozenset(
            filter(None, (*(item.get("aligned_to") or ()), *(item.get("succeeds") or ()), item.get("translation_of")))
        )
        for key, item in items.items()
    }


def links_changed(before: Words, after: Words) -> set[str]:
    """Slugs and keys of what one of the two leans on in other documents and the other does not."""
    left, right = leaned_on(before), leaned_on(after)
    changed: set[str] = set()
    for key in {*left, *right}:
        was, now = left.get(key, frozenset()), right.get(key, frozenset())
        changed |= was | now if was != now else set()
    return changed


def name_of(area: AreaOutline) -> str:
    return area["title"] or area["label"]


def sections_of(outline: Outline) -> Iterator[Said]:
    """Paragraphs go by their number; words frozen before they had one, by their heading, else by what they say."""
    for number, section in enumerate(outline["sections"]):
        kind = str(SectionKind(section["kind"]).label).capitalize()
        facets = (
            Facet(_("Del"), kind),
            Facet(_("Overskrift"), section["title"]),
            Facet(_("Tekst"), section["text"]),
            _source(section),
        )
        name = f"{kind}: {section['title'] or section['text']}"
        key = section.get("id") or f"{number}-{name}"
        yield Said(f".section-{key}", "section", name, _filled(facets), order=("section", number))


def _source(part: Any) -> Facet:
    return Facet(_("Kilde"), exact=spelled(part.get("source")))


def _targets(targets: Iterable[Any]) -> Facet:
    words = (" · ".join(filter(None, (target["text"], target_details(target)))) for target in targets)
    return Facet(_("Måltall"), "\n".join(words), spelled_each(targets))


def _filled(facets: Facets) -> Facets:
    return tuple(facet for facet in facets if facet.text or facet.exact or facet.by)
