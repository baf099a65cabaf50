"""What is said about an item: a page of its own, or by htmx a part of its document's page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from config.lib import clock
from config.lib.addresses import asked_for
from config.lib.changes import changes_of
from config.lib.editing import Editing, FormPage, handle, read_or_send, sent
from organisation import comments as said
from organisation.acting import acting_unit, acting_units
from organisation.comment_forms import AnswerForm, CommentForm
from organisation.mentions import offered
from organisation.models import Comment
from organisation.permissions import Permission
from strategy.access import place_of, refuse_unless, refuse_unseen
from strategy.models import Document
from strategy.slots import opener
from strategy.subjects import Subject, find_subject
from strategy.talk import HEARD, INTERNALLY, Rights, Talk, Thread, rights_of, talk_about, unit_of
from strategy.views.changes import show_changes


def fetch(request: HttpRequest, about: str, key: str) -> tuple[Subject, Rights]:
    """The item and what the person may do there; unseen is 404, seen but with nothing to say is 403."""
    today = clock.today()
    subject = find_subject(about, key, request.user, today=today)
    rights = rights_of(request.user, subject.document, today=today)
    if rights is None or not rights.may_read:
        raise PermissionDenied
    return subject, rights


def fetch_comment(request: HttpRequest, pk: int) -> tuple[Comment, Subject, Rights]:
    """A comment that the person sees, about something that they see."""
    visible = Comment.objects.visible_to(request.user, today=clock.today()).for_rows()
    comment = get_object_or_404(visible.select_related("under__hearing"), pk=pk)
    return comment, *fetch(request, comment.about, comment.about_key)


@read_or_send
def comments(request: HttpRequest, about: str, key: str) -> HttpResponse:
    """Read what is said about an item, and say something."""
    subject, rights = fetch(request, about, key)
    if request.method != "POST":
        return show(request, subject, rights)
    under = None
    if number := request.POST.get("under", ""):
        seen = Comment.objects.visible_to(request.user, today=rights.today).select_related("hearing", "under")
        under = get_object_or_404(seen, pk=int(number) if number.isdigit() else 0, about=about, about_key=key)
    elif not rights.wheres and rights.hearing is None:
        raise PermissionDenied
    form = form_of(request, subject, rights, under=under, data=request.POST)
    if form.is_valid() and not under and request.POST.get("where") == HEARD and not rights.is_heard:
        form.add_error(None, _("Høringen er avsluttet, så innspillet er ikke sendt."))
    if not form.is_valid():
        return show(request, subject, rights, form=form)
    try:
        stored = said.write(
            form.instance,
            by=rights.user,
            now=timezone.now(),
            today=rights.today,
            mentioned=form.mentioned,
        )
    except said.CannotComment as refused:
        form.add_error(None, str(refused))
        return show(request, subject, rights, form=form)
    messages.success(request, _("Innspillet er sendt.") if stored.hearing_id else _("Kommentaren er lagret."))
    return answered(request, subject, rights, at=stored)


def form_of(
    request: HttpRequest, subject: Subject, rights: Rights, *, under: Comment | None = None, data: Any = None
) -> CommentForm:
    """The form for a new comment, or for a reply; ids on a page with many of them begin with what they are for."""
    document, user = subject.document, rights.user
    wheres = [] if under else rights.wheres
    blank = Comment(
        within=document.slug,
        owner=document.owner,
        about=subject.about,
        about_key=subject.key,
        about_words=subject.words,
        unit=unit_of(user, acting_unit(request), document, acting_units(user)),
        under=under,
        is_about_draft=under.is_about_draft if under else subject.is_draft,
        # Whoever can write nothing here was too late for the hearing, and is told so.
        hearing=under.hearing if under else rights.hearing if HEARD in wheres or not wheres else None,
    )
    auto_id = f"svar-{under.pk}-%s" if under else f"si-{subject.mark}-%s"
    form = CommentForm(data, instance=blank, may_see=seer(subject, rights), wheres=wheres, auto_id=auto_id)
    form.fields["text"].label = _("Svaret ditt") if under else _("Kommentaren din")
    return form


def seer(subject: Subject, rights: Rights) -> Any:
    def may_see(comment: Comment) -> set[int]:
        people = subject.seen_by(
            internally=comment.is_internal, is_about_draft=comment.is_about_draft, today=rights.today
        )
        return set(people.values_list("pk", flat=True))

    return may_see


def show(request: HttpRequest, subject: Subject, rights: Rights, *, form: CommentForm | None = None) -> HttpResponse:
    """The conversation, with the form that was sent where there is something to mend in it."""
    talk = talk_about(subject, rights)
    under = form.instance.under_id if form else None
    new = form if form is not None and under is None else form_of(request, subject, rights) if rights.wheres else None
    is_opened = request.method == "GET"
    if form is not None or (is_opened and new and not talk.threads):
        (form or new).fields["text"].widget.attrs["data-take-focus"] = True  # type: ignore[union-attr]
    count = _count(talk)
    document = subject.document
    context = {
        "subject": subject,
        "threads": [_with_form(thread, request, subject, rights, form, under) for thread in talk.threads],
        "resolved": [_with_form(thread, request, subject, rights, form, under) for thread in talk.resolved],
        "is_late": under is not None and under in {thread.top.pk for thread in talk.resolved},
        "count": ngettext("%(count)d kommentar", "%(count)d kommentarer", count) % {"count": count} if count else "",
        "form": new,
        "takes_focus": is_opened and bool(talk.threads or not new),
        "is_sent_in": rights.wheres == [HEARD],
        "only_internal": rights.wheres == [INTERNALLY],
        "internal_note": _internal_note(subject),
        "people_url": reverse("comment_people", args=[subject.about, subject.key]),
        "is_in_place": bool(request.htmx),  # type: ignore[attr-defined]
        "opener": opener(subject.about, subject.key, count, subject.words, subject.lang, oob=True),
        "crumbs": [
            {
                "label": _("Planer") if place_of(document) == "planer" else _("Strategi"),
                "url": f"/{place_of(document)}/",
            },
            {"label": document.known_as, "url": subject.back_url},
            {"label": _("Kommentarer")},
        ],
    }
    return render(request, f"strategy/talk.html{'#talk' if request.htmx else ''}", context)  # type: ignore[attr-defined]


def _internal_note(subject: Subject) -> str:
    if subject.is_draft:
        return _("Internt: bare redaktører og bidragsytere som leser utkastet, ser det, også etter vedtaket.")
    return _("Internt: bare redaktører og bidragsytere ser det.")


def _with_form(
    thread: Thread, request: HttpRequest, subject: Subject, rights: Rights, form: CommentForm | None, under: int | None
) -> Thread:
    if form is not None and under == thread.top.pk:
        return replace(thread, form=form)
    if not thread.may_reply:
        return thread
    hearing = None if thread.is_internal else rights.hearing
    parent = Comment(pk=thread.top.pk, hearing=hearing, is_about_draft=thread.is_about_draft)
    return replace(thread, form=form_of(request, subject, rights, under=parent))


def _count(talk: Talk) -> int:
    threads = (*talk.threads, *talk.resolved)
    rows = [row for thread in threads for row in (thread.top, *thread.replies)]
    return sum(not row.removed for row in rows)


def answered(request: HttpRequest, subject: Subject, rights: Rights, *, at: Comment) -> HttpResponse:
    """After an act: by htmx the conversation as it now stands, else back to where one was."""
    if request.htmx:  # type: ignore[attr-defined]
        return show(request, subject, rights)
    return HttpResponseRedirect(asked_for(request) or f"{subject.url}#kommentar-{at.pk}")


@require_safe
def comment_people(request: HttpRequest, about: str, key: str) -> HttpResponse:
    """Those whose name goes on as what was typed after "@", for whoever has script."""
    subject, rights = fetch(request, about, key)
    typed, internally, is_about_draft = request.GET.get("q", ""), "internt" in request.GET, "utkast" in request.GET
    seen_by = subject.seen_by(internally=internally, is_about_draft=is_about_draft, today=rights.today)
    people = offered(typed, seen_by) if typed.strip() else []
    names = [person.name for person in people]
    rows = [(person, person.email if names.count(person.name) > 1 else person.name) for person in people]
    return render(request, "strategy/_talk_people.html", {"people": rows})


@read_or_send
def comment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own words, as long as nobody has answered them."""
    comment, subject, rights = fetch_comment(request, pk)
    if not said.may_edit(comment, request.user, today=rights.today):
        raise PermissionDenied
    form = CommentForm(instance=comment, may_see=seer(subject, rights), **sent(request))
    back = f"{subject.url}#kommentar-{pk}"
    return handle(
        request,
        Editing(form),
        _page(subject, _("Endre kommentaren"), back=back),
        save=lambda: said.edit(
            comment,
            by=rights.user,
            now=timezone.now(),
            today=rights.today,
            expected=form.expected,
            mentioned=form.mentioned,
        ),
        done=lambda saved: back,
    )


def _page(subject: Subject, heading: str, *, back: str) -> FormPage:
    trail = [
        {"label": subject.document.known_as, "url": subject.document.get_absolute_url()},
        {"label": _("Kommentarer"), "url": subject.url},
        {"label": heading},
    ]
    return FormPage(heading=heading, back=back, crumbs=trail)


@require_safe
def comment_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What one's words were before they were changed. What is taken away is nobody's to read."""
    comment, subject, rights = fetch_comment(request, pk)
    if comment.removed_at is not None and not rights.may_edit:
        raise Http404
    label = str(Comment._meta.get_field("text").verbose_name).capitalize()
    changes = [
        replace(change, fields=[field for field in change.fields if field.label == label])
        for change in changes_of(comment)
    ]
    page = _page(subject, _("Endringer"), back=f"{subject.url}#kommentar-{pk}")
    kept = [change for change in changes if change.fields or change.what]
    title = _("Kommentar fra %(who)s") % {"who": comment.written_by}
    return show_changes(request, title, kept, page.crumbs, back=page.back, language="")


@require_POST
def comment_resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """Set an internal conversation as done, or open it again."""
    comment, subject, rights = fetch_comment(request, pk)
    if not rights.may_note:
        raise PermissionDenied
    is_resolved = request.POST.get("to") == "ferdig"
    try:
        said.resolve(comment, by=rights.user, now=timezone.now(), is_resolved=is_resolved)
    except said.CannotComment as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Satt som ferdig.") if is_resolved else _("Åpnet igjen."))
    return answered(request, subject, rights, at=comment)


@require_POST
def comment_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a comment away. The message that says so puts it back."""
    comment, subject, rights = fetch_comment(request, pk)
    if comment.removed_at is None:
        if not said.may_remove(comment, rights.user, today=rights.today):
            raise PermissionDenied
        said.remove(comment, by=rights.user, now=timezone.now())
    messages.success(request, _("Kommentaren er tatt bort."), extra_tags=reverse("comment_put_back", args=[pk]))
    return answered(request, subject, rights, at=comment)


@require_POST
def comment_put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever took it away, and for those who edit."""
    comment, subject, rights = fetch_comment(request, pk)
    if comment.removed_by_id not in (None, rights.user.pk) and not rights.may_edit:
        raise PermissionDenied
    said.put_back(comment, by=rights.user)
    messages.success(request, _("Kommentaren er hentet tilbake."))
    return answered(request, subject, rights, at=comment)


@read_or_send
def comment_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer what somebody said in a hearing, also where what it is about has been taken out since."""
    today = clock.today()
    visible = Comment.objects.visible_to(request.user, today=today).filter(under=None, removed_at=None)
    comment = get_object_or_404(visible.exclude(hearing=None), pk=pk)
    document = get_object_or_404(Document, slug=comment.within)
    refuse_unseen(request.user, document, today=today)
    refuse_unless(request.user, Permission.EDIT, document, today=today)
    form = AnswerForm(instance=comment, **sent(request))
    hearing = reverse("hearing", args=[comment.hearing_id])
    heading = _("Svar på innspillet")
    page = FormPage(
        heading=heading,
        back=f"{hearing}?ved={pk}",
        crumbs=[
            {"label": document.known_as, "url": document.get_absolute_url()},
            {"label": _("Høring"), "url": hearing},
            {"label": heading},
        ],
        lead=comment.text,
        verb=_("Svar"),
        outline="#innspill",
    )
    return handle(
        request,
        Editing(form),
        page,
        save=lambda: said.answer(comment, by=request.user, now=timezone.now(), expected=form.expected),  # type: ignore[arg-type]
        done=lambda saved: page.back,
    )
