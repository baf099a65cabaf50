"""Print what a date as people write it means in a year."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from annual_wheel.when import Unreadable, read
from annual_wheel.when_words import explain


class Command(BaseCommand):
    help = "Read a date as people write it, and print its earliest and latest day as JSON."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("words", help='for example "medio oktober"')
        parser.add_argument("--year", type=int, required=True, help="the year the words are read for")
        parser.add_argument("--month", type=int, choices=range(1, 13), help="the month heading the words stand under")

    def handle(self, *args: Any, words: str, year: int, month: int | None = None, **options: Any) -> None:
        try:
            window = read(words, year, month=month)
        except Unreadable as error:
            self.stderr.write(explain(error))
            sys.exit(1)
        if window.bound is not None and window.bound.date is None:
            warning = _("Datoen for «%(thing)s» er ikke kjent.") % {"thing": window.bound.ref_words}
            self.stderr.write(self.style.WARNING(warning))
        answer = {
            "as_written": window.as_written,
            "precision": window.precision.value,
            "earliest": window.earliest.isoformat(),
            "latest": window.latest.isoformat(),
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False))
