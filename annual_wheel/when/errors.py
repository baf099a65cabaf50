"""What could not be read, as a code with its facts; the sentences people see are made in `annual_wheel.when_words`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Code(StrEnum):
    EMPTY = "empty"
    TOO_LONG = "too_long"
    UNKNOWN = "unknown"
    WRONG_YEAR = "wrong_year"
    YEAR_OUT_OF_RANGE = "year_out_of_range"
    WRONG_WEEKDAY = "wrong_weekday"
    NO_SUCH_DAY = "no_such_day"
    NO_SUCH_MONTH = "no_such_month"
    NO_SUCH_WEEK = "no_such_week"
    BACKWARDS = "backwards"
    NEEDS_MONTH = "needs_month"


class Unreadable(ValueError):
    """Words that give no window, why (`code`, `params`), and the nearest words that would."""

    def __init__(
        self, code: Code, words: str = "", nearest: str | None = None, params: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(f"{code}: {words!r}")
        self.code = code
        self.words = words
        self.nearest = nearest
        self.params: dict[str, object] = dict(params or {})


class AnchorCircle(ValueError):
    """Items that hang on each other in a ring; `chain` begins and ends with the same key."""

    def __init__(self, chain: tuple[object, ...]) -> None:
        super().__init__(" -> ".join(str(key) for key in chain))
        self.chain = chain
