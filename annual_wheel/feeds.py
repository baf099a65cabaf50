"""Calendar subscriptions: making, renewing and withdrawing them, and what they answer.

The entries are put into words when something has changed (annual_wheel.event_store). Here they are joined, and the
whole is kept: while the stamp of what it tells stands still, so does the calendar, and a request costs one query.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from django.db import transaction
from django.utils import translation

from annual_wheel.calendars import OneCalendar, personal_calendar, unit_calendar, years_ahead
from annual_wheel.event_store import TOUCHED, catch_up
from annual_wheel.models import CalendarFeed, FeedKind
from config.lib.stamp import Stamp
from organisation.models import Membership, Unit, User

MOST_PER_PERSON: Final = 20
STAMP: Final = Stamp(*TOUCHED, Membership, User)


class TooMany(Exception):
    """The person has as many subscriptions as one may have."""


@transaction.atomic
def subscribe(*, by: User, name: str, unit: Unit | None) -> tuple[CalendarFeed, str]:
    """Make a subscription, personal or a unit's, and return it with its secret, which is known only now."""
    User.objects.select_for_update().get(pk=by.pk)
    if by.feeds.filter(revoked_at=None).count() >= MOST_PER_PERSON:  # type: ignore[attr-defined]
        raise TooMany
    feed = CalendarFeed(user=by, name=name, unit=unit, kind=FeedKind.UNIT if unit else FeedKind.PERSONAL)
    secret = feed.renew_secret()
    feed.save()
    return feed, secret


def renew(feed: CalendarFeed) -> str:
    """Give it a new address and return the secret; the old address stops answering at once."""
    secret = feed.renew_secret()
    feed.last_used_on = None
    feed.save(update_fields=["secret_hash", "last_used_on"])
    return secret


def withdraw(feed: CalendarFeed, *, now: datetime) -> None:
    CalendarFeed.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=now)


def restore(feed: CalendarFeed) -> None:
    """Take a withdrawal back: the address answers again."""
    CalendarFeed.objects.filter(pk=feed.pk).update(revoked_at=None)


class Found(NamedTuple):
    """The subscription at an address, and the stamp of right now."""

    pk: int
    built_for: str
    etag: str
    changed_at: datetime
    last_used_on: date | None
    language: str
    is_superuser: bool
    is_active: bool
    revoked_at: datetime | None
    stamp: int


# Put together once: half of what a request costs would else go to writing the same query anew.
FOUND: Final = CalendarFeed.objects.order_by().values_list(
    *("pk", "built_for", "etag", "body_changed_at", "last_used_on"),
    *("user__language", "user__is_superuser", "user__is_active", "revoked_at"),
    STAMP.column(),
)


def find(secret: str) -> Found | None:
    """The subscription that answers at this address; None for any other address, and for one that is withdrawn."""
    row = next(iter(FOUND.filter(secret_hash=CalendarFeed.hash_of(secret))), None)
    found = Found(*row) if row else None
    return found if found and found.is_active and found.revoked_at is None else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a subscription answers right now; `zipped` is None where it is what the database already holds."""

    pk: int
    etag: str
    changed_at: datetime
    language: str
    zipped: bytes | None = None

    def body(self) -> bytes:
        """The calendar, gzipped."""
        return self.zipped or bytes(CalendarFeed.objects.values_list("body", flat=True).get(pk=self.pk))


def answer(found: Found, *, today: date, now: datetime) -> Answer:
    """The calendar as it is now: what is kept where nothing has changed, else worked out anew. Notes the day of use."""
    if found.last_used_on != today:
        CalendarFeed.objects.filter(pk=found.pk).update(last_used_on=today)
    if found.built_for == _key(found.stamp, today, found.language, is_superuser=found.is_superuser):
        return Answer(found.pk, found.etag, found.changed_at, found.language)
    return _build(found.pk, today=today, now=now)


def _key(stamp: int, today: date, language: str, *, is_superuser: bool) -> str:
    """What a calendar depends on: what is logged, who reads it, and the day, since roles begin and end on days."""
    return f"{stamp} {today} {language} {is_superuser}"


def _build(pk: int, *, today: date, now: datetime) -> Answer:
    stamp = STAMP.settled()
    feed = CalendarFeed.objects.select_related("user", "unit").get(pk=pk)
    data = calendar_of(feed, today=today).to_bytes()
    etag = hashlib.sha256(data).hexdigest()[:32]
    built_for = "" if stamp is None else _key(stamp, today, feed.user.language, is_superuser=feed.user.is_superuser)
    changed_at = feed.body_changed_at
    if changed_at and etag == feed.etag:
        CalendarFeed.objects.filter(pk=pk).update(built_for=built_for)
        return Answer(pk, etag, changed_at, feed.user.language)
    # Last-Modified counts in seconds, and must differ where the calendar does.
    earliest = changed_at + timedelta(seconds=1) if changed_at else now
    changed_at = max(now.replace(microsecond=0), earliest.replace(microsecond=0))
    zipped = gzip.compress(data, compresslevel=6, mtime=0)
    kept = {"built_for": built_for, "body": zipped, "etag": etag, "body_changed_at": changed_at}
    CalendarFeed.objects.filter(pk=pk).update(**kept)
    return Answer(pk, etag, changed_at, feed.user.language, zipped)


def calendar_of(feed: CalendarFeed, *, today: date) -> OneCalendar:
    with translation.override(feed.user.language):
        if feed.unit is not None:
            return unit_calendar(feed.unit, reader=feed.user, today=today)
        return personal_calendar(feed.user, today=today)


def catch_up_all(*, today: date) -> None:
    """Bring the entries up to date in every language that a subscription has."""
    for language in CalendarFeed.objects.filter(revoked_at=None).order_by().values_list("user__language").distinct():
        catch_up(*language, years_ahead(today=today))
