"""What has been said about an item, as rows for its page, and what one person may do there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html, linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from config.lib.days import day_words, moment_words
from config.lib.ready_query import ReadyColumns
from organisation.comments import may_edit, may_remove
from organisation.mentions import marks_in
from organisation.models import Comment, Hearing, Unit, User
from organisation.models.comments import sees
from organisation.permissions import Permission
from strategy.models import Document
from strategy.reading import last_hearing
from strategy.subjects import Place, Subject

INTERNALLY, HEARD = "internt", "innspill"


@dataclass(frozen=True)
class Rights:
    """What one person may do with what is said about a document; `hearing` is the one it is in or was in last.

    About a draft that is put away nobody says anything.
    """

    user: User
    document: Document
    hearing: Hearing | None
    today: date

    def _may(self, permission: Permission) -> bool:
        if self.document.is_put_away:
            return False
        return self.user.may(permission, self.document.owner_id, today=self.today)

    @property
    def may_note(self) -> bool:
        return self._may(Permission.NOTE)

    @property
    def may_edit(self) -> bool:
        return self._may(Permission.EDIT)

    @property
    def may_read(self) -> bool:
        return self.may_note or (self.hearing is not None and self._may(Permission.BE_HEARD))

    @property
    def is_heard(self) -> bool:
        """Whether one can say something in the hearing now."""
        return self.hearing is not None and self.hearing.is_open(self.today) and self._may(Permission.BE_HEARD)

    @property
    def wheres(self) -> list[str]:
        """The kinds of comment one can write, the one that is chosen to begin with first.

        In a hearing that is what one came to do. The owner's editors have asked, and talk over what comes in; those who
        were asked answer, and so does whoever is to decide. An answer that is chosen first might publish what was meant
        for a few: therefore the form's button says which of the two it sends, and a form that comes back without a
        choice has none chosen.
        """
        found = [*([HEARD] if self.is_heard else []), *([INTERNALLY] if self.may_note else [])]
        is_asking = self.may_edit and not self._may(Permission.DECIDE)
        return found[::-1] if is_asking else found


def rights_of(user: Any, document: Document, *, today: date) -> Rights | None:
    """What the person may do here (one query); None for somebody who is not logged in."""
    if not isinstance(user, User):
        return None
    return Rights(user, document, last_hearing(document), today)


def counts_of(document: Document, user: User, *, today: date) -> dict[Place, int]:
    """How much each place of a document has been talked about, as far as the person sees it (one query)."""
    counts: Counter[Place] = Counter()
    for about, key, owner, is_about_draft, is_input, count in SAID.rows(within=document.slug):
        if sees(user, owner=owner, is_input=bool(is_input), is_about_draft=bool(is_about_draft), today=today):
            counts[about, key] += count
    return counts


def _said(*, within: str) -> QuerySet[Any, Any]:
    """How much is said of each place, by what tells who sees it."""
    standing = Comment.objects.filter(within=within, removed_at=None).order_by()
    grouped = standing.annotate(is_input=Q(hearing__isnull=False))
    return grouped.values_list("about", "about_key", "owner", "is_about_draft", "is_input").annotate(Count("pk"))


SAID: Final = ReadyColumns(_said, within=str)


def unit_of(user: User, acting: Unit | None, document: Document, units: Iterable[Unit]) -> Unit | None:
    """On whose behalf somebody speaks: the unit they act for where it is asked, else the first of theirs that is."""
    parents = user.parent_of_units()

    def is_asked(unit: Unit) -> bool:
        return document.owner_id in _way_up(unit.pk, parents) or unit.pk in _way_up(document.owner_id, parents)

    return next((unit for unit in (acting, *units) if unit is not None and is_asked(unit)), None)


def _way_up(pk: int | None, parents: dict[int, int | None]) -> Iterable[int]:
    while pk is not None:
        yield pk
        pk = parents[pk]


@dataclass(frozen=True, slots=True)
class CommentRow:
    pk: int
    who: str
    when: str
    edited: str  # when the words were changed, where they were
    changes_url: str
    text: SafeString
    removed: str  # who took it away; then there is no text
    edit_url: str
    remove_url: str

    @property
    def mark(self) -> str:
        return f"kommentar-{self.pk}"


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with what is said under it. `answer` is the code of the answer given in a hearing."""

    top: CommentRow
    replies: tuple[CommentRow, ...]
    is_internal: bool
    is_about_draft: bool
    resolved: str  # who set it as done, and when
    resolve_url: str
    may_reply: bool
    answer: str
    answer_words: str
    answer_text: str
    answered: str
    answer_url: str
    waits: bool  # for an answer
    unit: str = ""
    form: Any = None


@dataclass(frozen=True)
class Talk:
    threads: tuple[Thread, ...]
    resolved: tuple[Thread, ...]


def talk_about(subject: Subject, rights: Rights) -> Talk:
    """All that the person sees of what has been said about an item, the oldest first; what is done stands apart."""
    said = Comment.objects.visible_to(rights.user, today=rights.today)
    threads = threads_of(said.filter(within=subject.document.slug, about=subject.about, about_key=subject.key), rights)
    return Talk(
        tuple(thread for thread in threads if not thread.resolved),
        tuple(thread for thread in threads if thread.resolved),
    )


def threads_of(comments: Any, rights: Rights, *, next_url: str = "") -> list[Thread]:
    """Gather comments with their replies (two queries)."""
    rows = list(comments.for_rows().select_related("under__hearing").prefetch_related("mentioned"))
    replies = defaultdict(list)
    for row in rows:
        if row.under_id:
            replies[row.under_id].append(row)
    return [_thread(row, replies[row.pk], rights, next_url) for row in rows if not row.under_id]


def _thread(top: Comment, replies: list[Comment], rights: Rights, next_url: str) -> Thread:
    user, today = rights.user, rights.today
    closed = top.is_closed(today)
    is_gone = top.removed_at is not None
    may_say = rights.may_note if top.is_internal else user.may(Permission.BE_HEARD, top.owner_id, today=today)
    may_answer = not top.is_internal and not is_gone and rights.may_edit
    return Thread(
        top=_row(top, user, today=today),
        replies=tuple(_row(reply, user, today=today) for reply in replies),
        is_internal=top.is_internal,
        is_about_draft=top.is_about_draft,
        resolved=_by_on(top.resolved_by, top.resolved_at) if top.resolved_at else "",
        resolve_url=reverse("comment_resolve", args=[top.pk]) if top.is_internal and rights.may_note else "",
        may_reply=may_say and not closed and not is_gone,
        answer=top.answer,
        answer_words=top.get_answer_display() if top.answer else "",
        answer_text=top.answer_text,
        answered=_by_on(top.answered_by, top.answered_at) if top.answered_at else "",
        answer_url=_with_next(reverse("comment_answer", args=[top.pk]), next_url, top.pk) if may_answer else "",
        waits=not top.is_internal and not top.answer and not is_gone,
        unit=top.unit.slug if top.unit else "",
    )


def _with_next(url: str, next_url: str, pk: int) -> str:
    """The way back to the list one came from, at the comment."""
    back = f"{next_url}{'&' if '?' in next_url else '?'}ved={pk}"
    return f"{url}?{urlencode({'next': back})}" if next_url else url


def _by_on(who: Any, moment: Any) -> str:
    return f"{who}, {day_words(localtime(moment).date())}"


def _row(comment: Comment, user: User, *, today: date) -> CommentRow:
    is_gone = comment.removed_at is not None
    pk = [comment.pk]
    return CommentRow(
        pk=comment.pk,
        who=f"{comment.written_by}, {comment.unit.label}" if comment.unit else str(comment.written_by),
        when=moment_words(comment.written_at),
        edited=moment_words(comment.edited_at) if comment.edited_at and not is_gone else "",
        changes_url=reverse("comment_changes", args=pk),
        text=SafeString("") if is_gone else html_of(comment),
        removed=str(comment.removed_by) if is_gone else "",
        edit_url=reverse("comment_edit", args=pk) if may_edit(comment, user, today=today) else "",
        remove_url=reverse("comment_remove", args=pk) if may_remove(comment, user, today=today) else "",
    )


def html_of(comment: Comment) -> SafeString:
    """The words as paragraphs, with addresses as links and the people named in them marked."""
    pieces, at = [], 0
    for start, end in marks_in(comment.text, comment.mentioned.all()):
        pieces.append(urlize(comment.text[at:start], nofollow=True, autoescape=True))
        pieces.append(format_html('<strong class="mention">{}</strong>', comment.text[start:end]))
        at = end
    pieces.append(urlize(comment.text[at:], nofollow=True, autoescape=True))
    return mark_safe(linebreaks("".join(pieces), autoescape=False))
