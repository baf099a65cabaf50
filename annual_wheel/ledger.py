"""Sending reminders so that nobody is told twice and nobody is left out.

A row in the ledger is claimed and committed before the mail leaves, one for each person and day, so two workers never
both send it. What is refused is tried again later. Where the outcome cannot be known (the line broke after the mail was
handed over, or the worker died) it is marked uncertain and sent once more under the same Message-ID. What never got
out today stands in tomorrow's mail, since that is made from what is open then.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from annual_wheel.due import Due
from annual_wheel.emails import Mail, compose
from annual_wheel.models import Reminder, ReminderRun, ReminderStatus, Sending, Task
from annual_wheel.past_mails import pasts_of
from annual_wheel.recipients import Directory
from annual_wheel.reminder_days import Occasion, occasion_of, week_missed
from annual_wheel.reminders import due_for, dues_for
from config.lib.mail import Line, NoServer, OutcomeUnknown
from organisation.models import ReminderRhythm, User

Clock = Callable[[], datetime]

logger = logging.getLogger(__name__)

BATCH: Final = 100  # people whose mails are worked out together
MOST_ATTEMPTS: Final = 6
MOST_UNCERTAIN: Final = 2  # the first, and the one time it is sent again
FIRST_WAIT: Final = timedelta(minutes=15)  # doubled for each attempt: 15 minutes to 4 hours
STALE: Final = timedelta(minutes=10)  # far longer than one mail takes, whose every step times out in 20 seconds
MOST_AWAY: Final = 3  # in a row; then the mail server is taken to be down, and the run leaves the rest to the next one


class Outcome(StrEnum):
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    AWAY = "away"  # failed too: no mail server was to be reached
    TAKEN = "taken"  # another worker has it


@dataclass(frozen=True, slots=True)
class Planned:
    """A mail that is ready for somebody, and the row of an earlier attempt today."""

    user: User
    mail: Mail
    earlier: Reminder | None


def send_day(*, today: date, only: str = "", clock: Clock = timezone.now) -> Counter[str]:
    """Send a day's mails that have not gone out, all in this process, and return how many came to each outcome."""
    outcomes, is_through = send_to(people(only), today=today, clock=clock)
    if is_through and not only:
        ReminderRun.objects.update_or_create(day=today, defaults={"finished_at": clock()})
    return outcomes


def send_to(
    users: Sequence[User], *, today: date, clock: Clock = timezone.now, until: Callable[[], bool] = lambda: False
) -> tuple[Counter[str], bool]:
    """Send these people's mails of the day, and say whether it came through to the end.

    Where no mail server answers, or `until` says that time is up, it stops, and the rest wait for the next run. A run
    may be long, so each claim asks the clock for its own moment.
    """
    outcomes: Counter[str] = Counter()
    away = 0
    with Line() as line:
        for planned in plan_day(users, today=today, now=clock()):
            outcome = _send(planned, line, today=today, now=clock())
            outcomes[outcome] += 1
            away = away + 1 if outcome == Outcome.AWAY else 0
            if away == MOST_AWAY:
                logger.error("No mail server answers: the rest of today's reminders wait for the next run.")
                return outcomes, False
            if until():
                return outcomes, False
    return outcomes, True


def plan_day(users: Sequence[User], *, today: date, now: datetime) -> Iterator[Planned]:
    """The mails that should leave now: gathered for many people at once, and each looked over as it leaves."""
    directory, is_missed = Directory.on(today), week_missed(today)
    for start in range(0, len(users), BATCH):
        yield from _plan(users[start : start + BATCH], directory, is_missed, today, now)


def _plan(
    users: Sequence[User], directory: Directory, is_missed: Callable[[User], bool], today: date, now: datetime
) -> Iterator[Planned]:
    rows = {row.user_id: row for row in Reminder.objects.filter(day=today, user__in=users)}
    unsent = [user for user in users if user.pk not in rows or may_try_again(rows[user.pk], now)]
    pasts = pasts_of(unsent, today=today) if unsent else {}
    occasions = {
        user: occasion_of(
            user,
            today,
            past=pasts[user.pk],
            rests_in_july=directory.rests_in_july(user),
            is_week_missed=is_missed(user),
        )
        for user in unsent
    }
    going = [user for user, occasion in occasions.items() if occasion is not Occasion.NONE]
    dues = dues_for(going, directory=directory, today=today, pasts=pasts) if going else {}
    for user in going:
        due = dues[user.pk]
        if not _is_still_so(due, today):
            due = due_for(user, directory=directory, today=today)
        if occasions[user] is Occasion.URGENT:
            due = due.urgent(today, past=pasts[user.pk])
        if due:
            yield Planned(user, compose(user, due, today=today), rows.get(user.pk))


def _is_still_so(due: Due, today: date) -> bool:
    """Whether everything is still open: somebody may have ticked it off since the list was made."""
    named = {task.pk for task in (*due.open_tasks, *due.behind)}
    return not named or Task.objects.open_on(today).filter(pk__in=named).count() == len(named)


def people(only: str = "") -> list[User]:
    """Those who want reminders, or the one named."""
    return list((wanting().filter(email__iexact=only) if only else wanting()).order_by("pk"))


def wanting() -> QuerySet[User]:
    return User.objects.filter(is_active=True).exclude(reminder_rhythm=ReminderRhythm.NEVER)


def may_try_again(row: Sending, now: datetime) -> bool:
    """Whether it is time to send it: it waits, or an earlier attempt left it undone and the pause is over."""
    if row.status in (ReminderStatus.SENT, ReminderStatus.UNNEEDED):
        return False
    if row.status == ReminderStatus.QUEUED:
        return True
    if row.status == ReminderStatus.CLAIMED:
        return row.claimed_at <= now - STALE
    is_bounded = row.attempt_count < MOST_ATTEMPTS and row.uncertain_count < MOST_UNCERTAIN
    return is_bounded and now >= row.claimed_at + FIRST_WAIT * 2 ** max(row.attempt_count - 1, 0)


def message_id_of(user: User, day: date) -> str:
    """The same for every attempt, so that a mail program can tell a double."""
    return f"<paaminnelse.{user.pk}.{day:%Y%m%d}@{urlsplit(settings.BASE_URL).hostname}>"


def _send(planned: Planned, line: Line, *, today: date, now: datetime) -> Outcome:
    row = _claim(planned, today=today, now=now)
    return Outcome.TAKEN if row is None else _deliver(row, planned.mail, line)


def send_again(row: Sending, mail: Mail, line: Line, *, now: datetime) -> Outcome:
    """Send the mail of a row that stands in the ledger already, unless another worker was first."""
    taken = _take(row, mail, now=now)
    return Outcome.TAKEN if taken is None else _deliver(taken, mail, line)


def _deliver(row: Sending, mail: Mail, line: Line) -> Outcome:
    if row.uncertain_count >= MOST_UNCERTAIN:
        close(row, ReminderStatus.UNCERTAIN)
        return Outcome.UNCERTAIN
    try:
        line.send(mail.message(message_id=row.message_id))
    except OutcomeUnknown as error:
        close(row, ReminderStatus.UNCERTAIN, error=str(error), uncertain_count=F("uncertain_count") + 1)
        return Outcome.UNCERTAIN
    except NoServer as error:  # nobody was refused, so that the attempt does not count
        close(row, ReminderStatus.FAILED, error=str(error)[:500], attempt_count=F("attempt_count") - 1)
        return Outcome.AWAY
    except Exception as error:  # one person's mail must never stop the others'
        logger.exception("The mail to person %s failed", row.user_id)
        close(row, ReminderStatus.FAILED, error=f"{type(error).__name__}: {error}"[:500])
        return Outcome.FAILED
    close(row, ReminderStatus.SENT, sent_at=timezone.now(), error="")
    return Outcome.SENT


def _claim(planned: Planned, *, today: date, now: datetime) -> Sending | None:
    """Take the day's row for this attempt and commit; None where another worker was first."""
    if planned.earlier is not None:
        return _take(planned.earlier, planned.mail, now=now)
    message_id = message_id_of(planned.user, today)
    try:
        with transaction.atomic(durable=True):
            return Reminder.objects.create(
                user=planned.user, day=today, message_id=message_id, attempt_count=1, **_kept(planned.mail, now)
            )
    except IntegrityError:
        return None


def _kept(mail: Mail, now: datetime) -> dict[str, Any]:
    return {"subject": mail.subject, "items": mail.items, "claimed_at": now}


def _take(row: Sending, mail: Mail, *, now: datetime) -> Sending | None:
    # Somebody who claimed it and never came back: nobody knows whether the mail left.
    lost = 1 if row.status == ReminderStatus.CLAIMED else 0
    rows = type(row)._default_manager
    unchanged = rows.filter(pk=row.pk, status=row.status, attempt_count=row.attempt_count)
    with transaction.atomic(durable=True):
        taken = unchanged.update(
            status=ReminderStatus.CLAIMED,
            attempt_count=F("attempt_count") + 1,
            uncertain_count=F("uncertain_count") + lost,
            **_kept(mail, now),
        )
    return rows.get(pk=row.pk) if taken else None


def close(row: Sending, status: ReminderStatus, **fields: Any) -> None:
    """Write how it went, unless somebody has taken the row over meanwhile."""
    mine = type(row)._default_manager.filter(pk=row.pk, status=row.status, attempt_count=row.attempt_count)
    mine.update(status=status, **fields)
