"""How often something may be asked for.

Nearly everybody asks seldom, and is counted by each process for itself, which costs nothing. Whoever asks often is
counted in the cache that all processes share.
"""

import logging
from collections import Counter
from datetime import datetime, timedelta
from threading import Lock

from django.core.cache import cache
from redis import RedisError

log = logging.getLogger(__name__)


class Limit:
    """At most so many of each key in a window of time; 0 is no limit.

    A process counts up to a sixth of it alone, so that with two processes it may be a sixth more before all is refused.
    """

    def __init__(self, name: str, *, most: int, window: timedelta) -> None:
        self.name, self.most, self.seconds = name, most, int(window.total_seconds())
        self.alone = most // 6
        self.begun, self.counts = 0, Counter[str]()
        self.lock = Lock()

    def wait(self, key: str | int, *, now: datetime) -> int:
        """Count one more; the seconds to wait where that is too many, else 0."""
        if not self.most:
            return 0
        at, key = int(now.timestamp()), str(key)
        with self.lock:
            if at - at % self.seconds != self.begun:
                self.begun = at - at % self.seconds
                self.counts.clear()
            self.counts[key] += 1
            begun, own = self.begun, self.counts[key]
        if own <= self.alone:
            return 0
        if own <= self.most and self._with_others(f"limit:{self.name}:{begun}:{key}", own) > self.most:
            with self.lock:
                self.counts[key] = own = self.most + 1  # the others need not be asked again
        return begun + self.seconds - at if own > self.most else 0

    def _with_others(self, name: str, own: int) -> int:
        """What all processes have counted; what this one has counted alone goes along the first time."""
        more = own if own == self.alone + 1 else 1
        try:
            return more if cache.add(name, more, self.seconds) else int(cache.incr(name, more))
        except ValueError:  # it ran out just now
            return own
        except RedisError as error:
            log.warning("The limit is counted by each process alone: %s", error)
            return own
