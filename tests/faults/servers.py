"""A PostgreSQL and a Redis of the tests' own, in a folder of their own, which fall and rise as the tests say."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import psycopg
import redis

SECONDS: Final = 120  # far more than it takes, but a machine may be busy
PLACES: Final = ("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt/postgresql")


def program(name: str) -> str:
    """Where a server's program is, also where Debian keeps it out of the path; empty where it is not installed."""
    if found := shutil.which(name):
        return found
    kept = [path for place in PLACES for path in sorted(Path(place).glob(f"*/bin/{name}"), reverse=True)]
    return str(kept[0]) if kept else ""


def lacking() -> str:
    """Which programs the tests of faults miss on this machine."""
    missing = [name for name in ("redis-server", "initdb", "postgres") if not program(name)]
    return f"not installed: {', '.join(missing)}" if missing else ""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(done: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + SECONDS
    while not done():
        assert time.monotonic() < end, f"waited {SECONDS} s in vain: {what}"
        time.sleep(0.02)


class Server:
    """A server's process; `stop` is how it falls: without a word, as when the machine does."""

    falls_by = signal.SIGKILL

    def __init__(self, **options: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="faults-"))
        self.port = free_port()
        self.options = options
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def command(self) -> list[str]:
        raise NotImplementedError

    def answers(self) -> bool:
        raise NotImplementedError

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(self.command(), stdout=log, stderr=log, cwd=self.folder, **self.options)  # type: ignore[call-overload]
        wait_until(self.answers, f"{type(self).__name__} starts")

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(self.falls_by)
            self._process.wait(timeout=SECONDS)
            self._process = None

    def ensure(self) -> None:
        """Start it where it has fallen."""
        if self._process is None:
            self.start()


class Redis(Server):
    """Writes down everything it takes, as in docker-compose.yml."""

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        return [program("redis-server"), "--port", str(self.port), "--bind", "127.0.0.1", "--appendonly", "yes"]

    def answers(self) -> bool:
        with suppress(redis.RedisError), redis.Redis.from_url(self.url) as client:
            return bool(client.ping())
        return False

    def lose_data(self) -> None:
        """What a machine without its disk comes back with."""
        shutil.rmtree(self.folder / "appendonlydir", ignore_errors=True)
        (self.folder / "dump.rdb").unlink(missing_ok=True)

    def count(self, queue: str, in_hand: str) -> int:
        """How many messages wait, and how many somebody has and has not answered for."""
        with redis.Redis.from_url(self.url) as client:
            return int(client.llen(queue)) + int(client.hlen(in_hand))  # type: ignore[arg-type]

    def forget(self) -> None:
        with redis.Redis.from_url(self.url) as client:
            client.flushall()


class PostgreSQL(Server):
    """Never run by root, which it refuses. It does not wait for the disk: the machine itself does not fall here."""

    falls_by = signal.SIGQUIT  # leaves at once, and finds out at the next start what was committed

    def __init__(self) -> None:
        super().__init__(**({"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}))
        if self.options:
            shutil.chown(self.folder, **self.options)
        make = [program("initdb"), "--pgdata", str(self.data), "--username", "postgres", "--auth", "trust"]
        make += ["--encoding", "UTF8", "--no-locale", "--no-sync", "--no-instructions"]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL, cwd=self.folder, **self.options)  # type: ignore[call-overload]

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def url(self, name: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def command(self) -> list[str]:
        quick = [part for name in ("fsync", "full_page_writes") for part in ("-c", f"{name}=off")]
        here = ["-p", str(self.port), "-h", "127.0.0.1", "-c", "unix_socket_directories="]
        return [program("postgres"), "-D", str(self.data), *here, *quick]

    def answers(self) -> bool:
        with suppress(psycopg.Error):
            psycopg.connect(self.url("postgres"), connect_timeout=3).close()
            return True
        return False
