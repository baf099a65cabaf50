"""Links in mails that hold their own key: what they let one do is signed, and opening one changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.urls import reverse

from annual_wheel.models import Task
from organisation.models import User

DONE: Final = "annual_wheel.done"
UNSUBSCRIBE: Final = "annual_wheel.unsubscribe"
SHOWN_ONLY: Final = "forhandsvisning"
_has_keys: ContextVar[bool] = ContextVar("has_keys", default=True)
LIVES: Final = timedelta(days=90)  # a link to tick off; the way out of the mails always works


def done_url(user: User, tasks: Iterable[Task]) -> str:
    return _address("mail_done", [user.pk, *(task.pk for task in tasks)], salt=DONE)


@contextmanager
def without_keys() -> Iterator[None]:
    """Let mails be looked at by somebody else: their links then open nothing."""
    token = _has_keys.set(False)
    try:
        yield
    finally:
        _has_keys.reset(token)


def read_done(token: str) -> tuple[int, list[int]] | None:
    """The person and the tasks that a link is for; None where it is not ours, or too old."""
    try:
        user, *tasks = signing.loads(token, salt=DONE, max_age=LIVES)
    except signing.BadSignature:
        return None
    return user, tasks


def unsubscribe_url(user: User) -> str:
    return _address("mail_unsubscribe", user.pk, salt=UNSUBSCRIBE)


def _address(name: str, what: Any, *, salt: str) -> str:
    token = signing.dumps(what, salt=salt) if _has_keys.get() else SHOWN_ONLY
    return settings.BASE_URL + reverse(name, args=[token])


def read_unsubscribe(token: str) -> int | None:
    try:
        return int(signing.loads(token, salt=UNSUBSCRIBE))
    except signing.BadSignature:
        return None
