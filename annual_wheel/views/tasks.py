"""Ticking off, undoing, saying that it is not relevant, and noting: one small form each, with and without script."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from annual_wheel import services
from annual_wheel.forms_tasks import NoteForm, NotRelevantForm, TaskForm
from annual_wheel.models import Task, TaskStatus
from annual_wheel.task_rows import task_row
from config.lib import clock
from config.lib.htmx import came_from
from organisation.models import User
from organisation.permissions import Permission
from organisation.views import back_to


@require_safe
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """The task as it stands: its part of the page, which closes a form in it; else its entry's page at the year."""
    found = seen_task(request, pk)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "annual_wheel/_task.html", task_context(request, found))
    edition = found.edition
    return redirect(f"{edition.entry.get_absolute_url()}?aar={edition.year}#oppgaver")


@require_POST
def task_tick(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick a task off; one that somebody was quicker with stays theirs, and that is said."""
    task, user = my_task(request, pk)
    before = task.status
    note = request.POST.get("note", "").strip()

    def act() -> str:
        ticked = services.tick(task, by=user, now=timezone.now(), note=note)
        if before == TaskStatus.DONE or ticked.done_by != user:
            return _("%(who)s har alt kvittert ut dette.") % {"who": ticked.done_by}
        return _("Kvittert ut: %(text)s") % {"text": task.edition.said.text}

    return answer(request, task, act, undo=True)


@require_POST
def task_untick(request: HttpRequest, pk: int) -> HttpResponse:
    task, user = my_task(request, pk)

    def act() -> str:
        services.untick(task, by=user)
        return _("Åpnet igjen: %(text)s") % {"text": task.edition.said.text}

    return answer(request, task, act)


@require_http_methods(["GET", "HEAD", "POST"])
def task_not_relevant(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it does not apply to the unit this year, with the reason."""
    task, user = my_task(request, pk)
    form = NotRelevantForm(request.POST if request.method == "POST" else None, task=task)
    if not form.is_valid():
        return ask(request, task, form)

    def act() -> str:
        services.mark_not_relevant(task, by=user, reason=form.cleaned_data["reason"])
        return _("Ikke aktuelt hos oss: %(text)s") % {"text": task.edition.said.text}

    return answer(request, task, act, undo=True)


@require_http_methods(["GET", "HEAD", "POST"])
def task_note(request: HttpRequest, pk: int) -> HttpResponse:
    task, user = my_task(request, pk)
    data = request.POST.copy() if request.method == "POST" else None
    form = NoteForm(data, task=task, initial={"note": task.note, "before": task.note})
    if data is None or not form.is_valid():
        return ask(request, task, form)
    written = form.cleaned_data

    def act() -> str:
        services.write_note(task, by=user, note=written["note"], expected=written["before"])
        return _("Merknaden er lagret.")

    try:
        return answer(request, task, act, at="note")
    except services.NewerNote as newer:
        said = _("Noen skrev en merknad samtidig: «%(note)s». Skriv den som skal stå, og lagre på nytt.")
        form.add_error("note", said % {"note": newer})
        data["before"] = str(newer)
        return ask(request, task, form)


def my_task(request: HttpRequest, pk: int) -> tuple[Task, User]:
    """The task, where one may tick it off: 404 where it cannot be seen, 403 where it is somebody else's."""
    user, today = request.user, clock.today()
    assert isinstance(user, User)
    task = seen_task(request, pk)
    if not Task.objects.tickable_by(user, today=today).filter(pk=pk).exists():
        raise PermissionDenied
    return task, user


def seen_task(request: HttpRequest, pk: int) -> Task:
    seen = Task.objects.visible_to(request.user, today=clock.today())  # type: ignore[arg-type]
    return get_object_or_404(seen.select_related("edition__entry", "unit", "done_by"), pk=pk)


def answer(
    request: HttpRequest, task: Task, act: Callable[[], str], *, undo: bool = False, at: str = "do"
) -> HttpResponse:
    """Do it, and show the task as it now stands: its part of the page, or the page one came from."""
    try:
        said, is_done = act(), True
    except services.Gone as gone:
        messages.warning(request, str(gone))
        address = reverse("my_work")
        return HttpResponseClientRedirect(address) if request.htmx else redirect(address)  # type: ignore[attr-defined]
    except services.CannotTick as refused:
        said, is_done = str(refused), False
    if request.htmx:  # type: ignore[attr-defined]
        return part(request, task, said, is_done=is_done, at=at)
    undo_address = reverse("task_untick", args=[task.pk]) if undo and is_done else ""
    if is_done:
        messages.success(request, said, extra_tags=undo_address)
    else:
        messages.warning(request, said)
    return redirect(back_to(request) if request.POST.get("next") else reverse("my_work"))


def part(request: HttpRequest, task: Task, said: str, *, is_done: bool, at: str) -> HttpResponse:
    """The task's part of the page, and the words for those who cannot see it change; `at` is where focus goes on."""
    if not is_done:
        messages.warning(request, said)
    response = render(
        request, "annual_wheel/_task.html", {**task_context(request, task), "refused": not is_done, "at": at}
    )
    trigger_client_event(response, "announce", {"value": said})
    return trigger_client_event(response, "work-changed", after="settle")


def ask(request: HttpRequest, task: Task, form: TaskForm) -> HttpResponse:
    """The form on a page of its own, or within the task's part of the page."""
    context = {**task_context(request, task), "form": form, "form_url": request.path}
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "annual_wheel/_task.html", context)
    back = back_to(request, context["next"]) if context["next"] else reverse("my_work")
    return render(request, "annual_wheel/task_form.html", context | {"back": back})


def task_context(request: HttpRequest, task: Task) -> dict[str, Any]:
    today = clock.today()
    fresh = Task.objects.select_related("edition__entry", "unit", "done_by").get(pk=task.pk)
    tickable = request.user.reach(today)[Permission.TICK]  # type: ignore[union-attr]
    return {
        "task": task_row(fresh, tickable=tickable, today=today),
        "next": request.POST.get("next") or came_from(request),
    }
