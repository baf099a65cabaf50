import json
from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.dateparse import parse_date
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from annual_wheel import ledger
from annual_wheel.ledger import Outcome
from annual_wheel.previewing import Shown, previews
from annual_wheel.reminder_days import day_off_words, first_working_day
from config.lib import clock
from config.lib.days import day_words
from organisation.models import User


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
            shown = [_as_json(each) for each in previews(ledger.people(options["only"]), today=today)]
            self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2))
        elif options["dry_run"]:
            self.show(today, options["only"])
        else:
            self.stdout.write(_sent(today, options["only"]))

    def show(self, today: date, only: str) -> None:
        count = leaving = 0
        for each in previews(ledger.people(only), today=today):
            count, leaving = count + 1, leaving + each.goes_out
            aside = "" if each.goes_out else " ({})".format(_("går ikke ut: %(why)s") % {"why": each.why_not})
            self.stdout.write(f"To: {each.mail.to}{aside}\nSubject: {each.mail.subject}\n")
            self.stdout.write(f"{each.mail.text}\n{'=' * 72}\n")
        if off := _day_off(today):
            self.stdout.write(off)
        words = _("%(day)s: %(leaving)d av %(count)d ville gått ut. Ingenting er sendt.")
        self.stdout.write(words % {"day": day_words(today), "leaving": leaving, "count": count})


def _sent(today: date, only: str) -> str:
    """Send, and say what came of it."""
    outcomes = ledger.send_day(today=today, only=only)
    words = {
        Outcome.SENT: _("sendt"),
        Outcome.UNCERTAIN: _("usikkert om gikk ut"),
        Outcome.FAILED: _("mislyktes"),
        Outcome.AWAY: _("fikk ikke kontakt med e-posttjeneren"),
        Outcome.TAKEN: _("tatt av en annen"),
    }
    told = ", ".join(f"{count} {words[Outcome(outcome)]}" for outcome, count in sorted(outcomes.items()))
    off = "" if told else _day_off(today)
    return off or _("Påminnelser for %(day)s: %(told)s.") % {
        "day": day_words(today),
        "told": told or _("ingenting å sende"),
    }


def _day_off(today: date) -> str:
    """That nothing goes out today, why, and when it does; empty on a working day."""
    if not (off := day_off_words(today)):
        return ""
    then = first_working_day(today + timedelta(days=1))
    words = _("%(off)s: ingenting sendes. Det som ennå er åpent, går ut neste arbeidsdag, %(weekday)s %(day)s.")
    return words % {"off": off, "weekday": WEEKDAYS[then.weekday()], "day": day_words(then)}


def _as_json(shown: Shown) -> dict[str, Any]:
    mail = shown.mail
    return {
        "to": mail.to,
        "subject": mail.subject,
        "goes_out": shown.goes_out,
        "why_not": shown.why_not,
        "items": mail.items,
    }


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
