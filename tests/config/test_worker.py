"""A task goes through a real broker to a real worker, started with the words of docker-compose.yml."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from django.conf import settings

BASE = Path(settings.BASE_DIR)
SECONDS = 30
SEND = "import sys, config; from tests.config.trial_tasks import leave_file; leave_file.delay(sys.argv[1])"


def command_of(service: str) -> list[str]:
    compose = yaml.safe_load((BASE / "docker-compose.yml").read_text(encoding="utf-8"))
    return [sys.executable, "-m", *compose["services"][service]["command"]]


@contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, cwd=BASE, env=environment, start_new_session=True)
    try:
        yield process
        process.terminate()
        assert process.wait(timeout=SECONDS) == 0
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def wait_until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not done():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.1)


def send(path: Path, environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-c", SEND, str(path)], cwd=BASE, env=environment, check=True)


def pong(node: str, environment: dict[str, str]) -> bool:
    command = [sys.executable, "-m", "celery", "--app", "config", "inspect", "ping", "--destination", node]
    return subprocess.run(command, cwd=BASE, env=environment, capture_output=True, check=False).returncode == 0


def with_trial_tasks(command: list[str]) -> list[str]:
    return [*command, "--include", "tests.config.trial_tasks"]


def environment_for(folder: Path, redis: str) -> dict[str, str]:
    return {**os.environ, "ENV_FILE": os.devnull, "DATA_DIR": str(folder), "REDIS_URL": redis}


@pytest.mark.once
def test_a_task_through_the_folder_queue(tmp_path: Path):
    environment = environment_for(tmp_path / "data", "")
    done = tmp_path / "done"
    send(done, environment)  # before there is a worker: the queue keeps it
    with running(with_trial_tasks(command_of("worker")), environment):
        wait_until(done.exists)
    assert done.read_text(encoding="utf-8") == "done"
    assert list((tmp_path / "data" / "broker" / "queue").glob("*.celery.msg")) == []


@pytest.mark.redis
def test_a_task_through_redis_and_health_of_worker_and_beat(tmp_path: Path):
    environment = environment_for(tmp_path / "data", settings.REDIS_URL)
    done = tmp_path / "done"
    host = os.uname().nodename
    with running(with_trial_tasks(command_of("worker")), environment), running(command_of("beat"), environment):
        send(done, environment)
        wait_until(done.exists)
        wait_until(lambda: pong(f"worker@{host}", environment))
        wait_until(lambda: pong(f"beat@{host}", environment))
    assert done.read_text(encoding="utf-8") == "done"
