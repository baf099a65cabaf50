from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management import BaseCommand

from config.lib import clock
from reports import demo


class Command(BaseCommand):
    help = "Loads the demo from fixtures/. What is there already is left as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", type=day, help="the day the demo shall be alive on, YYYY-MM-DD")

    def handle(self, *args: Any, today: date | None, verbosity: int, **options: Any) -> None:
        made = demo.load(today=today or clock.today()).made
        if verbosity:
            rows = ", ".join(f"{count} {name}" for name, count in sorted(made.items()))
            self.stdout.write(f"Demo loaded: {rows}." if rows else "The demo was there already: nothing was changed.")


def day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise ArgumentTypeError(f"{words!r} is not a day, write it as YYYY-MM-DD") from None
