"""Make a governing document's PDF at once, without the queue."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.lib import clock
from config.lib.pdf import PdfUnavailable
from organisation.models import User
from reports.paper import plan_pdf
from strategy.models import Document


class Command(BaseCommand):
    help = "Writes a governing document as PDF, as an administrator sees it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the document's short name, as in its address")
        parser.add_argument("--output", required=True, type=Path, help="the file to write")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="nb")

    def handle(self, *args: Any, **options: Any) -> None:
        document = Document.objects.filter(slug=options["slug"]).first()
        if document is None:
            raise CommandError(f"No document is called {options['slug']}.")
        reader = User(is_superuser=True, is_active=True)
        try:
            content = plan_pdf(
                document, reader=reader, today=clock.today(), language=options["language"], on_step=self.say
            )
        except PdfUnavailable as error:
            raise CommandError(f"WeasyPrint lacks libraries on this machine: {error}") from error
        options["output"].write_bytes(content)
        self.stdout.write(f"Wrote {options['output']} ({len(content):,} bytes).")

    def say(self, step: int, words: str) -> None:
        if self.verbosity > 1:
            self.stdout.write(words)

    def execute(self, *args: Any, **options: Any) -> str | None:
        self.verbosity = options["verbosity"]
        return super().execute(*args, **options)
