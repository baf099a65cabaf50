"""A reminder as a mail: subject, text and HTML in the person's own language, each line a link."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annual_wheel.asks import Ask, Silence
from annual_wheel.models import EntryKind, Task, Wheel
from annual_wheel.phrases import bound_of, day_phrase, distance, due_phrase
from annual_wheel.reminders import Due
from annual_wheel.rows import address_of, duty_words
from organisation.models import Comment, User
from strategy.talk_for_me import url_of_answer


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    url: str
    unit: str
    when: str
    note: str


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Mail:
    """One composed mail; `items` is what the ledger keeps of it."""

    to: str
    subject: str
    text: str
    html: str
    items: list[dict[str, Any]]
    reply_to: str = ""

    def message(self, *, message_id: str) -> EmailMultiAlternatives:
        # Auto-Submitted keeps out-of-office answers away.
        headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated"}
        message = EmailMultiAlternatives(
            self.subject, self.text, to=[self.to], headers=headers, reply_to=[self.reply_to] if self.reply_to else None
        )
        message.attach_alternative(self.html, "text/html")
        return message


def compose(user: User, due: Due, *, today: date) -> Mail:
    """Write the mail; the caller sees to it that there is something to write about."""
    with translation.override(user.language):
        sections = tuple(_section(code, tasks, today) for code, tasks in due.groups if tasks) + _asked(due, today)
        if due.answers:
            lines = tuple(_answer_line(answer) for answer in due.answers)
            sections += (Section("answered", _("Svar på innspill"), lines),)
        context = {
            "name": user.name,
            "language": user.language,
            "subject": subject_of(due),
            "sections": sections,
            "work_url": settings.BASE_URL + reverse("my_work"),
            "choices_url": settings.BASE_URL + reverse("reminder_choices"),
            "rhythm": user.get_reminder_rhythm_display(),
        }
        return Mail(
            to=user.email,
            subject=subject_of(due),
            text=render_to_string("annual_wheel/email/reminder.txt", context),
            html=render_to_string("annual_wheel/email/reminder.html", context),
            items=[
                *(_item(code, task) for code, tasks in due.groups for task in tasks),
                *_asked_items(due),
                *(_answer_item(answer) for answer in due.answers),
            ],
        )


def _asked(due: Due, today: date) -> tuple[Section, ...]:
    """What one is asked to tell of, after what one is to do."""
    asks = tuple(
        Line(ask.text, settings.BASE_URL + ask.url, ask.unit.label, ask.due(today=today), ask.count) for ask in due.asks
    )
    units: dict[str, list[Silence]] = {}
    for silence in due.silences:
        units.setdefault(silence.key, []).append(silence)
    silences = tuple(
        Line(
            text=same[0].text.removesuffix("."),
            url=settings.BASE_URL + same[0].url,
            unit=", ".join(silence.unit.label for silence in same),
            when=_("ingen rapport eller kvittering på et halvt år"),
            note="",
        )
        for same in units.values()
    )
    found = (
        Section("report", _("Rapporter"), asks),
        Section("silence", _("Hvordan går det med disse tiltakene?"), silences),
    )
    return tuple(section for section in found if section.lines)


def _asked_items(due: Due) -> list[dict[str, Any]]:
    """What the ledger keeps of it, so that the same is not told of every day: as a task has it, but about another."""
    asks = [_about("report", ask.key, ask, due_on=ask.round.due_on.isoformat()) for ask in due.asks]
    return asks + [_about("silence", silence.key, silence) for silence in due.silences]


def _about(group: str, about: str, told: Ask | Silence, *, due_on: str | None = None) -> dict[str, Any]:
    return {
        "task": None,
        "about": about,
        "group": group,
        "text": told.text,
        "unit": told.unit.slug,
        "due_on": due_on,
        "url": settings.BASE_URL + told.url,
    }


def compose_nudge(user: User, tasks: list[Task], *, by: User, wheel: Wheel, today: date) -> Mail:
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
            "section": _section("late", tuple(tasks), today),
            "work_url": settings.BASE_URL + reverse("my_work"),
        }
        return Mail(
            to=user.email,
            subject=subject,
            text=render_to_string("annual_wheel/email/nudge.txt", context),
            html=render_to_string("annual_wheel/email/nudge.html", context),
            items=[_item("late", task) for task in tasks],
            reply_to=by.email,
        )


def subject_of(due: Due) -> str:
    """What waits, in few words: "1 er forsinket, 3 har frist snart"."""
    late, soon, new = (len(by_edition(tasks)) for _code, tasks in due.groups)
    parts = []
    if late:
        parts.append(ngettext("%(count)d er forsinket", "%(count)d er forsinket", late) % {"count": late})
    if soon:
        words = ngettext("%(count)d har frist snart", "%(count)d har frist snart", soon)
        parts.append(words % {"count": soon})
    if new:
        parts.append(ngettext("%(count)d kan begynne nå", "%(count)d kan begynne nå", new) % {"count": new})
    rounds = len({ask.round.pk for ask in due.asks})
    if rounds:
        parts.append(ngettext("%(count)d rapport å gi", "%(count)d rapporter å gi", rounds) % {"count": rounds})
    if due.answers:
        count = len(due.answers)
        words = ngettext("innspillet ditt er besvart", "%(count)d av innspillene dine er besvart", count)
        parts.append(words % {"count": count})
    if not parts:
        count = len({silence.key for silence in due.silences})
        words = ngettext("%(count)d tiltak det er stille om", "%(count)d tiltak det er stille om", count)
        parts.append(words % {"count": count})
    return _("Rød tråd: %(what)s") % {"what": ", ".join(parts)}


def _section(code: str, tasks: tuple[Task, ...], today: date) -> Section:
    titles = {"late": _("Forsinket"), "soon": _("Frist snart"), "new": _("Kan begynne nå")}
    return Section(code, titles[code], tuple(_line(same, today) for same in by_edition(tasks)))


def by_edition(tasks: Iterable[Task]) -> list[list[Task]]:
    """Gather the tasks that several of one's units have for the same thing: they are told of in one line."""
    gathered: dict[int, list[Task]] = {}
    for task in tasks:
        gathered.setdefault(task.edition_id, []).append(task)
    return list(gathered.values())


def _line(same: list[Task], today: date) -> Line:
    task = same[0]
    edition = task.edition
    units = [unit.label for each in same for unit in (each.unit, *each.shared_with.all())]
    return Line(
        text=edition.said.text.removesuffix("."),
        url=settings.BASE_URL + address_of(edition, today=today),
        unit=", ".join(dict.fromkeys(units)),
        when=_when(task, today),
        note=", ".join(filter(None, (bound_of(edition), duty_words(edition.entry.modality).lower()))),
    )


def _when(task: Task, today: date) -> str:
    """ "innen 15. april (om 3 dager)", and "frist 1. april (for 3 dager siden)" where it is late."""
    edition = task.edition
    phrase = due_phrase(edition, today=today)
    if edition.entry.kind == EntryKind.ONGOING:
        return phrase
    if task.is_overdue(today):
        phrase = _("frist %(day)s") % {"day": day_phrase(edition.due_on, today=today)}
    return f"{phrase} ({distance(edition.due_on, today=today)})"


def _item(code: str, task: Task) -> dict[str, Any]:
    entry = task.edition.entry
    return {
        "task": task.pk,
        "group": code,
        "text": task.edition.said.text,
        "unit": task.unit.slug,
        "due_on": task.edition.due_on.isoformat(),
        "url": settings.BASE_URL + entry.get_absolute_url(),
    }


def _answer_line(answer: Comment) -> Line:
    """What was said, and what became of it."""
    return Line(
        text=Truncator(answer.text).chars(120),
        url=settings.BASE_URL + url_of_answer(answer),
        unit=answer.about_words,
        when=answer.get_answer_display(),
        note=answer.answer_text,
    )


def _answer_item(answer: Comment) -> dict[str, Any]:
    return {
        "comment": answer.pk,
        "group": "answered",
        "text": answer.text,
        "url": settings.BASE_URL + url_of_answer(answer),
    }
