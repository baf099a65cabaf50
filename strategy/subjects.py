"""What a comment is about: a document or something that stands in it, found by the words of its address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from config.lib.addresses import address
from config.lib.language import lang_of
from config.lib.text import line
from organisation.holders import holders_of
from organisation.models import About, User
from organisation.permissions import Permission
from strategy.models import Area, Document, DocumentState, Goal, Route, Section, SectionKind
from strategy.outline import AreaOutline, Outline
from strategy.reading import is_asked_about, read
from strategy.writing import document_of

LONGEST: Final = 200
Place = tuple[str, str]  # what sort of item, and its key


@dataclass(frozen=True)
class Subject:
    """`is_draft` is what only those see who read the owner's drafts; a document on hearing is seen by all it asks."""

    document: Document
    about: About
    key: str
    words: str
    is_draft: bool
    is_heard: bool = False  # where a hearing is about the working text of what holds

    @property
    def lang(self) -> SafeString:
        return lang_of(self.document.language)

    @property
    def url(self) -> str:
        return url_of(self.about, self.key)

    @property
    def mark(self) -> str:
        return mark_of(self.about, self.key)

    @property
    def back_url(self) -> str:
        """Where it stands on its document's page."""
        anchor = "" if self.about == About.DOCUMENT else f"#{anchor_of(self.about, self.key)}"
        return f"{self.document.get_absolute_url()}{'?tekst=arbeid' if self.is_in_working_text else ''}{anchor}"

    @property
    def is_in_working_text(self) -> bool:
        return self.is_heard or (self.is_draft and self.document.is_published)

    def seen_by(self, *, internally: bool, is_about_draft: bool = False, today: date) -> QuerySet[User]:
        """The people who see what is said about it: all who read it, or those who had the draft it was said of."""
        permission = Permission.NOTE if internally else Permission.BE_HEARD
        people = holders_of(permission, self.document.owner_id, today=today)
        if self.is_draft or is_about_draft:
            drafts = holders_of(Permission.READ_DRAFTS, self.document.owner_id, today=today)
            return people.filter(pk__in=drafts.values("pk"))
        return people


def url_of(about: str, key: str) -> str:
    return address("comments", about, key)


def mark_of(about: str, key: str) -> str:
    """What names an item in the ids of a page."""
    return f"{about}-{key}"


def anchor_of(about: str, key: str) -> str:
    """Where the item stands on its document's page; the rows of running text have no key of their own."""
    return f"avsnitt-{key}" if about == About.SECTION else key


def model_of(about: About) -> Any:
    """Measures stand in a part above this one."""
    measure = Document._meta.get_field("measures").related_model
    own = {About.SECTION: Section, About.AREA: Area, About.GOAL: Goal, About.ROUTE: Route}
    return own.get(about, measure)


def find_subject(about: str, key: str, user: Any, *, today: date) -> Subject:
    """The item, where the person may read it; Http404 where it is nothing or not theirs to see."""
    if about not in About.values:
        raise Http404
    sort = About(about)
    visible = Document.objects.visible_to(user, today=today).select_related("owner")
    if sort == About.DOCUMENT:
        document = get_object_or_404(visible, slug=key)
        is_draft = not document.is_published and document.state != DocumentState.HEARING
        return Subject(document, sort, key, document.known_as, is_draft)
    row = _row(sort, key)
    document = get_object_or_404(visible, pk=document_of(row).pk)
    is_about_changes = document.is_published and is_asked_about(document, user, today=today)
    reading = read(document, user, today=today, wants_working_text=is_about_changes)
    is_out = reading.version is None and document.state == DocumentState.DRAFT
    said = words_of_places(reading.outline).get((about, key))
    if said is not None:
        return Subject(document, sort, key, said, is_out, is_about_changes)
    if not reading.may_read_working_text:
        raise Http404
    return Subject(document, sort, key, short(_text_of(row)), True)


def _row(about: About, key: str) -> Any:
    if about != About.SECTION:
        return get_object_or_404(model_of(about), key=key)
    return get_object_or_404(Section, pk=int(key) if key.isdigit() else 0)


def short(text: str, longest: int = LONGEST) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _text_of(row: Any) -> str:
    if isinstance(row, Section):
        return section_words({"kind": row.kind, "title": row.title, "text": row.text})
    return str(row)


def section_words(section: Any) -> str:
    """A piece of running text is known by its heading, or by its kind and how it begins."""
    kind = str(SectionKind(section["kind"]).label).capitalize()
    if section["title"] and section["title"].casefold() != kind.casefold():
        return str(section["title"])
    return f"{kind}: {line(section['text'])}"


def words_of_places(outline: Outline) -> dict[Place, str]:
    """What every place of a document says, in the order it is read; running text frozen without a number has none."""
    found: dict[Place, str] = {(About.DOCUMENT, outline["slug"]): outline["title"]}
    sections = [section for section in outline["sections"] if section.get("id")]
    early = [section for section in sections if section["kind"] != SectionKind.EVALUATION]
    late = [section for section in sections if section["kind"] == SectionKind.EVALUATION]
    found.update((_section_place(section), section_words(section)) for section in early)
    found.update(_items_in(outline, outline))
    for area in outline["areas"]:
        found.update(_area(area, outline))
    found.update(((About.MEASURE, measure["id"]), line(measure["text"])) for measure in _last(outline, found))
    found.update((_section_place(section), section_words(section)) for section in late)
    return {place: short(text) for place, text in found.items()}


def _section_place(section: Any) -> Place:
    return About.SECTION, section["id"]


def _area(area: AreaOutline, outline: Outline) -> Iterator[tuple[Place, str]]:
    heading = " ".join(filter(None, (area["label"], area["title"])))
    yield (About.AREA, area["id"]), heading or _("Område uten tittel")
    yield from _items_in(area, outline)
    for measure in outline["measures"]:
        if measure["area"] == area["id"]:
            yield (About.MEASURE, measure["id"]), line(measure["text"])
    for sub in area["areas"]:
        yield from _area(sub, outline)


def _items_in(part: Any, outline: Outline) -> Iterator[tuple[Place, str]]:
    """Goals, each with the measures that serve it, and then the routes."""
    for goal in part["goals"]:
        yield (About.GOAL, goal["id"]), goal["title"] or line(goal["text"])
        for measure in outline["measures"]:
            if goal["id"] in measure["goals"]:
                yield (About.MEASURE, measure["id"]), line(measure["text"])
    for route in part["routes"]:
        yield (About.ROUTE, route["id"]), line(route["text"])


def _last(outline: Outline, found: dict[Place, str]) -> list[Any]:
    return [measure for measure in outline["measures"] if (About.MEASURE, measure["id"]) not in found]
