"""Runs everything that must hold, in order, and says at the end what ran, what could not, and why.

What a machine lacks (PostgreSQL, Redis, a browser) is left out and named; with CI in the environment it is a failure.
TEST_DATABASE_URL and TEST_REDIS_URL say where they are, if not on this machine with their usual ports.
"""

import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

BASE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BASE))

from config.lib.messages import faults, message_files  # noqa: E402
from tests.e2e.chromium import find_chromium  # noqa: E402
from tests.faults.servers import lacking  # noqa: E402

BIN = Path(sys.executable).parent
CI = bool(os.environ.get("CI"))
POSTGRESQL = os.environ.get("TEST_DATABASE_URL") or "postgresql://postgres:postgres@127.0.0.1:5432/rodtraad"
REDIS = os.environ.get("TEST_REDIS_URL") or "redis://127.0.0.1:6379/15"
PRODUCTION = {
    "BASE_URL": "https://rodtraad.example.org",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "EMAIL_URL": "smtp://mail.example.org:587?tls=true",
    "TRUSTED_PROXIES": "1",
}
OK, FAILED, NOT_RUN = "ok", "FAILED", "not run"


@dataclass
class Result:
    name: str
    outcome: str
    note: str = ""
    seconds: float = 0.0
    passed: int = 0
    failed: int = 0
    skipped: int = 0


def clean_environment() -> dict[str, str]:
    """The machine's environment without settings of its own: the tests shall see the same everywhere.

    Compiled code is kept also where the machine would not: a run starts dozens of processes.
    """
    example = (BASE / ".env.example").read_text(encoding="utf-8")
    left_out = {*re.findall(r"^#?([A-Z_]+)=", example, flags=re.MULTILINE), "PYTHONDONTWRITEBYTECODE"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**kept, "ENV_FILE": os.devnull, "DATA_DIR": "var/test"}


ENVIRONMENT = clean_environment()


def run(name: str, *command: str, **settings: str) -> Result:
    heading(name)
    started = time.monotonic()
    status = subprocess.run(command, cwd=BASE, env={**ENVIRONMENT, **settings}, check=False).returncode
    return Result(name, FAILED if status else OK, f"exit status {status}" if status else "", time.monotonic() - started)


def tool(name: str, program: str, *arguments: str) -> Result:
    return run(name, str(BIN / program), *arguments)


def manage(name: str, *arguments: str, **settings: str) -> Result:
    return run(name, sys.executable, "-W", "error", "manage.py", *arguments, **settings)


def tests(name: str, *arguments: str, **settings: str) -> Result:
    """A pytest run. One that finds no test has failed: it would else look like success."""
    report = BASE / "var" / "test" / "report.xml"
    report.unlink(missing_ok=True)
    result = run(name, sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *arguments, **settings)
    if report.exists():
        count(result, ElementTree.parse(report).getroot())
    if result.outcome == FAILED and not result.failed:
        result.failed = 1
    return result


def count(result: Result, root: ElementTree.Element) -> None:
    totals = {key: sum(int(suite.get(key, 0)) for suite in root.iter("testsuite")) for key in COUNTED}
    result.failed = totals["failures"] + totals["errors"]
    result.skipped = totals["skipped"]
    result.passed = totals["tests"] - result.failed - result.skipped
    result.note = f"{result.passed} passed, {result.failed} failed, {result.skipped} skipped"


COUNTED = ("tests", "failures", "errors", "skipped")


def where(lack: Callable[[], str], name: str, step: Callable[[], Result]) -> Result:
    """The step, or where something is lacking, a line that says what."""
    missing = lack()
    return Result(name, FAILED if CI else NOT_RUN, missing, failed=int(CI)) if missing else step()


def lack_of_postgresql() -> str:
    import psycopg
    from psycopg.conninfo import make_conninfo

    try:
        psycopg.connect(make_conninfo(POSTGRESQL, dbname="postgres", connect_timeout=3)).close()
    except psycopg.Error as error:
        return f"no PostgreSQL answers: {str(error).splitlines()[0]}"
    return ""


def lack_of_redis() -> str:
    import redis

    try:
        redis.Redis.from_url(REDIS, socket_connect_timeout=3).ping()
    except redis.RedisError as error:
        return f"no Redis answers: {error}"
    return ""


def lack_of_browser() -> str:
    if not find_chromium():
        return "no Chromium is installed"
    driver = subprocess.run(
        [sys.executable, "-m", "playwright", "--version"], capture_output=True, check=False, text=True
    )
    return f"the browser's driver does not start: {driver.stderr.strip()[:80]}" if driver.returncode else ""


def check_messages() -> Result:
    heading("translations")
    files = message_files(BASE / "locale")
    found = [f"{file.relative_to(BASE)}: {fault}" for file in files for fault in faults(file)]
    for line in found:
        print(line)
    return Result("translations", FAILED if found else OK, f"{len(files)} files, {len(found)} faults")


def steps() -> list[Callable[[], Result]]:
    on_postgresql = {"DATABASE_URL": f"{POSTGRESQL}_{os.getpid()}"}
    apart = ("--ignore", "tests/e2e", "--ignore", "tests/faults")
    in_parallel = ("-n", "auto", "--maxprocesses", "4", "--dist", "worksteal", *apart, "-m")
    return [
        lambda: tool("format", "ruff", "format", "--check", "."),
        lambda: tool("lint", "ruff", "check", "."),
        lambda: tool("layers", "lint-imports"),
        lambda: tool("types", "mypy"),
        lambda: manage("check --deploy", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION),
        lambda: manage("migrations", "makemigrations", "--check", "--dry-run"),
        check_messages,
        lambda: tests("tests on SQLite", *in_parallel, "not redis and not postgresql"),
        lambda: where(
            lack_of_postgresql,
            "tests on PostgreSQL",
            lambda: tests("tests on PostgreSQL", *in_parallel, "not redis and not once", **on_postgresql),
        ),
        lambda: where(
            lack_of_redis,
            "tests through Redis",
            lambda: tests(
                "tests through Redis",
                *(*apart, "-m", "redis"),
                REDIS_URL=REDIS,
                **({} if lack_of_postgresql() else on_postgresql),
            ),
        ),
        lambda: where(lacking, "tests of faults", lambda: tests("tests of faults", "tests/faults")),
        lambda: where(
            lack_of_browser,
            "tests in a browser",
            lambda: tests(
                "tests in a browser", "-n", "auto", "--maxprocesses", "2", "--dist", "worksteal", "tests/e2e"
            ),
        ),
    ]


def heading(name: str) -> None:
    print(f"\n--- {name}", flush=True)


def summary(results: list[Result]) -> str:
    width = max(len(result.name) for result in results)
    lines = [f"{r.name:{width}}  {r.outcome:7}  {r.seconds:5.1f} s  {r.note}".rstrip() for r in results]
    passed, failed, skipped = (sum(getattr(r, key) for r in results) for key in ("passed", "failed", "skipped"))
    total = f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else "")
    return "\n".join([*lines, "", total])


def main() -> int:
    (BASE / "var" / "test").mkdir(parents=True, exist_ok=True)
    results = [step() for step in steps()]
    heading("what ran")
    print(summary(results))
    return int(any(result.outcome == FAILED for result in results))


if __name__ == "__main__":
    sys.exit(main())
