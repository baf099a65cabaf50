"""Whom a PDF is made for when it is for nobody in particular."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from organisation.permissions import Permission


@dataclass(frozen=True)
class Everyone:
    """All who are logged in, or all there are: a reader with no role anywhere, who sees what each of them sees."""

    is_authenticated: bool

    def reach(self, today: date) -> defaultdict[Permission, set[int]]:
        return defaultdict(set)
