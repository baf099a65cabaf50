import json
from typing import Any

from django.core.management import BaseCommand

from reports.exporters import export


class Command(BaseCommand):
    help = "Prints everything as one JSON document (docs/export.md)."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(export(), ensure_ascii=False, indent=1))
