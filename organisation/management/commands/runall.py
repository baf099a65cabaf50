import contextlib
import fcntl
import socket
import sys
import tempfile
import time
import urllib.error
import urllib.request
import warnings
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command

from config.lib import demo
from config.lib.processes import PAUSE_SECONDS, Part, Supervisor
from organisation.first_run import setup_code

START_SECONDS = 30


class Command(BaseCommand):
    help = "Prepares the database and runs web server and background worker together on this machine, until Ctrl-C."
    requires_system_checks: list[str] = []  # the checks are for `make test`: a start shall be quick

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_busy_port(settings.PORT)
        with only_one(settings.DATA_DIR), contextlib.suppress(KeyboardInterrupt):
            call_command("prepare")
            self.run_parts()
        self.stdout.write("Stopped.")

    def run_parts(self) -> None:
        with Supervisor(
            [Part("web server", web), Part("background worker", worker)], say=self.stdout.write
        ) as supervisor:
            if self.wait_for_answer(supervisor):
                self.stdout.write(welcome())
                self.stdout.flush()
                supervisor.watch()

    def wait_for_answer(self, supervisor: Supervisor) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while not supervisor.stopping and time.monotonic() < deadline:
            if any(part.has_fallen() for part in supervisor.parts):
                raise CommandError("A process could not start; the lines above say why.")
            if answers(settings.PORT):
                return True
            time.sleep(PAUSE_SECONDS)
        if supervisor.stopping:
            return False
        raise CommandError(f"The web server did not answer within {START_SECONDS} seconds.")


def web() -> None:
    from gunicorn.app.wsgiapp import run

    options = ["--bind", f"127.0.0.1:{settings.PORT}", "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    more = ["--preload", "--no-control-socket", "--log-level", "warning"]
    sys.argv = ["gunicorn", "config.wsgi", *options, *more]
    run()


def worker() -> None:
    from celery.__main__ import main

    # The folder queue moves a message through the temporary folder: on the same disk that is one step.
    tempfile.tempdir = str(settings.DATA_DIR / "broker" / "tmp")
    Path(tempfile.tempdir).mkdir(mode=0o700, parents=True, exist_ok=True)
    # Whoever runs the demo as root on a machine of their own has chosen so; a server runs as the image's own user.
    warnings.filterwarnings("ignore", "You're running the worker with superuser privileges")
    options = ["--beat", "--pool", "threads", "--concurrency", "2", "--loglevel", "WARNING"]
    sys.argv = ["celery", "--app", "config", "--quiet", "worker", *options]
    main()


def only_one(folder: Path) -> IO[str]:
    """Two workers on one folder queue lose messages. The lock goes with the process, however it ends."""
    lock = (folder / "runall.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise CommandError(f"Rød tråd is already running on {folder}.") from None
    return lock


def refuse_busy_port(port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"Port {port} can not be used ({error.strerror}). Try PORT={port + 1} make run"
            ) from None


def answers(port: int) -> bool:
    host = settings.ALLOWED_HOSTS[0].lstrip(".").replace("*", "localhost")
    request = urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def welcome() -> str:
    lines = ["", f"Rød tråd is running at http://127.0.0.1:{settings.PORT}", ""]
    emails = set(get_user_model()._default_manager.values_list("email", flat=True))
    accounts = [account for account in demo.accounts() if account.email in emails]
    if accounts:
        width = max(len(account.email) for account in accounts)
        lines += [f"Log in with one of these addresses and the password {demo.PASSWORD}:"]
        lines += [f"  {account.email:{width}}  {account.name}" for account in accounts]
    elif not emails:
        lines += [f"Nobody has an account yet. Open the address and set up Rød tråd with the code {setup_code()}"]
    return "\n".join([*lines, "", "Ctrl-C stops it."])
