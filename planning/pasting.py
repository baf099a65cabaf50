"""Goals and measures made from what was pasted: read from a table or a list, shown row by row, then made at once.

`rows_of` is pure. A row stands under the nearest row above it of a higher kind: a measure under its goal, a goal in its
area.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from django.db import models, transaction
from django.utils.translation import gettext_lazy, gettext_noop

from config.lib.saving import save_new
from config.lib.table import Cells, cells_of_html, cells_of_text
from organisation.lines import Line, save_lines
from organisation.models import User
from planning.models import Measure
from strategy.models import Area, Document, Goal, ItemStatus
from strategy.order import next_position
from strategy.writing import keep_words_in_force, set_status

WHY: Final = gettext_noop("Limt inn.")
UNDONE: Final = gettext_noop("Angret innliming.")
HEADINGS: Final = {
    "goal": ("mål", "delmål", "goal", "objective"),
    "measure": ("tiltak", "aktivitet", "hva", "measure", "activity", "action"),
    "responsible": ("ansvar", "hvem", "responsib", "who"),
}
COLUMNS: Final = ("goal", "measure", "responsible")
POINT: Final = re.compile(r"^(?P<before>[ \t]*)(?P<mark>[-*•·▪◦●‣–§o]|\(?\d{1,2}[.)]|[a-zæøå]\))[ \t\u00a0]+(?=\S)")
TAB: Final = 4  # spaces
# Who is responsible, said in the words of the measure: on a line of its own, or behind the end of what comes before it.
LABEL: Final = r"(?:ansvar(?:l[ei]ge?)?|responsible)[ \t]*:"
OWN_LINE: Final = re.compile(LABEL, re.IGNORECASE)
END: Final = r"\n|(?<=[.!?;])[ \t]+|[ \t]+[-–—][ \t]+|[ \t]*\((?=[^()]*\)\.?$)"
RESPONSIBLE: Final = re.compile(rf"(?P<text>.*\S)(?:{END}){LABEL}[ \t]*(?P<who>[^\n]*\w.*)", re.IGNORECASE | re.DOTALL)
NEXT_SENTENCE: Final = re.compile(r"[.!?]\s+[A-ZÆØÅ]")


class PastedKind(models.TextChoices):
    AREA = "area", gettext_lazy("Område")
    GOAL = "goal", gettext_lazy("Mål")
    MEASURE = "measure", gettext_lazy("Tiltak")
    NONE = "none", gettext_lazy("Ta ikke med")


@dataclass(frozen=True, slots=True)
class PastedRow:
    kind: PastedKind
    text: str
    responsible: str = ""
    beside: int = 0  # the measures above in its cell that a line below all of them may say who is responsible for too


def rows_of(*, text: str = "", html: str = "", has_measures: bool = True, below_goal: bool = False) -> list[PastedRow]:
    """What was pasted, in its order: a table with goals and measures beside each other, else a list in levels.

    `below_goal` is for a list that is pasted under one goal: all of it is measures.
    """
    table = cells_of_html(html) or ([] if _is_list(text) else cells_of_text(text))
    is_table = max(map(len, table), default=0) > 1
    rows = _rows_of_table(table) if is_table else _rows_of_list(text)
    if not has_measures:
        return [PastedRow(PastedKind.GOAL, row.text) if row.kind == PastedKind.MEASURE else row for row in rows]
    if below_goal and not is_table:
        rows = [PastedRow(PastedKind.MEASURE, row.text, row.responsible) for row in rows]
    return [_parted(row) if row.kind == PastedKind.MEASURE else row for row in rows]


def _parted(row: PastedRow) -> PastedRow:
    """The measure without who its own words say is responsible, which is told beside what a column says."""
    text, phrases = row.text, list[str]()
    while (found := RESPONSIBLE.fullmatch(text)) and not NEXT_SENTENCE.search(found["who"]):
        is_in_brackets = text[found.end("text") :].lstrip().startswith("(")
        who = found["who"].rstrip(" .")
        phrases.insert(0, who.removesuffix(")") if is_in_brackets else who)
        text = found["text"]
    return replace(row, text=text, responsible="\n".join(filter(None, (row.responsible, *phrases))))


def _is_list(text: str) -> bool:
    """Whether the only tabs are those behind the marks of points, as Word copies a list."""
    points = ((line, POINT.match(line)) for line in text.split("\n") if "\t" in line.strip())
    return all(point and "\t" not in line[point.end() :] for line, point in points)


def _rows_of_table(table: Sequence[Cells]) -> list[PastedRow]:
    columns, is_headed = _columns(table[0])
    rows: list[PastedRow] = []
    for cells in table[is_headed:]:
        said = {name: cells[at].strip() for name, at in columns.items() if at < len(cells)}
        filled = [cell.strip() for cell in cells if cell.strip()]
        if len(filled) == 1 and len(table) > 1 and cells[0].strip() and not _is_goal_alone(cells, columns, table):
            rows.append(PastedRow(PastedKind.AREA, _whole(filled[0])))  # a row across the whole table
            continue
        if goal := said.get("goal"):
            rows.append(PastedRow(PastedKind.GOAL, _whole(goal)))
        rows += _measures(said.get("measure", ""), said.get("responsible", ""))
    return rows


def _is_goal_alone(cells: Cells, columns: dict[str, int], table: Sequence[Cells]) -> bool:
    """Whether a row with one cell is a goal that nobody has written a measure for, and not a heading across."""
    width = max(map(len, table))
    return len(cells) == width and columns.get("goal") == 0 and not re.match(r"^\d+(?:\.\d+)*\.?\s", cells[0].strip())


def _columns(first: Cells) -> tuple[dict[str, int], bool]:
    """Where each column stands, by the headings or else by their usual order, and whether there were headings."""
    found: dict[str, int] = {}
    for at, cell in enumerate(first):
        folded = cell.strip().casefold()
        name = next((name for name, words in HEADINGS.items() if folded.startswith(words) and len(folded) < 40), None)
        if name:
            found.setdefault(name, at)
    if len(found) > 1:
        return found, True
    return {name: at for at, name in enumerate(COLUMNS)}, False


def _measures(words: str, responsible: str) -> list[PastedRow]:
    """A measure for each line of the cell; a line that begins with a small letter goes on from the one above.

    A line that says who is responsible stays with the measure above it. Where it is the only one of the cell and stands
    below the last measure, it may be meant for all of them: whoever pastes it knows.
    """
    texts: list[str] = []
    for line in filter(None, (line.strip() for line in words.split("\n"))):
        bare = POINT.sub("", line)
        if texts and OWN_LINE.match(bare):
            texts[-1] += f"\n{bare}"
        elif texts and (_awaits(texts[-1]) or (bare == line and line[:1].islower())):
            texts[-1] += f" {bare}"
        else:
            texts.append(bare)
    phrases = [line for line in responsible.split("\n") if line.strip()]
    each = phrases if len(phrases) == len(texts) else ["\n".join(phrases)] * len(texts)
    rows = [PastedRow(PastedKind.MEASURE, text, phrase) for text, phrase in zip(texts, each, strict=True)]
    own_lines = ["\n" in text for text in texts]  # of who is responsible
    is_below_all = not phrases and own_lines[-1:] == [True] and not any(own_lines[:-1])
    return [*rows[:-1], replace(rows[-1], beside=len(rows) - 1)] if is_below_all else rows


def _awaits(text: str) -> bool:
    """Whether the last line says that who is responsible comes next."""
    _before, newline, last = text.rpartition("\n")
    return bool(newline) and OWN_LINE.fullmatch(last) is not None


def _rows_of_list(text: str) -> list[PastedRow]:
    """The lines by how far in they stand: in one level all goals, in two goals and measures, in three areas first."""
    found = [_level(line) for line in text.replace("\r", "").split("\n") if line.strip()]
    levels = sorted({level for level, _words in found})
    kinds = {1: (PastedKind.GOAL,), 2: (PastedKind.GOAL, PastedKind.MEASURE)}.get(
        len(levels), (PastedKind.AREA, PastedKind.GOAL, PastedKind.MEASURE)
    )
    return [PastedRow(kinds[min(levels.index(level), len(kinds) - 1)], words) for level, words in found]


def _level(line: str) -> tuple[int, str]:
    point = POINT.match(line)
    if point is None:
        return 0, line.strip()
    second = 1 if point["mark"] in ("o", "◦", "–") else 0  # the marks that Word gives the second level
    return 1 + len(point["before"].expandtabs(TAB)) + second, line[point.end() :].strip()


def _whole(words: str) -> str:
    return " ".join(POINT.sub("", words).split())


@dataclass(frozen=True)
class NewRow:
    """A row to be made; a goal that stands in the document already is given, and only stood under."""

    kind: PastedKind
    text: str
    lines: Sequence[Line] = ()
    there: Any = None


@dataclass
class Made:
    """What was made, in the order it was made."""

    items: list[Any] = field(default_factory=list)

    @property
    def marks(self) -> str:
        return ",".join(item.key for item in self.items)


@transaction.atomic
def add_rows(
    document: Document, rows: Iterable[NewRow], *, area: Area | None, goal: Goal | None, by: User, now: datetime
) -> Made:
    """Make the rows in their order, below `area` and `goal` until a row says otherwise. All or none."""
    keep_words_in_force(document, by=by, now=now)
    made = Made()
    above = area if area and area.parent_id is None else None
    for row in rows:
        if row.kind == PastedKind.AREA:
            area, goal = _make(Area(document=document, title=row.text, parent=above), made, by=by), None
        elif row.kind == PastedKind.GOAL:
            goal = row.there or _make(Goal(document=document, area=area, text=row.text), made, by=by)
        else:
            whole_area = area if goal is None else None
            measure = Measure(document=document, area=whole_area, text=row.text)
            _make(measure, made, by=by, goals=[goal] if goal else [])
            save_lines(measure, row.lines, by=by)
    return made


def _make(item: Any, made: Made, *, by: User, **many: Any) -> Any:
    item.position, item.status = next_position(item), ItemStatus.PROPOSED
    made.items.append(save_new(item, by=by, why=WHY, many=many))
    return item


@transaction.atomic
def take_back(document: Document, keys: Iterable[str], *, by: User, now: datetime) -> int:
    """Take out what one paste made, and say how much of it still stood there."""
    keep_words_in_force(document, by=by, now=now)
    wanted, count = set(keys), 0
    for model in (Measure, Goal, Area):
        for item in model.objects.filter(document=document, key__in=wanted, status=ItemStatus.PROPOSED):
            set_status(item, ItemStatus.RETIRED, by=by, why=UNDONE)
            count += 1
    return count
