"""The ledger keeps its promise whatever the mail server does: one mail a day to each, and nobody left out."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.conf import settings as active
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection

from annual_wheel import handing_out, ledger, services, tasks
from annual_wheel.models import Edition, Reminder, ReminderRun
from config.lib.mail import Line
from organisation.models import User
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.smtp_server import SmtpServer

TODAY = date(2026, 4, 13)  # a Monday
MORNING = datetime(2026, 4, 13, 5, 0, tzinfo=UTC)  # seven o'clock in Oslo
TOLD = {"adviser@hf.example", "coordinator@hf.example"}


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def later(minutes: int) -> datetime:
    return MORNING + timedelta(minutes=minutes)


def send(moment: datetime = MORNING) -> dict[str, int]:
    """A tick of the timetable, and the work it hands out."""
    outcomes: Counter[str] = Counter()
    for part in handing_out.hand_out(now=moment):
        outcomes += handing_out.send_part(part, handed_out_at=moment, clock=at(moment))
    return dict(outcomes)


def rows() -> dict[str, tuple[str, int, int]]:
    """Each person's row today: status, attempts, attempts of unknown outcome."""
    found = Reminder.objects.filter(day=TODAY).select_related("user")
    return {row.user.email: (row.status, row.attempt_count, row.uncertain_count) for row in found}


def make_work(cast: Cast) -> Edition:
    """Something due for each department: two are the coordinator's, the third falls to the adviser."""
    wheel = make.wheel("hf", cast.hf)
    return make.edition(make.entry(wheel, cast.departments, text="Sjekk nettsidene", when_words="15. april"))


@pytest.fixture
def work(cast: Cast) -> Edition:
    return make_work(cast)


@pytest.fixture
def server(settings: Any) -> Iterator[SmtpServer]:
    with SmtpServer() as running:
        settings.EMAIL_BACKEND = "config.lib.mail.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", running.port, 5
        yield running


def test_each_gets_one_mail_a_day_however_often_it_is_asked_for(work: Edition, server: SmtpServer) -> None:
    assert send() == {"sent": 2}
    assert [send(later(minutes)) for minutes in (15, 300, 900)] == [{}, {}, {}]
    assert {to for to, _id in server.told} == TOLD
    assert len(server.told) == 2
    assert rows() == dict.fromkeys(TOLD, ("sent", 1, 0))
    assert send(later(24 * 60)) == {"sent": 2}


def test_a_monday_when_nobody_was_there_to_send_is_made_up_for_once(work: Edition, server: SmtpServer) -> None:
    User.objects.update(reminder_rhythm="weekly")
    Edition.objects.update(earliest_on=date(2026, 4, 1), latest_on=date(2026, 4, 30), due_on=date(2026, 4, 30))
    days = [later(day * 24 * 60) for day in (-3, 1, 2, 3)]
    assert [send(day) for day in days] == [{}, {"sent": 2}, {}, {}]
    assert len(server.told) == 2


def test_a_monday_that_was_gone_through_is_not_made_up_for(cast: Cast, server: SmtpServer) -> None:
    """Something new on a Tuesday waits for the next Monday, for those who have chosen one mail a week."""
    User.objects.update(reminder_rhythm="weekly")
    assert [send(later(day * 24 * 60)) for day in (-7, 0)] == [{}, {}]
    make_work(cast)
    Edition.objects.update(earliest_on=date(2026, 4, 1), latest_on=date(2026, 4, 30), due_on=date(2026, 4, 30))
    assert [send(later(day * 24 * 60)) for day in (1, 2, 7)] == [{}, {}, {"sent": 2}]


def test_each_gets_it_at_their_own_hour(work: Edition, cast: Cast, server: SmtpServer) -> None:
    User.objects.filter(pk=cast.adviser.pk).update(reminder_hour=12)
    assert [send(later(minutes)) for minutes in (0, 4 * 60 + 45, 5 * 60, 6 * 60)] == [{"sent": 1}, {}, {"sent": 1}, {}]
    assert [to for to, _id in server.told] == ["coordinator@hf.example", "adviser@hf.example"]


def test_a_monday_that_ended_before_ones_hour_is_made_up_for(work: Edition, cast: Cast, server: SmtpServer) -> None:
    """The machine fell at eight; whoever wants the week's mail at noon gets it on Tuesday."""
    User.objects.update(reminder_rhythm="weekly")
    User.objects.filter(pk=cast.adviser.pk).update(reminder_hour=12)
    Edition.objects.update(earliest_on=date(2026, 4, 1), latest_on=date(2026, 4, 30), due_on=date(2026, 4, 30))
    days = [later(-3 * 24 * 60), later(0), later(29 * 60), later(30 * 60)]
    assert [send(day) for day in days] == [{}, {"sent": 1}, {"sent": 1}, {}]
    assert [to for to, _id in server.told] == ["coordinator@hf.example", "adviser@hf.example"]


def test_what_is_urgent_breaks_the_week_once_for_those_who_want_it(
    work: Edition, cast: Cast, server: SmtpServer
) -> None:
    User.objects.update(reminder_rhythm="weekly")
    User.objects.filter(pk=cast.adviser.pk).update(is_told_at_once=False)
    assert send() == {"sent": 2}
    assert [send(later(day * 24 * 60)) for day in (1, 2, 3)] == [{"sent": 1}, {}, {}]
    assert [to for to, _id in server.told[2:]] == ["coordinator@hf.example"]


def test_nothing_leaves_before_seven_in_oslo(work: Edition, server: SmtpServer) -> None:
    assert send(later(-1)) == {}
    assert rows() == {}
    winter_seven = datetime(2026, 1, 12, 6, 0, tzinfo=UTC)
    Edition.objects.update(earliest_on=date(2026, 1, 14), latest_on=date(2026, 1, 14), due_on=date(2026, 1, 14))
    assert send(winter_seven - timedelta(minutes=1)) == {}
    assert send(winter_seven) == {"sent": 2}


@pytest.mark.parametrize(
    ("day", "hour"),  # the working days before and after the clock is changed, and seven in Oslo that day
    [("2026-03-27", 6), ("2026-03-30", 5), ("2026-10-23", 5), ("2026-10-26", 6)],
)
def test_ones_hour_is_the_clocks_on_both_sides_of_its_changes(
    work: Edition, server: SmtpServer, day: str, hour: int
) -> None:
    seven = datetime.combine(date.fromisoformat(day), time(hour), tzinfo=UTC)
    due = seven.date() + timedelta(days=2)
    Edition.objects.update(earliest_on=due, latest_on=due, due_on=due)
    assert [send(seven + timedelta(minutes=minutes)) for minutes in (-60, -1, 0, 60)] == [{}, {}, {"sent": 2}, {}]


def test_one_with_nothing_due_gets_nothing(cast: Cast, server: SmtpServer) -> None:
    assert send() == {}
    assert (rows(), server.told) == ({}, [])


def test_those_who_want_none_or_are_gone_get_none(work: Edition, cast: Cast, server: SmtpServer) -> None:
    User.objects.filter(pk=cast.adviser.pk).update(reminder_rhythm="never")
    User.objects.filter(pk=cast.coordinator.pk).update(is_active=False)
    assert send() == {}
    assert (rows(), server.told) == ({}, [])


def test_what_is_refused_is_tried_again_with_growing_pauses_and_a_bound(work: Edition, server: SmtpServer) -> None:
    server.fail("refuse")
    assert send() == {"failed": 2}
    assert rows() == dict.fromkeys(TOLD, ("failed", 1, 0))
    assert all("550" in error for error in Reminder.objects.values_list("error", flat=True))
    tried = [minutes for minutes in range(15, 16 * 60, 15) if send(later(minutes))]
    assert tried == [15, 45, 105, 225, 465]  # 15, 30, 60, 120 and 240 minutes apart
    assert rows() == dict.fromkeys(TOLD, ("failed", 6, 0))
    assert server.told == []


@pytest.mark.parametrize("fault", ["refuse", "reject", "drop_at_data"])
def test_a_mail_that_surely_failed_is_sent_once_when_it_can_be(work: Edition, server: SmtpServer, fault: str) -> None:
    server.fail(fault, times=2)
    send()
    assert rows() == dict.fromkeys(TOLD, ("failed", 1, 0))
    assert send(later(20)) == {"sent": 2}
    assert rows() == dict.fromkeys(TOLD, ("sent", 2, 0))
    assert sorted(to for to, _id in server.told) == sorted(TOLD)


def test_a_line_that_breaks_after_the_mail_was_handed_over_gives_one_double_with_the_same_id(
    work: Edition, server: SmtpServer
) -> None:
    server.fail("drop_after_data", times=1)
    assert send() == {"uncertain": 1, "sent": 1}
    assert sorted(rows().values()) == [("sent", 1, 0), ("uncertain", 1, 1)]
    assert send(later(10)) == {}
    assert send(later(15)) == {"sent": 1}
    assert sorted(rows().values()) == [("sent", 1, 0), ("sent", 2, 1)]
    doubled = [told for told in server.told if server.told.count(told) == 2]
    assert len(server.told) == 3
    assert len(set(doubled)) == 1


def test_a_server_that_never_answers_for_what_it_takes_gets_each_mail_twice_and_no_more(
    work: Edition, server: SmtpServer
) -> None:
    server.fail("drop_after_data")
    for minutes in range(0, 14 * 60, 15):
        send(later(minutes))
    assert rows() == dict.fromkeys(TOLD, ("uncertain", 2, 2))
    assert {told: server.told.count(told) for told in server.told} == {
        (row.user.email, row.message_id): 2 for row in Reminder.objects.select_related("user")
    }


def test_a_server_that_is_down_all_day_gives_one_mail_the_next_day(work: Edition, server: SmtpServer, settings) -> None:  # type: ignore[no-untyped-def]
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert [send(later(hours * 60)) for hours in range(9)] == [{"away": 2}] * 9
    assert rows() == dict.fromkeys(TOLD, ("failed", 0, 0))  # nobody was refused
    settings.EMAIL_PORT = port
    assert send(later(24 * 60)) == {"sent": 2}
    assert sorted(to for to, _id in server.told) == sorted(TOLD)


def test_a_run_gives_up_when_no_server_answers_and_leaves_the_rest(cast: Cast, settings) -> None:  # type: ignore[no-untyped-def]
    settings.EMAIL_BACKEND = "config.lib.mail.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    make_work(cast)
    for number in range(4):
        make.user(f"mer{number}@hf.example", ("contributor", cast.isl))
    assert send() == {"away": 3}
    assert len(rows()) == 3


def test_a_claim_whose_worker_died_is_taken_over_when_it_is_stale(work: Edition, server: SmtpServer) -> None:
    for planned in ledger.plan_day(ledger.people(), today=TODAY, now=MORNING):
        ledger._claim(planned, today=TODAY, now=MORNING)
    assert rows() == dict.fromkeys(TOLD, ("claimed", 1, 0))
    assert send(later(9)) == {}
    assert send(later(10)) == {"sent": 2}
    assert rows() == dict.fromkeys(TOLD, ("sent", 2, 1))
    assert sorted(server.told) == sorted((row.user.email, row.message_id) for row in Reminder.objects.all())


def test_a_worker_that_comes_back_late_does_not_overwrite_who_took_over(work: Edition, server: SmtpServer) -> None:
    planned = list(ledger.plan_day(ledger.people(), today=TODAY, now=MORNING))
    slow = ledger._claim(planned[0], today=TODAY, now=MORNING)
    assert slow is not None
    send(later(11))
    ledger.close(slow, ledger.ReminderStatus.FAILED, error="late")
    assert rows() == {planned[0].user.email: ("sent", 2, 1), planned[1].user.email: ("sent", 1, 0)}


def test_what_is_ticked_off_meanwhile_is_not_told_of_when_it_is_sent_again(
    work: Edition, cast: Cast, server: SmtpServer
) -> None:
    server.fail("refuse", times=2)
    send()
    for slug in ("isl", "imu"):
        services.tick(make.tasks_of(work)[slug], by=cast.adviser, now=later(5))
    assert send(later(20)) == {"sent": 1}
    (told,) = server.taken
    assert told["To"] == "coordinator@hf.example"
    text = told.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "IHK" in text
    assert "ISL" not in text
    assert [item["unit"] for item in Reminder.objects.get(user=cast.coordinator).items] == ["ihk"]


def test_a_leader_is_not_told_as_late_what_is_ticked_off_before_the_mail_leaves(cast: Cast) -> None:
    """The lists are made for many at once, and minutes may pass before the last of them leaves."""
    wheel = make.wheel("hf", cast.hf, escalates_after=1)
    done, left = (
        make.edition(make.entry(wheel, cast.isl, text=text, when_words="1. april")).tasks.get()
        for text in ("Gjort i siste liten", "Fortsatt åpent")
    )
    leader = make.user("leder@isl.example", ("leader", cast.isl))
    mails = ledger.plan_day([cast.coordinator, leader], today=TODAY, now=MORNING)
    assert next(mails).user == cast.coordinator
    services.tick(done, by=cast.coordinator, now=MORNING)
    (planned,) = mails
    assert planned.user == leader
    assert [item["task"] for item in planned.mail.items] == [left.pk]


def test_the_timetable_asks_every_quarter_of_an_hour_for_a_task_that_exists(
    work: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    from config.celery import app

    entry = active.CELERY_BEAT_SCHEDULE["reminders"]
    assert app.tasks[entry["task"]].name == tasks.send_reminders.name
    assert entry["schedule"].minute == {0, 15, 30, 45}
    queued: list[Any] = []
    monkeypatch.setattr(tasks.send_part, "apply_async", lambda args, expires: queued.append(args))
    monkeypatch.setattr(tasks.send_nudges, "apply_async", lambda expires: None)
    monkeypatch.setattr("django.utils.timezone.now", at(MORNING))
    monkeypatch.setattr(
        handing_out.send_part, "__kwdefaults__", {**(handing_out.send_part.__kwdefaults__ or {}), "clock": at(MORNING)}
    )
    tasks.send_reminders()
    tasks.send_reminders()  # a second timetable, in the same moment
    (part,) = queued
    tasks.send_part(*json.loads(json.dumps(part)))
    assert {message.to[0] for message in mail.outbox} == TOLD


def test_of_two_timetables_that_tick_at_once_one_hands_out(work: Edition) -> None:
    assert [len(part) for part in handing_out.hand_out(now=MORNING)] == [6]
    assert handing_out.hand_out(now=MORNING + timedelta(seconds=59)) == []
    assert [len(part) for part in handing_out.hand_out(now=later(1))] == [6]  # nobody has worked on it


def test_a_day_that_is_gone_through_is_not_gone_through_again_but_for_those_whose_hour_comes(
    work: Edition, cast: Cast, server: SmtpServer
) -> None:
    User.objects.filter(pk__in=(cast.dean.pk, cast.adviser.pk)).update(reminder_hour=9)
    server.fail("refuse", times=1)
    assert send() == {"failed": 1}
    run = ReminderRun.objects.get()
    assert (run.finished_at, run.part_count, run.done_count) == (MORNING, 1, 1)
    handed = {minutes: handing_out.hand_out(now=later(minutes)) for minutes in (2, 15)}
    assert handed == {2: [], 15: [[cast.coordinator.pk]]}  # what failed is tried again when its pause is over
    for part in handed[15]:
        handing_out.send_part(part, handed_out_at=later(15), clock=at(later(15)))
    assert [sorted(part) for part in handing_out.hand_out(now=later(120))] == [sorted((cast.adviser.pk, cast.dean.pk))]


def test_people_are_handed_out_in_parts_with_those_of_a_unit_together(
    work: Edition, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_out, "PART", 3)
    at_imu = {make.user(f"{number}@imu.example", ("contributor", cast.imu)).pk for number in range(3)}
    parts = handing_out.hand_out(now=MORNING)
    assert [len(part) for part in parts] == [3, 3, 3]
    assert set(parts[-1]) == at_imu
    for part in parts[:-1]:
        handing_out.send_part(part, handed_out_at=MORNING, clock=at(MORNING))
    assert ReminderRun.objects.get().finished_at is None
    handing_out.send_part(parts[-1], handed_out_at=MORNING, clock=at(MORNING))
    assert ReminderRun.objects.get().finished_at == MORNING


def test_a_part_that_comes_a_day_late_or_has_no_time_left_says_so(
    work: Edition, server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    (part,) = handing_out.hand_out(now=MORNING)
    assert handing_out.send_part(part, handed_out_at=MORNING, clock=at(later(24 * 60))) == {}
    monkeypatch.setattr(handing_out, "PART_SECONDS", -1.0)
    assert handing_out.send_part(part, handed_out_at=MORNING, clock=at(MORNING)) == {"sent": 1}
    assert ReminderRun.objects.get().finished_at is None
    monkeypatch.undo()
    assert send(later(15)) == {"sent": 1}
    assert ReminderRun.objects.get().finished_at == later(15)


def test_a_line_that_the_server_has_left_between_two_mails_is_opened_anew(cast: Cast, server: SmtpServer) -> None:
    with Line() as line:
        for number in range(3):
            line.send(EmailMessage(f"{number}", "Hei", to=["a@b.example"]))
            server.hang_up()
    assert [message["Subject"] for message in server.taken] == ["0", "1", "2"]
    assert server.line_count == 3
    with Line() as line:
        for number in range(3):
            line.send(EmailMessage(f"{number}", "Hei", to=["a@b.example"]))
    assert server.line_count == 4


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_send_each_mail_once(server: SmtpServer) -> None:
    cast = make_cast()
    make_work(cast)
    people = {make.user(f"mer{number}@hf.example", ("contributor", cast.isl)).email for number in range(8)} | TOLD
    outcomes: list[dict[str, int]] = []
    start = threading.Barrier(4)

    def work_for_a_while() -> None:
        start.wait()
        outcomes.append(dict(ledger.send_day(today=TODAY, clock=at(MORNING))))
        connection.close()

    workers = [threading.Thread(target=work_for_a_while) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(to for to, _id in server.told) == sorted(people)
    assert sum(outcome.get("sent", 0) for outcome in outcomes) == len(people)
    assert rows() == dict.fromkeys(people, ("sent", 1, 0))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_with_a_mail_in_hand_costs_at_most_one_double(server: SmtpServer) -> None:
    make_work(make_cast())
    server.fail("stall", times=1)
    worker = start_worker(server.port)
    try:
        assert server.stalled.wait(timeout=30)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert sorted(rows().values()) == [("claimed", 1, 0)]
    assert send(later(5)) == {"sent": 1}  # the other person's
    assert send(later(11)) == {"sent": 1}
    assert sorted(rows().values()) == [("sent", 1, 0), ("sent", 2, 1)]
    assert {to for to, _id in server.told} == TOLD
    assert len(server.told) == 3
    assert len(set(server.told)) == 2


def start_worker(port: int) -> subprocess.Popen[bytes]:
    """A process of its own that sends the day's reminders through the server on the port."""
    at_work = (
        "import django; django.setup()\n"
        "from datetime import datetime, UTC\n"
        "from annual_wheel import handing_out\n"
        f"now = datetime.fromisoformat({MORNING.isoformat()!r})\n"
        "for part in handing_out.hand_out(now=now):\n"
        "    handing_out.send_part(part, handed_out_at=now, clock=lambda: now)\n"
    )
    to = active.DATABASES["default"]
    server, name = f"{to['HOST']}:{to['PORT'] or 5432}", connection.settings_dict["NAME"]
    url = f"postgresql://{to['USER']}:{to['PASSWORD']}@{server}/{name}"
    env = {**os.environ, "DATABASE_URL": url, "EMAIL_URL": f"smtp://127.0.0.1:{port}"}
    env["DJANGO_SETTINGS_MODULE"] = "config.settings"
    return subprocess.Popen([sys.executable, "-c", at_work], env=env, cwd=active.BASE_DIR)
