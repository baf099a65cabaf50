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
from strategy.outline import Outline, outline_of
from strategy.reading import is_heard
from strategy.services import has_unadopted_changes
from strategy.writing import CannotChangeState


def standing_hearing(document: Document) -> Hearing | None:
    """The hearing the document is in now, also after the last day for inputs."""
    return Hearing.objects.filter(within=document.slug, closed_at=None).first()


def why_not_sent(document: Document) -> str:
    """What is in the way of sending the working text on hearing; "" where nothing is.

    One that holds is heard about what is to be changed in it, and goes on holding meanwhile.
    """
    if document.state in (DocumentState.EXPIRED, DocumentState.REPLACED):
        return _("Dokumentet gjelder ikke lenger.")
    if document.is_put_away:
        return _("Utkastet er lagt bort. Hent det tilbake først.")
    if standing_hearing(document):
        return _("Dokumentet er på høring allerede.")
    if document.is_published and not (document.versions.exists() and has_unadopted_changes(document)):
        return _("Teksten er ikke endret siden vedtaket, så det er ingenting å høre om.")
    if is_empty(outline_of(document)):
        return _("Dokumentet er tomt. Skriv noe i det før du sender det på høring.")
    return ""


def is_empty(outline: Outline) -> bool:
    """Whether there is nothing in it that somebody could say something about."""
    words = (outline["vision"], outline["overall_goal"], outline["sections"])
    return not any((*words, outline["areas"], outline["goals"], outline["routes"], outline["measures"]))


def may_be_sent(document: Document, *, is_changed: bool) -> bool:
    """Whether the way to a hearing is shown; `is_changed` where the words say something else than those adopted."""
    if document.state == DocumentState.DRAFT:
        return True
    is_open = document.state == DocumentState.HEARING or (document.state == DocumentState.IN_FORCE and is_changed)
    return is_open and not is_heard(document)


def unanswered_in(document: Document) -> int:
    """How many inputs from its hearings nobody has answered."""
    return Comment.objects.filter(within=document.slug).to_answer().count()


@transaction.atomic
def open_hearing(hearing: Hearing, document: Document, *, by: User, today: date) -> Hearing:
    """Send a draft on hearing, or what is to be changed in a document that holds.

    Of two who do it at once, the second is told.
    """
    stored = Document.objects.select_for_update(of=("self",)).select_related("owner").get(pk=document.pk)
    if why_not := why_not_sent(stored):
        raise CannotChangeState(why_not)
    if not stored.is_published:
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
