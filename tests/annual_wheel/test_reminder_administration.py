"""Reminders for administrators: the ledger searched, what was given up, how it stands, and a look beforehand."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client

from annual_wheel import ledger_search, nudging, tasks
from annual_wheel.models import NudgeMail, Reminder, ReminderRun
from organisation.models import User
from tests import factories as make
from tests.cast import Cast

TODAY = date(2026, 3, 16)  # a Monday
NOW = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)  # ten o'clock in Oslo


@pytest.fixture
def admin(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr("config.lib.clock.today", lambda: TODAY)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    client.force_login(cast.administrator)
    return client


def row(user: User, day: date = TODAY, status: str = "sent", **fields: Any) -> Reminder:
    defaults = {
        "subject": "Rød tråd: 1 er forsinket",
        "message_id": f"<{user.pk}.{day}@test>",
        "claimed_at": NOW,
        "sent_at": NOW if status == "sent" else None,
        "attempt_count": 1,
    }
    return Reminder.objects.create(user=user, day=day, status=status, **{**defaults, **fields})


def shown(client: Client, query: str = "") -> list[tuple[str, str]]:
    page = BeautifulSoup(client.get(f"/administrasjon/paaminnelser/{query}").content, "html.parser")
    cells = [[cell.text for cell in line.select("td")] for line in page.select("tbody tr")]
    return [(to, status) for to, _day, status, _attempts in cells]


def facts(client: Client, url: str = "/administrasjon/paaminnelser/") -> dict[str, str]:
    page = BeautifulSoup(client.get(url).content, "html.parser")
    return {
        str(term.text): " ".join(told.text.split())
        for term, told in zip(page.select("main dt"), page.select("main dd"), strict=True)
    }


def test_the_ledger_is_searched_by_name_address_subject_id_status_and_day(cast: Cast, admin: Client) -> None:
    row(cast.coordinator)
    row(cast.coordinator, TODAY - timedelta(days=3), "failed")
    row(cast.adviser, TODAY, "uncertain", subject="Rød tråd: 2 har frist snart", uncertain_count=1)
    everything = [("Rådgiver", "usikkert"), ("Koordinator", "sendt"), ("Koordinator", "mislyktes")]
    assert shown(admin) == everything
    assert shown(admin, "?sok=koord") == shown(admin, "?sok=coordinator@hf") == everything[1:]
    assert shown(admin, "?sok=frist+snart") == everything[:1]
    assert shown(admin, f"?sok=<{cast.coordinator.pk}.{TODAY}@test>") == everything[1:2]
    assert shown(admin, "?status=sent") == everything[1:2]
    assert shown(admin, "?dag=2026-03-13") == everything[2:]
    assert shown(admin, "?dag=i+morgen&status=hva&slag=annet") == everything
    assert shown(admin, "?slag=vennlig") == []


def test_what_was_given_up_is_gathered(cast: Cast, admin: Client) -> None:
    """Out of attempts, never answered for, or left from a day that is over; not what will be tried again."""
    row(cast.adviser, TODAY, "failed", attempt_count=6, error="550 nobody here")
    row(cast.coordinator, TODAY, "failed", attempt_count=2)
    row(cast.dean, TODAY, "uncertain", attempt_count=2, uncertain_count=2)
    row(cast.reader, TODAY - timedelta(days=3), "claimed")
    row(cast.outsider, TODAY, "claimed")
    given_up = [("Dekan", "usikkert"), ("Rådgiver", "mislyktes"), ("Ansatt", "under sending")]
    assert shown(admin, "?status=gitt-opp") == given_up
    assert facts(admin)["Gitt opp de siste to ukene"] == "3 daglige"
    assert facts(admin)["I dag"] == "2 e-poster venter"


def test_one_mail_says_how_it_went_and_what_stood_in_it(cast: Cast, admin: Client) -> None:
    items = [{"text": "Sjekk nettsidene", "unit": "isl", "url": "http://127.0.0.1:8000/x/"}]
    failed = row(cast.coordinator, TODAY, "failed", attempt_count=6, error="550 nobody here", items=items)
    address = f"/administrasjon/paaminnelser/paaminnelse/{failed.pk}/"
    assert facts(admin, address) == {
        "Til": "Koordinator <coordinator@hf.example>",
        "Dag": "16. mars 2026",
        "Status": "mislyktes, gitt opp",
        "Siste forsøk": "16. mars 2026 kl. 10.00",
        "Forsøk": "6",
        "Meldings-ID": failed.message_id,
        "Feil": "550 nobody here",
    }
    page = BeautifulSoup(admin.get(address).content, "html.parser")
    assert [(link.text, link["href"]) for link in page.select(".rows a")] == [
        ("Sjekk nettsidene", "http://127.0.0.1:8000/x/")
    ]


def nudge_mail(cast: Cast, **fields: Any) -> NudgeMail:
    """A friendly reminder to the coordinator of something that is late, which was tried six times in vain."""
    wheel = make.wheel("hf", cast.hf)
    task = make.edition(make.entry(wheel, cast.isl, text="Nettsider", when_words="1. mars")).tasks.get()
    given = {"day": TODAY, "claimed_at": NOW, "message_id": "<n@test>", "status": "failed", "attempt_count": 6}
    row = {
        "wheel": wheel,
        "user": cast.coordinator,
        "asked_by": cast.adviser,
        "items": [{"task": task.pk, "unit": "isl"}],
    }
    return NudgeMail.objects.create(**{**row, **given, **fields})


AGAIN = "/administrasjon/paaminnelser/vennlig/{}/paa-nytt/"
LOST = "/administrasjon/paaminnelser/?slag=vennlig&status=gitt-opp"


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"status": "uncertain", "attempt_count": 2, "uncertain_count": 2},
        {"day": TODAY - timedelta(days=4), "attempt_count": 1},
    ],
    ids=["out of attempts", "never answered for", "left from a day that is over"],
)
def test_a_friendly_reminder_that_was_given_up_is_sent_again_from_the_list(
    cast: Cast, admin: Client, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch, how: Any
) -> None:
    monkeypatch.setattr(tasks.send_nudges, "delay", lambda: nudging.send_waiting(clock=lambda: NOW))
    lost = nudge_mail(cast, **how)
    assert facts(admin)["Gitt opp de siste to ukene"] == "1 bedt om"
    page = BeautifulSoup(admin.get(LOST).content, "html.parser")
    assert [form["action"] for form in page.select("#list form")] == [AGAIN.format(lost.pk)]
    with django_capture_on_commit_callbacks(execute=True):
        answer = admin.post(AGAIN.format(lost.pk), follow=True)
    assert answer.redirect_chain == [(LOST, 302)]
    assert "E-posten til Koordinator sendes på nytt." in answer.content.decode()
    lost.refresh_from_db()
    assert (lost.status, lost.message_id) == ("sent", "<n@test>")
    assert [(sent.to, sent.extra_headers["Message-ID"]) for sent in mail.outbox] == [
        (["coordinator@hf.example"], "<n@test>")
    ]
    with django_capture_on_commit_callbacks(execute=True):
        answer = admin.post(AGAIN.format(lost.pk), follow=True)
    assert "E-posten til Koordinator er ikke lenger gitt opp." in answer.content.decode()
    assert len(mail.outbox) == 1


def test_what_will_be_tried_again_and_what_is_daily_has_no_button(cast: Cast, admin: Client) -> None:
    waits, daily = nudge_mail(cast, attempt_count=2), row(cast.dean, TODAY, "failed", attempt_count=6)
    for address in (f"vennlig/{waits.pk}/", f"paaminnelse/{daily.pk}/", "?status=gitt-opp", "?slag=vennlig"):
        page = BeautifulSoup(admin.get(f"/administrasjon/paaminnelser/{address}").content, "html.parser")
        assert page.select("main form[method=post]") == []
    hint = "Det som fortsatt gjelder, står i den neste påminnelsen."
    assert hint in admin.get(f"/administrasjon/paaminnelser/paaminnelse/{daily.pk}/").content.decode()
    NudgeMail.objects.update(attempt_count=6)
    page = BeautifulSoup(admin.get(f"/administrasjon/paaminnelser/vennlig/{waits.pk}/").content, "html.parser")
    assert [form["action"] for form in page.select("main form[method=post]")] == [AGAIN.format(waits.pk)]


def test_an_administrator_of_one_faculty_sees_its_own_people_alone(cast: Cast, admin: Client) -> None:
    own, other = row(cast.coordinator), row(cast.outsider)
    local = make.user("lokal@hf.example", ("administrator", cast.hf))
    admin.force_login(local)
    assert shown(admin) == [("Koordinator", "sendt")]
    found = [admin.get(f"/administrasjon/paaminnelser/paaminnelse/{each.pk}/").status_code for each in (own, other)]
    assert found == [200, 404]
    assert facts_of_preview(admin, "adviser@nv.example") == "Ingen har denne adressen blant dem du administrerer."


@pytest.mark.parametrize(
    ("last", "now", "is_behind"),
    [
        (None, NOW, True),
        (NOW - timedelta(minutes=15), NOW, False),
        (NOW - timedelta(hours=1), NOW, True),
        (NOW - timedelta(days=3), datetime(2026, 3, 16, 6, 30, tzinfo=UTC), False),  # half past seven
        (NOW - timedelta(days=3), NOW - timedelta(days=1), False),  # Sunday
    ],
)
def test_it_is_said_when_nobody_has_gone_through_the_day(
    db: None, last: datetime | None, now: datetime, is_behind: bool
) -> None:
    if last:
        ReminderRun.objects.create(day=last.date(), finished_at=last)
    found = ledger_search.health(now=now)
    assert (found.is_behind, bool(found.warning)) == (is_behind, is_behind)


def facts_of_preview(client: Client, who: str, day: str = "2026-03-16") -> str:
    page = client.get("/administrasjon/paaminnelser/forhandsvis/", {"til": who, "dag": day})
    found = BeautifulSoup(page.content, "html.parser").select_one("main section, main .notice")
    return " ".join(found.text.split()) if found else ""


def test_a_mail_is_looked_at_beforehand_and_its_links_act_for_nobody(cast: Cast, admin: Client) -> None:
    wheel = make.wheel("hf", cast.hf)
    make.edition(make.entry(wheel, cast.isl, key="nett", text="Sjekk nettsidene", when_words="18. mars"))
    told = facts_of_preview(admin, "coordinator@hf.example")
    assert told.startswith("Rød tråd: 1 har frist snart coordinator@hf.example16. mars 2026")
    assert "/e-post/gjort/forhandsvisning/" in told
    assert "Går ikke ut: 15. mars 2026 er søndag" in facts_of_preview(admin, "coordinator@hf.example", "2026-03-15")
    assert facts_of_preview(admin, "staff@hf.example") == "Ansatt har ingenting å bli minnet om 16. mars 2026."
    assert Reminder.objects.count() == 0
    query = {"til": "coordinator@hf.example", "dag": "2026-03-16"}
    mail = admin.get("/administrasjon/paaminnelser/forhandsvis/e-post/", query)
    assert mail["Content-Security-Policy"].count("'unsafe-inline'") == 1
    links = [str(link["href"]) for link in BeautifulSoup(mail.content, "html.parser").select("a")]
    acting = [link.partition("/e-post/")[2] for link in links if "/e-post/" in link]
    assert acting == ["gjort/forhandsvisning/", "avmeld/forhandsvisning/"]
    assert [admin.post(f"/e-post/{link}").status_code for link in acting] == [404, 404]


@pytest.mark.parametrize("count", [1, 3])
def test_the_ledger_costs_the_same_queries_however_much_there_is(
    cast: Cast, admin: Client, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        row(cast.coordinator, TODAY - timedelta(days=number))
    with django_assert_num_queries(13):
        admin.get("/administrasjon/paaminnelser/?sok=koord")
