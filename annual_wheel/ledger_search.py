"""The ledger as administrators search it, and how the reminders stand: when they last ran, and what is overdue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annual_wheel import ledger, when
from annual_wheel.models import NudgeMail, Reminder, ReminderRun, ReminderStatus, Sending
from config.lib.days import moment_words

GIVEN_UP: Final = "gitt-opp"
KINDS: Final = {"paaminnelse": Reminder, "vennlig": NudgeMail}
KIND_WORDS: Final = (("paaminnelse", gettext_lazy("Daglige")), ("vennlig", gettext_lazy("Bedt om av en redaktør")))
LOOKED_AT: Final = timedelta(days=14)  # how far back what was given up is counted
FIRST_HOUR: Final = 8  # by then the first of the day must have been gone through
LATE: Final = timedelta(minutes=45)  # three times the timetable's quarter of an hour


def status_choices() -> list[tuple[str, str]]:
    """What the list can be narrowed to."""
    return [(GIVEN_UP, _("gitt opp")), *((value, str(label)) for value, label in ReminderStatus.choices)]


def given_up(*, today: date) -> Q:
    """What will not be tried again: out of attempts, sent twice without an answer, or left from a day that is over."""
    unsent = Q(status__in=(ReminderStatus.FAILED, ReminderStatus.CLAIMED))
    out_of_attempts = Q(status=ReminderStatus.FAILED, attempt_count__gte=ledger.MOST_ATTEMPTS)
    never_answered = Q(status=ReminderStatus.UNCERTAIN, uncertain_count__gte=ledger.MOST_UNCERTAIN)
    return out_of_attempts | never_answered | (unsent & Q(day__lt=today))


def found_in_ledger(rows: QuerySet[Any], *, status: str, today: date) -> QuerySet[Any]:
    """The rows in one state; all of them where none is named."""
    if status == GIVEN_UP:
        return rows.filter(given_up(today=today))
    return rows.filter(status=status) if status in ReminderStatus.values else rows


@dataclass(frozen=True, slots=True)
class Health:
    """How the reminders stand: `warning` is empty where all is well."""

    last_run: str
    is_behind: bool
    waiting: str
    given_up: tuple[tuple[str, str], ...]  # of each kind: how many, and the kind's name in addresses
    warning: str


def health(*, now: datetime) -> Health:
    """Say when reminders were last gone through, what of today waits to be sent, and what was given up lately."""
    local = localtime(now)
    today = local.date()
    last = ReminderRun.objects.filter(finished_at__isnull=False).order_by("-finished_at").first()
    last_at = last.finished_at if last else None
    waiting = _waiting(today)
    is_behind = _is_behind(local, last_at)
    return Health(
        last_run=moment_words(last_at) if last_at else _("aldri"),
        is_behind=is_behind,
        waiting=ngettext("%(count)d e-post venter", "%(count)d e-poster venter", waiting) % {"count": waiting},
        given_up=tuple(_lost(today)),
        warning=_("Påminnelsene er ikke gått gjennom i tide. Se om arbeideren kjører.") if is_behind else "",
    )


def _lost(today: date) -> Iterator[tuple[str, str]]:
    """What was given up lately, of each kind that there is any of."""
    words = {
        "paaminnelse": lambda count: ngettext("%(count)d daglig", "%(count)d daglige", count),
        "vennlig": lambda count: ngettext("%(count)d bedt om", "%(count)d bedt om", count),
    }
    for kind, model in KINDS.items():
        count = model._default_manager.filter(given_up(today=today), day__gte=today - LOOKED_AT).count()
        if count:
            yield words[kind](count) % {"count": count}, kind


def _waiting(today: date) -> int:
    unsent = (ReminderStatus.QUEUED, ReminderStatus.CLAIMED, ReminderStatus.FAILED, ReminderStatus.UNCERTAIN)
    rows = [model._default_manager.filter(day=today, status__in=unsent) for model in KINDS.values()]
    return sum(found.exclude(given_up(today=today)).count() for found in rows)


def _is_behind(local: datetime, last_at: datetime | None) -> bool:
    """Whether it is a working day's daytime and the timetable has been silent for too long."""
    if not when.is_working_day(local.date()) or local.time() < time(FIRST_HOUR):
        return False
    return last_at is None or local - last_at > LATE


def is_given_up(row: Sending, *, today: date) -> bool:
    """Whether no more will come of it."""
    return bool(type(row)._default_manager.filter(given_up(today=today), pk=row.pk).exists())
