import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.dateparse import parse_date

from annual_wheel import ledger
from annual_wheel.emails import Mail, compose
from annual_wheel.recipients import Directory
from annual_wheel.reminders import due_for, is_reminded_on
from config.lib import clock
from organisation.models import User

NOT_THAT_DAY = "not a day for this person's reminders, so it would not go out"


class Command(BaseCommand):
    help = "Sends the day's reminders that have not gone out, or with --dry-run shows what each person would get."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--date", help="the day, as 2027-04-01; today where nothing is said")
        parser.add_argument("--dry-run", action="store_true", help="show the mails and send nothing")
        parser.add_argument("--only", default="", help="one person's e-mail address")
        parser.add_argument("--json", action="store_true", help="show the mails as JSON; sends nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        today = _day(options["date"])
        if options["only"] and not User.objects.filter(email__iexact=options["only"]).exists():
            raise CommandError(f"There is nobody with the address {options['only']}.")
        if options["json"]:
            shown = [_as_json(mail, goes_out) for mail, goes_out in _preview(today, options["only"])]
            self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2))
        elif options["dry_run"]:
            self.show(today, options["only"])
        else:
            outcomes = ledger.send_day(today=today, only=options["only"])
            told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
            self.stdout.write(f"Reminders for {today}: {told or 'nothing to send'}.")

    def show(self, today: date, only: str) -> None:
        mails = _preview(today, only)
        for mail, goes_out in mails:
            self.stdout.write(f"To: {mail.to}{'' if goes_out else f' ({NOT_THAT_DAY})'}\nSubject: {mail.subject}\n")
            self.stdout.write(f"{mail.text}\n{'=' * 72}\n")
        leaving = sum(goes_out for _mail, goes_out in mails)
        self.stdout.write(f"{today}: {leaving} of {len(mails)} would go out. Nothing was sent.")


def _preview(today: date, only: str) -> list[tuple[Mail, bool]]:
    """Each mail as it would look, and whether that is a day when it leaves."""
    directory = Directory.on(today)
    found = ((user, due_for(user, directory=directory, today=today)) for user in ledger.people(only))
    return [(compose(user, due, today=today), is_reminded_on(user, today)) for user, due in found if due]


def _as_json(mail: Mail, goes_out: bool) -> dict[str, Any]:
    return {"to": mail.to, "subject": mail.subject, "goes_out": goes_out, "items": mail.items}


def _day(text: str | None) -> date:
    if not text:
        return clock.today()
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise CommandError(f"{text} is not a day: write it as 2027-04-01.")
    return day
