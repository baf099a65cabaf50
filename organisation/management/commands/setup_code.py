from typing import Any

from django.core.management import BaseCommand, CommandError

from organisation.first_run import is_empty, setup_code


class Command(BaseCommand):
    help = "Prints the code that the first administrator of an empty installation is asked for."

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_empty():
            raise CommandError("Somebody has an account already: an administrator gives out the next ones.")
        self.stdout.write(setup_code())
