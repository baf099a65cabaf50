"""Links in mails that hold their own key: what they let one do is signed, and opening one changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core import signing
from django.urls import reverse

from annual_wheel.models import Task
from organisation.models import User

DONE: Final = "annual_wheel.done"
UNSUBSCRIBE: Final = "annual_wheel.unsubscribe"
LIVES: Final = timedelta(days=90)  # a link to tick off; the way out of the mails always works


def done_url(user: User, tasks: Iterable[Task]) -> str:
    token = signing.dumps([user.pk, *(task.pk for task in tasks)], salt=DONE)
    return settings.BASE_URL + reverse("mail_done", args=[token])


def read_done(token: str) -> tuple[int, list[int]] | None:
    """The person and the tasks that a link is for; None where it is not ours, or too old."""
    try:
        user, *tasks = signing.loads(token, salt=DONE, max_age=LIVES)
    except signing.BadSignature:
        return None
    return user, tasks


def unsubscribe_url(user: User) -> str:
    return settings.BASE_URL + reverse("mail_unsubscribe", args=[signing.dumps(user.pk, salt=UNSUBSCRIBE)])


def read_unsubscribe(token: str) -> int | None:
    try:
        return int(signing.loads(token, salt=UNSUBSCRIBE))
    except signing.BadSignature:
        return None
