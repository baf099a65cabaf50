"""How often something may be asked for, counted by each process for itself, so that it costs no query."""

from collections import Counter
from collections.abc import Hashable
from datetime import datetime, timedelta
from threading import Lock


class Limit:
    """At most so many of each key in a window of time; 0 is no limit."""

    def __init__(self, *, most: int, window: timedelta) -> None:
        self.most, self.seconds = most, int(window.total_seconds())
        self.begun, self.counts = 0, Counter[Hashable]()
        self.lock = Lock()

    def wait(self, key: Hashable, *, now: datetime) -> int:
        """Count one more; the seconds to wait where that is too many, else 0."""
        if not self.most:
            return 0
        at = int(now.timestamp())
        with self.lock:
            if at - at % self.seconds != self.begun:
                self.begun = at - at % self.seconds
                self.counts.clear()
            self.counts[key] += 1
            return self.begun + self.seconds - at if self.counts[key] > self.most else 0
