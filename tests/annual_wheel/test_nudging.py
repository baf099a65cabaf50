"""A friendly reminder: whom it reaches, one mail each in their own language, at most once a day for a unit."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from kombu.exceptions import OperationalError

from annual_wheel import nudging, opening, services, tasks
from annual_wheel.models import Nudge, NudgeMail, Task, Wheel
from config.lib.logs import without_secrets
from organisation.models import User
from tests import factories as make
from tests.cast import Cast

TODAY = date(2026, 3, 15)
NOW = datetime(2026, 3, 15, 11, tzinfo=UTC)
NUDGE = "/aarshjul/hf/2026/tavle/paaminnelse/"
SITE = "http://127.0.0.1:8000"


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


@pytest.fixture
def wheel(today: date, cast: Cast) -> Wheel:
    """Two things are late for each department, one of them already done by isl; imu has nobody."""
    wheel = make.wheel("hf", cast.hf, title="Hjulet")
    make.entry(wheel, cast.departments, key="lister", text="Pensumlister", month=3, when_words="1. mars")
    make.entry(wheel, cast.departments, key="nett", text="Nettsider", month=2, when_words="1. februar")
    make.entry(wheel, cast.departments, key="senere", text="Mottak", month=8, when_words="uke 33")
    opening.open_year(wheel, year=2026, by=cast.adviser, now=NOW, today=date(2026, 1, 1))
    services.tick(Task.objects.get(edition__entry__key="nett", unit=cast.isl), by=cast.coordinator, now=NOW)
    return wheel


def press(by: User, wheel: Wheel, capture: Any) -> nudging.Plan:
    with capture(execute=True):
        return nudging.nudge(wheel, 2026, by=by, now=NOW, today=TODAY)


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []
    monkeypatch.setattr(tasks.send_nudges, "delay", lambda: asked.append("asked"))
    return asked


def test_the_plan_names_each_person_once_with_all_their_units(cast: Cast, wheel: Wheel) -> None:
    plan = nudging.plan_of(wheel, 2026, by=cast.adviser, today=TODAY)
    (to,) = plan.addressees
    assert (to.user, to.units) == (cast.coordinator, ("IHK", "ISL"))
    assert [(task.edition.entry.key, task.unit.slug) for task in to.tasks] == [
        ("nett", "ihk"),
        ("lister", "ihk"),
        ("lister", "isl"),
    ]
    assert [unit.slug for unit in plan.nobody] == ["imu"]


def test_one_press_writes_one_mail_to_each_in_their_own_language(
    cast: Cast, wheel: Wheel, queue: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    User.objects.filter(pk=cast.coordinator.pk).update(language="en")
    make.user("imu@hf.example", ("contributor", cast.imu), name="Musiker")
    press(cast.adviser, wheel, django_capture_on_commit_callbacks)
    assert queue == ["asked"]
    assert nudging.send_waiting(clock=at(NOW)) == {"sent": 2}
    english, norwegian = sorted(mail.outbox, key=lambda sent: sent.to)
    assert (english.to, english.reply_to) == (["coordinator@hf.example"], ["adviser@hf.example"])
    assert english.subject == "Rød tråd: 2 things are waiting for you"
    assert [without_secrets(line) for line in str(norwegian.body).splitlines() if line][:10] == [
        "Hei, Musiker.",
        "Rådgiver minner om at fristen er passert for dette i Hjulet.",
        "* Nettsider",
        "  IMU, frist 1. februar (for 6 uker siden)",
        f"  {SITE}/aarshjul/punkt/nett/",
        f"  Gjort? Kvitter ut: {SITE}/e-post/gjort/…/",
        "* Pensumlister",
        "  IMU, frist 1. mars (for 2 uker siden)",
        f"  {SITE}/aarshjul/punkt/lister/",
        f"  Gjort? Kvitter ut: {SITE}/e-post/gjort/…/",
    ]
    assert nudging.send_waiting(clock=at(NOW)) == {}


def test_a_unit_is_reminded_at_most_once_a_day(
    cast: Cast, wheel: Wheel, queue: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    first = press(cast.adviser, wheel, django_capture_on_commit_callbacks)
    second = press(cast.dean, wheel, django_capture_on_commit_callbacks)
    assert [unit.slug for unit in first.units] == ["ihk", "isl"]
    assert (second.addressees, [unit.slug for unit in second.told]) == ([], ["ihk", "isl"])
    rows = Nudge.objects.values_list("unit__slug", "nudged_by__email").order_by("unit__slug")
    assert list(rows) == [("ihk", "adviser@hf.example"), ("isl", "adviser@hf.example")]
    assert NudgeMail.objects.count() == 1
    tomorrow = nudging.plan_of(wheel, 2026, by=cast.adviser, today=TODAY + timedelta(days=1))
    assert [unit.slug for unit in tomorrow.units] == ["ihk", "isl"]


def test_what_is_ticked_off_before_it_leaves_is_not_asked_for(
    cast: Cast, wheel: Wheel, queue: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    press(cast.adviser, wheel, django_capture_on_commit_callbacks)
    for task in Task.objects.filter(status="open", edition__due_on__lt=TODAY):
        services.tick(task, by=cast.adviser, now=NOW)
    assert nudging.send_waiting(clock=at(NOW)) == {"unneeded": 1}
    assert mail.outbox == []
    assert nudging.send_waiting(clock=at(NOW + timedelta(hours=1))) == {}


def test_a_mail_that_is_refused_is_tried_again(
    cast: Cast, wheel: Wheel, queue: list[str], django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(cast.adviser, wheel, django_capture_on_commit_callbacks)
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMultiAlternatives.send", lambda self: 1 / 0)
        assert nudging.send_waiting(clock=at(NOW)) == {"failed": 1}
    assert nudging.send_waiting(clock=at(NOW + timedelta(minutes=5))) == {}
    assert nudging.send_waiting(clock=at(NOW + timedelta(minutes=16))) == {"sent": 1}
    assert [sent.to for sent in mail.outbox] == [["coordinator@hf.example"]]


def test_where_the_queue_is_away_the_rows_stay_for_the_timetable(
    cast: Cast, wheel: Wheel, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def away() -> None:
        raise OperationalError

    monkeypatch.setattr(tasks.send_nudges, "delay", away)
    press(cast.adviser, wheel, django_capture_on_commit_callbacks)
    assert list(NudgeMail.objects.values_list("status", flat=True)) == ["queued"]


def test_the_page_says_who_gets_it_and_afterwards_who_got_it(
    cast: Cast, wheel: Wheel, queue: list[str], client: Client
) -> None:
    client.force_login(cast.adviser)
    asked = client.get(NUDGE).content.decode()
    assert "1 person får den" in asked
    assert "coordinator@hf.example" in asked
    assert "Ingen å skrive til der:" in asked
    board = client.post(NUDGE, follow=True).content.decode()
    assert "En vennlig påminnelse går til: Koordinator." in board
    assert "<strong>Koordinator</strong> (IHK, ISL)" in board
    again = client.get(NUDGE).content.decode()
    assert "Ingen å minne på noe nå" in again
    assert "Minnet på det i dag, og får ikke en til: Institutt for historiske og klassiske studier" in again
    assert "Ingen fikk noe nå" in client.post(NUDGE, follow=True).content.decode()


def test_only_those_who_edit_for_the_owner_see_the_button(cast: Cast, wheel: Wheel, client: Client) -> None:
    seen = {}
    for name in ("adviser", "reader", "dean"):
        client.force_login(cast.people[name])
        seen[name] = NUDGE in client.get("/aarshjul/hf/2026/tavle/").content.decode()
    assert seen == {"adviser": True, "reader": False, "dean": True}


def test_who_never_wants_daily_mail_is_still_asked_by_a_colleague(cast: Cast, wheel: Wheel) -> None:
    User.objects.filter(pk=cast.coordinator.pk).update(reminder_rhythm="never")
    assert [to.user for to in nudging.plan_of(wheel, 2026, by=cast.adviser, today=TODAY).addressees] == [
        cast.coordinator
    ]
