"""What it costs to put many entries into words, and what subscribers who ask all day use of a machine."""

import resource
import time
from collections.abc import Iterator, Sequence

from django.utils import timezone

from annual_wheel import event_store, services
from annual_wheel.models import StoredEvent, StoredLanguage, Task
from benchmarks import data
from benchmarks.measure import Workload
from organisation.models import User

GOAL_SECONDS = 5.0
SUBSCRIBERS, MINUTES, CORES = 5000, 15, 2


def store_lines(*, entry_count: int = 180, unit_count: int = 60) -> Iterator[str]:
    """Seconds of CPU for a large year from nothing, for one tick in it, and for nothing; and growth of memory."""
    data.board_of(entry_count=entry_count, unit_count=unit_count, slug="bench-store")
    year = timezone.localdate().year
    StoredEvent.objects.all().delete()
    StoredLanguage.objects.all().delete()
    before = _peak()
    first = _seconds(year)
    count, grown = StoredEvent.objects.count(), f"memory grew by {_peak() - before:.0f} MB"
    yield f"\n{'calendar store':48} {'s CPU':>8} {'goal':>8}"
    yield f"{f'{count} entries, from nothing':48} {first:8.2f} {f'≤ {GOAL_SECONDS:g}':>8}  {grown}"
    task = Task.objects.filter(edition__entry__wheel__slug="bench-store-board", status="open").earliest("pk")
    services.tick(task, by=User.objects.get(email="admin@ntnu.example"), now=timezone.now())
    yield f"{'after one tick':48} {_seconds(year):8.4f}"
    yield f"{'with nothing new':48} {_seconds(year):8.4f}"


def polling_lines(feeds: Sequence[Workload]) -> Iterator[str]:
    """The share of the machine that subscribers use when all of them get one answer or the other."""
    yield f"\n{f'{SUBSCRIBERS} subscribers, every {MINUTES} minutes, {CORES} cores':48} {'% of machine':>12}"
    for workload in feeds:
        seconds = SUBSCRIBERS / (MINUTES * 60) * workload.milliseconds / 1000
        yield f"{workload.name:48} {100 * seconds / CORES:12.2f}"


def _seconds(year: int) -> float:
    begin = time.process_time()
    event_store.catch_up("nb", [year])
    return time.process_time() - begin


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
