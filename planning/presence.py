"""Who else has the editor of a document open just now. Nothing of it is kept: it lives in the cache for a minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.cache import cache

from organisation.models import User
from strategy.models import Document

GONE_AFTER: Final = timedelta(seconds=45)  # three questions missed
ASKS_EVERY: Final = 15  # seconds between a page's questions


@dataclass(frozen=True)
class Present:
    """A person with the editor open; `key` is the row whose form is open, else empty."""

    name: str
    seen_at: datetime
    key: str = ""


def here(document: Document, user: User, *, now: datetime, key: str = "") -> list[Present]:
    """Say that the person is here, and return the others by name.

    Two who say it in the same instant may miss each other until they say it again.
    """
    name = f"presence:{document.pk}"
    known: dict[int, Present] = cache.get(name, {})
    standing = {pk: one for pk, one in known.items() if now - one.seen_at < GONE_AFTER}
    standing[user.pk] = Present(str(user), now, key)
    cache.set(name, standing, GONE_AFTER.total_seconds())
    return sorted((one for pk, one in standing.items() if pk != user.pk), key=lambda one: one.name)
