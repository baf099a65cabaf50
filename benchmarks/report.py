"""The tables that the benchmarks print, and the two workloads that are no plain page."""

import time
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from annual_wheel.models import CalendarFeed, Edition, Entry, Wheel
from annual_wheel.opening import fan_out, set_dates
from benchmarks.measure import Workload
from organisation.models import User


def print_pages(workloads: list[Workload]) -> None:
    """Print milliseconds of CPU per request, times the trivial view, and times the floor that a goal speaks of."""
    by_name = {workload.name: workload for workload in workloads}
    trivial = by_name["trivial"].milliseconds
    print(f"\n{'request':32} {'ms CPU':>8} {'× trivial':>10} {'× floor':>9}  {'floor':22} {'goal':>6}  {'kB':>7}")
    for workload in workloads:
        over_floor = workload.milliseconds / by_name[workload.floor].milliseconds
        goal = f"≤ {workload.goal:g}" if workload.goal else ""
        verdict = "" if workload.goal is None else ("  met" if over_floor <= workload.goal else "  MISSED")
        print(
            f"{workload.name:32} {workload.milliseconds:8.3f} {workload.milliseconds / trivial:10.1f} "
            f"{over_floor:9.2f}  {workload.floor:22} {goal:>6}  {workload.size / 1000:7.1f}{verdict}"
        )


def feed_for(email: str, *, entry_count: int) -> str:
    """Give a person a feed with this many entries in it and return its address."""
    user = User.objects.get(email=email)
    wheel = Wheel.objects.get(slug="hf")
    year = timezone.localdate().year
    have = Edition.objects.filter(entry__wheel=wheel, year=year).count()
    for number in range(max(0, entry_count - have)):
        day = date(year, number % 12 + 1, number % 28 + 1)
        entry = Entry.objects.create(
            wheel=wheel, text=f"Frist nummer {number}", kind="deadline", ticks="none", month=day.month,
            when_words=f"{day.day}.{day.month}.", position=1000 + number,
        )  # fmt: skip
        edition = Edition(entry=entry, year=year)
        set_dates(edition)
        edition.save()
        fan_out(edition, today=timezone.localdate())
    feed = CalendarFeed(user=user, kind="personal", name="benchmark")
    secret = feed.renew_secret()
    feed.save()
    return f"/kalender/{secret}.ics"


@dataclass
class PdfRow:
    name: str
    seconds: float
    size: int


def pdf_rows() -> list[PdfRow]:
    """Make the demo plan as PDF the way the worker does, and its HTML by WeasyPrint alone."""
    import weasyprint

    from reports.paper import plan_html, plan_pdf
    from strategy.models import Document

    plan = Document.objects.get(slug="hf-rekruttering")
    order: dict[str, Any] = {"reader": User(is_superuser=True), "today": timezone.localdate()}
    html = plan_html(plan, **order)
    rows = []
    for name, make in (
        ("WeasyPrint alone, same HTML without styles", lambda: weasyprint.HTML(string=html).write_pdf()),
        ("plan PDF as the worker makes it", lambda: plan_pdf(plan, language="nb", on_step=print_nothing, **order)),
    ):
        make()
        begin = time.process_time()
        content = make()
        rows.append(PdfRow(name, time.process_time() - begin, len(content)))
    return rows


def print_nothing(step: int, words: str) -> None:
    """Nobody waits here to be told how far it has come."""


def print_pdf(rows: list[PdfRow]) -> None:
    print(f"\n{'document':48} {'s CPU':>8} {'× alone':>8} {'kB':>8}")
    for row in rows:
        print(f"{row.name:48} {row.seconds:8.2f} {row.seconds / rows[0].seconds:8.2f} {row.size / 1000:8.0f}")
