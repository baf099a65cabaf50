"""A table as it was pasted, from Word, Excel or a web page, as rows of month, text and responsibility. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from annual_wheel.when import Precision, Unreadable, read
from config.lib import table
from config.lib.table import Cells, cells_of_html

COLUMNS: Final = ("month", "text", "responsible")
HEADINGS: Final = {
    "month": ("måned", "månad", "når", "month", "when"),
    "text": ("tiltak", "hendelse", "hending", "aktivitet", "hva", "kva", "measure", "activity", "event", "what"),
    "responsible": ("ansvar", "hvem", "kven", "responsib", "who"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the month it stands under (None where no month was named yet), and the words of its cells."""

    month: int | None
    text: str
    responsible: str


def rows_of(*, text: str = "", html: str = "") -> list[Row]:
    """The rows of what was pasted; the page's own markup is read where there is some, for its cells are exact."""
    return _with_months(cells_of_html(html) or cells_of_text(text))


def _with_months(cells_by_row: Sequence[Cells]) -> list[Row]:
    """Give each row the month of its own cell, or the one it stands under; rows that say nothing are left out."""
    width = max((len(cells) for cells in cells_by_row), default=0)
    columns = _columns(cells_by_row[0], width) if cells_by_row else {}
    is_headed = bool(cells_by_row) and _is_heading(cells_by_row[0])
    rows, month = [], None
    for cells in cells_by_row[is_headed:]:
        said = {name: cells[at].strip() for name, at in columns.items() if at < len(cells)}
        alone = [cell.strip() for cell in cells if cell.strip()]
        named = month_of(said.get("month", "")) or (month_of(alone[0]) if len(alone) == 1 else None)
        month = named or month
        text = said.get("text", "")
        if not text and len(alone) == 1 and named is None:
            text = alone[0]  # a row across the whole table
        if text and not (named and month_of(text)):
            rows.append(Row(month, text, said.get("responsible", "")))
    return rows


def month_of(words: str) -> int | None:
    """The month that words name, "Januar" or "mars 2021"; None where they name something else."""
    try:
        window = read(" ".join(word for word in words.split() if not word.isdigit()), 2023)
    except Unreadable:
        return None
    return window.earliest.month if window.precision is Precision.MONTH else None


def _is_heading(cells: Cells) -> bool:
    return sum(_column_named(cell) is not None for cell in cells) >= 2


def _column_named(cell: str) -> str | None:
    folded = cell.strip().casefold()
    return next((name for name, words in HEADINGS.items() if folded.startswith(words)), None)


def _columns(first: Cells, width: int) -> dict[str, int]:
    """Where each column stands: by the headings, else by their usual order."""
    if _is_heading(first):
        found = {_column_named(cell): at for at, cell in reversed(list(enumerate(first)))}
        return {name: found[name] for name in COLUMNS if name in found}
    usual = COLUMNS if width > 2 else COLUMNS[1:]
    return {name: at for at, name in enumerate(usual)}


def cells_of_text(text: str) -> list[Cells]:
    """Rows of tab-separated text; a month begins a row."""
    return table.cells_of_text(text, begins_row=lambda words: month_of(words) is not None)
