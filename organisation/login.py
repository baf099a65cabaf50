"""Who is behind a session: asked on every page."""

from typing import Final

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from config.lib.ready_query import ReadyQuery
from organisation.models import User


class Backend(AuthenticationBackend):
    """Logs in by e-mail address, and finds who has done so in words that are ready."""

    def get_user(self, user_id: int) -> User | None:
        found = next(iter(WHO.rows(pk=user_id)), None)
        return found if found and self.user_can_authenticate(found) else None


def _who(*, pk: int) -> QuerySet[User]:
    return User.objects.filter(pk=pk).order_by()


WHO: Final = ReadyQuery(_who, pk=int)
