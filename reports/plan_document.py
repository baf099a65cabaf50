"""What stands in a governing document on paper: its words in force, worked out into what a template only sets.

Labels are in the language of whoever ordered it, the document's own words in the document's. Every word and every date
is made here, so that what the paper says can be tested without making a PDF.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from annual_wheel.models import Wheel
from annual_wheel.phrases import language
from config.lib.days import day_words
from planning.inherited import Inherited, inherited_by
from reports.in_words import capital, joined
from reports.plan_areas import AreaPart, areas_of, has_routes
from reports.wheel_part import WheelPart, wheel_part
from strategy.expiry import over_words
from strategy.in_force import Words
from strategy.models import Decision, Document, DocumentKind, DocumentQuerySet, DocumentState, Version
from strategy.outline import Outline
from strategy.services import words_in_force
from strategy.shown_state import words_of
from strategy.words import period_of, span_of

LONG_TITLE: Final = 70
LONG_WORD: Final = 20


@dataclass(frozen=True)
class Text:
    title: str
    text: str


@dataclass(frozen=True)
class Chapter:
    """Running text under one heading of ours; a part that repeats the heading stands without its own."""

    id: str
    title: str
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class ContentsLine:
    level: int
    id: str
    title: str


@dataclass(frozen=True)
class PlanDocument:
    """Everything the template sets. `language` is that of the document's own words."""

    label_language: str
    language: str
    title: str
    kind: str
    owner: str
    state_label: str
    state: str
    state_code: str
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    warnings: tuple[str, ...]
    made_on: str
    vision: str
    overall_goal: str
    before: tuple[Chapter, ...]
    goals_title: str
    has_measures: bool
    areas: tuple[AreaPart, ...]
    inherited: tuple[Inherited, ...]
    after: tuple[Chapter, ...]
    wheels: tuple[WheelPart, ...]
    contents: tuple[ContentsLine, ...]

    @property
    def title_words(self) -> list[str]:
        """The words of the title, each of which stands unbroken on the cover."""
        return self.title.split()

    @property
    def has_long_title(self) -> bool:
        return len(self.title) > LONG_TITLE or max(map(len, self.title_words), default=0) > LONG_WORD


def plan_document(document: Document, *, reader: Any, today: date, version: Version | None = None) -> PlanDocument:
    """Return what the paper says about a document, without what the reader may not see of other documents.

    Of a `version` it says what was frozen, and nothing that changes from day to day: no warnings and no wheels.
    """
    outline = version.content if version else words_in_force(document, today=today)
    readable = Document.objects.visible_to(reader, today=today)
    before = _chapters(
        outline, ("purpose", _("Hensikt")), ("background", _("Bakgrunn")), ("challenge", _("Utfordringer"))
    )
    after = _chapters(outline, ("evaluation", _("Evaluering")))
    areas = areas_of(outline, reader=reader, today=today)
    wheels = () if version else _wheels(document, reader=reader, today=today)
    goals_title = _goals_title(outline)
    inherited = _inherited(document, outline, readable, today=today)
    return PlanDocument(
        label_language=language(),
        language=outline["language"],
        title=outline["title"],
        kind=capital(str(DocumentKind(outline["kind"]).label)),
        owner=outline["owner"] if version else str(document.owner),
        state_label=_("Utgave") if version else _("Status"),
        state=str(version.number) if version else words_of(document, today=today),
        state_code="" if version else document.state,
        facts=tuple(_facts_of_version(version, readable) if version else _facts(document, readable, today=today)),
        warnings=() if version else tuple(_warnings(document, reader, today)),
        made_on=_("Hentet ut %(day)s") % {"day": day_words(today)},
        vision=outline["vision"],
        overall_goal=outline["overall_goal"],
        before=before,
        goals_title=goals_title,
        has_measures=document.kind == DocumentKind.ACTION_PLAN or bool(outline["measures"]),
        areas=areas,
        inherited=inherited,
        after=after,
        wheels=wheels,
        contents=tuple(_contents(before, goals_title, areas, inherited, after, wheels)),
    )


def _inherited(
    document: Document, outline: Outline, readable: DocumentQuerySet, *, today: date
) -> tuple[Inherited, ...]:
    """What it takes over from the plans above it, as they were when it was adopted where that is known."""
    slugs = {*outline["carries_out"], *(one["document"] for one in outline.get("inherits", []))}
    bases = readable.filter(slug__in=slugs).select_related("owner").order_by("slug") if slugs else []
    return tuple(inherited_by(document, bases, Words(outline), today=today))


def _goals_title(outline: Outline) -> str:
    if outline["measures"]:
        return _("Mål og tiltak")
    return _("Mål og veivalg") if has_routes(outline) else pgettext("flere", "Mål")


def _chapters(outline: Outline, *kinds: tuple[str, str]) -> tuple[Chapter, ...]:
    chapters = []
    for kind, title in kinds:
        texts = [
            Text("" if section["title"] == title else section["title"], section["text"])
            for section in outline["sections"]
            if section["kind"] == kind
        ]
        if texts:
            chapters.append(Chapter(kind, title, tuple(texts)))
    return tuple(chapters)


def _wheels(document: Document, *, reader: Any, today: date) -> tuple[WheelPart, ...]:
    wheels = Wheel.objects.visible_to(reader).filter(document=document).prefetch_related("years")
    parts = (wheel_part(wheel, today=today) for wheel in wheels)
    return tuple(part for part in parts if part is not None)


def _facts(document: Document, readable: DocumentQuerySet, *, today: date) -> list[tuple[str, tuple[str, ...]]]:
    """What the cover tells: label and lines; what is not known is not on it."""
    period = period_of(document)
    facts: list[tuple[str, tuple[str, ...]]] = [(_("Periode"), (period,) if period else ())]
    for kind, lines in _decisions(document.decisions.all()).items():
        facts.append((kind, tuple(lines)))
    carried = readable.filter(carried_out_by=document)
    facts.append((_("Gjennomfører"), tuple(other.known_as for other in carried)))
    facts.append((_("Følger etter"), tuple(other.known_as for other in readable.filter(followed_by=document))))
    after = [other.known_as for other in readable.filter(follows=document) if other.is_published]
    is_replaced = document.state_on(today) == DocumentState.REPLACED
    facts.append((_("Erstattet av") if is_replaced else _("Etterfulgt av"), tuple(after)))
    return [(label, lines) for label, lines in facts if lines]


def _facts_of_version(version: Version, readable: DocumentQuerySet) -> list[tuple[str, tuple[str, ...]]]:
    """The same of one version, without what came after it."""
    outline = version.content
    period = span_of(outline["period"])
    carried, followed = (readable.filter(slug__in=slugs) for slugs in (outline["carries_out"], [outline["follows"]]))
    correction = version.document.versions.correction_in(version.number) if version.why else None
    facts = [
        (_("Periode"), (period,) if period else ()),
        *((kind, tuple(lines)) for kind, lines in _decisions(version.decisions_until_then()).items()),
        (_("Rettet etter vedtaket"), (correction.why_told,) if correction else ()),
        (_("Gjennomfører"), tuple(other.known_as for other in carried)),
        (_("Følger etter"), tuple(other.known_as for other in followed)),
    ]
    return [(label, lines) for label, lines in facts if lines]


def _decisions(decisions: Iterable[Decision]) -> dict[str, list[str]]:
    """Who decided, when and in which case, under each kind of decision."""
    told: dict[str, list[str]] = {}
    for decision in decisions:
        parts = [decision.decided_by]
        if decision.decided_on:
            parts.append(day_words(decision.decided_on))
        if decision.case_number:
            parts.append(_("sak %(number)s") % {"number": decision.case_number})
        told.setdefault(capital(decision.get_kind_display()), []).append(", ".join(parts))
    return told


def _warnings(document: Document, reader: Any, today: date) -> list[str]:
    over = over_words(document, today=today)
    warnings = [over] if over else []
    expired = [base.known_as for base in document.rests_on_expired(reader, today=today)]
    if expired:
        warnings.append(_("Bygger på noe som ikke gjelder lenger: %(titles)s.") % {"titles": joined(expired)})
    return warnings


def _contents(
    before: tuple[Chapter, ...],
    goals_title: str,
    areas: tuple[AreaPart, ...],
    inherited: tuple[Inherited, ...],
    after: tuple[Chapter, ...],
    wheels: tuple[WheelPart, ...],
) -> list[ContentsLine]:
    lines = [ContentsLine(1, chapter.id, chapter.title) for chapter in before]
    if areas:
        lines.append(ContentsLine(1, "mal", goals_title))
    lines += [
        ContentsLine(area.level + 1, area.id, " ".join(filter(None, (area.label, area.title))))
        for area in areas
        if area.title
    ]
    lines += [
        ContentsLine(1, f"fra-{part.base.slug}", _("Fra planen over: %(title)s") % {"title": part.title})
        for part in inherited
    ]
    lines += [ContentsLine(1, chapter.id, chapter.title) for chapter in after]
    lines += [ContentsLine(1, wheel.id, f"{wheel.title} {wheel.year}") for wheel in wheels]
    return lines
