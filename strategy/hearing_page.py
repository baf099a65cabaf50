"""A hearing with everything that was said in it, in the order of the document, for who asked and for who was asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.lib.days import day_words
from organisation.models import Comment, Hearing, Unit
from strategy.document_page import Select
from strategy.outline import outline_of
from strategy.subjects import Place, words_of_places
from strategy.talk import Rights, Thread, threads_of

UNANSWERED = "ubesvart"


@dataclass(frozen=True, slots=True)
class HearingFilters:
    show: str
    unit: str

    @classmethod
    def of(cls, query: QueryDict) -> HearingFilters:
        show = query.get("vis", "")
        return cls(show if show == UNANSWERED else "", query.get("enhet", ""))

    @property
    def is_on(self) -> bool:
        return bool(self.show or self.unit)

    @property
    def query(self) -> str:
        pairs = (("vis", self.show), ("enhet", self.unit))
        return "&".join(f"{name}={value}" for name, value in pairs if value)

    def takes(self, thread: Thread) -> bool:
        return (not self.show or thread.waits) and (not self.unit or thread.unit == self.unit)


@dataclass(frozen=True, slots=True)
class Group:
    """What was said about one place of the document. Without an address it is not theirs to open."""

    words: str
    url: str
    threads: tuple[Thread, ...]


def hearing_words(hearing: Hearing, *, today: date) -> str:
    """How long one can say something, or that it is over."""
    day = day_words(hearing.closes_on)
    if hearing.is_open(today):
        left = (hearing.closes_on - today).days
        if left == 0:
            return _("Innspill til og med i dag, %(day)s") % {"day": day}
        words = ngettext("om %(count)d dag", "om %(count)d dager", left) % {"count": left}
        return _("Innspill til og med %(day)s (%(left)s)") % {"day": day, "left": words}
    if hearing.closed_at is None:
        return _("Fristen for innspill var %(day)s") % {"day": day}
    return _("Høringen er avsluttet")


def count_inputs(count: int) -> str:
    return ngettext("%(count)d innspill", "%(count)d innspill", count) % {"count": count}


def unanswered_words(count: int) -> str:
    return ngettext("%(count)d ubesvart", "%(count)d ubesvarte", count) % {"count": count}


def hearing_url(hearing: Hearing) -> str:
    return reverse("hearing", args=[hearing.pk])


@dataclass(frozen=True)
class Gathered:
    groups: tuple[Group, ...]
    shown_count: int
    count: int
    unanswered_count: int
    units: tuple[tuple[str, str], ...]


def gathered(hearing: Hearing, rights: Rights, filters: HearingFilters, *, may_open: bool) -> Gathered:
    """Everything that was said in a hearing, by place; in words that are theirs to read where the document is not."""
    said = Comment.objects.visible_to(rights.user, today=rights.today).filter(hearing=hearing)
    abouts = {pk: ((about, key), words) for pk, about, key, words in said.filter(under=None).values_list(
        "pk", "about", "about_key", "about_words")}  # fmt: skip
    back = hearing_url(hearing) + (f"?{filters.query}" if filters.is_on else "")
    threads = [thread for thread in threads_of(said, rights, next_url=back) if not thread.top.removed or thread.replies]
    order = words_of_places(outline_of(rights.document))
    shown = [thread for thread in threads if filters.takes(thread)]
    return Gathered(
        groups=tuple(_groups(shown, abouts, order, may_open=may_open)),
        shown_count=len(shown),
        count=len(threads),
        unanswered_count=sum(thread.waits for thread in threads),
        units=_units(threads),
    )


def _groups(
    threads: Iterable[Thread], abouts: dict[int, tuple[Place, str]], order: dict[Place, str], *, may_open: bool
) -> Iterable[Group]:
    """In the document's order; what no longer stands in it comes last."""
    by_place: dict[Place, list[Thread]] = {}
    for thread in threads:
        by_place.setdefault(abouts[thread.top.pk][0], []).append(thread)
    ranks = {place: rank for rank, place in enumerate(order)}
    for place in sorted(by_place, key=lambda place: ranks.get(place, len(ranks))):
        found = by_place[place]
        words = order.get(place) if may_open else None
        url = reverse("comments", args=place) if may_open and place in order else ""
        yield Group(words or abouts[found[0].top.pk][1], url, tuple(found))


def _units(threads: Iterable[Thread]) -> tuple[tuple[str, str], ...]:
    slugs = {thread.unit for thread in threads if thread.unit}
    return tuple((unit.slug, str(unit)) for unit in Unit.objects.without_tree_fields().filter(slug__in=slugs))


def selects_of(found: Gathered, filters: HearingFilters) -> list[Select]:
    selects = [
        Select("vis", _("Vis bare"), ((UNANSWERED, _("Ubesvarte")),), filters.show),
        Select("enhet", _("Enhet"), found.units, filters.unit),
    ]
    return selects if found.count else []
