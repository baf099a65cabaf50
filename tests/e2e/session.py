"""Being logged in without having typed anything, for tests that are about something else."""

from playwright.sync_api import BrowserContext

from organisation.models import User
from tests.cast import session_of


def log_in(context: BrowserContext, person: User, address: str) -> None:
    context.add_cookies([{"name": "sessionid", "value": session_of(person), "url": address}])
