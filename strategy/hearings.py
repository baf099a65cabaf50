"""Sending a draft on hearing, and what is asked of those who are invited."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from config.lib.saving import save_changed, save_new
from organisation.models import Comment, Hearing, User
from strategy.models import Document, DocumentState
from strategy.writing import CannotChangeState


def standing_hearing(document: Document) -> Hearing | None:
    """The hearing the document is in now, also after the last day for inputs."""
    return Hearing.objects.filter(within=document.slug, closed_at=None).first()


def may_be_sent(document: Document) -> bool:
    return document.state == DocumentState.DRAFT or (
        document.state == DocumentState.HEARING and standing_hearing(document) is None
    )


def unanswered_in(document: Document) -> int:
    """How many inputs from its hearings nobody has answered."""
    return Comment.objects.filter(within=document.slug).to_answer().count()


@transaction.atomic
def open_hearing(hearing: Hearing, document: Document, *, by: User, today: date) -> Hearing:
    """Send a draft on hearing. Of two who do it at once, the second is told."""
    stored = Document.objects.select_for_update(of=("self",)).select_related("owner").get(pk=document.pk)
    if not may_be_sent(stored):
        raise CannotChangeState(_("Dokumentet kan ikke sendes på høring nå. Kanskje noen andre nettopp gjorde det."))
    stored.state = DocumentState.HEARING
    save_changed(stored, by=by, expected=stored.lock_version, why=gettext_noop("Sendt på høring."))
    hearing.within, hearing.owner = stored.slug, stored.owner
    hearing.opened_on, hearing.opened_by = today, by
    return save_new(hearing, by=by)


@transaction.atomic
def change_hearing(hearing: Hearing, *, by: User, expected: int) -> Hearing:
    """Extend a hearing, or write its invitation otherwise; StaleEdit where somebody was first."""
    if hearing.closed_at is not None:
        raise ValidationError(_("Høringen er avsluttet. Send dokumentet på høring på nytt."))
    saved: Hearing = save_changed(hearing, by=by, expected=expected)
    return saved
