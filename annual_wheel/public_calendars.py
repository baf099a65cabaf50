"""The calendar of a wheel that its owner lets everybody read: no secret, and nothing of who ticks what."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Any, Final

from django.db.models import Max
from django.utils import translation

from annual_wheel.calendar_scopes import of_wheel
from annual_wheel.calendars import Choice, wheel_calendar, years_ahead
from annual_wheel.event_store import revision_of
from annual_wheel.models import Edition, Entry, StoredEvent, Wheel


@dataclass(frozen=True, slots=True)
class PublicCalendar:
    etag: str
    changed_at: datetime
    language: str
    zipped: bytes

    def whole(self) -> PublicCalendar:
        return self


MOST_KEPT: Final = 32
KEPT: Final[OrderedDict[Hashable, tuple[int, PublicCalendar]]] = OrderedDict()
LOCK: Final = Lock()


def public_calendar(wheel: Wheel, *, language: str, choice: Choice, today: date) -> PublicCalendar:
    """As it is now; kept by the process until something in the wheel is changed."""
    key = (wheel.pk, wheel.title, language, choice, today)
    revision = revision_of(of_wheel(wheel.pk), language, years_ahead(today=today))
    with LOCK:
        kept_at, calendar = KEPT.get(key, (-1, None))
    if calendar is None or kept_at != revision:
        calendar = _made(wheel, language, choice, today)
        with LOCK:
            KEPT[key] = revision, calendar
            KEPT.move_to_end(key)
            while len(KEPT) > MOST_KEPT:
                KEPT.popitem(last=False)
    return calendar


def _made(wheel: Wheel, language: str, choice: Choice, today: date) -> PublicCalendar:
    with translation.override(language):
        data = wheel_calendar(wheel, today=today, choice=choice).to_bytes()
    stored = StoredEvent.objects.filter(language=language, wheel=wheel)
    # What has been taken out has left only its log behind.
    logged = (_newest(Entry.history.filter(wheel=wheel)), _newest(Edition.history.filter(entry__wheel=wheel)))
    known = [at for at in (stored.aggregate(at=Max("changed_at"))["at"], *logged) if at]
    changed_at = max(known) if known else wheel.history.earliest().history_date  # type: ignore[attr-defined]
    etag = hashlib.sha256(data).hexdigest()[:32]
    return PublicCalendar(etag, changed_at, language, gzip.compress(data, compresslevel=6, mtime=0))


def _newest(log: Any) -> datetime | None:
    at: datetime | None = log.aggregate(at=Max("history_date"))["at"]
    return at


def webcal(url: str) -> str:
    """The address as calendar programs take it in one press."""
    return f"webcal:{url.partition(':')[2]}"
