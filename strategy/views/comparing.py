"""Two versions side by side: which goals, routes and measures are kept, reworded, moved, split, dropped or new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, Protocol

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.lib import clock
from config.lib.days import day_words
from config.lib.language import lang_of
from config.lib.ui import state
from config.lib.word_diff import marked
from strategy.access import PLACES
from strategy.comparing import Change, Row, compare
from strategy.document_page import Select, names_of_groups
from strategy.in_force import Words, words_of_versions
from strategy.models import Document, Version
from strategy.outline import outline_of
from strategy.page import target_groups_of
from strategy.reading import VERSION, WORKING, reads_working_text
from strategy.said import Said, links_changed, said_in
from strategy.subjects import short

NOW: Final = "teksten"  # the words of a document that was never adopted here
SHORT_WHY: Final = 24  # characters: among other names to choose from
KINDS: Final[Mapping[str, Any]] = {
    "head": "",
    "section": gettext_lazy("Avsnitt"),
    "area": gettext_lazy("Område"),
    "goal": gettext_lazy("Mål"),
    "route": gettext_lazy("Veivalg"),
    "measure": gettext_lazy("Tiltak"),
}
COUNTED: Final = (
    Change.NEW, Change.DROPPED, Change.REWORDED, Change.MOVED, Change.SPLIT, Change.JOINED, Change.KEPT
)  # fmt: skip


@dataclass(frozen=True)
class Side:
    """One of the two that are set against each other: the words, whose they are, and as which version, if any."""

    document: Document
    words: Words
    version: Version | None = None

    @property
    def lang(self) -> SafeString:
        return lang_of(self.document.language)


@dataclass(frozen=True)
class Part:
    """What has changed in one plan: the document's own words first, then each that it builds on."""

    key: str
    title: str
    lead: str
    rows: list[ShownRow]
    counts: list[tuple[str, int]]
    title_lang: SafeString | str = ""
    is_above: bool = False

    @property
    def is_same(self) -> bool:
        return not any(row.is_changed for row in self.rows)

    @property
    def has_kept(self) -> bool:
        return not all(row.is_changed for row in self.rows)


class Underneath(Protocol):
    """What the parts above this one know of what documents build on."""

    def names(self, request: HttpRequest, keys: set[str], /) -> dict[str, str]:
        """What goals, routes and measures of other documents are called, of those the person sees."""

    def parts(self, request: HttpRequest, left: Side, right: Side, /) -> list[Part]:
        """What has changed in the plans that a plan builds on."""


def compare_page(request: HttpRequest, place: str, slug: str, *, underneath: Underneath) -> HttpResponse:
    """What one version of a document says otherwise than another, or than the document it follows."""
    visible = Document.objects.visible_to(request.user, today=clock.today()).select_related("owner", "follows")
    document = get_object_or_404(visible, slug=slug, kind__in=PLACES[place])
    sides = Sides(document, request.user)
    left, right = sides.asked(request.GET.get("fra", ""), request.GET.get("til", ""))
    parts = _parts(request, sides.side(left), sides.side(right), underneath) if left and right else []
    label = _("Planer") if place == "planer" else _("Strategi")
    context = {
        "title": document.known_as,
        "lang": lang_of(document.language),
        "address": request.path,
        "selects": [
            Select("fra", _("Fra"), tuple(sides.names.items()), left),
            Select("til", _("Til"), tuple(sides.names.items()), right),
        ],
        "has_two": len(sides.names) > 1,
        "parts": parts,
        "heading": "h3" if len(parts) > 1 else "h2",
        "shows_all": request.GET.get("vis") == "alt",
        "has_kept": any(part.has_kept for part in parts),
        "back": document.get_absolute_url(),
        "versions_url": reverse("document_versions", args=[place, slug]) if sides.versions else "",
        "crumbs": [
            {"label": label, "url": f"/{place}/"},
            {"label": document.known_as, "url": document.get_absolute_url()},
            {"label": _("Sammenlign")},
        ],
    }
    return render(request, "strategy/compare.html", context)


def _parts(request: HttpRequest, left: Side, right: Side, underneath: Underneath) -> list[Part]:
    # A plan that follows another builds on other documents altogether: told of each item, that would say nothing.
    is_same = left.document == right.document
    changed = links_changed(left.words, right.words) if is_same else set()
    names = _names_around(request, changed, underneath) if changed else {}
    names |= {key: text for side in (left, right) for key in changed if (text := side.words.text_of(key))}
    rows = compare_words(left.words, right.words, names, exactly=is_same)
    lead = _("Endret av %(owner)s.") % {"owner": right.words.outline["owner"]}
    own = part_of("egen", _("I planen selv"), lead, rows, (left.lang, right.lang))
    return [own, *underneath.parts(request, left, right)]


def _names_around(request: HttpRequest, changed: set[str], underneath: Underneath) -> dict[str, str]:
    """What documents and items that are leaned on are called; that there is one is told where it is not seen."""
    visible = Document.objects.visible_to(request.user, today=clock.today()).filter(slug__in=changed)
    unseen = dict.fromkeys(changed, _("(noe i et dokument du ikke kan lese)"))
    return unseen | underneath.names(request, changed) | {each.slug: each.known_as for each in visible}


def part_of(
    key: str,
    title: str,
    lead: str,
    rows: list[Row],
    langs: tuple[SafeString, SafeString],
    *,
    notes: Mapping[str, str] = MappingProxyType({}),
    title_lang: SafeString | str = "",
    is_above: bool = False,
) -> Part:
    """Rows as the page prints them; `notes` says more of one item, by its key."""
    shown = [ShownRow(row, *langs, note=notes.get((row.after or row.before)[0].key, "")) for row in rows]
    return Part(key, title, lead, shown, count_words(rows), title_lang, is_above)


class Sides:
    """The words a person may set against each other: a document's versions, the working text, what it follows."""

    def __init__(self, document: Document, user: Any) -> None:
        self.document, self.user = document, user
        self.versions = {
            f"{VERSION}{version.number}": version
            for version in document.versions.defer("content").select_related("decision").order_by("number")
        }

    @cached_property
    def earlier(self) -> Document | None:
        visible = Document.objects.visible_to(self.user, today=clock.today()).select_related("owner", "follows")
        return visible.filter(followed_by=self.document).first()

    @cached_property
    def names(self) -> dict[str, str]:
        """What can be chosen, the oldest first, as address → words."""
        found = {self.earlier.slug: self.earlier.known_as} if self.earlier else {}
        found |= {key: version_words(version, in_short=True) for key, version in self.versions.items()}
        if not self.versions:
            found[NOW] = self.document.known_as
        elif self._reads_working:
            found[WORKING] = _("Arbeidsteksten, ikke vedtatt")
        return found

    @property
    def _reads_working(self) -> bool:
        return reads_working_text(self.document, self.user, today=clock.today())

    def asked(self, left: str, right: str) -> tuple[str, str]:
        """What was asked for, else the two newest that are adopted; Http404 where there is no such thing."""
        for key in filter(None, (left, right)):
            if key not in self.names:
                raise Http404
        adopted = [key for key in self.names if key != WORKING]
        newest = adopted if len(adopted) > 1 else list(self.names)
        if len(newest) < 2:  # nothing to compare with
            return "", ""
        return left or newest[-2], right or newest[-1]

    def side(self, key: str) -> Side:
        document, version = self.document, self.versions.get(key)
        if self.earlier and key == self.earlier.slug:
            document = self.earlier
            version = document.versions.as_read(today=clock.today()).defer("content").first()
        if version is None:
            return Side(document, Words(outline_of(document)))
        return Side(document, words_of_versions({0: (version.pk, version.frozen_at)})[0], version)


def version_words(version: Version, *, in_short: bool = False) -> str:
    day = version.decision.decided_on if version.decision else None
    if version.corrects_id and not version.only_repeats:
        words = {"number": version.number, "day": day_words(localtime(version.frozen_at).date())}
        words["why"] = short(version.why_told, SHORT_WHY) if in_short else version.why_told
        if version.holds_from > clock.today():
            words["start"] = day_words(version.holds_from)
            if in_short:
                return _("Utgave %(number)s, rettet %(day)s, gjelder fra %(start)s") % words
            return _("Utgave %(number)s, rettet %(day)s: %(why)s (gjelder fra %(start)s)") % words
        return _("Utgave %(number)s, rettet %(day)s: %(why)s") % words
    words = {"number": version.number, "day": day_words(day or version.frozen_at.date())}
    if version.holds_from > clock.today():
        words["start"] = day_words(version.holds_from)
        return _("Utgave %(number)s, %(day)s, gjelder fra %(start)s") % words
    return _("Utgave %(number)s, %(day)s") % words


def compare_words(
    left: Words, right: Words, above: Mapping[str, str] = MappingProxyType({}), *, exactly: bool = True
) -> list[Row]:
    """Item by item; target groups, and what is leaned on `above`, by the names they have now.

    `exactly` where the two are versions of one document.
    """
    both = (left, right)
    groups = names_of_groups(slug for words in both for slug in target_groups_of(words))
    before, after = (said_in(words, lambda slug: groups.get(slug, slug), above, exactly=exactly) for words in both)
    return compare(before, after)


def is_changed(row: Row) -> bool:
    return row.change != Change.KEPT


def count_words(rows: Iterable[Row]) -> list[tuple[str, int]]:
    """How many of each, as (chip, number), those there are none of left out."""
    found = Counter(row.change for row in rows)
    return [(state(change.value), found[change]) for change in COUNTED if found[change]]


@dataclass(frozen=True)
class ShownRow:
    """A row of the comparison as the page prints it."""

    row: Row
    lang_before: SafeString
    lang_after: SafeString
    note: str = ""

    @property
    def is_changed(self) -> bool:
        return is_changed(self.row)

    @property
    def chips(self) -> list[SafeString]:
        also = (self.row.is_moved or self.row.is_reordered) and self.row.change == Change.REWORDED
        return [state(self.row.change.value), *([state(Change.MOVED.value)] if also else [])]

    @property
    def kind(self) -> str:
        return str(KINDS[self.row.kind])

    @property
    def lang(self) -> SafeString:
        return self.lang_after if self.row.after else self.lang_before

    @property
    def titles(self) -> list[tuple[str, str]]:
        """What stands now, each with its address; else what is gone, which has no page any more."""
        return [(said.name, address_of(said)) for said in self.row.after] or [
            (said.name, "") for said in self.row.before
        ]

    @property
    def came_from(self) -> list[str]:
        """What it was before it was split or joined."""
        return [said.name for said in self.row.before] if self.row.change in (Change.SPLIT, Change.JOINED) else []

    @property
    def moved(self) -> tuple[str, str] | None:
        if not self.row.is_moved:
            return None
        outside = _("utenfor områdene")
        return self.row.before[0].place or outside, self.row.after[0].place or outside

    @property
    def differences(self) -> list[tuple[str, SafeString]]:
        return [(label, marked(before, after)) for label, before, after in self.row.differences]


def address_of(said: Said) -> str:
    """An item's own page; what has none leads nowhere."""
    if said.kind not in ("goal", "route", "measure"):
        return ""
    try:
        return reverse(said.kind, args=[said.key])
    except NoReverseMatch:
        return ""
