"""Print the table: `make bench`."""

import os
import shutil
import time
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
django.setup()

from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks import data  # noqa: E402
from benchmarks.measure import Workload, fetch, run  # noqa: E402
from benchmarks.report import feed_for, pdf_rows, print_pages, print_pdf  # noqa: E402
from organisation.models import Unit, UnitGroup, User  # noqa: E402

ROUNDS = 7
SECONDS = 0.5


def main() -> None:
    try:
        _prepare()
        workloads = _workloads()
        run(WSGIHandler(), workloads, round_count=ROUNDS, seconds=SECONDS)
        print_pages(workloads)
        print_pdf(pdf_rows())
    finally:
        shutil.rmtree(os.environ["BENCH_DIR"], ignore_errors=True)


def _prepare() -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_demo", verbosity=0)
    owner, by = Unit.objects.get(slug="hf"), User.objects.get(email="adviser@hf.example")
    group = UnitGroup.objects.get(slug="instituttene")
    for measure_count in (60, 300):
        data.plan_of(measure_count, owner=owner, group=group, by=by)


def _workloads() -> list[Workload]:
    adviser = _cookie("adviser@hf.example")
    year = time.localtime().tm_year
    feed = Workload(
        "kalender, 300 oppføringer, 200", feed_for("adviser@hf.example", entry_count=300), floor="one query"
    )
    feed.headers = {"HTTP_ACCEPT_ENCODING": "gzip"}
    _status, headers, _body = fetch(WSGIHandler(), feed)
    return [
        Workload("trivial", "/bench/trivial/"),
        Workload("one query", "/bench/query/"),
        Workload("logged in, one query", "/bench/logged-in/", adviser),
        Workload("plan, 60 tiltak", "/planer/bench-60/", adviser, goal=40),
        Workload("plan, 300 tiltak", "/planer/bench-300/", adviser, goal=5, floor="plan, 60 tiltak"),
        Workload("årshjul, 54 punkter", f"/aarshjul/hf/{year}/", adviser),
        Workload("mitt arbeid", "/mitt-arbeid/", _cookie("coordinator@hf.example")),
        feed,
        Workload(
            "kalender, 304", feed.path, headers={**feed.headers, "HTTP_IF_NONE_MATCH": headers["ETag"]},
            status=304, goal=1.3, floor="one query",
        ),
    ]  # fmt: skip


def _cookie(email: str) -> str:
    client = Client()
    client.force_login(User.objects.get(email=email), backend="django.contrib.auth.backends.ModelBackend")
    cookie: Any = client.cookies[settings.SESSION_COOKIE_NAME]
    return f"{settings.SESSION_COOKIE_NAME}={cookie.value}"


main()
