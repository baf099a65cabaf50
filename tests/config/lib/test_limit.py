"""How often something may be asked for, by one process and by several that share a cache."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from redis import RedisError

from config.lib.limit import Limit

NOW = datetime(2026, 3, 15, 12, 1, tzinfo=UTC)
WINDOW = timedelta(minutes=5)


def test_a_limit_begins_anew_with_each_window() -> None:
    limit = Limit("x", most=1, window=WINDOW)
    assert [limit.wait("a", now=NOW), limit.wait("a", now=NOW), limit.wait("b", now=NOW)] == [0, 240, 0]
    assert limit.wait("a", now=NOW + timedelta(minutes=4)) == 0
    assert [Limit("y", most=0, window=WINDOW).wait("a", now=NOW) for _ in range(3)] == [0, 0, 0]


def test_several_processes_count_together() -> None:
    """Each has a limit of its own in its memory; together they let through little more than one would."""
    processes = [Limit("x", most=60, window=WINDOW) for _ in range(4)]
    let_through = sum(processes[turn % 4].wait("a", now=NOW) == 0 for turn in range(400))
    assert 60 <= let_through <= 60 + 3 * 10
    assert all(process.wait("a", now=NOW) == 240 for process in processes)


def test_whoever_asks_seldom_never_asks_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    limit, asked = Limit("x", most=60, window=WINDOW), []

    def add(*told: object) -> bool:
        asked.append(told)
        return True

    monkeypatch.setattr(cache, "add", add)
    assert [limit.wait("a", now=NOW) for _ in range(10)] == [0] * 10
    assert asked == []
    limit.wait("a", now=NOW)
    assert len(asked) == 1


def test_without_the_cache_each_process_counts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*told: object) -> bool:
        raise RedisError("Connection refused")

    monkeypatch.setattr(cache, "add", away)
    limit = Limit("x", most=12, window=WINDOW)
    assert [limit.wait("a", now=NOW) for _ in range(13)] == [0] * 12 + [240]


@pytest.mark.redis
def test_several_processes_count_together_through_redis() -> None:
    processes = [Limit("redis", most=12, window=WINDOW) for _ in range(2)]
    answers = [processes[turn % 2].wait("a", now=NOW) for turn in range(20)]
    assert [bool(wait) for wait in answers] == [False] * 12 + [True] * 8
