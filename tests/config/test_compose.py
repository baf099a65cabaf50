"""What the container files name is there: commands with their options, variables, files, volumes and services."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from celery.bin.base import CLIContext
from celery.bin.celery import celery
from click import Context, NoSuchOption
from django.conf import settings
from django.core.management import get_commands, load_command_class
from gunicorn.config import Config

from config import celery_app
from config.settings import env

pytestmark = pytest.mark.once
BASE = Path(settings.BASE_DIR)
COMPOSE = yaml.safe_load((BASE / "docker-compose.yml").read_text(encoding="utf-8"))
DOCKERFILE = (BASE / "Dockerfile").read_text(encoding="utf-8")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ["migrate", "web", "worker", "beat"]
# Values that the containers alone need; everything else they read is a setting.
FOR_CONTAINERS_ONLY = {"POSTGRES_PASSWORD"}


def health_command(service: dict[str, Any]) -> list[str]:
    kind, *words = service["healthcheck"]["test"]
    assert kind in {"CMD", "CMD-SHELL"}
    return words if kind == "CMD" else shlex.split(words[0].replace("$$", "$"))


def commands_of_ours() -> list[list[str]]:
    commands = [SERVICES[name]["command"] for name in OURS]
    return commands + [health_command(SERVICES[name]) for name in OURS if "healthcheck" in SERVICES[name]]


def check_python(words: list[str]) -> None:
    script, *rest = words
    assert (BASE / script).is_file(), script
    if script != "manage.py":
        return
    name, *options = rest
    app = get_commands()[name]
    command = app if not isinstance(app, str) else load_command_class(app, name)
    command.create_parser("manage.py", name).parse_args(options)


def check_gunicorn(words: list[str]) -> None:
    parsed = Config().parser().parse_args(words)
    assert parsed.args == ["config.wsgi"]


def check_celery(words: list[str]) -> None:
    """Parses as Celery itself does, down to the last sub-command, without running it."""
    app, name, *rest = words[:2], *words[2:]
    assert app == ["--app", "config"]
    assert name in {"worker", "beat", "inspect"}
    context = CLIContext(app=celery_app, no_color=True, workdir=None)
    celery.commands[name].make_context(name, rest, parent=Context(celery, obj=context))


CHECKS = {"python": check_python, "gunicorn": check_gunicorn, "celery": check_celery}


@pytest.mark.parametrize("words", commands_of_ours(), ids=" ".join)
def test_every_command_exists_with_its_options(words: list[str]):
    program, *rest = words
    CHECKS[program](rest)


def test_the_checks_refuse_what_does_not_exist():
    with pytest.raises(KeyError):
        check_python(["manage.py", "no_such_command"])
    with pytest.raises(SystemExit):
        check_gunicorn(["config.wsgi", "--no-such-option"])
    with pytest.raises(NoSuchOption):
        check_celery(["--app", "config", "worker", "--no-such-option"])


def test_the_image_runs_the_web_server_by_itself():
    words = re.search(r"^CMD (\[.*\])$", DOCKERFILE, flags=re.MULTILINE)
    assert words
    assert yaml.safe_load(words[1]) == SERVICES["web"]["command"]


def test_every_variable_is_a_setting():
    given = {name for service in OURS for name in SERVICES[service]["environment"]}
    asked = set(re.findall(r"\$\{([A-Z_]+)", (BASE / "docker-compose.yml").read_text(encoding="utf-8")))
    assert given - env.names == set()
    assert asked - env.names == FOR_CONTAINERS_ONLY


def test_variables_of_the_image_are_settings_or_python_s_own():
    named = set(re.findall(r"([A-Z_]+)=", " ".join(re.findall(r"^ENV (.*)$", DOCKERFILE, flags=re.MULTILINE))))
    assert named - env.names == {"PYTHONUNBUFFERED"}


def test_the_image_copies_only_files_that_exist_and_runs_as_a_user_without_rights():
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, flags=re.MULTILINE)
    files = {name for line in copied for name in line.split()}
    assert files == {".", ".npmrc", "package-lock.json", "package.json", "requirements.txt"}
    assert [name for name in files if not (BASE / name).exists()] == []
    assert re.findall(r"^USER (.+)$", DOCKERFILE, flags=re.MULTILINE) == ["rodtraad"]


def test_services_wait_for_each_other_and_keep_their_data():
    assert sorted(SERVICES) == ["beat", "database", "migrate", "redis", "web", "worker"]
    waits = {name: sorted(service.get("depends_on", {})) for name, service in SERVICES.items()}
    after = ["database", "migrate", "redis"]
    needs = ["database", "redis"]
    assert waits == {"database": [], "redis": [], "migrate": needs, "web": after, "worker": after, "beat": after}
    mounted = {volume.partition(":")[0] for service in SERVICES.values() for volume in service["volumes"]}
    assert mounted == set(COMPOSE["volumes"]) == {"data", "database", "redis"}
    assert [name for name in SERVICES if "healthcheck" not in SERVICES[name]] == ["migrate"]
