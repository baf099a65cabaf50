"""A query that is worded once gives the rows that its queryset gives, whatever it is asked."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, connections
from django.db.models import Count, QuerySet
from django.utils import timezone

from config.lib.ready_query import ReadyColumns, ReadyQuery
from organisation.models import Membership, User
from organisation.permissions import Role
from tests.cast import Cast

TODAY = date(2026, 11, 16)


def held(*, user: int, day: date) -> QuerySet[Membership]:
    rows = Membership.objects.on(day).filter(user=user).exclude(role=Role.READER)
    return rows.select_related("unit", "through__user").order_by("unit__name", "pk")


def query() -> ReadyQuery[Membership]:
    return ReadyQuery(held, user=int, day=date)


def facts(membership: Membership) -> tuple[Any, ...]:
    """Every value of the row and of those joined to it; a joined row that is missing is asked for like any other."""
    through = membership.through
    joined = (membership.unit, through, through and through.user)
    return (values(membership), *(row and values(row) for row in joined))


def values(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.fixture
def lent(cast: Cast) -> Membership:
    """A role that one of the cast holds through another's, for a week."""
    own = Membership.objects.get(user=cast.adviser)
    return Membership.objects.create(
        user=cast.coordinator,
        unit=own.unit,
        role=own.role,
        through=own,
        from_on=TODAY,
        to_on=TODAY + timedelta(days=7),
    )


@pytest.mark.django_db
class TestReadyQuery:
    def test_gives_the_rows_of_its_queryset_for_every_value(self, cast: Cast, lent: Membership) -> None:
        ready = query()
        asked = [
            (user, day)
            for user in User.objects.values_list("pk", flat=True)
            for day in (TODAY, TODAY + timedelta(days=8), date(1990, 1, 1))
        ]

        found = {at: ready.rows(user=at[0], day=at[1]) for at in asked}

        assert {at: [facts(row) for row in rows] for at, rows in found.items()} == {
            (user, day): [facts(row) for row in held(user=user, day=day)] for user, day in asked
        }
        assert lent in found[cast.coordinator.pk, TODAY]
        assert lent not in found[cast.coordinator.pk, TODAY + timedelta(days=8)]

    def test_asks_once_also_for_what_is_joined(
        self, cast: Cast, lent: Membership, django_assert_num_queries: Callable[..., Any]
    ) -> None:
        ready = query()

        with django_assert_num_queries(1):
            said = [(str(row.unit), str(row.through.user)) for row in asked(ready, cast) if row.through]

        assert said == [(str(lent.unit), str(cast.adviser))]

    def test_its_rows_can_be_changed_and_saved(self, cast: Cast, lent: Membership) -> None:
        row = next(row for row in asked(query(), cast) if row == lent)
        row.to_on = TODAY

        row.save()

        lent.refresh_from_db()
        assert lent.to_on == TODAY

    def test_refuses_a_queryset_that_does_not_use_a_value(self, cast: Cast) -> None:
        ready = ReadyQuery(lambda *, user, day: Membership.objects.filter(user=user), user=int, day=date)

        with pytest.raises(ValueError, match="every value"):
            ready.rows(user=cast.adviser.pk, day=TODAY)


@pytest.mark.django_db(transaction=True)
def test_asks_by_the_connection_of_its_own_thread(cast: Cast) -> None:
    ready, found = query(), list[Membership]()
    expected = asked(ready, cast)

    def ask() -> None:
        try:
            found.extend(asked(ready, cast))
            str(found[0].unit.parent)  # what is not joined is asked for by this thread's connection
        finally:
            connections.close_all()

    thread = Thread(target=ask)
    thread.start()
    thread.join()

    assert found == expected
    assert connection.is_usable()


def asked(ready: ReadyQuery[Membership], cast: Cast) -> list[Membership]:
    return ready.rows(user=cast.coordinator.pk, day=TODAY)


@pytest.mark.django_db
def test_takes_words_and_moments_too() -> None:
    now = timezone.now()
    ready = ReadyQuery(
        lambda *, key, now: Session.objects.filter(session_key=key, expire_date__gt=now), key=str, now=datetime
    )
    for key, hours in (("standing", 1), ("ended", -1), ("other", 1)):
        Session.objects.create(session_key=key, session_data=key, expire_date=now + timedelta(hours=hours))

    found = {key: [row.session_data for row in ready.rows(key=key, now=now)] for key in ("standing", "ended", "none")}

    assert found == {"standing": ["standing"], "ended": [], "none": []}
    assert [row.expire_date for row in ready.rows(key="other", now=now)] == [now + timedelta(hours=1)]


def counted(*, unit: int, day: date) -> QuerySet[Membership, Any]:
    rows = Membership.objects.on(day).filter(unit=unit).order_by("role")
    return rows.values_list("role", "from_on").annotate(Count("pk"))


@pytest.mark.django_db
def test_columns_are_those_of_the_queryset(cast: Cast, lent: Membership) -> None:
    ready = ReadyColumns(counted, unit=int, day=date)
    for unit in (cast.hf.pk, cast.ihk.pk, 0):
        for day in (TODAY, TODAY + timedelta(days=30)):
            found = [tuple(row) for row in ready.rows(unit=unit, day=day)]
            assert found == list(counted(unit=unit, day=day))
    assert [tuple(row[1:]) for row in ready.rows(unit=cast.hf.pk, day=TODAY) if row[1]] == [(TODAY, 1)]
