from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, call_command, get_commands

from config.lib.messages import compile_messages


class Command(BaseCommand):
    help = "Brings database, translations and static files up to date, and puts the demo into an empty database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--without-demo", action="store_true", help="leave an empty database empty")

    def handle(self, *args: Any, without_demo: bool, verbosity: int, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        for path in settings.LOCALE_PATHS:
            compile_messages(Path(path))
        self.collect_static()
        wants_demo = settings.DEMO and not without_demo
        if wants_demo and "load_demo" in get_commands() and not get_user_model()._default_manager.exists():
            self.stdout.write("Loading the demo …")
            call_command("load_demo", verbosity=verbosity)

    def collect_static(self) -> None:
        """Skipped where nothing has changed: hashing every file takes a second."""
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        now = fingerprint(settings.BASE_DIR)
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != now:
            call_command("collectstatic", interactive=False, verbosity=0)
            stamp.write_text(now, encoding="utf-8")


def fingerprint(base: Path) -> str:
    """Our files by size and time, the packages' by the lock they came from, and how they are stored."""
    files = sorted(path for path in (base / "static").rglob("*") if path.is_file())
    lines = [f"{path.relative_to(base)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]
    lock = (base / "requirements.txt").stat()
    return "\n".join([settings.STORAGES["staticfiles"]["BACKEND"], f"{lock.st_size} {lock.st_mtime_ns}", *lines])
