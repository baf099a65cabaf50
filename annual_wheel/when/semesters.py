"""When a semester begins and ends: each place sets the day, and the words mean the month that it is in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .errors import Code, Unreadable
from .vocabulary import SEASONS, any_of
from .window import Frame, Window, month_window
from .words import month_name

SPRING, AUTUMN = SEASONS["vårsemesteret"], SEASONS["høstsemesteret"]  # the first and the last month of each
SPRING_WORDS = ("vår", "våren", "spring")
AUTUMN_WORDS = ("høst", "høsten", "haust", "hausten", "autumn", "fall")
MONTH_WORDS = {1: ("januar", "january"), 6: ("juni", "june"), 8: ("august",), 12: ("desember", "december")}
OF = r"(?: (?:av|på|for|i|om|til|of|in|the))+"
TERM = r"(?:semester(?:et|ets)?|term|semester)"
BEGINNING = r"(?:(?:opp)?start(?:en)?|begynnelsen|byrjinga|(?:the )?(?:start|beginning))"
END = r"(?:slutt(?:en)?|utgangen|(?:the )?end)"


@dataclass(frozen=True)
class Turn:
    """The beginning or the end of a semester: its name, the months it is in, spring's first, and how it is said."""

    name: str
    months: tuple[int, int]
    month_of: Mapping[str, int]
    headings: Mapping[int, int]  # which of the two is meant under a heading
    said: re.Pattern[str]

    def read(self, text: str, frame: Frame) -> Window | None:
        """The month; `Unreadable` where nothing says which of the two semesters is meant."""
        found = self.said.fullmatch(text)
        if not found:
            return None
        groups = found.groupdict()
        semester = next((groups[name] for name in ("first", "last", "month", "of", "whose") if groups[name]), "")
        # "Studiestart" alone is that of the new students, in autumn.
        usual = self.months[1] if groups["named"] == "studie" else None
        month = self.month_of[semester] if semester else self.headings.get(frame.month or 0, usual)
        if month is None:
            raise Unreadable(Code.NEEDS_MONTH, nearest=self.in_month(self.months[1]))
        return month_window(frame.year, month)

    def in_month(self, month: int) -> str:
        return f"{self.name} i {month_name(month)}"

    def beside(self, month: int, *, is_last: bool) -> str:
        """The one that comes next after a month has begun, or the last one until it, in words."""
        passed = month if self is START else month - 1  # a semester begins with its month and ends with it
        later, earlier = [own for own in self.months if own > passed], [own for own in self.months if own <= month]
        return self.in_month((later or self.months)[0] if is_last else (earlier or self.months)[-1])


def _turn(name: str, months: tuple[int, int], *, headings: Mapping[int, int], **said: str) -> Turn:
    """`said` are patterns: its own word, the English one, and what stands before and after a semester's name."""
    spring, autumn = months
    month_of = {
        **dict.fromkeys((*SPRING_WORDS, *MONTH_WORDS[spring]), spring),
        **dict.fromkeys((*AUTUMN_WORDS, *MONTH_WORDS[autumn]), autumn),
    }
    season = any_of(month_of)
    pattern = re.compile(
        rf"(?:(?P<first>{season})(?:ens|s)?[ -]?)?{said['word']}(?:en)?(?:(?:{OF})? (?P<last>{season}))?"
        rf"|(?:semester|term) {said['english']}(?:(?:{OF})? (?P<month>{season}))?"
        rf"|{said['before']}{OF} (?P<of>{season})?[ -]?{TERM}"
        rf"|(?P<whose>{season})?semesterets {said['after']}"
    )
    return Turn(name, months, month_of, headings, pattern)


START = _turn(
    "semesterstart",
    (SPRING[0], AUTUMN[0]),
    headings={1: 1, 2: 1, 7: 8, 8: 8, 9: 8},
    word="(?P<named>semester|studie)(?:opp)?start",
    english="start",
    before=BEGINNING,
    after="(?:begynnelse|byrjing|start)",
)
FINISH = _turn(
    "semesterslutt",
    (SPRING[1], AUTUMN[1]),
    headings={5: 6, 6: 6, 7: 6, 11: 12, 12: 12},
    word="(?P<named>semester)slutt",
    english="end",
    before=END,
    after="slutt",
)
TURNS = (START, FINISH)


def turn_said(text: str) -> Turn:
    """Which of the two words for a semester's turn these are."""
    return next(turn for turn in TURNS if turn.said.fullmatch(text))


def read_semester(text: str, frame: Frame) -> Window | None:
    found = (turn.read(text, frame) for turn in TURNS)
    return next((window for window in found if window), None)
