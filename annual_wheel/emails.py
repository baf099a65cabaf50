"""A reminder as a mail: subject, text and HTML in the person's own language, each line a link."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annual_wheel.due import Due
from annual_wheel.mail_lines import by_edition, items_of, sections_of, task_item, task_section
from annual_wheel.mail_links import unsubscribe_url
from annual_wheel.models import Task, Wheel
from organisation.models import User

MOST_PARTS: Final = 4  # of a subject


@dataclass(frozen=True, slots=True)
class Mail:
    """One composed mail; `items` is what the ledger keeps of it."""

    to: str
    subject: str
    text: str
    html: str
    items: list[dict[str, Any]]
    reply_to: str = ""
    unsubscribe_url: str = ""

    def message(self, *, message_id: str) -> EmailMultiAlternatives:
        # Auto-Submitted keeps out-of-office answers away.
        headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated"}
        if self.unsubscribe_url:
            headers["List-Unsubscribe"] = f"<{self.unsubscribe_url}>"
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message = EmailMultiAlternatives(
            self.subject, self.text, to=[self.to], headers=headers, reply_to=[self.reply_to] if self.reply_to else None
        )
        message.attach_alternative(self.html, "text/html")
        return message


def compose(user: User, due: Due, *, today: date) -> Mail:
    """Write the mail; the caller sees to it that there is something to write about."""
    with translation.override(user.language):
        context: dict[str, Any] = {
            "name": user.name,
            "language": user.language,
            "subject": subject_of(due),
            "sections": sections_of(due, to=user, today=today),
            "is_to_do": bool(due.open_tasks),
            "is_waiting": due.is_waiting,
            "work_url": settings.BASE_URL + reverse("my_work"),
            "choices_url": settings.BASE_URL + reverse("reminder_choices"),
            "unsubscribe_url": unsubscribe_url(user),
            "rhythm": user.get_reminder_rhythm_display(),
        }
        return Mail(
            to=user.email,
            subject=subject_of(due),
            text=render_to_string("annual_wheel/email/reminder.txt", context),
            html=render_to_string("annual_wheel/email/reminder.html", context),
            items=items_of(due),
            unsubscribe_url=context["unsubscribe_url"],
        )


def compose_nudge(
    user: User, tasks: list[Task], *, tickable: Collection[int], by: User, wheel: Wheel, today: date
) -> Mail:
    """Write the friendly reminder that an editor asked for: all that this person's units are late with in the wheel."""
    with translation.override(user.language):
        count = len(by_edition(tasks))
        words = ngettext("En ting venter på dere", "%(count)d ting venter på dere", count) % {"count": count}
        subject = _("Rød tråd: %(what)s") % {"what": words[:1].lower() + words[1:]}
        context = {
            "name": user.name,
            "language": user.language,
            "subject": subject,
            "asked_by": str(by),
            "reply_to": by.email,
            "wheel": wheel.title,
            "section": task_section("late", tasks, to=user, tickable=tickable, today=today),
            "work_url": settings.BASE_URL + reverse("my_work"),
        }
        return Mail(
            to=user.email,
            subject=subject,
            text=render_to_string("annual_wheel/email/nudge.txt", context),
            html=render_to_string("annual_wheel/email/nudge.html", context),
            items=[task_item("late", task) for task in tasks],
            reply_to=by.email,
        )


def subject_of(due: Due) -> str:
    """What waits, in few words: "1 er forsinket, 3 har frist snart"."""
    parts = [*_task_parts(due), *_other_parts(due)]
    return _("Rød tråd: %(what)s") % {"what": ", ".join(parts[:MOST_PARTS])}


def _task_parts(due: Due) -> list[str]:
    count = {code: len(by_edition(tasks)) for code, tasks in due.groups}
    words = {
        "late": ngettext("%(count)d er forsinket", "%(count)d er forsinket", count["late"]),
        "soon": ngettext("%(count)d har frist snart", "%(count)d har frist snart", count["soon"]),
        "changed": ngettext("%(count)d er endret", "%(count)d er endret", count["changed"]),
        "given": ngettext("%(count)d er ny", "%(count)d er nye", count["given"]),
        "new": ngettext("%(count)d kan begynne nå", "%(count)d kan begynne nå", count["new"]),
    }
    return [said % {"count": count[code]} for code, said in words.items() if count[code]]


def _other_parts(due: Due) -> list[str]:
    behind, summaries, rounds, hearings, mentions, answers, silences = (
        len(by_edition(due.behind)),
        len(due.summaries),
        len({ask.round.pk for ask in due.asks}),
        len(due.hearings),
        len(due.mentions),
        len(due.answers),
        len({silence.key for silence in due.silences}),
    )
    said = (
        (behind, ngettext("%(count)d lenge forsinket", "%(count)d lenge forsinket", behind)),
        (rounds, ngettext("%(count)d rapport å gi", "%(count)d rapporter å gi", rounds)),
        (hearings, ngettext("%(count)d høring", "%(count)d høringer", hearings)),
        (mentions, ngettext("%(count)d kommentar til deg", "%(count)d kommentarer til deg", mentions)),
        (answers, ngettext("innspillet ditt er besvart", "%(count)d av innspillene dine er besvart", answers)),
        (summaries, ngettext("måneden som gikk", "måneden som gikk", summaries)),
        (silences, ngettext("%(count)d tiltak det er stille om", "%(count)d tiltak det er stille om", silences)),
    )
    return [words % {"count": count} for count, words in said if count]
