"""Sessions in the database, asked for in words that are ready: every page of somebody who is logged in asks."""

from datetime import datetime
from typing import Any, Final

from django.contrib.sessions.backends import db
from django.db.models import QuerySet
from django.utils import timezone

from config.lib.ready_query import ReadyQuery


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Any:
        found = next(iter(STANDING.rows(key=self.session_key, now=timezone.now())), None)
        if found is None:
            self._session_key = None
        return found


def _standing(*, key: str, now: datetime) -> QuerySet[Any]:
    return SessionStore.get_model_class().objects.filter(session_key=key, expire_date__gt=now)


STANDING: Final = ReadyQuery(_standing, key=str, now=datetime)
