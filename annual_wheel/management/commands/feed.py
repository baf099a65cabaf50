from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import translation

from annual_wheel.calendars import DATED, Choice, OneCalendar, personal_calendar, unit_calendar, wheel_calendar
from annual_wheel.feeds import RINGS
from annual_wheel.models import EntryKind, Ringing, Wheel
from config.lib import clock
from organisation.models import Unit, User

LANGUAGES = [code for code, _name in settings.LANGUAGES]
RINGING = [value for value in Ringing.values if value]


class Command(BaseCommand):
    help = "Writes a calendar to standard output, with the same bytes as a subscription with the same choices answers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--unit", metavar="SLUG", help="a unit's short name in addresses")
        whose.add_argument("--user", metavar="EMAIL", help="a person's e-mail address")
        whose.add_argument("--wheel", metavar="SLUG", help="a wheel's short name in addresses")
        parser.add_argument("--reader", metavar="EMAIL", help="with --unit: only what this person may see of it")
        parser.add_argument(
            "--follow", metavar="SLUG", action="append", default=[], help="with --user: this wheel too; may be repeated"
        )
        parser.add_argument("--year", type=_year, help="this year alone; else last year and what comes")
        parser.add_argument("--language", choices=LANGUAGES, help="default: bokmål, or the person's own")
        kinds = parser.add_mutually_exclusive_group()
        kinds.add_argument("--kind", action="append", choices=[*map(str, DATED)], help="only these; may be repeated")
        kinds.add_argument("--deadlines-only", action="store_const", dest="kind", const=[str(EntryKind.DEADLINE)])
        parser.add_argument("--without-done", action="store_true", help="leave out what is done")
        parser.add_argument("--todo", action="store_true", help="tasks as things to do (VTODO)")
        parser.add_argument("--alarm", choices=RINGING, help="ring at nine in the morning, counted from the last day")

    def handle(self, *args: Any, **told: Any) -> None:
        for option, other in (("reader", "unit"), ("follow", "user")):
            if told[option] and not told[other]:
                raise CommandError(f"--{option} goes with --{other} only.", returncode=2)
        person = _one(User, email=told["user"]) if told["user"] else None
        with translation.override(told["language"] or (person.language if person else settings.LANGUAGE_CODE)):
            self.write(_calendar(person, told))

    def write(self, calendar: OneCalendar) -> None:
        data = calendar.to_bytes()
        stream = getattr(self.stdout, "buffer", None)
        if stream is None:
            self.stdout.write(data.decode(), ending="")
        else:
            stream.write(data)


def _calendar(person: User | None, told: dict[str, Any]) -> OneCalendar:
    choice = Choice(
        kinds=tuple(told["kind"] or DATED),
        has_done=not told["without_done"],
        as_todo=told["todo"],
        alarm=RINGS[Ringing(told["alarm"])] if told["alarm"] else None,
    )
    when: dict[str, Any] = {"today": clock.today(), "year": told["year"], "choice": choice}
    if person:
        return personal_calendar(person, also=[_one(Wheel, slug=slug).pk for slug in told["follow"]], **when)
    if told["unit"]:
        reader = _one(User, email=told["reader"]) if told["reader"] else None
        return unit_calendar(_one(Unit, slug=told["unit"]), reader=reader, **when)
    return wheel_calendar(_one(Wheel, slug=told["wheel"]), **when)


def _year(text: str) -> int:
    if text.isascii() and text.isdigit() and 1900 <= int(text) <= 2200:
        return int(text)
    raise ArgumentTypeError(f"{text} is not a year from 1900 to 2200")


def _one(model: Any, **named: Any) -> Any:
    try:
        return model.objects.get(**named)
    except model.DoesNotExist:
        raise CommandError(f"There is no {model._meta.model_name} called {next(iter(named.values()))}.") from None
