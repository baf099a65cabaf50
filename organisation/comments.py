"""Writing comments, answering them, and ending the hearing they were asked for in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from config.lib.saving import save_changed, save_new, sign
from organisation.models import Comment, Hearing, User
from organisation.permissions import Permission


class CannotComment(Exception):
    """It is too late, or not for this comment; the message is for the person who tried."""


@transaction.atomic
def write(comment: Comment, *, by: User, now: datetime, today: date, mentioned: Iterable[User] = ()) -> Comment:
    """Store a new comment. A reply goes where what it answers stands; CannotComment where that is closed by now."""
    if comment.under_id:
        under = Comment.objects.select_for_update(of=("self",)).get(pk=comment.under_id)
        if under.under_id or under.removed_at:
            raise CannotComment(_("Denne kommentaren kan ikke besvares. Last siden på nytt."))
        for name in ("within", "owner_id", "about", "about_key", "hearing_id", "is_about_draft"):
            setattr(comment, name, getattr(under, name))
        comment.under = under
    # The hearing is held still, so that nobody ends it between the question and the answer.
    if comment.hearing_id:
        comment.hearing = Hearing.objects.select_for_update().get(pk=comment.hearing_id)
        if not comment.hearing.is_open(today):
            raise CannotComment(_("Høringen er avsluttet, så innspillet er ikke sendt."))
    if comment.under and comment.is_closed(today):
        raise CannotComment(_("Samtalen er avsluttet, så svaret er ikke lagret."))
    comment.written_at, comment.written_by = now, by
    return save_new(comment, by=by, many={"mentioned": mentioned})


def may_edit(comment: Comment, user: Any, *, today: date) -> bool:
    """One's own words, as long as nobody has answered them or ended what they are part of."""
    return bool(comment.written_by_id == user.pk and comment.removed_at is None and not comment.is_closed(today))


def may_remove(comment: Comment, user: User, *, today: date) -> bool:
    """Whoever wrote it, while it can be changed, and always those who edit for the owner."""
    if comment.removed_at is not None:
        return False
    return may_edit(comment, user, today=today) or user.may(Permission.EDIT, comment.owner_id, today=today)


@transaction.atomic
def edit(
    comment: Comment, *, by: User, now: datetime, today: date, expected: int, mentioned: Iterable[User] = ()
) -> Comment:
    """Change one's own words; the earlier ones stay in the log. StaleEdit where somebody answered meanwhile."""
    comment.edited_at = now
    saved: Comment = save_changed(comment, by=by, expected=expected, many={"mentioned": mentioned})
    if saved.hearing_id and not Hearing.objects.select_for_update().get(pk=saved.hearing_id).is_open(today):
        raise CannotComment(_("Høringen er avsluttet, så innspillet er ikke endret."))
    return saved


@transaction.atomic
def resolve(comment: Comment, *, by: User, now: datetime, is_resolved: bool) -> Comment:
    """Say that an internal conversation is done, or open it again; said twice it is said once."""
    stored = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if stored.hearing_id or stored.under_id:
        raise CannotComment(_("Innspill i en høring besvares. De settes ikke som ferdige."))
    if is_resolved == (stored.resolved_at is not None):
        return stored
    stored.resolved_at, stored.resolved_by = (now, by) if is_resolved else (None, None)
    return _saved(stored, by=by, why=gettext_noop("Satt som ferdig.") if is_resolved else gettext_noop("Åpnet igjen."))


@transaction.atomic
def remove(comment: Comment, *, by: User, now: datetime) -> Comment:
    """Take a comment away. It leaves a mark of who did, and comes back with `put_back`."""
    stored = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if stored.removed_at is not None:
        return stored
    stored.removed_at, stored.removed_by = now, by
    return _saved(stored, by=by, why=gettext_noop("Tatt bort."))


@transaction.atomic
def put_back(comment: Comment, *, by: User) -> Comment:
    stored = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if stored.removed_at is None:
        return stored
    stored.removed_at = stored.removed_by = None
    return _saved(stored, by=by, why=gettext_noop("Hentet tilbake."))


def _saved(stored: Comment, *, by: User, why: str) -> Comment:
    saved: Comment = save_changed(stored, by=by, expected=stored.lock_version, why=why)
    return saved


@transaction.atomic
def answer(comment: Comment, *, by: User, now: datetime, expected: int) -> Comment:
    """Answer what somebody said in a hearing, or answer it otherwise; StaleEdit where somebody was first."""
    if comment.hearing_id is None or comment.under_id or comment.removed_at:
        raise CannotComment(_("Dette er ikke et innspill som kan besvares."))
    comment.answered_at, comment.answered_by = now, by
    saved: Comment = save_changed(comment, by=by, expected=expected, why=comment.answer_text)
    return saved


def end_hearing(within: str, *, by: User, now: datetime) -> bool:
    """End the hearing of a document that is withdrawn or adopted; what was said in it stays. Whether there was one."""
    standing = list(Hearing.objects.select_for_update().filter(within=within, closed_at=None))
    for hearing in standing:
        hearing.closed_at, hearing.closed_by = now, by
        hearing.lock_version += 1
        sign(hearing, by=by, why=gettext_noop("Avsluttet."))
        hearing.save()
    return bool(standing)
