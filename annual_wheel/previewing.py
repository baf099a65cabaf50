"""Reminders as they would look on a day, without sending any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from annual_wheel.emails import Mail, compose
from annual_wheel.mail_links import without_keys
from annual_wheel.past_mails import pasts_of
from annual_wheel.recipients import Directory
from annual_wheel.reminder_days import Occasion, occasion_of, why_not_on
from annual_wheel.reminders import dues_for
from organisation.models import User

BATCH = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """A mail as it would look, and why this is no day when it leaves; empty where it does."""

    user: User
    mail: Mail
    why_not: str

    @property
    def goes_out(self) -> bool:
        return not self.why_not


def previews(users: Sequence[User], *, today: date) -> Iterator[Shown]:
    """Each mail that has something to tell; its links that act for the person open nothing.

    Between two weekly mails it is what would go out if anything is urgent.
    """
    directory = Directory.on(today)
    for start in range(0, len(users), BATCH):
        batch = users[start : start + BATCH]
        pasts = pasts_of(batch, today=today)
        dues = dues_for(batch, directory=directory, today=today, pasts=pasts)
        for user in batch:
            rests, due, past = directory.rests_in_july(user), dues[user.pk], pasts[user.pk]
            occasion = occasion_of(user, today, past=past, rests_in_july=rests)
            urgent = due.urgent(today, past=past) if occasion is Occasion.URGENT else None
            if due:
                goes_out = occasion is Occasion.USUAL or bool(urgent)
                why_not = "" if goes_out else why_not_on(user, today, rests_in_july=rests)
                with without_keys():
                    mail = compose(user, urgent or due, today=today)
                yield Shown(user, mail, why_not)
