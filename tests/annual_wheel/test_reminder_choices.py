"""The page of one's own reminders."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from annual_wheel.models import Reminder
from organisation.models import User
from tests.cast import Cast
from tests.sending import send

pytestmark = pytest.mark.usefixtures("today")


def make_reminder(cast: Cast, day: date) -> None:
    moment = datetime(2026, 3, day.day, 6, tzinfo=UTC)
    Reminder.objects.create(
        user=cast.coordinator,
        day=day,
        status="sent",
        sent_at=moment,
        claimed_at=moment,
        message_id=f"<{day}@test>",
        subject="Rød tråd: 1 er forsinket",
    )


def test_what_is_chosen_is_kept(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    chosen = {"reminder_rhythm": "weekly", "reminder_hour": "12", "reminder_lead_days": "14"}
    answer = send(client, "/min-side/varsler/", **chosen)
    assert answer.url == "/min-side/varsler/"
    stored = User.objects.get(pk=cast.coordinator.pk)
    assert (stored.reminder_rhythm, stored.reminder_hour, stored.reminder_lead_days) == ("weekly", 12, 14)
    assert stored.is_told_at_once is True
    client.post("/min-side/varsler/", chosen)
    assert User.objects.get(pk=cast.coordinator.pk).is_told_at_once is False


@pytest.mark.parametrize(
    ("field", "value"), [("reminder_rhythm", "hver time"), ("reminder_hour", "3"), ("reminder_lead_days", "8")]
)
def test_a_wrong_choice_is_told_of_at_the_field_and_changes_nothing(
    cast: Cast, client: Client, field: str, value: str
) -> None:
    client.force_login(cast.coordinator)
    answer = send(client, "/min-side/varsler/", **{field: value})
    page = BeautifulSoup(answer.content, "html.parser")
    assert [str(error["id"]) for error in page.select(".form .ds-validation-message")] == [f"id_{field}_error"]
    stored, before = User.objects.get(pk=cast.coordinator.pk), cast.coordinator
    assert getattr(stored, field) == getattr(before, field)


@pytest.mark.parametrize("count", [1, 3])
def test_the_last_reminders_are_shown(cast: Cast, client: Client, django_assert_num_queries: Any, count: int) -> None:
    for number in range(count):
        make_reminder(cast, date(2026, 3, 11 + number))
    client.force_login(cast.coordinator)
    with django_assert_num_queries(6):
        page = BeautifulSoup(client.get("/min-side/varsler/").content, "html.parser")
    told = [item.text for item in page.select("aside[aria-labelledby=reminders] li")]
    assert told == [f"Rød tråd: 1 er forsinket{11 + number}. mars, sendt" for number in reversed(range(count))]
