"""Writing the internal note at a place of a document, and reading what it has been."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config.lib import clock
from config.lib.addresses import address
from config.lib.changes import changes_of
from config.lib.edit_form import EditForm
from config.lib.editing import Editing, FormPage, handle, read_or_send, sent
from organisation.models import About
from organisation.permissions import Permission
from strategy.access import refuse_unless
from strategy.models import Note
from strategy.notes import save_note
from strategy.subjects import Subject, find_subject
from strategy.views.changes import show_changes
from strategy.views.editing import crumbs

PAGES = {About.GOAL: "goal", About.ROUTE: "route", About.MEASURE: "measure"}


class NoteForm(EditForm):
    class Meta:
        model = Note
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}


def fetch(request: HttpRequest, about: str, key: str, permission: Permission) -> Subject:
    """The document, or an item with a page of its own; Http404 for anything else."""
    today = clock.today()
    if about != About.DOCUMENT and about not in PAGES:
        raise Http404
    subject = find_subject(about, key, request.user, today=today)
    refuse_unless(request.user, permission, subject.document, today=today)
    return subject


def page_of(subject: Subject) -> str:
    """Where the note stands."""
    name = PAGES.get(subject.about)
    return address(name, subject.key) if name else subject.document.get_absolute_url()


@read_or_send
def note(request: HttpRequest, about: str, key: str) -> HttpResponse:
    subject = fetch(request, about, key, Permission.EDIT)
    stored = Note.objects.filter(about=about, about_key=key).first()
    form = NoteForm(instance=stored or Note(document=subject.document, about=about, about_key=key), **sent(request))
    page = FormPage(
        heading=_("Internt notat"),
        back=page_of(subject),
        crumbs=crumbs(subject.document, _("Internt notat")),
        lead=_("For dere som skriver. Notatet står ikke i dokumentet, i PDF eller i det som hentes ut."),
    )
    return handle(
        request,
        Editing(form),
        page,
        save=lambda: _save(request, form),
        done=lambda saved: page_of(subject),
    )


def _save(request: HttpRequest, form: Any) -> Note:
    expected = None if form.is_new else form.expected
    return save_note(form.instance, by=request.user, expected=expected, why=form.reason)  # type: ignore[arg-type]


@require_safe
def note_changes(request: HttpRequest, about: str, key: str) -> HttpResponse:
    subject = fetch(request, about, key, Permission.READ_DRAFTS)
    stored = Note.objects.filter(about=about, about_key=key).first()
    trail = crumbs(subject.document, _("Endringer"))
    changes = changes_of(stored) if stored else []
    return show_changes(request, _("Internt notat"), changes, trail, back=page_of(subject), language="")
