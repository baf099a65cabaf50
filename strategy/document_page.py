"""What stands around a document's body on its page: identity, contents, sections, notices and filters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.lib.days import day_words
from config.lib.norwegian import sort_key
from config.lib.ready_query import ReadyColumns, ReadyQuery
from strategy.access import place_of
from strategy.builds_on import Above
from strategy.in_force import Words
from strategy.models import (
    Decision,
    DecisionKind,
    Document,
    DocumentKind,
    DocumentState,
    ItemStatus,
    SectionKind,
    TargetGroup,
)
from strategy.outline import Outline
from strategy.page import AreaPart, Beside, Body, Filters, parties_of, target_groups_of
from strategy.papers import made_papers, paper_link
from strategy.reading import VERSION, WORKING, Around, Reading
from strategy.words import count_goals, count_measures, source_words


@dataclass(frozen=True, slots=True)
class Linked:
    """Words, with an address where they lead somewhere."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class FactLine:
    label: str
    values: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class SectionPart:
    """A document's running text of one kind, its parts in order; a challenge is a point in a list."""

    anchor: str
    heading: str
    parts: tuple[tuple[str, str, str], ...]  # (title, text, its number, empty in words frozen without it)
    is_list: bool


@dataclass(frozen=True, slots=True)
class ContentsLine:
    text: str
    anchor: str
    lang: str = ""
    below: tuple[ContentsLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Select:
    """A filter: what is chosen stands in the address."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


def kicker_of(document: Document) -> str:
    return str(DocumentKind(document.kind).label).capitalize()


def fact_lines(reading: Reading, period: str, near: Around, wheels: Iterable[Any], *, today: date) -> list[FactLine]:
    """Who owns the document, when it holds, who decided what, and which documents stand around it."""
    document = reading.document
    can_compare = near.follows or reading.versions > 1 or (reading.versions and reading.may_read_working_text)
    compare_url = reverse("document_compare", args=[place_of(document), document.slug])
    lines = [
        (_("Eier"), [Linked(str(document.owner))]),
        (_("Periode"), [Linked(period or _("Ikke oppgitt"))]),
        *[decision_line(decision) for decision in DECISIONS.rows(document=document.pk)],
        (_("Rettet etter vedtaket"), _corrected(reading, compare_url)),
        (_("Gjennomfører"), documents(near.carries_out)),
        (_("Gjennomføres av"), documents(near.carried_out_by)),
        *[(_follows_label(before, document, today), documents([before])) for before in near.follows],
        (_("Etterfulgt av"), documents(near.followed_by) or _next(reading)),
        (_("Årshjul"), [Linked(wheel.title, wheel.get_absolute_url()) for wheel in wheels]),
        (
            _("Utgaver"),
            [*_versions(reading), *([Linked(_("Se hva som er endret"), compare_url)] if can_compare else [])],
        ),
        (_("Kilde"), [Linked(source_words(document.source))] if reading.may_edit and document.source else []),
    ]
    return [FactLine(label, tuple(values)) for label, values in lines if values]


def _versions(reading: Reading) -> list[Linked]:
    """The PDF of the words in force, and the way to the versions before."""
    document = reading.document
    if reading.version is None:
        return []
    pk, _frozen_at = reading.version
    paper, paper_url = paper_link(document, reading.versions, is_made=pk in made_papers(document, [pk]))
    all_of_them = reverse("document_versions", args=[place_of(document), document.slug])
    return [
        *([Linked(paper, paper_url)] if paper else []),
        Linked(_("Alle utgavene (%(count)s)") % {"count": reading.versions}, all_of_them),
    ]


def _follows_label(before: Document, document: Document, today: date) -> str:
    """How it stands to what it follows: it takes over only where that is what was decided."""
    if document.is_published and before.state_on(today) == DocumentState.REPLACED:
        return _("Erstatter")
    return _("Følger etter")


def _next(reading: Reading) -> list[Linked]:
    """Where whoever writes a document that holds, or held, begins on the one that comes after it."""
    document = reading.document
    if not reading.may_edit or not document.is_published:
        return []
    new = "plan_new" if document.kind == DocumentKind.ACTION_PLAN else "strategy_new"
    return [Linked(_("Begynn på det neste"), f"{reverse(new)}?{urlencode({'etter': document.slug})}")]


def _corrected(reading: Reading, compare_url: str) -> list[Linked]:
    """When the words in force were last corrected and what was wrong; who did it, for those who read the drafts."""
    newest = reading.correction
    version = reading.document.versions.correction_in(newest.number) if newest else None
    if version is None:
        return []
    words = {"day": day_words(localtime(version.frozen_at).date()), "who": version.frozen_by, "why": version.why_told}
    said = _("%(day)s av %(who)s: %(why)s") if reading.reads_drafts else _("%(day)s: %(why)s")
    return [Linked(said % words, compare_url)]


def _decisions(*, document: int) -> QuerySet[Decision]:
    return Decision.objects.filter(document=document)


DECISIONS: Final = ReadyQuery(_decisions, document=int)


def documents(found: Iterable[Document]) -> list[Linked]:
    return [Linked(document.known_as, document.get_absolute_url()) for document in found]


def decision_line(decision: Any) -> tuple[str, list[Linked]]:
    """Who decided, when and in which case: ("Vedtak", "Rektor, 1. september 2014")."""
    label = _("Vedtak") if decision.kind == DecisionKind.ADOPTION else _("Oppdrag")
    parts = [
        decision.decided_by,
        day_words(decision.decided_on) if decision.decided_on else "",
        _("sak %(number)s") % {"number": decision.case_number} if decision.case_number else "",
    ]
    return label, [Linked(", ".join(filter(None, parts)))]


def changes_since_adoption(document: Document) -> str:
    """Where the working text is set against what is in force; "" where nothing was adopted before."""
    newest = document.versions.order_by("-number").values_list("number", flat=True).first()
    if newest is None:
        return ""
    query = urlencode({"fra": f"{VERSION}{newest}", "til": WORKING})
    return f"{reverse('document_compare', args=[place_of(document), document.slug])}?{query}"


HEADINGS = {
    SectionKind.PURPOSE: ("hensikt", SectionKind.PURPOSE.label),
    SectionKind.BACKGROUND: ("bakgrunn", SectionKind.BACKGROUND.label),
    SectionKind.CHALLENGE: ("utfordringer", SectionKind.CHALLENGE.label),
    SectionKind.EVALUATION: ("evaluering", SectionKind.EVALUATION.label),
}


def sections(outline: Outline, *kinds: SectionKind) -> list[SectionPart]:
    """The running text of these kinds, one part of the page for each kind there is any of."""
    found = []
    for kind in kinds:
        parts = tuple(
            (
                "" if section["title"].casefold() == str(kind.label) else section["title"],
                section["text"],
                section.get("id", ""),
            )
            for section in outline["sections"]
            if section["kind"] == kind
        )
        if parts:
            is_list = len(parts) > 1 and not any(title for title, _text, _number in parts)
            heading = _("Utfordringer") if kind == SectionKind.CHALLENGE else str(kind.label).capitalize()
            found.append(SectionPart(HEADINGS[kind][0], heading, parts, is_list))
    return found


def contents(
    before: list[SectionPart], areas: tuple[AreaPart, ...], after: list[SectionPart], lang: str
) -> list[ContentsLine]:
    """The page's headings as links; `lang` names the language of the document's own."""
    return [
        *[ContentsLine(part.heading, part.anchor) for part in before],
        *_area_lines(areas, lang),
        *[ContentsLine(part.heading, part.anchor) for part in after],
    ]


def _area_lines(areas: tuple[AreaPart, ...], lang: str) -> tuple[ContentsLine, ...]:
    named = [area for area in areas if area.heading]
    return tuple(ContentsLine(area.heading, area.anchor, lang, _area_lines(area.areas, lang)) for area in named)


def crumbs(place: str, title: str) -> list[dict[str, str]]:
    """The way here: `place` is the name of the list's address."""
    label = _("Planer") if place == "plans" else _("Strategi")
    return [{"label": label, "url": reverse(place)}, {"label": title}]


def filters_of(query: QueryDict) -> Filters:
    show = query.get("vis", "")
    known = show if show in ("uten-tiltak", "datert", "uten-dato") else ""
    return Filters(query.get("malgruppe", ""), query.get("ansvar", ""), known)


def selects_of(words: Words, filters: Filters, names: dict[str, str]) -> list[Select]:
    """The filters that have something to choose between in this document."""
    groups = tuple(sorted(names.items(), key=lambda group: sort_key(group[1])))
    shows = (("uten-tiltak", _("Mål uten tiltak")), ("datert", _("Tiltak i årshjulet")), ("uten-dato", _("Uten dato")))
    selects = [
        Select("malgruppe", _("Målgruppe"), groups, filters.target_group),
        Select("ansvar", _("Ansvarlig"), tuple(parties_of(words.outline)), filters.responsible),
        Select("vis", _("Vis bare"), shows if words.measures else (), filters.show),
    ]
    return [select for select in selects if select.options]


def names_of_groups(slugs: Iterable[str]) -> dict[str, str]:
    named = set(slugs)
    return {group.slug: str(group) for group in TargetGroup.objects.filter(slug__in=named)} if named else {}


def beside_of(reading: Reading, above: Above = MappingProxyType({})) -> Beside:
    """Names of target groups, and which measures the wheels carry out (two queries)."""
    dated = frozenset(key for (key,) in DATED.rows(document=reading.document.pk))
    return Beside(names_of_groups(target_groups_of(reading.words)), dated, above)


def _dated(*, document: int) -> QuerySet[Any, Any]:
    """Measures are of a part above this one, and wheels of one above that."""
    measures: Any = Document._meta.get_field("measures").related_model
    return measures._default_manager.filter(document=document, entries__status=ItemStatus.IN_FORCE).values_list("key")


DATED: Final = ReadyColumns(_dated, document=int)


def count_words(body: Body, filters: Filters) -> str:
    """How many goals and measures there are, or how many of the measures the filters leave."""
    goals = count_goals(body.goal_count)
    if not body.measure_count:
        return goals
    measures = count_measures(body.measure_count)
    if filters.show == "uten-tiltak":
        shown = sum(len(area.goals) for area in _all_areas(body.areas))
        return ngettext("%(count)d mål uten tiltak", "%(count)d mål uten tiltak", shown) % {"count": shown}
    if filters.is_on:
        return _("%(shown)d av %(count)d tiltak") % {"shown": body.shown_count, "count": body.measure_count}
    return f"{goals}, {measures}"


def _all_areas(areas: Iterable[AreaPart]) -> Iterable[AreaPart]:
    for area in areas:
        yield area
        yield from _all_areas(area.areas)


def lapse_words(base: Document, *, today: date) -> str:
    last = base.head.to_on
    if base.is_past_period(today) and last:
        return _("%(title)s gjaldt til %(day)s.") % {"title": base.known_as, "day": day_words(last)}
    return _("%(title)s gjelder ikke lenger.") % {"title": base.known_as}
