"""Pages that a mail leads to, for whoever has the mail: they ask first, as mail scanners open every link."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from annual_wheel import services
from annual_wheel.mail_links import read_done, read_unsubscribe
from annual_wheel.models import Task, TaskStatus
from annual_wheel.phrases import due_phrase
from config.lib import clock
from organisation.models import ReminderRhythm, User


@dataclass(frozen=True, slots=True)
class DoneRow:
    text: str
    unit: str
    when: str
    state: str  # empty where it can be ticked off
    is_mine: bool  # this person's own tick, which can be undone here


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def done(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether what a mail named is done; a press ticks it off as the person the mail was to."""
    read = read_done(token)
    if read is None:
        raise Http404
    user = get_object_or_404(User, pk=read[0], is_active=True)
    if request.user.is_authenticated and request.user != user:
        raise PermissionDenied
    mine = Task.objects.tickable_by(user, today=clock.today()).filter(pk__in=read[1]).distinct()
    tasks = list(mine.select_related("edition__entry", "unit", "done_by").order_by("unit__name", "pk"))
    if not tasks:
        raise Http404
    if request.method == "POST":
        if "angre" in request.POST:
            services.untick_several(tasks, by=user)
        else:
            services.tick_several([task for task in tasks if _can_be_ticked(task)], by=user, now=timezone.now())
        return redirect("mail_done", token)
    with translation.override(_language(request, user)):
        rows = [_row(task, user) for task in tasks]
        context = {
            "reader": user,
            "rows": rows,
            "can_tick": any(not row.state for row in rows),
            "can_undo": any(row.is_mine for row in rows),
        }
        return render(request, "annual_wheel/mail_done.html", context)


def _language(request: HttpRequest, user: User) -> str:
    """The language that was chosen in this browser, else the mail's own."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else user.language


def _can_be_ticked(task: Task) -> bool:
    return task.status == TaskStatus.OPEN and not task.edition.is_cancelled


def _row(task: Task, user: User) -> DoneRow:
    state = ""
    if task.edition.is_cancelled:
        state = _("Utgår i år, så det er ikke noe å kvittere ut.")
    elif task.status == TaskStatus.DONE:
        state = _("Kvittert ut av %(who)s.") % {"who": task.done_by}
    elif task.status != TaskStatus.OPEN:
        state = _("Skal ikke gjøres: %(why)s") % {"why": task.reason_words}
    is_mine = task.status == TaskStatus.DONE and task.done_by_id == user.pk and not task.edition.is_cancelled
    when = due_phrase(task.edition, today=clock.today())
    return DoneRow(task.edition.said.text.removesuffix("."), task.unit.label, when, state, is_mine)


@csrf_exempt  # RFC 8058: the mail program posts without having been here; the signed address is the key
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether one wants no more reminders; a press, or the mail program's one click, sees to it."""
    user = get_object_or_404(User, pk=read_unsubscribe(token), is_active=True)
    if request.method == "POST":
        rhythm = request.POST.get("rytme", "")
        user.reminder_rhythm = rhythm if rhythm in ReminderRhythm.values else ReminderRhythm.NEVER
        user._history_user = user  # type: ignore[attr-defined]  # what simple_history looks for
        user.save()
    with translation.override(_language(request, user)):
        context = {
            "reader": user,
            "is_off": user.reminder_rhythm == ReminderRhythm.NEVER,
            "is_done": request.method == "POST",
            "rhythms": [choice for choice in ReminderRhythm.choices if choice[0] != ReminderRhythm.NEVER],
        }
        return render(request, "annual_wheel/mail_unsubscribe.html", context)
