"""Several processes kept running as one: what falls is started again, and all of them stop together.

They are forked, not started anew: the application is loaded once for all of them, which halves the time to start.
"""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.context import ForkProcess
from types import FrameType
from typing import Self

from django.db import connections

STOP_SECONDS = 15  # the folder queue needs six or seven seconds to let go
PAUSE_SECONDS = 0.1
RESTART_SECONDS = 2.0  # between two starts of a process that keeps falling
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Part:
    """`main` runs until it is told to stop by SIGTERM."""

    name: str
    main: Callable[[], None]
    process: ForkProcess | None = None
    started: float = 0.0

    def start(self) -> None:
        close_connections()
        self.process = multiprocessing.get_context("fork").Process(target=self.run, name=self.name)
        self.process.start()
        self.started = time.monotonic()

    def run(self) -> None:
        """In the child: a session of its own, so that Ctrl-C reaches the parent alone, which chooses the order."""
        os.setsid()
        for number in SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        self.main()

    def has_fallen(self) -> bool:
        return self.process is not None and not self.process.is_alive()

    def stop(self) -> None:
        if self.process and self.process.is_alive():
            self.process.terminate()

    def wait(self, deadline: float) -> None:
        # Not join with a timeout: that also waits for whatever the process has left behind.
        while self.process and self.process.is_alive() and time.monotonic() < deadline:
            time.sleep(PAUSE_SECONDS)
        self.sweep()

    def sweep(self) -> None:
        """Ends what a process that fell has left behind, such as its timetable, which would else run twice."""
        if self.process and self.process.pid:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return
            self.process.join()


class Supervisor:
    def __init__(self, parts: list[Part], *, say: Callable[[str], None]) -> None:
        self.parts = parts
        self.say = say
        self.stopping = False

    def __enter__(self) -> Self:
        for number in SIGNALS:
            signal.signal(number, self.on_signal)
        for part in self.parts:
            part.start()
        return self

    def __exit__(self, *exception: object) -> None:
        for part in self.parts:
            part.stop()
        deadline = time.monotonic() + STOP_SECONDS
        for part in self.parts:
            part.wait(deadline)

    def on_signal(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def watch(self) -> None:
        """Returns when somebody asks us to stop."""
        while not self.stopping:
            time.sleep(PAUSE_SECONDS)
            for part in self.parts:
                if part.has_fallen() and not self.stopping and time.monotonic() - part.started > RESTART_SECONDS:
                    self.say(f"The {part.name} stopped by itself: starting it again.")
                    part.sweep()
                    part.start()


def close_connections() -> None:
    """A connection, or a pool with its threads, can not be shared with a forked process."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
