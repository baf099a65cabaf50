"""Calendar subscriptions: making, renewing and withdrawing them, and what they answer.

The entries are put into words when something has changed (annual_wheel.event_store). Here they are joined, and the
whole is kept: while the stamp of what it tells stands still, so does the calendar, and a request costs one query.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db import connection, transaction
from django.utils import timezone, translation

from annual_wheel.calendar_scopes import known
from annual_wheel.calendars import Choice, OneCalendar, personal_calendar, unit_calendar, wheel_calendar, years_ahead
from annual_wheel.event_store import LOGS, catch_up, made_by
from annual_wheel.ical import Alarm
from annual_wheel.models import CalendarFeed, CalendarScope, FeedKind, Ringing, StoredLanguage, Wheel
from config.lib.models import StaleEdit
from organisation.models import Unit, User

MOST_PER_PERSON: Final = 20


class TooMany(Exception):
    """The person has as many subscriptions as one may have."""


RINGS: Final = {
    # After the last day of an event comes a midnight; a thing to do is due at the one before.
    Ringing.SAME_DAY: Alarm(after_event="-PT15H", after_due="PT9H"),
    Ringing.DAY_BEFORE: Alarm(after_event="-P1DT15H", after_due="-PT15H"),
    Ringing.WEEK_BEFORE: Alarm(after_event="-P7DT15H", after_due="-P6DT15H"),
}


@transaction.atomic
def subscribe(
    *, by: User, name: str, unit: Unit | None, wheel: Wheel | None = None, follows: Iterable[Wheel] = (), **choice: Any
) -> tuple[CalendarFeed, str]:
    """Make a subscription: personal, a unit's or a wheel's. Return it with its secret, which is known only now."""
    User.objects.select_for_update().get(pk=by.pk)
    if by.feeds.filter(revoked_at=None).count() >= MOST_PER_PERSON:  # type: ignore[attr-defined]
        raise TooMany
    kind = FeedKind.UNIT if unit else FeedKind.WHEEL if wheel else FeedKind.PERSONAL
    feed = CalendarFeed(user=by, name=name, unit=unit, wheel=wheel, kind=kind, **choice)
    secret = feed.renew_secret()
    feed.save()
    if kind == FeedKind.PERSONAL:
        feed.follows.set(follows)
    return feed, secret


@transaction.atomic
def change(
    feed: CalendarFeed, *, by: User, expected: int, name: str, follows: Iterable[Wheel] = (), **choice: Any
) -> None:
    """Choose otherwise, under the same address; StaleEdit, and nothing changed, where it is no longer at `expected`."""
    rows = CalendarFeed.objects.filter(pk=feed.pk, user=by, lock_version=expected)
    if not rows.update(name=name, **choice, lock_version=expected + 1, built_for=""):
        raise StaleEdit(CalendarFeed.objects.defer("body").get(pk=feed.pk))
    if feed.kind == FeedKind.PERSONAL:
        feed.follows.set(follows)


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
    """The subscription at an address, how far the store has come in its language, and what the logs say right now."""

    pk: int
    built_for: str
    built_at: int
    etag: str
    changed_at: datetime
    last_used_on: date | None
    language: str
    is_superuser: bool
    stamp: int
    stored_to: int | None
    newest: int

    def is_newest_stored(self, *, today: date) -> bool:
        """Whether it was joined for this reader and day, and nothing stored since then is shown in it."""
        key = _key(today, self.language, is_superuser=self.is_superuser)
        return self.newest <= self.built_at and self.built_for == key


# Written by hand: Django puts a query into words anew each time, which here costs as much as all the rest of it.
FIND: Final = f"""
    SELECT feed.id, feed.built_for, feed.built_at, feed.etag, feed.body_changed_at, feed.last_used_on,
        COALESCE(NULLIF(feed.language, ''), person.language) AS language, person.is_superuser, {LOGS.sql},
        (SELECT stamp FROM {StoredLanguage._meta.db_table} AS stored
            WHERE stored.language = COALESCE(NULLIF(feed.language, ''), person.language)),
        (SELECT COALESCE(MAX(scope.revision), 0) FROM {CalendarScope._meta.db_table} AS scope
            JOIN {CalendarFeed.scopes.through._meta.db_table} AS shown ON shown.calendarscope_id = scope.id
            WHERE shown.calendarfeed_id = feed.id)
    FROM {CalendarFeed._meta.db_table} AS feed JOIN {User._meta.db_table} AS person ON person.id = feed.user_id
    WHERE person.is_active AND feed.revoked_at IS NULL AND feed."""
BY_SECRET: Final = f"{FIND}secret_hash = %s"
BY_ID: Final = f"{FIND}id = %s"


def find(secret: str) -> Found | None:
    """The subscription that answers at this address; None for any other address, and for one that is withdrawn."""
    return _found(BY_SECRET, CalendarFeed.hash_of(secret))


def _found(sql: str, key: str | int) -> Found | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [key])
        row = cursor.fetchone()
    if row is None:
        return None
    found = Found(*row)
    # SQLite keeps moments as UTC without saying so.
    is_bare = found.changed_at is not None and timezone.is_naive(found.changed_at)
    return found._replace(changed_at=found.changed_at.replace(tzinfo=UTC)) if is_bare else found


@dataclass(frozen=True, slots=True)
class Answer:
    """What a subscription answers right now; `zipped` is None until the database has been asked for what it holds."""

    pk: int
    etag: str
    changed_at: datetime
    language: str
    zipped: bytes | None = None

    def whole(self) -> Answer:
        """With the calendar, gzipped, and the validators of just that one: another process may have put it there."""
        if self.zipped is not None:
            return self
        etag, changed_at, body = CalendarFeed.objects.values_list("etag", "body_changed_at", "body").get(pk=self.pk)
        assert changed_at is not None  # it was joined before this was asked
        return Answer(self.pk, etag, changed_at, self.language, bytes(body))


def answer(found: Found, *, today: date, now: datetime) -> Answer:
    """The calendar as it is now: what is kept where it is still right, else joined anew. Notes the day of use."""
    if found.last_used_on != today:
        CalendarFeed.objects.filter(pk=found.pk).update(last_used_on=today)
    if found.stamp != found.stored_to:
        # Something was changed somewhere, and nearly always in the calendars of others.
        catch_up(found.language, years_ahead(today=today))
        found = _found(BY_ID, found.pk) or found
    if found.is_newest_stored(today=today):
        return Answer(found.pk, found.etag, found.changed_at, found.language)
    return _join(found.pk, today=today, now=now)


def _key(today: date, language: str, *, is_superuser: bool) -> str:
    """What a calendar depends on besides its scopes: who reads it, and the day, since roles begin and end on days."""
    return f"{made_by()} {today} {language} {is_superuser}"


def _join(pk: int, *, today: date, now: datetime) -> Answer:
    """Join the entries and keep the whole, unless somebody else has just done so: then begin anew.

    The revision is read first of all. What is changed from there on has a later one, and is found by the next request.
    """
    feed = CalendarFeed.objects.select_related("user", "unit", "wheel").defer("body").get(pk=pk)
    language = language_of(feed)
    built_at = StoredLanguage.objects.values_list("revision", flat=True).get(language=language)
    calendar = calendar_of(feed, today=today)
    data = calendar.to_bytes()
    etag, changed_at, zipped = hashlib.sha256(data).hexdigest()[:32], feed.body_changed_at, None
    kept: dict[str, Any] = {
        "built_for": _key(today, language, is_superuser=feed.user.is_superuser),
        "built_at": built_at,
    }
    if changed_at is None or etag != feed.etag:
        # Last-Modified counts in seconds, and must differ where the calendar does.
        earliest = changed_at + timedelta(seconds=1) if changed_at else now
        changed_at = max(now.replace(microsecond=0), earliest.replace(microsecond=0))
        zipped = gzip.compress(data, compresslevel=6, mtime=0)
        kept |= {"body": zipped, "etag": etag, "body_changed_at": changed_at}
    if _keep(feed, kept, language, calendar.scopes):
        return Answer(pk, etag, changed_at, language, zipped)
    return _join(pk, today=today, now=now)


def _keep(feed: CalendarFeed, kept: dict[str, Any], language: str, names: frozenset[str]) -> bool:
    """Whether it could be kept: whoever has joined or changed it meanwhile may have left something newer."""
    as_read = {name: getattr(feed, name) for name in ("pk", "lock_version", "built_for", "built_at", "etag")}
    rows = CalendarFeed.objects.filter(**as_read)
    shown = {*CalendarScope.objects.filter(calendarfeed=feed, language=language).values_list("name", flat=True)}
    if shown == names:
        return bool(rows.update(**kept))
    scopes = known(language, names)
    with transaction.atomic():
        is_kept = bool(rows.update(**kept))
        if is_kept:
            feed.scopes.set(scopes)
    return is_kept


def language_of(feed: CalendarFeed) -> str:
    return feed.language or feed.user.language


def calendar_of(feed: CalendarFeed, *, today: date) -> OneCalendar:
    alarm = RINGS[Ringing(feed.ringing)] if feed.ringing else None
    choice = Choice(tuple(feed.kinds), has_done=feed.has_done, as_todo=feed.as_todo, alarm=alarm)
    with translation.override(language_of(feed)):
        if feed.unit is not None:
            return unit_calendar(feed.unit, reader=feed.user, today=today, choice=choice)
        if feed.wheel is not None:
            return wheel_calendar(feed.wheel, today=today, choice=choice)
        follows = feed.follows.values_list("pk", flat=True)
        return personal_calendar(feed.user, today=today, choice=choice, also=follows)


def catch_up_all(*, today: date) -> None:
    """Bring the entries up to date in every language that a subscription has."""
    chosen = CalendarFeed.objects.filter(revoked_at=None).order_by().values_list("language", "user__language")
    for language in sorted({own or of_person for own, of_person in chosen.distinct()}):
        catch_up(language, years_ahead(today=today))
