from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import translation

from annual_wheel.calendars import OneCalendar, personal_calendar, unit_calendar, wheel_calendar
from annual_wheel.models import Wheel
from config.lib import clock
from organisation.models import Unit, User


class Command(BaseCommand):
    help = "Writes a calendar to standard output, with the same bytes as a subscription to it answers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--unit", help="a unit's short name in addresses")
        whose.add_argument("--user", help="a person's e-mail address")
        whose.add_argument("--wheel", help="a wheel's short name in addresses")
        parser.add_argument("--year", type=int, help="this year alone; else last year and what comes")
        parser.add_argument("--language", choices=("nb", "en"), help="default: bokmål, or the person's own")

    def handle(
        self,
        *args: Any,
        unit: str | None,
        user: str | None,
        wheel: str | None,
        year: int | None,
        language: str | None,
        **options: Any,
    ) -> None:
        person = _one(User, email=user) if user else None
        with translation.override(language or (person.language if person else "nb")):
            if person:
                calendar = personal_calendar(person, today=clock.today(), year=year)
            elif unit:
                calendar = unit_calendar(_one(Unit, slug=unit), reader=None, today=clock.today(), year=year)
            else:
                calendar = wheel_calendar(_one(Wheel, slug=wheel), today=clock.today(), year=year)
            self.write(calendar)

    def write(self, calendar: OneCalendar) -> None:
        data = calendar.to_bytes()
        stream = getattr(self.stdout, "buffer", None)
        if stream is None:
            self.stdout.write(data.decode(), ending="")
        else:
            stream.write(data)


def _one(model: Any, **named: Any) -> Any:
    try:
        return model.objects.get(**named)
    except model.DoesNotExist:
        raise CommandError(f"There is no {model._meta.model_name} called {next(iter(named.values()))}.") from None
