"""No secret of an address reaches a log, neither ours nor the web server's, and whatever went wrong."""

import io
import logging
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from logging.config import dictConfig
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from gunicorn.config import Config, get_default_config_file

from config.lib.logs import DiscreetFormatter, without_secrets
from config.lib.web_log import DiscreetLogger

SECRET = "Zk3_x-Zk3_x-Zk3_x-Zk3_x-Zk3_x-Zk3_x-Zk3_x-1"


@pytest.mark.parametrize(
    ("line", "written"),
    [
        (f"Not Found: /kalender/{SECRET}.ics", "Not Found: /kalender/…"),
        (f'"GET /kalender/{SECRET}.ics HTTP/1.1" 200 -', '"GET /kalender/… HTTP/1.1" 200 -'),
        (f'"GET /kalender/{SECRET}?x=1 HTTP/1.1"', '"GET /kalender/…?x=1 HTTP/1.1"'),
        (f"http://a.example/Kalender/{SECRET}.ics/", "http://a.example/Kalender/…/"),
        ("/konto/passord/nytt/1a-cxk2p3-9f8e7d6c5b4a/", "/konto/passord/nytt/…/"),
        ("GET /e-post/gjort/WzEsMl0:1abCDe:fGhIjK-lm_n/", "GET /e-post/gjort/…/"),
        ("POST /e-post/avmeld/MQ:1abCDe:fGhIjK-lm_n/", "POST /e-post/avmeld/…/"),
        ("POST /kalender/12/trekk-tilbake/", "POST /kalender/12/trekk-tilbake/"),
        ("/konto/passord/nytt/sendt/", "/konto/passord/nytt/sendt/"),
    ],
)
def test_what_is_secret_in_an_address_is_left_out(line: str, written: str) -> None:
    assert without_secrets(line) == written


def test_every_log_of_the_application_is_written_discreetly() -> None:
    formatters: Any = settings.LOGGING["formatters"]
    assert [form["()"] for form in formatters.values()] == ["config.lib.logs.DiscreetFormatter"]
    dictConfig(settings.LOGGING)
    loggers = [logging.getLogger(name) for name in ("", "django", "django.server")]
    assert {type(handler.formatter) for logger in loggers for handler in logger.handlers} >= {DiscreetFormatter}
    assert type(logging.getLogger("django.server").handlers[0].formatter) is DiscreetFormatter


@pytest.mark.django_db
def test_an_unknown_calendar_is_logged_without_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    dictConfig(settings.LOGGING)
    written = io.StringIO()
    monkeypatch.setattr(logging.getLogger("django").handlers[0], "stream", written)
    Client().get(f"/kalender/{SECRET}.ics")
    Client().post(f"/kalender/{SECRET}.ics")
    assert "Not Found: /kalender/…" in written.getvalue()
    assert "Method Not Allowed (POST): /kalender/…" in written.getvalue()
    assert SECRET not in written.getvalue()


def test_gunicorn_finds_its_logger_where_it_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(settings.BASE_DIR)
    assert Path(get_default_config_file()).read_text().endswith('logger_class = "config.lib.web_log.DiscreetLogger"\n')
    config = Config()
    config.set("logger_class", "config.lib.web_log.DiscreetLogger")
    assert config.logger_class is DiscreetLogger


@pytest.mark.once
def test_a_real_server_logs_a_request_without_its_secret(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--access-logfile", "-"]
    log = tmp_path / "log"
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "ENV_FILE": os.devnull}
    with log.open("w") as sink:
        server = subprocess.Popen(
            [sys.executable, *words, "--no-control-socket"],
            cwd=settings.BASE_DIR, env=environment, stdout=sink, stderr=sink,
        )  # fmt: skip
    try:
        ask(f"http://127.0.0.1:{port}/kalender/{SECRET}.ics")
    finally:
        server.terminate()
        server.wait(20)
    assert '"GET /kalender/… HTTP/1.1"' in log.read_text()
    assert SECRET not in log.read_text()


def ask(address: str) -> None:
    """Ask until somebody answers, whatever the answer."""
    for _attempt in range(200):
        try:
            urllib.request.urlopen(address, timeout=10).close()
        except urllib.error.HTTPError as answer:
            answer.close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("nobody answered")
