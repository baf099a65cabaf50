"""Several tasks ticked off in one press, and opened again in one."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from annual_wheel import services
from annual_wheel.models import Task
from config.lib import clock
from config.lib.addresses import asked_for
from config.lib.numbers import LARGEST_KEY, whole_number
from organisation.models import User

MOST = 200  # far more than a list shows, and little enough for an address that undoes it


@require_POST
def tasks_tick(request: HttpRequest) -> HttpResponse:
    """Tick off those that were chosen. Each that is refused is named with the reason; the others are done."""
    user = user_of(request)
    chosen = seen_tasks(request.POST.getlist("task"), user)
    mine = set(
        Task.objects.tickable_by(user, today=clock.today())
        .filter(pk__in=[t.pk for t in chosen])
        .values_list("pk", flat=True)
    )
    result = services.tick_several((task for task in chosen if task.pk in mine), by=user, now=timezone.now())
    result.refused += [(task, _("Det er ikke din enhets oppgave.")) for task in chosen if task.pk not in mine]
    if result.done:
        words = ngettext("Kvittert ut: %(count)d oppgave.", "Kvittert ut: %(count)d oppgaver.", len(result.done))
        marks = ",".join(str(task.pk) for task in result.done)
        undo = reverse("tasks_untick", args=[marks])
        messages.success(request, words % {"count": len(result.done)}, extra_tags=undo)
    for task, why in result.refused:
        messages.warning(request, _("Ikke kvittert ut: %(task)s. %(why)s") % {"task": named(task), "why": why})
    if not chosen:
        messages.warning(request, _("Du har ikke valgt noen oppgaver. Kryss av for dem du vil kvittere ut."))
    return back(request)


@require_POST
def tasks_untick(request: HttpRequest, marks: str) -> HttpResponse:
    """Open again what one press ticked off, where it is still one's own tick."""
    user = user_of(request)
    mine = Task.objects.tickable_by(user, today=clock.today())
    opened = services.untick_several(mine.filter(pk__in=numbers(marks.split(","))), by=user)
    words = ngettext("Åpnet igjen: %(count)d oppgave.", "Åpnet igjen: %(count)d oppgaver.", len(opened))
    messages.success(request, words % {"count": len(opened)})
    return back(request)


def user_of(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def seen_tasks(marks: Iterable[str], user: User) -> list[Task]:
    """The tasks that were named, as far as one sees them: what one does not see is not there."""
    seen = Task.objects.visible_to(user, today=clock.today()).filter(pk__in=numbers(marks))
    return list(seen.select_related("edition__entry", "unit").order_by("pk"))


def numbers(marks: Iterable[str]) -> list[int]:
    found = (whole_number(mark, LARGEST_KEY) for mark in list(marks)[:MOST])
    return [number for number in found if number is not None]


def named(task: Task) -> str:
    return f"«{task.edition.said.text.removesuffix('.')}» ({task.unit.label})"


def back(request: HttpRequest) -> HttpResponse:
    return redirect((asked_for(request) or reverse("my_work")) + "#innhold")
