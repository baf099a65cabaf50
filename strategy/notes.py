"""Internal notes: read by those who read the owner's drafts, written by those who edit."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from config.lib.models import StaleEdit
from config.lib.ready_query import ReadyQuery
from config.lib.saving import save_changed, save_new
from organisation.models import User
from organisation.permissions import Permission
from strategy.models import Document, Note


@transaction.atomic
def save_note(note: Note, *, by: User, expected: int | None, why: str = "") -> Note:
    """Save a note, or StaleEdit where somebody else wrote it first."""
    Document.objects.select_for_update().get(pk=note.document_id)
    if expected is not None:
        return save_changed(note, by=by, expected=expected, why=why)
    first = Note.objects.filter(about=note.about, about_key=note.about_key).first()
    if first is not None:
        raise StaleEdit(first)
    return save_new(note, by=by)


def shown_note(document: Document, about: str, key: str, user: Any, *, today: date) -> dict[str, str] | None:
    """What stands beside an item for those who read the owner's drafts; None for everyone else (one query)."""
    if not isinstance(user, User) or not user.may(Permission.READ_DRAFTS, document.owner_id, today=today):
        return None
    may_edit = user.may(Permission.EDIT, document.owner_id, today=today)
    text = next((note.text for note in AT.rows(about=str(about), key=key)), "")
    if not text and not may_edit:
        return None
    return {"text": text, "url": reverse("note", args=[about, key]) if may_edit else ""}


def _at(*, about: str, key: str) -> QuerySet[Note]:
    return Note.objects.filter(about=about, about_key=key).order_by()


AT: Final = ReadyQuery(_at, about=str, key=str)
