"""What is said to one person: hearings they are asked in, where they are named, and answers to what they said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime

from config.lib.clock import start_of
from config.lib.days import day_words
from config.lib.language import lang_of
from config.lib.stamp import Kept, Stamp
from organisation.models import Comment, Hearing, User
from organisation.permissions import Permission, Role
from strategy.access import place_of
from strategy.hearing_page import hearing_url, hearing_words, unanswered_words
from strategy.models import Document, Version
from strategy.subjects import url_of

DAYS_NEW = 30


@dataclass(frozen=True, slots=True)
class ForMe:
    """One row. `lang` is the attribute for `text`, which somebody has written in a document.

    `key` names it for whoever remembers that it was told; `until` is the last day of what has one and is open.
    """

    text: str
    url: str
    lang: str
    details: tuple[str, ...]
    key: str = ""
    until: date | None = None


def hearings_for(user: User, *, today: date) -> list[ForMe]:
    """Those that stand open, the nearest day first; for who answers also those with inputs that wait for it."""
    standing = list(Hearing.objects.visible_to(user, today=today).filter(closed_at=None).order_by("closes_on", "pk"))
    documents = {
        document.slug: document
        for document in Document.objects.filter(slug__in=[hearing.within for hearing in standing])
    }
    waiting = Counter(Comment.objects.filter(hearing__in=standing).to_answer().values_list("hearing_id", flat=True))
    rows = []
    for hearing in standing:
        document = documents[hearing.within]
        count = waiting[hearing.pk] if user.may(Permission.EDIT, document.owner_id, today=today) else 0
        if hearing.is_open(today) or count:
            details = (hearing_words(hearing, today=today), *([unanswered_words(count)] if count else []))
            url = hearing_url(hearing) if count else document.get_absolute_url()
            until = hearing.closes_on if hearing.is_open(today) else None
            rows.append(ForMe(document.title, url, lang_of(document.language), details, f"{hearing.pk}", until))
    return rows


def mentions_of(user: User, *, today: date) -> list[ForMe]:
    """Where the person is named, has said nothing since, and still can."""
    is_open = Q(hearing=None) | Q(hearing__closed_at=None, hearing__closes_on__gte=today)
    read = Document.objects.visible_to(user, today=today).values("slug")
    named = Comment.objects.visible_to(user, today=today).filter(is_open, mentioned=user, removed_at=None)
    found = list(
        named.filter(within__in=read)
        .exclude(written_by=user)
        .for_rows()
        .select_related("under")
        .order_by("-written_at", "pk")
    )
    said = _said_under(user, found)
    return [_mention(comment) for comment in found if not _is_settled(comment, said)]


def _said_under(user: User, found: Iterable[Comment]) -> dict[int, Any]:
    """When the person last replied in each of these conversations."""
    tops = {comment.under_id or comment.pk for comment in found}
    mine = Comment.objects.filter(written_by=user, under__in=tops).order_by("written_at")
    return dict(mine.values_list("under_id", "written_at")) if tops else {}


def _is_settled(comment: Comment, said: dict[int, Any]) -> bool:
    top = comment.under or comment
    replied_at = said.get(top.pk)
    is_replied = replied_at is not None and replied_at > comment.written_at
    return bool(top.resolved_at or top.answer or top.removed_at or is_replied)


def _mention(comment: Comment) -> ForMe:
    day = day_words(localtime(comment.written_at).date())
    return ForMe(comment.text, _url(comment), "", (str(comment.written_by), day, comment.about_words), f"{comment.pk}")


def answers_to(user: User, *, today: date) -> list[Comment]:
    """What the person said in hearings that has been answered in the last month, the newest answer first.

    It is told also where the document is not theirs to read any more, but not of a draft that is put away.
    """
    since = today - timedelta(days=DAYS_NEW)
    mine = Comment.objects.visible_to(user, today=today).filter(written_by=user, answered_at__gte=start_of(since))
    mine = mine.exclude(within__in=Document.objects.put_away().values("slug"))
    return list(mine.filter(removed_at=None).for_rows().order_by("-answered_at", "pk"))


def corrections_for(user: User, *, today: date) -> list[ForMe]:
    """What others have corrected in the last month in documents that the person adopted, or leads the owner of."""
    decides = user.reach(today)[Permission.DECIDE]
    if not decides:
        return []
    leads = {held.unit_id for held in user.memberships_on(today) if held.role == Role.LEADER}
    since = today - timedelta(days=DAYS_NEW)
    corrected = Version.objects.filter(corrects__isnull=False, frozen_at__gte=start_of(since)).exclude(frozen_by=user)
    adopted = Version.objects.filter(decision__isnull=False, frozen_by=user).values("document")
    mine = corrected.filter(
        Q(document__owner__in=leads) | Q(document__in=adopted), document__owner__in=decides
    ).select_related("document", "frozen_by")
    told: dict[tuple[int, Any], Version] = {}  # what was mended in several versions at once is told of once
    for version in mine.defer("content").order_by("-frozen_at", "pk"):
        told.setdefault((version.document_id, version.frozen_at), version)
    return [_correction(version) for version in told.values()]


def _correction(version: Version) -> ForMe:
    document = version.document
    day = day_words(localtime(version.frozen_at).date())
    url = reverse("document_compare", args=[place_of(document), document.slug])
    return ForMe(document.known_as, url, lang_of(document.language), (str(version.frozen_by), day, version.why_told))


def answered_people(*, today: date) -> frozenset[int]:
    """Everyone who has got such an answer in the last month, by id."""
    answered = Comment.objects.filter(answered_at__gte=start_of(today - timedelta(days=DAYS_NEW)), removed_at=None)
    return frozenset(answered.order_by().values_list("written_by", flat=True))


def mentioned_people() -> frozenset[int]:
    """Everyone who is named in something that stands, by id."""
    named = Comment.mentioned.through.objects.filter(comment__removed_at=None, comment__resolved_at=None)
    return frozenset(named.order_by().values_list("user", flat=True))


def is_anything_heard() -> bool:
    """Whether a hearing stands open, or waits for answers."""
    return Hearing.objects.filter(closed_at=None).exists()


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whom there may be something to tell, by id, and whether a hearing stands."""

    mentioned: frozenset[int]
    answered: frozenset[int]
    is_anything_heard: bool


KEPT: Final[Kept[Concerned]] = Kept(Stamp(Comment, Hearing), most=2)


def forget() -> None:
    """Let go of what is kept, for tests."""
    KEPT.forget()


def _url(comment: Comment) -> str:
    return f"{url_of(comment.about, comment.about_key)}#kommentar-{comment.pk}"


def url_of_answer(comment: Comment) -> str:
    """The hearing's own page: it is theirs to read also when the document no longer is."""
    return f"{hearing_url(comment.hearing)}#kommentar-{comment.pk}" if comment.hearing else ""


@dataclass(frozen=True, slots=True)
class TalkForMe:
    hearings: list[ForMe]
    mentions: list[ForMe]
    answers: list[tuple[Comment, str]]
    corrections: list[ForMe]


def talk_for(user: User, *, today: date) -> TalkForMe:
    """Everything together, in a constant number of queries: one on most days, for most people."""
    kept = KEPT.get(today, lambda: Concerned(mentioned_people(), answered_people(today=today), is_anything_heard()))
    answers = answers_to(user, today=today) if user.pk in kept.answered else []
    return TalkForMe(
        hearings_for(user, today=today) if kept.is_anything_heard else [],
        mentions_of(user, today=today) if user.pk in kept.mentioned else [],
        [(comment, url_of_answer(comment)) for comment in answers],
        corrections_for(user, today=today),
    )
