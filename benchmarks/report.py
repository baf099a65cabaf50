"""The tables that the benchmarks print."""

from collections.abc import Iterator, Sequence

from benchmarks.measure import Workload, over
from benchmarks.paper import PdfRow
from benchmarks.workloads import TRIVIAL

EXPLANATION = """
CPU time of this process for one request, through WSGI and the whole of the middleware; medians of rounds in turn,
and ratios taken within each round. "first" has let go of everything that the process keeps of
pages; "after a tick" comes after somebody has ticked off something of the same wheel."""


def page_lines(workloads: Sequence[Workload]) -> Iterator[str]:
    """Milliseconds of CPU, times the trivial view, and times the floor that a goal speaks of."""
    by_name = {workload.name: workload for workload in workloads}
    yield EXPLANATION
    yield f"\n{'request':30} {'ms CPU':>8} {'× trivial':>10} {'× floor':>9}  {'floor':24} {'goal':>6}  {'kB':>7}"
    for workload in workloads:
        ratio = over(workload, by_name[workload.floor])
        yield (
            f"{workload.name:30} {workload.milliseconds:8.2f} {over(workload, by_name[TRIVIAL]):10.1f} {ratio:9.2f}  "
            f"{workload.floor:24} {_goal(workload.goal):>6}  {workload.size / 1000:7.1f}  {verdict(workload, ratio)}"
        ).rstrip()


def _goal(goal: float | None) -> str:
    return "" if goal is None else f"≤ {goal:g}"


def verdict(workload: Workload, ratio: float) -> str:
    if workload.goal is None:
        return ""
    return "met" if ratio <= workload.goal else "MISSED"


def pdf_lines(rows: Sequence[PdfRow]) -> Iterator[str]:
    """Seconds of CPU, and times the first row."""
    yield f"\n{'document':48} {'s CPU':>8} {'× alone':>8} {'kB':>8}"
    for row in rows:
        yield f"{row.name:48} {row.seconds:8.2f} {row.seconds / rows[0].seconds:8.2f} {row.size / 1000:8.0f}"
