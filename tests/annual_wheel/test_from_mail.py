"""What a mail's links lead to: asked first, done with one press, undone with another, and nothing by merely opening."""

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from annual_wheel import services
from annual_wheel.emails import compose
from annual_wheel.mail_links import done_url, unsubscribe_url
from annual_wheel.models import Edition, Task
from annual_wheel.recipients import Directory
from annual_wheel.reminders import due_for
from organisation.models import FunctionHolder, Membership, User
from tests import factories as make
from tests.cast import Cast
from tests.sending import send

SITE = "http://127.0.0.1:8000"


@pytest.fixture
def edition(cast: Cast, today: date) -> Edition:
    wheel = make.wheel("hf", cast.hf)
    return make.edition(make.entry(wheel, cast.departments, text="Sjekk nettsidene", when_words="18. mars"))


def link(user: User, *tasks: Task) -> str:
    return done_url(user, tasks).removeprefix(SITE)


def statuses(edition: Edition) -> dict[str, tuple[str, str | None]]:
    return {
        slug: (task.status, task.done_by.email if task.done_by else None)
        for slug, task in make.tasks_of(edition).items()
    }


def words(answer: Any) -> list[str]:
    page = BeautifulSoup(answer.content, "html.parser")
    return [
        " ".join(row.get_text(" ").split()) for row in page.select("main h1, main .rows li, main .form-actions button")
    ]


def test_opening_the_link_asks_and_changes_nothing(cast: Cast, edition: Edition, client: Client) -> None:
    tasks = make.tasks_of(edition)
    url = link(cast.coordinator, tasks["ihk"], tasks["isl"])
    for _time in range(2):  # a mail scanner, then the person
        assert words(client.get(url)) == [
            "Er dette gjort?",
            "Sjekk nettsidene IHK innen 18. mars",
            "Sjekk nettsidene ISL innen 18. mars",
            "Kvitter ut",
        ]
        client.head(url)
    assert set(statuses(edition).values()) == {("open", None)}


def test_one_press_ticks_off_as_the_person_without_logging_in_and_another_undoes_it(
    cast: Cast, edition: Edition, client: Client
) -> None:
    tasks = make.tasks_of(edition)
    url = link(cast.coordinator, tasks["ihk"], tasks["isl"])
    services.tick(tasks["isl"], by=cast.adviser, now=edition.changed_at)
    assert send(client, url).url == url
    assert statuses(edition) == {
        "ihk": ("done", "coordinator@hf.example"),
        "isl": ("done", "adviser@hf.example"),
        "imu": ("open", None),
    }
    record = tasks["ihk"].history.first()  # type: ignore[attr-defined]
    assert (record.history_user, record.history_change_reason) == (cast.coordinator, "Kvittert ut.")
    assert words(client.get(url)) == [
        "Kvittert ut",
        "Sjekk nettsidene IHK innen 18. mars Kvittert ut av Koordinator.",
        "Sjekk nettsidene ISL innen 18. mars Kvittert ut av Rådgiver.",
        "Angre",
    ]
    send(client, url, angre="1")
    assert statuses(edition)["ihk"] == ("open", None)
    assert statuses(edition)["isl"] == ("done", "adviser@hf.example")
    assert client.session.get("_auth_user_id") is None


def test_the_press_needs_the_pages_own_key(cast: Cast, edition: Edition) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link(cast.coordinator, make.tasks_of(edition)["ihk"])).status_code == 403
    assert statuses(edition)["ihk"] == ("open", None)


def test_a_link_gives_no_more_than_the_person_has(
    cast: Cast, edition: Edition, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks = make.tasks_of(edition)
    assert client.post(link(cast.coordinator, tasks["imu"])).status_code == 404
    own = link(cast.coordinator, tasks["ihk"])
    for wrong in (own.replace("gjort/W", "gjort/X"), "/e-post/gjort/x/", unsubscribe_url(cast.coordinator)):
        assert client.get(wrong.replace("avmeld", "gjort").removeprefix(SITE)).status_code == 404
    client.force_login(cast.adviser)
    assert (client.get(own).status_code, client.post(own).status_code) == (403, 403)
    client.logout()
    Membership.objects.filter(user=cast.coordinator, unit=cast.ihk).update(to_on=date(2026, 3, 14))
    assert client.post(own).status_code == 404
    still = link(cast.coordinator, tasks["isl"])
    monkeypatch.setattr("annual_wheel.mail_links.LIVES", timedelta(seconds=-1))
    assert client.post(still).status_code == 404
    monkeypatch.undo()
    User.objects.filter(pk=cast.coordinator.pk).update(is_active=False)
    assert client.post(still).status_code == 404
    assert set(statuses(edition).values()) == {("open", None)}


def test_what_is_cancelled_or_not_relevant_says_so_and_has_no_button(
    cast: Cast, edition: Edition, client: Client
) -> None:
    task = make.tasks_of(edition)["ihk"]
    services.mark_not_relevant(task, by=cast.coordinator, reason="Ikke hos oss")
    url = link(cast.coordinator, task)
    assert words(client.get(url)) == [
        "Kvittert ut",
        "Sjekk nettsidene IHK innen 18. mars Skal ikke gjøres: Ikke hos oss",
    ]
    client.post(url)
    assert statuses(edition)["ihk"] == ("not_relevant", None)


def test_whoever_may_not_tick_gets_no_such_link(cast: Cast, edition: Edition, today: date) -> None:
    """A task assigned to somebody outside the unit stands in their mail; it is ticked off by the unit."""
    edition.tasks.filter(unit=cast.ihk).update(assigned_to=cast.outsider)
    due = due_for(cast.outsider, directory=Directory.on(today), today=today)
    assert [task.unit.slug for task in due.soon] == ["ihk"]
    assert "e-post/gjort" not in compose(cast.outsider, due, today=today).text
    faculty = due_for(cast.adviser, directory=Directory.on(today), today=today)  # imu has nobody of its own
    assert "e-post/gjort" in compose(cast.adviser, faculty, today=today).text
    FunctionHolder.objects.create(function=make.function("leder"), unit=cast.imu, user=cast.reader)
    assert due_for(cast.reader, directory=Directory.on(today), today=today).tickable == frozenset()


def test_one_click_unsubscribes_and_opening_the_link_does_not(cast: Cast, client: Client) -> None:
    """RFC 8058: a POST with this body, without cookies, answered without leading on."""
    url = unsubscribe_url(cast.coordinator).removeprefix(SITE)
    assert client.get(url).status_code == client.head(url).status_code == 200
    assert User.objects.get(pk=cast.coordinator.pk).reminder_rhythm == "workdays"
    strict = Client(enforce_csrf_checks=True)
    body = "List-Unsubscribe=One-Click"
    answer = strict.post(url, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert User.objects.get(pk=cast.coordinator.pk).reminder_rhythm == "never"
    page = BeautifulSoup(answer.content, "html.parser")
    assert [button["value"] for button in page.select(".form-actions button")] == ["workdays", "weekly"]
    strict.post(url, {"rytme": "weekly"})
    assert User.objects.get(pk=cast.coordinator.pk).reminder_rhythm == "weekly"
    assert User.objects.get(pk=cast.adviser.pk).reminder_rhythm == "workdays"


@pytest.mark.parametrize("token", ["x", "MQ:1abCDe:fGhIjK"])
def test_a_wrong_link_is_not_there(cast: Cast, client: Client, token: str) -> None:
    assert client.post(f"/e-post/avmeld/{token}/").status_code == 404


@pytest.mark.parametrize(
    ("mail", "chosen", "said"), [("nb", "", "nb"), ("en", "", "en"), ("nb", "en", "en"), ("en", "nb", "nb")]
)
def test_the_pages_speak_as_the_mail_does_unless_something_else_was_chosen_here(
    cast: Cast, edition: Edition, client: Client, mail: str, chosen: str, said: str
) -> None:
    User.objects.filter(pk=cast.coordinator.pk).update(language=mail)
    if chosen:
        client.cookies["django_language"] = chosen
    for url in (link(cast.coordinator, *make.tasks_of(edition).values()), unsubscribe_url(cast.coordinator)):
        page = BeautifulSoup(client.get(url.removeprefix(SITE)).content, "html.parser")
        assert page.html is not None
        assert page.html["lang"] == said
