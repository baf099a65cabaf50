"""A friendly reminder that an editor sends to those who are late: whom it reaches, and seeing to it that it leaves.

Each person gets one mail that gathers what all their units are late with, and a unit is reminded at most once a day.
The rows are written with the press, and a worker sends them by the ledger's own rules; what is refused is tried again.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from kombu.exceptions import OperationalError

from annual_wheel import ledger
from annual_wheel.emails import compose_nudge
from annual_wheel.ledger_search import given_up
from annual_wheel.models import Nudge, NudgeMail, ReminderStatus, Task, Wheel
from annual_wheel.recipients import Directory
from config.lib.mail import Line
from config.lib.models import new_key
from config.lib.ready_query import ReadyQuery
from organisation.models import Unit, User

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Addressee:
    """One person, the units one is reminded for, and what they are late with."""

    user: User
    units: tuple[str, ...]
    tasks: tuple[Task, ...]


@dataclass
class Plan:
    """What a press would do now. `nobody` are units with no one to write to, `told` those reminded today already."""

    addressees: list[Addressee] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    nobody: list[Unit] = field(default_factory=list)
    told: list[Unit] = field(default_factory=list)


def late_tasks(wheel: Wheel, year: int, *, today: date) -> list[Task]:
    overdue = Task.objects.overdue(today=today).filter(edition__entry__wheel=wheel, edition__year=year)
    return list(
        overdue.select_related("edition__entry__wheel", "unit", "assigned_to")
        .prefetch_related("shared_with", "edition__entry__responsibilities", "edition__responsibilities")
        .by_due_day()
    )


def plan_of(wheel: Wheel, year: int, *, by: User, today: date) -> Plan:
    """Whom a press would reach: the nearest people of each unit that is late, but not whoever presses."""
    told = set(Nudge.objects.filter(day=today).values_list("unit_id", flat=True))
    directory = Directory.on(today)
    late: dict[Unit, list[Task]] = defaultdict(list)
    for task in late_tasks(wheel, year, today=today):
        for unit in (task.unit, *task.shared_with.all()):
            late[unit].append(task)
    plan = Plan()
    found: dict[User, list[tuple[Unit, Task]]] = defaultdict(list)
    for unit in sorted(late, key=lambda unit: unit.name):
        reached = [(user, task) for task in late[unit] for user in _people(directory, task, unit) if user != by]
        for user, task in reached:
            found[user].append((unit, task))
        _place(plan, unit, is_told=unit.pk in told, is_reached=bool(reached))
    named = {unit.pk for unit in plan.units}
    plan.addressees = [
        _addressee(user, [pair for pair in pairs if pair[0].pk in named])
        for user, pairs in sorted(found.items(), key=lambda item: item[0].name)
        if any(unit.pk in named for unit, _task in pairs)
    ]
    return plan


def _place(plan: Plan, unit: Unit, *, is_told: bool, is_reached: bool) -> None:
    (plan.told if is_told else plan.units if is_reached else plan.nobody).append(unit)


def _people(directory: Directory, task: Task, unit: Unit) -> list[User]:
    if task.assigned_to is not None and task.assigned_to.is_active:
        return [task.assigned_to]
    told = directory.near(task, unit)
    return list(told.people) if told else []


def _addressee(user: User, pairs: Sequence[tuple[Unit, Task]]) -> Addressee:
    units = tuple(dict.fromkeys(unit.label for unit, _task in pairs))
    return Addressee(user, units, tuple(dict.fromkeys(task for _unit, task in pairs)))


@transaction.atomic
def nudge(wheel: Wheel, year: int, *, by: User, now: datetime, today: date) -> Plan:
    """Write who is to be reminded, and let a worker send it. Of two who press at once the second reaches nobody."""
    list(Wheel.objects.select_for_update(no_key=True).order_by("pk"))  # a unit may be late in several wheels
    plan = plan_of(wheel, year, by=by, today=today)
    Nudge.objects.bulk_create(
        Nudge(wheel=wheel, unit=unit, day=today, nudged_at=now, nudged_by=by) for unit in plan.units
    )
    NudgeMail.objects.bulk_create(_row(wheel, to, by=by, now=now, today=today) for to in plan.addressees)
    if plan.addressees:
        transaction.on_commit(send_soon)
    return plan


def _row(wheel: Wheel, to: Addressee, *, by: User, now: datetime, today: date) -> NudgeMail:
    return NudgeMail(
        wheel=wheel,
        asked_by=by,
        user=to.user,
        day=today,
        status=ReminderStatus.QUEUED,
        message_id=f"<vennlig.{to.user.pk}.{today:%Y%m%d}.{new_key()}@{urlsplit(settings.BASE_URL).hostname}>",
        items=[{"task": task.pk, "unit": task.unit.slug, "text": task.edition.said.text} for task in to.tasks],
        claimed_at=now,
    )


def send_soon() -> None:
    """Ask a worker. Where the queue is away the rows stay, and the timetable sends them."""
    from annual_wheel import tasks

    try:
        tasks.send_nudges.delay()
    except OperationalError:
        logger.exception("the friendly reminders could not be queued now")


def send_waiting(*, clock: ledger.Clock = timezone.now) -> Counter[str]:
    """Send what waits, of today and yesterday; safe to call at any time and by several at once."""
    today = timezone.localtime(clock()).date()
    waiting = NudgeMail.objects.filter(day__gte=today - timedelta(days=1)).exclude(
        status__in=(ReminderStatus.SENT, ReminderStatus.UNNEEDED)
    )
    outcomes: Counter[str] = Counter()
    with Line() as line:
        for row in waiting.select_related("user", "asked_by", "wheel").order_by("pk"):
            now = clock()
            if ledger.may_try_again(row, now):
                outcomes[_send(row, line, now=now, today=today)] += 1
            if outcomes[ledger.Outcome.AWAY] == ledger.MOST_AWAY:
                break  # no mail server answers: the rest wait for the next run
    return outcomes


def _send(row: NudgeMail, line: Line, *, now: datetime, today: date) -> str:
    """Write the mail from what is still late: what has been ticked off meanwhile is not asked for."""
    named = [item["task"] for item in row.items]
    tasks = Task.objects.overdue(today=today).filter(pk__in=named).for_rows(row.user, today=today).by_due_day()
    still = list(tasks)
    if not still:
        ledger.close(row, ReminderStatus.UNNEEDED)
        return str(ReminderStatus.UNNEEDED)
    mine = Task.objects.tickable_by(row.user, today=today).filter(pk__in=named).values_list("pk", flat=True)
    mail = compose_nudge(row.user, still, tickable=set(mine), by=row.asked_by, wheel=row.wheel, today=today)
    return ledger.send_again(row, mail, line, now=now)


@transaction.atomic
def send_again(row: NudgeMail, *, by: User, now: datetime, today: date) -> bool:
    """Put a mail that was given up among those that wait; False where it no longer is, as when two press at once.

    It keeps its Message-ID, since an attempt that nobody answered for may have arrived after all.
    """
    lost = NudgeMail.objects.filter(given_up(today=today), pk=row.pk)
    is_back = lost.update(
        status=ReminderStatus.QUEUED, day=today, claimed_at=now, attempt_count=0, uncertain_count=0, error=""
    )
    if is_back:
        logger.info("Person %s sends the friendly reminder %s again", by.pk, row.pk)
        transaction.on_commit(send_soon)
    return bool(is_back)


@dataclass(frozen=True, slots=True)
class Told:
    """That somebody was written to today, by whom, and how it went."""

    name: str
    units: str
    by: str
    status: str


def told_today(wheel: Wheel, *, today: date) -> list[Told]:
    """To whom friendly reminders about this wheel have gone today, and how each mail stands."""
    rows = TOLD.rows(wheel=wheel.pk, day=today)
    labels = _labels({item["unit"] for row in rows for item in row.items})
    return [
        Told(
            name=str(row.user),
            units=", ".join(dict.fromkeys(labels.get(item["unit"], item["unit"]) for item in row.items)),
            by=str(row.asked_by),
            status=row.get_status_display(),
        )
        for row in rows
    ]


def _told(*, wheel: int, day: date) -> QuerySet[NudgeMail]:
    mails = NudgeMail.objects.filter(wheel=wheel, day=day).select_related("user", "asked_by")
    return mails.order_by("user__name")


TOLD: Final = ReadyQuery(_told, wheel=int, day=date)


def _labels(slugs: Iterable[str]) -> dict[str, Any]:
    slugs = set(slugs)
    units = Unit.objects.without_tree_fields().filter(slug__in=slugs) if slugs else ()
    return {unit.slug: unit.label for unit in units}
