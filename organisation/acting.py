"""The unit one acts for: kept in the session, shown on every page, changed in one press."""

from functools import partial
from typing import Any

from django.http import HttpRequest

from config.lib import clock
from organisation.models import Unit, User
from organisation.permissions import Permission

SESSION_KEY = "acting_unit"


def acting_units(user: User) -> list[Unit]:
    """Return the units where the person has a role of their own, by name; no query of its own beside the reach."""
    return list(dict.fromkeys(membership.unit for membership in user.memberships_on(clock.today())))


def acting_unit(request: HttpRequest) -> Unit | None:
    """Return the chosen unit, else the first of the person's own, else None."""
    user = request.user
    if not isinstance(user, User):
        return None
    units = acting_units(user)
    chosen = request.session.get(SESSION_KEY)
    return next((unit for unit in units if unit.slug == chosen), units[0] if units else None)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give every page what its frame shows, worked out where a frame is shown."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}
    return {
        "acting_unit": partial(acting_unit, request),
        "acting_units": partial(acting_units, user),
        "may_administer": lambda: bool(user.reach(clock.today())[Permission.ADMINISTER]),
    }
