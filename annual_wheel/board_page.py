"""The board as a page shows it: read and set once, and kept for as long as the logs stand still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from annual_wheel import board
from annual_wheel.models import Edition, Entry, Task, Wheel
from config.lib.set_once import set_once
from config.lib.stamp import Kept, Stamp
from organisation.models import Unit


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The months of the year, which of them stands open, and what is in it."""

    heads: dict[int, board.MonthHead]
    opened: int | None
    part: SafeString


KEPT: Final[Kept[BoardPage]] = Kept(Stamp(Edition, Task, Entry, Unit), most=32)
YEARS: Final[Kept[board.Months]] = Kept(Stamp(Edition, Entry), most=16)  # which stand still while people tick


def page_of(wheel: Wheel, year: int, *, month: int | None, as_text: bool, today: date) -> BoardPage:
    """The board with one month open: the one that is asked for, else the one that it is time for."""

    def read() -> BoardPage:
        months = YEARS.get((wheel.pk, year), lambda: board.months_of(wheel, year))
        opened = board.month_to_open(months, month, year, today=today)
        if opened is None:
            return BoardPage({}, None, SafeString(""))
        heads = board.heads_of(months, wheel, year, today=today)
        part = board.part_of(months[opened], as_text=as_text, today=today)
        title = f"{wheel.title}, {heads[opened].name} {year}"
        return BoardPage(heads, opened, set_once("annual_wheel/_board_month.html", title=title, part=part))

    return KEPT.get((wheel.pk, wheel.title, year, month, as_text, today, get_language()), read)


def forget() -> None:
    """Let go of what the process keeps of boards."""
    KEPT.forget()
    YEARS.forget()
