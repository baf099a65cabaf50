"""What has changed in who has a year's tasks since it was opened: told from the tasks' own history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from annual_wheel.models import Task, TaskStatus, Wheel
from annual_wheel.opening import CAME_LATER, GIVEN_AGAIN
from annual_wheel.phrases import day_phrase
from annual_wheel.rows import address_of
from config.lib.days import at_clock
from config.lib.kept import told

MOST_CHANGES: Final = 200


@dataclass(frozen=True, slots=True)
class GivingRow:
    """One task that was given or withdrawn: when, whose, what for, why, and by whom."""

    day: str
    unit: str
    what: str
    text: str
    url: str
    why: str
    who: str


def changes_of(wheel: Wheel, year: int, *, today: date) -> list[GivingRow]:
    """The newest first, and no more than anybody reads."""
    given = Q(history_type="+", history_change_reason=CAME_LATER) | Q(history_change_reason=GIVEN_AGAIN)
    # The reason of the act is the task's own, which tells the withdrawal from later changes in the row.
    records = Task.history.filter(given | Q(status=TaskStatus.WITHDRAWN))
    rows = records.filter(edition__entry__wheel=wheel, edition__year=year).select_related(
        "edition__entry", "unit", "history_user"
    )
    return [_row(row, today) for row in rows.order_by("-history_date", "-history_id")[:MOST_CHANGES]]


def _row(record: Any, today: date) -> GivingRow:
    at = localtime(record.history_date)
    is_withdrawn = record.status == TaskStatus.WITHDRAWN
    return GivingRow(
        day=at_clock(day_phrase(at.date(), today=today), at),
        unit=str(record.unit),
        what=_("fikk ikke lenger oppgaven") if is_withdrawn else _("fikk oppgaven"),
        text=record.edition.said.text,
        url=f"{address_of(record.edition, today=today)}#oppgaver",
        why=told(record.reason) if is_withdrawn else told(record.history_change_reason or ""),
        who=str(record.history_user) if record.history_user else _("Systemet"),
    )
