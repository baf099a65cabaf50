"""A calendar is joined anew when something it can show has changed, and only then, whoever changed it."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annual_wheel import feeds, handing, services
from annual_wheel.models import CalendarFeed, CalendarScope, Wheel
from organisation.models import Membership, Unit, User
from tests import factories as make
from tests.annual_wheel.test_event_store import NOW, SEEN, TODAY, Act, Year, change, make_year, save
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.usefixtures("today")


def subscriptions(year: Year) -> dict[str, dict[str, Any]]:
    """One of each kind, by people who may see much and little."""
    cast = year.cast
    return {
        "coordinator": {"by": cast.coordinator},
        "adviser": {"by": cast.adviser},
        "reader": {"by": cast.reader},
        "outsider": {"by": cast.outsider},
        "outsider follows": {"by": cast.outsider, "follows": [year.wheel]},
        "ihk by adviser": {"by": cast.adviser, "unit": cast.ihk},
        "isl by coordinator": {"by": cast.coordinator, "unit": cast.isl},
        "imu by coordinator": {"by": cast.coordinator, "unit": cast.imu},
        "wheel": {"by": cast.outsider, "wheel": year.wheel},
        "wheel in English": {"by": cast.reader, "wheel": year.wheel, "language": "en"},
    }


def subscribe(chosen: dict[str, Any]) -> tuple[CalendarFeed, str]:
    feed, secret = feeds.subscribe(**{"name": "telefonen", "unit": None, **chosen})
    return feed, f"/kalender/{secret}.ics"


@pytest.fixture
def year(cast: Cast) -> Year:
    return make_year(cast)


def read(address: str) -> bytes:
    response = Client().get(address)
    assert response.status_code == 200
    return bytes(response.content)


def lend(year: Year) -> None:
    """The outsider stands in for the coordinator at ISL."""
    own = Membership.objects.get(user=year.cast.coordinator, unit=year.cast.isl)
    Membership.objects.create(
        user=year.cast.outsider, unit=own.unit, role=own.role, through=own,
        from_on=TODAY, to_on=TODAY + timedelta(days=9),
    )  # fmt: skip


def lend_and_leave(year: Year) -> None:
    lend(year)
    for address in year.addresses.values():
        read(address)
    save(User.objects.get(pk=year.cast.coordinator.pk), is_active=False)


def share_no_more(year: Year) -> None:
    year.task("hf", "one").shared_with.remove(year.cast.isl)


ACTS: dict[str, Act] = {
    **SEEN,
    "lent roles": lend,
    "lent roles of one who leaves": lend_and_leave,
    "shared with one less": share_no_more,
    "given to a person": lambda y: handing.hand_to(y.task("imu"), y.cast.reader, by=y.cast.adviser),
    "another owner": lambda y: save(y.wheel, owner=Unit.objects.get(slug="nv")),
    "a new wheel above": lambda y: make.edition(
        make.entry(make.wheel("uni", y.cast.university), kind="deadline", ticks="none", text="Frist for alle")
    ),
    "a year more": lambda y: make.edition(y.entry("deadline"), 2027),
}


@pytest.mark.parametrize("name", ACTS)
def test_after_every_act_each_calendar_is_as_one_that_is_joined_now(year: Year, name: str) -> None:
    made = {whose: subscribe(chosen) for whose, chosen in subscriptions(year).items()}
    year.addresses = {whose: address for whose, (_feed, address) in made.items()}
    for address in year.addresses.values():
        read(address)
    ACTS[name](year)
    leavers = set(User.objects.filter(is_active=False).values_list("pk", flat=True))
    after = {whose: read(address) for whose, (feed, address) in made.items() if feed.user_id not in leavers}
    CalendarFeed.objects.update(built_for="")
    assert {whose: read(made[whose][1]) for whose in after} == after


def joined(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The subscriptions that are joined anew, from now on."""
    found: list[int] = []
    join = feeds._join

    def counted(pk: int, **when: Any) -> feeds.Answer:
        found.append(pk)
        return join(pk, **when)

    monkeypatch.setattr(feeds, "_join", counted)
    return found


TOUCHES: dict[str, tuple[Act, set[str]]] = {
    "a tick": (SEEN["tick"], {"coordinator", "ihk by adviser"}),
    "a date that is moved": (SEEN["move what another follows"], {*"coordinator adviser reader wheel".split(),
        "outsider follows", "ihk by adviser", "isl by coordinator", "imu by coordinator", "wheel in English"}),
    "a role": (SEEN["a role taken away"], {"coordinator", "isl by coordinator", "imu by coordinator"}),
    "an edition elsewhere": (lambda y: make.edition(make.entry(Wheel.objects.get(slug="nv"), kind="event")),
                             {"outsider", "outsider follows"}),
    "the profile of somebody": (lambda y: save(User.objects.get(pk=y.cast.reader.pk), name="Ny"), {"reader"}),
}  # fmt: skip


@pytest.mark.parametrize("name", TOUCHES)
def test_only_the_calendars_that_can_show_a_change_are_joined_anew(
    year: Year, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    act, touched = TOUCHES[name]
    make.wheel("nv", Unit.objects.get(slug="nv"))
    made = {whose: subscribe(chosen) for whose, chosen in subscriptions(year).items()}
    tags = {whose: Client().get(address).headers["ETag"] for whose, (_feed, address) in made.items()}
    found = joined(monkeypatch)
    act(year)
    for whose, (_feed, address) in made.items():
        Client().get(address, headers={"If-None-Match": tags[whose]})
    names = {feed.pk: whose for whose, (feed, _address) in made.items()}
    assert {names[pk] for pk in found} == touched


def test_a_change_elsewhere_costs_the_first_who_asks_and_nobody_else(
    year: Year, django_assert_num_queries: Callable[[int], Any]
) -> None:
    _feed, address = subscribe({"by": year.cast.adviser, "unit": year.cast.imu})
    first = Client().get(address)
    same = {"If-None-Match": first.headers["ETag"]}
    services.tick(year.task("ihk"), by=year.cast.coordinator, now=NOW)
    assert Client().get(address, headers=same).status_code == 304
    with django_assert_num_queries(1):
        assert Client().get(address, headers=same).status_code == 304


def test_a_304_touches_no_table_of_content(year: Year) -> None:
    _feed, address = subscribe({"by": year.cast.coordinator})
    tag = Client().get(address).headers["ETag"]
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(address, headers={"If-None-Match": tag}).status_code == 304
    (asked,) = [query["sql"] for query in queries]
    for table in ("annual_wheel_storedevent", "annual_wheel_task", "annual_wheel_edition", "annual_wheel_entry",
                  "organisation_membership", "organisation_unit"):  # fmt: skip
        assert f"{table} " not in asked
        assert f'"{table}"' not in asked


def test_what_was_last_seen_of_a_scope_is_counted_up(year: Year) -> None:
    read(year.address)
    before = dict(CalendarScope.objects.values_list("name", "revision"))
    change(year, "deadline", services.move, words="20. mai")
    read(year.address)
    after = dict(CalendarScope.objects.values_list("name", "revision"))
    assert {name for name in after if after[name] != before.get(name)} == {f"wheel {year.wheel.pk}"}
    assert after[f"wheel {year.wheel.pk}"] > max(before.values())


def elsewhere(act: Callable[[], object]) -> None:
    """Do this in a thread of its own, which has a connection of its own."""

    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(20)
    assert not thread.is_alive()


def is_of_its_body(response: Any) -> bool:
    data = gzip.decompress(response.content) if "Content-Encoding" in response.headers else response.content
    return response.headers["ETag"].strip('"').removesuffix("-gzip") == hashlib.sha256(data).hexdigest()[:32]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_the_etag_is_that_of_the_body_also_when_another_process_joins_in_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    year = make_year(make_cast())
    read(year.address)
    whole = feeds.Answer.whole

    def changed_just_now(answer: feeds.Answer) -> feeds.Answer:
        monkeypatch.setattr(feeds.Answer, "whole", whole)
        elsewhere(lambda: change(year, "deadline", services.move, words="20. mai"))
        elsewhere(lambda: read(year.address))
        return whole(answer)

    monkeypatch.setattr(feeds.Answer, "whole", changed_just_now)
    response = Client().get(year.address)
    assert b"DTSTART;VALUE=DATE:20260520" in response.content
    assert is_of_its_body(response)
    again = Client().get(year.address, headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["Last-Modified"] == response.headers["Last-Modified"]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_one_who_was_slow_to_join_does_not_put_something_older_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """The slow one has read what stood; somebody moves a date, another process joins, and then the slow one is done."""
    year = make_year(make_cast())
    read(year.address)
    services.tick(year.task(), by=year.cast.coordinator, now=timezone.now())
    keep, seen = feeds._keep, []

    def slowly(*told: Any) -> bool:
        monkeypatch.setattr(feeds, "_keep", keep)
        elsewhere(lambda: change(year, "deadline", services.move, words="20. mai"))
        elsewhere(lambda: seen.append(Client().get(year.address)))
        return keep(*told)

    monkeypatch.setattr(feeds, "_keep", slowly)
    slow = Client().get(year.address)
    assert b"DTSTART;VALUE=DATE:20260520" in slow.content
    assert is_of_its_body(slow)
    after = Client().get(year.address)
    assert (after.content, after.headers["ETag"]) == (seen[0].content, seen[0].headers["ETag"])
    assert after.headers["Last-Modified"] == seen[0].headers["Last-Modified"]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_what_was_joined_before_the_choices_were_changed_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    year = make_year(make_cast())
    feed, address = subscribe({"by": year.cast.coordinator})
    keep = feeds._keep

    def slowly(*told: Any) -> bool:
        monkeypatch.setattr(feeds, "_keep", keep)
        chosen: dict[str, Any] = {"name": "ny", "kinds": ["deadline"], "expected": 1}
        elsewhere(lambda: feeds.change(feed, by=year.cast.coordinator, **chosen))
        return keep(*told)

    monkeypatch.setattr(feeds, "_keep", slowly)
    assert read(address).count(b"BEGIN:VEVENT") == 2
    assert read(address).count(b"BEGIN:VEVENT") == 2


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_eight_who_ask_while_dates_move_see_a_calendar_with_its_own_etag() -> None:
    year = make_year(make_cast())
    read(year.address)
    wrong: list[object] = []

    def ask() -> None:
        for _ in range(6):
            response = Client().get(year.address, headers={"Accept-Encoding": "gzip"})
            if response.status_code != 200 or not is_of_its_body(response):
                wrong.append(response.status_code)
        connection.close()

    workers = [threading.Thread(target=ask) for _ in range(8)]
    for worker in workers:
        worker.start()
    for day in range(10, 20):
        change(year, "deadline", services.move, words=f"{day}. mai")
    for worker in workers:
        worker.join()
    assert wrong == []
    assert b"DTSTART;VALUE=DATE:20260519" in read(year.address)
