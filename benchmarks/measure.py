"""CPU time per request, straight through the WSGI handler: no network, no client, the whole of the middleware."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.handlers.wsgi import WSGIHandler


@dataclass
class Workload:
    """A request that is made again and again; `floor` is what its ratio is taken against."""

    name: str
    path: str
    cookie: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    goal: float | None = None
    floor: str = "trivial view"
    status: int = 200
    before: Callable[[], None] | None = None  # done ahead of each request, and not counted
    method: str = "GET"
    turns: tuple[str, ...] = ()  # paths asked in turn instead of the one, for acts that need one another
    body: Callable[[], bytes] | None = None  # the fields of a form, made anew for each request
    is_right: Callable[[bytes, int], bool] | None = None  # whether the answer to the request of this number is right
    rounds: list[float] = field(default_factory=list)
    size: int = 0
    count: int = 0

    def but(self, **changed: Any) -> Workload:
        """Another one like it, with a name of its own."""
        return replace(self, rounds=[], **changed)

    def next_path(self) -> str:
        """The path of the next request."""
        self.count += 1
        return self.turns[(self.count - 1) % len(self.turns)] if self.turns else self.path

    @property
    def milliseconds(self) -> float:
        return statistics.median(self.rounds) * 1000


def over(workload: Workload, floor: Workload) -> float:
    """How many times the floor it costs: the median of each round's own ratio, so that a slow round weighs nothing."""
    return statistics.median(own / least for own, least in zip(workload.rounds, floor.rounds, strict=True))


def environ(workload: Workload) -> dict[str, Any]:
    path, _mark, query = workload.next_path().partition("?")
    body = workload.body() if workload.body else b""
    return {
        "CONTENT_TYPE": "application/x-www-form-urlencoded" if body else "",
        "CONTENT_LENGTH": str(len(body)),
        "REQUEST_METHOD": workload.method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_COOKIE": workload.cookie,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
        **workload.headers,
    }


def fetch(
    handler: WSGIHandler, workload: Workload, asked: dict[str, Any] | None = None
) -> tuple[str, dict[str, str], bytes]:
    """Make the request once and return status line, headers and body; ValueError on another answer than meant.

    `asked` is the request where it is made beforehand.
    """
    seen: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], Any]:
        seen[:] = [status, dict(headers)]
        return lambda data: None

    response = handler(asked or environ(workload), start)
    body = b"".join(response)
    close = getattr(response, "close", None)
    if close:
        close()
    if not seen[0].startswith(str(workload.status)):
        raise ValueError(f"{workload.name}: {workload.path} answered {seen[0]}")
    if workload.is_right and not workload.is_right(body, workload.count - 1):
        raise ValueError(f"{workload.name}: {workload.path} answered something else than it should")
    return seen[0], seen[1], body


def run(handler: WSGIHandler, workloads: list[Workload], *, round_count: int, seconds: float) -> None:
    """Measure all workloads in turn, round after round, so that a machine that slows down slows all of them."""
    for workload in workloads:
        workload.size = len(fetch(handler, workload)[2])
        fetch(handler, workload)
    for _ in range(round_count):
        for workload in workloads:
            workload.rounds.append(_cpu_per_request(handler, workload, seconds))


def _cpu_per_request(handler: WSGIHandler, workload: Workload, seconds: float) -> float:
    if not workload.before:
        fetch(handler, workload)  # the row before it may have let go of what this one keeps
    count, spent = 0, 0.0
    while not count or spent < seconds:
        if workload.before:
            workload.before()
        asked = environ(workload)  # which is the browser's work
        begin = time.process_time()
        fetch(handler, workload, asked)
        spent += time.process_time() - begin
        count += 1
    return spent / count
