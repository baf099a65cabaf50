"""The cells of a table as it was pasted, from Word, Excel or a web page. Pure."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from html.parser import HTMLParser
from io import StringIO
from typing import Final

from config.lib.numbers import whole_number

Cells = list[str]

SPACE: Final = re.compile(r"\s+")
BREAKS: Final = frozenset(["p", "br", "li", "div"])


def cells_of_text(text: str, *, begins_row: Callable[[str], bool] = lambda words: False) -> list[Cells]:
    """Rows of tab-separated text. A line break inside a cell is quoted by Excel; Word just breaks the line."""
    lines = [row for row in csv.reader(StringIO(text.replace("\r", "")), delimiter="\t") if any(map(str.strip, row))]
    width = max(map(len, lines), default=0)
    if width < 2:
        return []
    table: list[Cells] = []
    for line in lines:
        if table and _goes_on(table[-1], line, width, begins_row):
            table[-1] = [*table[-1][:-1], f"{table[-1][-1]}\n{line[0]}", *line[1:]]
        else:
            table.append(line)
    return table


def _goes_on(row: Cells, line: Cells, width: int, begins_row: Callable[[str], bool]) -> bool:
    """Whether a line is the rest of a row that was broken in the middle of a cell."""
    if begins_row(line[0]) or (len(row) == 1 and begins_row(row[0])):
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
