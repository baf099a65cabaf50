"""Settings come from the environment: all are listed and checked, and a wrong one stops the start with one line."""

import os
import re
import runpy
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from config import backends
from config.env import EXIT_STATUS, Env, read_env_file
from config.settings import env

EXAMPLE = Path(settings.BASE_DIR) / ".env.example"
KEY = "k3y-" + "abcdefghij0123456789" * 3


@dataclass(frozen=True)
class Start:
    """Loads the settings anew, with nothing in the environment but the given values, and returns status and words."""

    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def __call__(self, **values: str) -> tuple[int, str]:
        for name in list(os.environ):
            self.monkeypatch.delenv(name)
        for name, value in {"ENV_FILE": os.devnull, **values}.items():
            self.monkeypatch.setenv(name, value)
        status = 0
        try:
            runpy.run_path(str(Path(settings.BASE_DIR) / "config" / "settings.py"))
        except SystemExit as stopped:
            status = int(str(stopped.code))
        return status, self.capsys.readouterr().err


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Start:
    return Start(monkeypatch, capsys)


def test_every_setting_is_listed_in_the_example_and_no_other():
    listed = re.findall(r"^#?([A-Z_]+)=", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert sorted(listed) == sorted(env.names)


def test_the_example_can_be_read_as_it_is_and_changes_nothing():
    assert read_env_file(EXAMPLE) == {}


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("DEBUG", "maybe", "DEBUG must be true or false."),
        ("PORT", "http", "PORT must be a whole number from 1 to 65535."),
        ("PORT", "70000", "PORT must be a whole number from 1 to 65535."),
        ("TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES must be a whole number from 0 to 9."),
        ("DATABASE_POOL_SIZE", "0", "DATABASE_POOL_SIZE must be a whole number from 1 to 100."),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR."),
        (
            "BASE_URL",
            "rodtraad.example.org",
            "BASE_URL must be an address such as https://rodtraad.example.org.",
        ),
        (
            "BASE_URL",
            "https://example.org/rodtraad",
            "BASE_URL must be an address without a path, such as https://rodtraad.example.org.",
        ),
        (
            "DATABASE_URL",
            "mysql://localhost/rodtraad",
            "DATABASE_URL must be an address such as postgresql://user:password@localhost:5432/rodtraad.",
        ),
        (
            "DATABASE_URL",
            "postgresql://localhost",
            "DATABASE_URL must be an address that ends with a database name, such as "
            "postgresql://user:password@localhost:5432/rodtraad.",
        ),
        ("REDIS_URL", "localhost:6379", "REDIS_URL must be an address such as redis://localhost:6379/0."),
        (
            "REDIS_URL",
            "redis://localhost:port/0",
            "REDIS_URL must be an address such as redis://localhost:6379/0.",
        ),
        (
            "EMAIL_URL",
            "mail.example.org",
            "EMAIL_URL must be an address such as smtp://user:password@mail.example.org:587?tls=true, console: "
            "or file:.",
        ),
        (
            "EMAIL_URL",
            "smtp://mail.example.org?tls=perhaps",
            "EMAIL_URL must be without ?tls=, or with ?tls=true or ?tls=false.",
        ),
        (
            "SECRET_KEY",
            "short",
            "SECRET_KEY must be at least 50 characters that are not all alike.",
        ),
        ("DATA_DIR", "/dev/null/data", "DATA_DIR must be a folder that can be written to (Not a directory)."),
    ],
)
def test_a_wrong_value_stops_the_start_with_one_line(start: Start, name: str, value: str, line: str, tmp_path: Path):
    assert start(**{"DATA_DIR": str(tmp_path), name: value}) == (EXIT_STATUS, f"Rød tråd can not start: {line}\n")


@pytest.mark.once
@pytest.mark.parametrize(
    "program", [["manage.py", "migrate"], ["-m", "gunicorn", "config.wsgi"], ["-m", "celery", "-Aconfig", "beat"]]
)
def test_every_program_stops_with_that_line_alone(program: list[str]):
    environment = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "LOG_LEVEL": "LOUD"}
    command = [sys.executable, *program]
    result = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False, timeout=30
    )
    lines = [line for line in result.stderr.splitlines() if not re.match(r"\[\d{4}-", line)]  # gunicorn's own log
    assert result.returncode == EXIT_STATUS
    assert lines == ["Rød tråd can not start: LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR."]


def test_https_asks_for_a_key_and_for_mail(start: Start, tmp_path: Path):
    https = {"DATA_DIR": str(tmp_path), "BASE_URL": "https://rodtraad.example.org"}
    no_key = "SECRET_KEY must be set when BASE_URL begins with https, to at least 50 characters."
    no_mail = (
        "EMAIL_URL must be set when BASE_URL begins with https, to an address such as "
        "smtp://user:password@mail.example.org:587?tls=true, console: or file:."
    )
    assert start(**https) == (EXIT_STATUS, f"Rød tråd can not start: {no_key}\n")
    assert start(**https, SECRET_KEY=KEY) == (EXIT_STATUS, f"Rød tråd can not start: {no_mail}\n")
    assert start(**https, SECRET_KEY=KEY, EMAIL_URL="smtps://mail.example.org") == (0, "")


def test_a_faulty_line_in_the_env_file_is_named(start: Start, tmp_path: Path):
    file = tmp_path / "my.env"
    file.write_text("# a comment\n\nPORT=8001\nDEBUG true\n", encoding="utf-8")
    line = "Rød tråd can not start: my.env, line 4: expected NAME=value.\n"
    assert start(ENV_FILE=str(file)) == (EXIT_STATUS, line)


def test_the_environment_wins_over_the_env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / ".env").write_text("PORT = 8001\nDEFAULT_FROM_EMAIL='Tråd <t@example.org>'\n", encoding="utf-8")
    monkeypatch.delenv("ENV_FILE", raising=False)
    monkeypatch.setenv("PORT", "8002")
    read = Env.from_machine(tmp_path)
    assert read.number("PORT", 1, at_least=1, at_most=9999) == 8002
    assert read.text("DEFAULT_FROM_EMAIL") == "Tråd <t@example.org>"


def test_the_key_is_made_once_and_kept_private(tmp_path: Path):
    first = backends.secret_key(Env({}), tmp_path, required=False)
    assert len(first) > 50
    assert backends.secret_key(Env({}), tmp_path, required=False) == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_sqlite_takes_its_write_lock_at_once(tmp_path: Path):
    database = backends.database(Env({}), tmp_path)
    assert database["NAME"] == tmp_path / "rodtraad.sqlite3"
    assert database["OPTIONS"] == {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }


def test_postgresql_gets_a_pool(tmp_path: Path):
    url = "postgresql://r%C3%B8d:s%40feword@db.example.org:5433/traad?sslmode=require"
    assert backends.database(Env({"DATABASE_URL": url, "DATABASE_POOL_SIZE": "3"}), tmp_path) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "traad",
        "USER": "rød",
        "PASSWORD": "s@feword",
        "HOST": "db.example.org",
        "PORT": "5433",
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"sslmode": "require", "pool": {"min_size": 1, "max_size": 3, "timeout": 10}},
    }


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("console:", backends.Mail("django.core.mail.backends.console.EmailBackend")),
        ("file:/srv/mail", backends.Mail("django.core.mail.backends.filebased.EmailBackend", folder="/srv/mail")),
        (
            "smtp://post:hemmelig%21@mail.example.org:587?tls=true",
            backends.Mail(
                "config.lib.mail.EmailBackend",
                host="mail.example.org",
                port=587,
                user="post",
                password="hemmelig!",
                use_tls=True,
            ),
        ),
        (
            "smtps://mail.example.org",
            backends.Mail("config.lib.mail.EmailBackend", host="mail.example.org", port=465, use_ssl=True),
        ),
    ],
)
def test_mail_leaves_as_the_address_says(url: str, expected: backends.Mail, tmp_path: Path):
    assert backends.mail(Env({"EMAIL_URL": url}), tmp_path, required=True) == expected


def test_without_an_address_mail_is_kept_in_the_data_folder(tmp_path: Path):
    expected = backends.Mail("django.core.mail.backends.filebased.EmailBackend", folder=str(tmp_path / "mail"))
    assert backends.mail(Env({}), tmp_path, required=False) == expected


def test_the_folder_queue_is_private(tmp_path: Path):
    options = backends.broker_options("", tmp_path)
    assert options == {
        "data_folder_in": str(tmp_path / "broker" / "queue"),
        "data_folder_out": str(tmp_path / "broker" / "queue"),
        "control_folder": str(tmp_path / "broker" / "control"),
    }
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "broker").rglob("*")} == {0o700}
