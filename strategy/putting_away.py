"""Putting away a draft that is not to be: out of every list, and back with one press."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from config.lib.days import day_words
from config.lib.language import lang_of
from config.lib.saving import save_changed
from organisation.models import User
from organisation.permissions import Permission
from strategy.access import place_of
from strategy.models import Document, DocumentState
from strategy.writing import CannotChangeState


def why_not_put_away(document: Document) -> str:
    """What is in the way of putting the document away; "" where nothing is."""
    if document.state == DocumentState.HEARING:
        return _("Dokumentet er på høring. Trekk det tilbake fra høringen før du legger det bort.")
    if document.is_published or document.versions.exists():
        return _(
            "Dokumentet er vedtatt, og det som er vedtatt, blir stående. "
            "Den som vedtar det, kan sette det som utløpt eller erstattet."
        )
    return ""


@transaction.atomic
def put_away(document: Document, *, by: User) -> Document:
    """Let a draft that was never adopted go out of all lists; CannotChangeState where it is more than that."""
    stored = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if stored.is_put_away:
        return stored
    if why_not := why_not_put_away(stored):
        raise CannotChangeState(why_not)
    stored.state = DocumentState.PUT_AWAY
    return save_changed(stored, by=by, expected=stored.lock_version, why=gettext_noop("Lagt bort."))


@transaction.atomic
def take_back(document: Document, *, by: User) -> Document:
    """Let it be the draft it was."""
    stored = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if not stored.is_put_away:
        return stored
    stored.state = DocumentState.DRAFT
    return save_changed(stored, by=by, expected=stored.lock_version, why=gettext_noop("Hentet tilbake."))


@dataclass(frozen=True, slots=True)
class PutAway:
    """A draft that is put away, as its editors find it."""

    title: str
    url: str
    lang: str
    owner: str
    when: str
    back_url: str


def put_away_rows(user: Any, kinds: Collection[str], *, today: date) -> list[PutAway]:
    """Those that the person can take back, by title (two queries, one where there are none)."""
    if not user.is_authenticated or not user.reach(today)[Permission.EDIT]:
        return []
    found = Document.objects.put_away().editable_by(user, today=today).filter(kind__in=kinds)
    return rows_of(found.select_related("owner"))


def rows_of(documents: Iterable[Document]) -> list[PutAway]:
    documents = list(documents)
    moments = _moments([document.pk for document in documents])
    return [
        PutAway(
            title=document.title,
            url=document.get_absolute_url(),
            lang=lang_of(document.language),
            owner=str(document.owner),
            when=moments.get(document.pk, ""),
            back_url=reverse("document_take_back", args=[place_of(document), document.slug]),
        )
        for document in documents
    ]


def _moments(ids: list[int]) -> dict[int, str]:
    """Who put each away, and when, from the log."""
    if not ids:
        return {}
    log: Any = Document.history.filter(id__in=ids, state=DocumentState.PUT_AWAY)
    rows = log.select_related("history_user").order_by("history_date", "history_id")
    return {row.id: _when(row) for row in rows}


def _when(row: Any) -> str:
    words = {"day": day_words(localtime(row.history_date).date()), "who": row.history_user or _("Ukjent")}
    return _("Lagt bort %(day)s av %(who)s") % words
