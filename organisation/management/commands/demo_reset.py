from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command, get_commands


class Command(BaseCommand):
    help = "Throws away everything in the database and loads the demo again."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.SECURE:
            raise CommandError(
                "BASE_URL begins with https, so this looks like a real installation: nothing was changed."
            )
        if "load_demo" not in get_commands():
            raise CommandError("There is no demo to load: nothing was changed.")
        # The logs go on counting where they were: a server that runs meanwhile keeps content under their numbers.
        call_command("flush", interactive=False, verbosity=0, reset_sequences=False)
        call_command("load_demo")
        self.stdout.write("The demo is back as it was.")
