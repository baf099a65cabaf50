"""The whole application, started as `make run` starts it, on a data folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from config.settings import env

pytestmark = pytest.mark.once
SECONDS = 90


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def environment(folder: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in env.names}
    return {**kept, "ENV_FILE": os.devnull, "DATA_DIR": str(folder), "PORT": str(port), "PYTHONUNBUFFERED": "1"}


def start(folder: Path, port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "runall"],
        cwd=settings.BASE_DIR,
        env=environment(folder, port),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def is_up(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as response:
            return bool(response.read() == b"ok")
    except (urllib.error.URLError, OSError):
        return False


def worker_has_begun(folder: Path) -> bool:
    """Whether its timetable is written: the last that it does before it waits for work."""
    return any(folder.glob("beat-schedule*"))


def test_starts_refuses_a_second_one_and_stops_cleanly(tmp_path: Path):
    port = free_port()
    running = start(tmp_path, port)
    try:
        deadline = time.monotonic() + SECONDS
        while not (is_up(port) and worker_has_begun(tmp_path)):
            assert running.poll() is None, running.communicate()
            assert time.monotonic() < deadline, "it took too long"
            time.sleep(0.2)
        same_port = start(tmp_path, port).communicate(timeout=SECONDS)
        same_folder = start(tmp_path, free_port()).communicate(timeout=SECONDS)
        os.killpg(running.pid, signal.SIGINT)
        output, errors = running.communicate(timeout=SECONDS)
    finally:
        if running.poll() is None:
            running.kill()
    hint = f"Try PORT={port + 1} make run"
    assert same_port == ("", f"CommandError: Port {port} can not be used (Address already in use). {hint}\n")
    assert same_folder == ("", f"CommandError: Rød tråd is already running on {tmp_path}.\n")
    assert running.returncode == 0, errors
    assert f"\nRød tråd is running at http://127.0.0.1:{port}\n" in output
    assert output.endswith("\nStopped.\n")
    assert "Traceback" not in output + errors
    assert not is_up(port)
