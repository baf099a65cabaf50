"""A hearing with everything that was said in it, in the order of the document, for who asked and for who was asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.lib.days import day_words
from organisation.models import Comment, Hearing, Unit, User
from strategy.document_page import Select
from strategy.models import Document
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


def own_hearings(user: User, *, today: date) -> list[tuple[Hearing, Document, int]]:
    """The hearings that stand, with how many inputs nobody has answered, for whoever is asked; the nearest day first."""
    standing = Hearing.objects.visible_to(user, today=today).filter(closed_at=None).order_by("closes_on", "pk")
    hearings = list(standing)
    documents = {
        document.slug: document
        for document in Document.objects.filter(slug__in=[hearing.within for hearing in hearings])
    }
    waiting = Comment.objects.filter(hearing__in=hearings).to_answer() if hearings else Comment.objects.none()
    counts: dict[int, int] = {}
    for pk in waiting.values_list("hearing_id", flat=True):
        counts[pk or 0] = counts.get(pk or 0, 0) + 1
    return [
        (hearing, documents[hearing.within], counts.get(hearing.pk, 0))
        for hearing in hearings
        if hearing.within in documents
    ]


def mentioned_and_waiting(user: User, *, today: date) -> Any:
    """Where the person is named and has not said anything since, and still can."""
    mine = Comment.objects.filter(written_by=user)
    named = Comment.objects.visible_to(user, today=today).filter(mentioned=user, removed_at=None)
    is_open = Q(hearing=None) | Q(hearing__closed_at=None, hearing__closes_on__gte=today)
    found = named.filter(is_open).exclude(written_by=user).for_rows().select_related("under")
    said = {(row.under_id or row.pk, row.written_at) for row in mine.filter(under__in=_tops(found))}
    return [
        comment
        for comment in found
        if not (comment.under or comment).resolved_at
        and not (comment.under or comment).answer
        and not any(top == (comment.under_id or comment.pk) and at > comment.written_at for top, at in said)
    ]


def _tops(found: Iterable[Comment]) -> set[int]:
    return {comment.under_id or comment.pk for comment in found}
