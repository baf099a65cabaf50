"""Ticking off, undoing, not relevant, noting and handing over: one small form each, with and without script."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from annual_wheel import handing, services
from annual_wheel.forms_tasks import AssignForm, NoteForm, NotRelevantForm, TaskForm
from annual_wheel.models import Task, TaskStatus
from annual_wheel.task_rows import task_row
from config.lib import clock
from config.lib.addresses import asked_for, our_own
from config.lib.htmx import came_from
from config.lib.ready_query import ReadyQuery
from organisation.models import User
from organisation.permissions import Permission

# The whole of a task, and what its part of a page says of the edition, the entry and the unit.
FACTS = (
    *(field.name for field in Task._meta.concrete_fields),
    *(f"edition__{name}" for name in ("year", "state", "due_on", "reason", "own_words")),
    *(f"edition__entry__{name}" for name in ("key", "text", "kind", "modality", "ticks")),
    "edition__entry__wheel__owner",
    *(f"unit__{name}" for name in ("name", "name_en", "short_name")),
)


def _told(*, pk: int) -> QuerySet[Task]:
    return Task.objects.select_related("edition__entry__wheel", "unit").only(*FACTS).filter(pk=pk).order_by()


TOLD: Final = ReadyQuery(_told, pk=int)
Said = tuple[str, Task]  # the words for whoever did it, and the task as it now stands
Act = Callable[[], Said]


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

    def act() -> Said:
        ticked = services.tick(task, by=user, now=timezone.now(), note=note)
        if before == TaskStatus.DONE or ticked.done_by != user:
            return _("%(who)s har alt kvittert ut dette.") % {"who": ticked.done_by}, ticked
        return _("Kvittert ut: %(text)s") % {"text": task.edition.said.text}, ticked

    return answer(request, task, act, undo="task_untick")


@require_POST
def task_untick(request: HttpRequest, pk: int) -> HttpResponse:
    task, user = my_task(request, pk)

    def act() -> Said:
        opened = services.untick(task, by=user)
        return _("Åpnet igjen: %(text)s") % {"text": task.edition.said.text}, opened

    return answer(request, task, act)


@require_http_methods(["GET", "HEAD", "POST"])
def task_not_relevant(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it does not apply to the unit this year, with the reason."""
    task, user = my_task(request, pk)
    form = NotRelevantForm(request.POST if request.method == "POST" else None, task=task)
    if not form.is_valid():
        return ask(request, task, form)

    def act() -> Said:
        marked = services.mark_not_relevant(task, by=user, reason=form.cleaned_data["reason"])
        return _("Ikke aktuelt hos oss: %(text)s") % {"text": task.edition.said.text}, marked

    return answer(request, task, act, undo="task_untick")


@require_http_methods(["GET", "HEAD", "POST"])
def task_note(request: HttpRequest, pk: int) -> HttpResponse:
    task, user = my_task(request, pk)
    data = request.POST.copy() if request.method == "POST" else None
    form = NoteForm(data, task=task, initial=noted(task))
    if data is None or not form.is_valid():
        return ask(request, task, form)
    written = form.cleaned_data

    def act() -> Said:
        noted_on = services.write_note(
            task,
            by=user,
            note=written["note"],
            expected=written["before"],
            evidence=written["evidence"],
            expected_evidence=written["evidence_before"],
        )
        return _("Merknaden er lagret."), noted_on

    try:
        return answer(request, task, act, at="note")
    except services.NewerNote as newer:
        said = _("Noen skrev en merknad samtidig: «%(note)s». Skriv den som skal stå, og lagre på nytt.")
        form.add_error("note", said % {"note": newer})
        data["before"] = str(newer)
    except services.NewerLink as newer:
        said = _("Noen la inn en annen lenke samtidig: %(link)s. Skriv den som skal stå, og lagre på nytt.")
        form.add_error("evidence", said % {"link": newer})
        data["evidence_before"] = str(newer)
    return ask(request, task, form)


def noted(task: Task) -> dict[str, str]:
    """What the form starts from, and what its save is checked against."""
    return {
        "note": task.note,
        "before": task.note,
        "evidence": task.evidence_url,
        "evidence_before": task.evidence_url,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def task_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the task, which is one press in its row, or hand it to a colleague in the unit."""
    task, user = my_task(request, pk)
    people = handing.colleagues_of(task, today=clock.today())
    form = AssignForm(request.POST if request.method == "POST" else None, task=task, me=user, people=people)
    if not form.is_valid():
        return ask(request, task, form)
    chosen = next((person for person in (user, *people) if str(person.pk) == form.cleaned_data["to"]), None)

    def act() -> Said:
        handed = handing.hand_to(task, chosen, by=user)
        words = {"task": task.edition.said.text, "who": chosen}
        return (_("Gitt til %(who)s: %(task)s") if chosen else _("Ikke lenger tildelt noen: %(task)s")) % words, handed

    return answer(request, task, act, undo="task_assign_undo", at="assign")


@require_POST
def task_assign_undo(request: HttpRequest, pk: int) -> HttpResponse:
    task, user = my_task(request, pk)

    def act() -> Said:
        undone = handing.undo_handing(task, by=user)
        given = undone.assigned_to
        words = {"task": task.edition.said.text, "who": given}
        said = _("Gitt tilbake til %(who)s: %(task)s") if given else _("Ikke lenger tildelt noen: %(task)s")
        return said % words, undone

    return answer(request, task, act, at="assign")


def my_task(request: HttpRequest, pk: int) -> tuple[Task, User]:
    """The task, where one may tick it off: 404 where it cannot be seen, 403 where it is somebody else's."""
    user, today = request.user, clock.today()
    assert isinstance(user, User)
    task = seen_task(request, pk)
    if user.reach(today)[Permission.TICK].isdisjoint(units_of(task)):
        raise PermissionDenied
    return task, user


def seen_task(request: HttpRequest, pk: int) -> Task:
    """The same as `visible_to` says, asked of one row, with no more of what is round it than a row of work says."""
    task = next(iter(TOLD.rows(pk=pk)), None)
    if task is None:
        raise Http404
    readable = request.user.reach(clock.today())[Permission.READ_DRAFTS]  # type: ignore[union-attr]
    if readable.isdisjoint({task.edition.entry.wheel.owner_id, *units_of(task)}):
        raise Http404
    return task


def units_of(task: Task) -> set[int]:
    return {task.unit_id, *(unit.pk for unit in task.sharing_units)}


def answer(request: HttpRequest, task: Task, act: Act, *, undo: str = "", at: str = "do") -> HttpResponse:
    """Do it, and show the task as it now stands: its part of the page, or the page one came from."""
    try:
        (said, task), is_done = act(), True
    except services.Gone as gone:
        messages.warning(request, str(gone))
        address = reverse("my_work")
        return HttpResponseClientRedirect(address) if request.htmx else redirect(address)  # type: ignore[attr-defined]
    except services.CannotTick as refused:
        said, is_done, task = str(refused), False, seen_task(request, task.pk)
    # In the row itself a tick has its undo on the same control.
    if request.htmx and is_done and undo in ("", "task_untick"):  # type: ignore[attr-defined]
        return part(request, task, said, at=at)
    if is_done:
        messages.success(request, said, extra_tags=reverse(undo, args=[task.pk]) if undo else "")
    else:
        messages.warning(request, said)
    if request.htmx:  # type: ignore[attr-defined]
        return part(request, task, said, at=at, with_messages=True)
    page = came_from(request)
    return redirect(at_task(asked_for(request) or ("" if page == request.path else page), task))


def at_task(address: str, task: Task) -> str:
    """The page one came from, where it says one goes on; else at the task, so that nobody begins at the top again."""
    return address if "#" in address else f"{address or reverse('my_work')}#task-{task.pk}"


def part(request: HttpRequest, task: Task, said: str, *, at: str, with_messages: bool = False) -> HttpResponse:
    """The task's part of the page, and the words for those who cannot see it change; `at` is where focus goes on."""
    context = {**task_context(request, task), "with_messages": with_messages, "at": at}
    response = render(request, "annual_wheel/_task.html", context)
    trigger_client_event(response, "announce", {"value": said})
    return trigger_client_event(response, "work-changed", after="settle")


def ask(request: HttpRequest, task: Task, form: TaskForm) -> HttpResponse:
    """The form on a page of its own, or within the task's part of the page."""
    context = {**task_context(request, task), "form": form, "form_url": request.path}
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "annual_wheel/_task.html", context)
    attributes = form.visible_fields()[0].field.widget.attrs
    attributes.pop("data-take-focus")
    attributes["autofocus"] = not form.errors  # on a page of its own without script; what is wrong takes focus first
    back = at_task(our_own(request, context["next"]), task)
    return render(request, "annual_wheel/task_form.html", context | {"back": back})


def task_context(request: HttpRequest, task: Task) -> dict[str, Any]:
    today = clock.today()
    tickable = request.user.reach(today)[Permission.TICK]  # type: ignore[union-attr]
    return {
        "task": task_row(task, tickable=tickable, today=today),
        "next": request.POST.get("next") or came_from(request),
    }
