"""The supervisor in real processes: it starts again what falls, and ends everything when it is told to."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

PROGRAM = """
import os, signal, sys, time
from pathlib import Path
from config.lib import processes
from config.lib.processes import Part, Supervisor

processes.RESTART_SECONDS = 0.0
folder = Path(sys.argv[1])

def steady():
    signal.signal(signal.SIGTERM, lambda *a: (folder.joinpath("steady-ended").touch(), sys.exit(0)))
    child = os.fork()
    if child == 0:
        time.sleep(60)
        os._exit(0)
    folder.joinpath("child").write_text(str(child))
    with folder.joinpath("starts").open("a") as file:
        file.write(f"{os.getpid()}\\n")
    time.sleep(60)

with Supervisor([Part("steady part", steady)], say=lambda text: print(text, flush=True)) as supervisor:
    supervisor.watch()
"""
ENVIRONMENT = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "ENV_FILE": os.devnull}


def starts(folder: Path) -> list[int]:
    file = folder / "starts"
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def is_alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def wait_until(done, *, seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


@pytest.mark.once
def test_what_falls_is_started_again_and_all_stop_together(tmp_path: Path):
    command = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    supervisor = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        wait_until(lambda: len(starts(tmp_path)) == 1)
        left_behind = int((tmp_path / "child").read_text())
        os.kill(starts(tmp_path)[0], signal.SIGKILL)
        wait_until(lambda: len(starts(tmp_path)) == 2)
        assert not is_alive(left_behind)
        # As Ctrl-C in a terminal: to the whole foreground group.
        os.killpg(supervisor.pid, signal.SIGINT)
        output, _ = supervisor.communicate(timeout=10)
    finally:
        supervisor.kill()
    assert (supervisor.returncode, output) == (0, "The steady part stopped by itself: starting it again.\n")
    assert (tmp_path / "steady-ended").exists()
    assert [pid for pid in [*starts(tmp_path), int((tmp_path / "child").read_text())] if is_alive(pid)] == []
