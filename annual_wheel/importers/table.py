"""A table as it was pasted, from Word, Excel or a web page, as rows of month, text and responsibility. Pure."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from io import StringIO
from typing import Final

from annual_wheel.when import Precision, Unreadable, read
from config.lib.numbers import whole_number

Cells = list[str]

COLUMNS: Final = ("month", "text", "responsible")
HEADINGS: Final = {
    "month": ("måned", "månad", "når", "month", "when"),
    "text": ("tiltak", "hendelse", "hending", "aktivitet", "hva", "kva", "measure", "activity", "event", "what"),
    "responsible": ("ansvar", "hvem", "kven", "responsib", "who"),
}
SPACE: Final = re.compile(r"\s+")
BREAKS: Final = frozenset(["p", "br", "li", "div"])


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the month it stands under (None where no month was named yet), and the words of its cells."""

    month: int | None
    text: str
    responsible: str


def rows_of(*, text: str = "", html: str = "") -> list[Row]:
    """The rows of what was pasted; the page's own markup is read where there is some, for its cells are exact."""
    return _with_months(cells_of_html(html) or cells_of_text(text))


def _with_months(table: Sequence[Cells]) -> list[Row]:
    """Give each row the month of its own cell, or the one it stands under; rows that say nothing are left out."""
    width = max((len(cells) for cells in table), default=0)
    columns = _columns(table[0], width) if table else {}
    is_headed = bool(table) and _is_heading(table[0])
    rows, month = [], None
    for cells in table[is_headed:]:
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
    """Rows of tab-separated text. A line break inside a cell is quoted by Excel; Word just breaks the line."""
    lines = [row for row in csv.reader(StringIO(text.replace("\r", "")), delimiter="\t") if any(map(str.strip, row))]
    width = max(map(len, lines), default=0)
    if width < 2:
        return []
    table: list[Cells] = []
    for line in lines:
        if table and _goes_on(table[-1], line, width):
            table[-1] = [*table[-1][:-1], f"{table[-1][-1]}\n{line[0]}", *line[1:]]
        else:
            table.append(line)
    return table


def _goes_on(row: Cells, line: Cells, width: int) -> bool:
    """Whether a line is the rest of a row that was broken in the middle of a cell."""
    if month_of(line[0]) is not None or (len(row) == 1 and month_of(row[0]) is not None):
        return False
    return len(row) + len(line) - 1 <= width


def cells_of_html(html: str) -> list[Cells]:
    """Rows of the first table in a piece of HTML; a cell over several rows or columns leaves the others empty."""
    parser = _Tables()
    parser.feed(html)
    parser.close()
    return [cells for cells in parser.rows if any(cell.strip() for cell in cells)]


class _Tables(HTMLParser):
    """Collects the cells of the outermost tables."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Cells] = []
        self.depth = 0
        self.cell: list[str] | None = None
        self.spans: dict[int, int] = {}  # columns that a cell from above still covers, with for how many rows
        self.down = self.across = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.depth += 1
        elif self.depth != 1:
            return
        elif tag == "tr":
            self._end_cell()
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self._end_cell()
            given = dict(attrs)
            self.across, self.down = _span(given.get("colspan")), _span(given.get("rowspan"))
            self._skip_covered()
            self.cell = []
        elif tag in BREAKS and self.cell is not None:
            self.cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._end_cell()
            self.depth = max(0, self.depth - 1)
        elif tag in ("td", "th", "tr") and self.depth == 1:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(SPACE.sub(" ", data))

    def _skip_covered(self) -> None:
        row = self.rows[-1]
        while self.spans.get(len(row), 0) > 0:
            self.spans[len(row)] -= 1
            row.append("")

    def _end_cell(self) -> None:
        if self.cell is None:
            return
        row = self.rows[-1]
        if self.down > 1:
            self.spans |= dict.fromkeys(range(len(row), len(row) + self.across), self.down - 1)
        lines = (" ".join(line.split()) for line in "".join(self.cell).split("\n"))
        row += ["\n".join(filter(None, lines)), *[""] * (self.across - 1)]
        self.cell = None


def _span(value: str | None) -> int:
    return min(whole_number(value, 1000) or 1, 50)  # as browsers read it
