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
ASKED = SUBSCRIBERS * 60 // MINUTES  # in an hour
SAME, ANEW, FIRST = "feed, 304, changed elsewhere", "feed, 300, joined anew", "feed, 304, the first after"
# An installation of 8 faculties and 60 departments. A tick touches the calendars of a department, and an entry that is
# moved those of a faculty: how many of each in an hour, and how many calendars one touches. 20,000 tasks a year are
# eleven an hour of work; in the busiest hour there are twenty times as many, and a hundred entries are moved.
USUAL = ((11, SUBSCRIBERS // 60), (1, SUBSCRIBERS // 8))
BUSIEST = ((220, SUBSCRIBERS // 60), (100, SUBSCRIBERS // 8))


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
    """The share of the machine that subscribers use when all of them get one answer or the other, and of a mix."""
    yield f"\n{f'{SUBSCRIBERS} subscribers, every {MINUTES} minutes, {CORES} cores':48} {'% of machine':>12}"
    by_name = {workload.name: workload.milliseconds for workload in feeds}
    for name, milliseconds in by_name.items():
        yield f"{f'all: {name}':48} {_share(milliseconds):12.2f}"
    same, anew, first = (by_name[name] for name in (SAME, ANEW, FIRST))
    for what, changes in {"a usual hour of work": USUAL, "the busiest hour of the year": BUSIEST}.items():
        joined = min(sum(count * touched for count, touched in changes), ASKED) / ASKED
        catching_up = sum(count for count, _touched in changes) * first / ASKED
        mixed = joined * anew + (1 - joined) * same + catching_up
        yield f"{f'{what}: {100 * joined:.0f} % joined anew':48} {_share(mixed):12.2f}"


def _share(milliseconds: float) -> float:
    return 100 * SUBSCRIBERS / (MINUTES * 60) * milliseconds / 1000 / CORES


def _seconds(year: int) -> float:
    begin = time.process_time()
    event_store.catch_up("nb", [year])
    return time.process_time() - begin


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
