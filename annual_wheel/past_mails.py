"""What earlier reminders have told a person: read from the ledger, for many people in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from annual_wheel.models import Reminder, ReminderStatus
from organisation.models import User

REACHED: Final = (ReminderStatus.SENT, ReminderStatus.UNCERTAIN)
# What has not been said for longer than this may be said again.
REMEMBERED: Final = timedelta(days=100)


@dataclass(frozen=True, slots=True)
class PastMail:
    day: date
    status: str
    left_at: datetime
    items: list[dict[str, Any]]

    @property
    def reached(self) -> bool:
        return self.status in REACHED


@dataclass(frozen=True, slots=True)
class Past:
    """One person's reminders before a day, the oldest first."""

    mails: tuple[PastMail, ...] = ()

    @property
    def last(self) -> PastMail | None:
        """The newest that reached the person."""
        return next((mail for mail in reversed(self.mails) if mail.reached), None)

    def statuses_since(self, first: date) -> set[str]:
        return {mail.status for mail in self.mails if mail.day >= first}

    def tasks_since(self, first: date) -> set[int]:
        """The tasks that mails since a day have told of, in whatever part of them."""
        return {item["task"] for item in self._items(first) if item.get("task")}

    def told(self, group: str, *, since: date | None = None) -> set[Any]:
        """What mails have told of in a part of them: tasks by number, the rest by what names it."""
        return {_named(item) for item in self._items(since) if item["group"] == group}

    def _items(self, first: date | None) -> Iterator[dict[str, Any]]:
        for mail in self.mails:
            if mail.reached and (first is None or mail.day >= first):
                yield from mail.items


def _named(item: dict[str, Any]) -> Any:
    return item.get("about") or item.get("comment") or item.get("task")


def pasts_of(users: Iterable[User], *, today: date) -> dict[int, Past]:
    """Each person's reminders before today, by the person's id."""
    rows = Reminder.objects.filter(user__in=list(users), day__lt=today, day__gte=today - REMEMBERED).order_by("day")
    found: dict[int, list[PastMail]] = defaultdict(list)
    for user, day, status, claimed_at, items in rows.values_list("user_id", "day", "status", "claimed_at", "items"):
        found[user].append(PastMail(day, status, claimed_at, items))
    return defaultdict(Past, {user: Past(tuple(mails)) for user, mails in found.items()})
