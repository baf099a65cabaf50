"""One's own reminders: when and how often they come, and the last ones that did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from annual_wheel.phrases import day_phrase
from config.lib import clock
from organisation.models import ReminderRhythm, User

LAST_REMINDERS = 10


class ReminderForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ("reminder_rhythm", "is_told_at_once", "reminder_hour", "reminder_lead_days")
        widgets = {"reminder_rhythm": forms.RadioSelect}
        labels = {
            "reminder_rhythm": gettext_lazy("Hvor ofte"),
            "is_told_at_once": gettext_lazy("Si fra også andre dager når en frist er i dag eller i morgen"),
            "reminder_hour": gettext_lazy("Ikke før klokka"),
            "reminder_lead_days": gettext_lazy("Første varsel om en frist"),
        }
        help_texts = {
            "is_told_at_once": gettext_lazy("Gjelder når du har valgt én e-post i uka."),
            "reminder_lead_days": gettext_lazy("Noen punkter i årshjulet sier selv hvor lenge før de skal minnes om."),
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        rhythms = [(value, capfirst(str(label))) for value, label in ReminderRhythm.choices]
        self.fields["reminder_rhythm"].choices = rhythms  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class ReminderRow:
    day: str
    subject: str
    status: str


def reminder_rows(user: User, *, today: date) -> list[ReminderRow]:
    rows = user.reminders.order_by("-day")[:LAST_REMINDERS]  # type: ignore[attr-defined]
    return [ReminderRow(day_phrase(row.day, today=today), row.subject, row.get_status_display()) for row in rows]


def rhythm_words(user: User) -> str:
    """What is chosen, in a few words."""
    words = capfirst(user.get_reminder_rhythm_display())
    if user.reminder_rhythm == ReminderRhythm.NEVER:
        return words
    return _("%(rhythm)s, fra klokka %(hour)s") % {"rhythm": words, "hour": user.get_reminder_hour_display()}


@require_http_methods(["GET", "HEAD", "POST"])
def reminder_choices(request: HttpRequest) -> HttpResponse:
    user, today = cast(User, request.user), clock.today()
    # The form writes on its own copy: the frame of the page shows the person as stored.
    form = ReminderForm(request.POST or None, instance=User.objects.get(pk=user.pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Lagret."))
        return redirect("reminder_choices")
    crumbs = [{"label": _("Min side"), "url": reverse("my_page")}, {"label": _("Varsler")}]
    context = {"form": form, "reminders": reminder_rows(user, today=today), "crumbs": crumbs}
    return render(request, "annual_wheel/reminder_choices.html", context)
