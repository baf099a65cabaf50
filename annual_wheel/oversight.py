"""What leaders hear of by the owner's choice: what is late for long at their unit, and how the month went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import ngettext

from annual_wheel import when
from annual_wheel.models import EditionState, EntryKind, Task, TaskStatus, Wheel
from config.lib.clock import start_of
from planning.models import Modality

SUMMED_UP: Final = 7  # the first days of a month, a Monday among them


@dataclass(frozen=True, slots=True)
class Summary:
    """How a wheel's last month went."""

    wheel: Wheel
    month: date  # its first day
    done: int
    late: int
    left: int

    @property
    def key(self) -> str:
        return f"{self.wheel.pk}-{self.month:%Y-%m}"

    @property
    def url(self) -> str:
        return reverse("board", args=[self.wheel.slug, self.month.year])

    @property
    def facts(self) -> tuple[str, ...]:
        done = ngettext("%(count)d gjort i %(month)s", "%(count)d gjort i %(month)s", self.done)
        late = ngettext("%(count)d er forsinket", "%(count)d er forsinket", self.late)
        left = ngettext("%(count)d igjen denne måneden", "%(count)d igjen denne måneden", self.left)
        month = str(MONTHS[self.month.month])
        return (
            done % {"count": self.done, "month": month},
            late % {"count": self.late},
            left % {"count": self.left},
        )


def escalating_wheels() -> dict[int, int]:
    """After how many working days a unit's leader is told, by wheel."""
    chosen = Wheel.objects.filter(escalates_after__isnull=False)
    return {pk: days for pk, days in chosen.values_list("pk", "escalates_after") if days is not None}


def late_for_long(units: set[int], wheels: dict[int, int], *, today: date) -> list[Task]:
    """What is late at these units by as many working days as each wheel's owner has chosen."""
    if not units or not wheels:
        return []
    late = Task.objects.overdue(today=today).current(today=today).filter(unit__in=units)
    found = (
        late.filter(edition__entry__wheel__in=wheels)
        .select_related("edition__entry__wheel", "unit", "assigned_to")
        .prefetch_related("shared_with")
        .by_due_day()
    )
    return [
        task for task in found if working_days_since(task.edition.due_on, today) >= wheels[task.edition.entry.wheel_id]
    ]


def working_days_since(day: date, today: date) -> int:
    """How many working days there have been after a day, today among them."""
    return sum(when.is_working_day(day + timedelta(days=number)) for number in range(1, (today - day).days + 1))


def summaries_of(*, today: date) -> list[Summary]:
    """The last month of every wheel whose owner wants it told, in the first days of the next."""
    if today.day > SUMMED_UP:
        return []
    this_month = today.replace(day=1)
    last_month = (this_month - timedelta(days=1)).replace(day=1)
    next_month = (this_month + timedelta(days=32)).replace(day=1)
    found = []
    for wheel in Wheel.objects.filter(is_summed_up=True).select_related("owner"):
        tasks = Task.objects.filter(edition__entry__wheel=wheel).current(today=today)
        is_open = Q(status=TaskStatus.OPEN) & ~Q(edition__state=EditionState.CANCELLED)
        binding = Q(edition__entry__modality=Modality.MUST) & ~Q(edition__entry__kind=EntryKind.ONGOING)
        is_late = is_open & binding & Q(edition__due_on__lt=today)
        is_left = is_open & Q(edition__due_on__gte=today, edition__due_on__lt=next_month)
        was_done = Q(status=TaskStatus.DONE, done_at__gte=start_of(last_month), done_at__lt=start_of(this_month))
        counts = tasks.aggregate(
            done=Count("pk", filter=was_done), late=Count("pk", filter=is_late), left=Count("pk", filter=is_left)
        )
        found.append(Summary(wheel, last_month, **counts))
    return found
