"""The owner's board: a year's editions by month against the units that have the tasks, as a table and as text.

A month can hold a thousand cells, so tasks are fetched as plain values, and each cell's HTML is made here, once for
each unit and state.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

from django.db.models import QuerySet
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from annual_wheel.models import Edition, EditionState, Task, TaskStatus, Ticks, Wheel
from annual_wheel.phrases import due_phrase, language
from annual_wheel.rows import address_of, is_past, month_number
from annual_wheel.verbs import STANDING
from annual_wheel.when.words import month_name
from annual_wheel.year_editions import COUNTS, YearEdition, as_it_reads, columns_of, edition_from, named
from config.lib.norwegian import sort_key
from config.lib.ready_query import ReadyColumns
from config.lib.ui import icon, state, written
from organisation.models import Unit

UNIT_TEXT = (
    '<section class="board-unit" aria-labelledby="enhet-{0}"><h3 class="row-title" id="enhet-{0}">{1} '
    '<span class="muted">{2}</span></h3><ul class="board-lines"{3}>{4}</ul></section>'
)
CLOSED = (TaskStatus.DONE, TaskStatus.NOT_RELEVANT)

Months = Mapping[int, Sequence[YearEdition]]


class Cell(NamedTuple):
    """What the board needs of a task."""

    pk: int
    edition_id: int
    unit_id: int
    status: str
    note: str
    evidence_url: str


class Party(NamedTuple):
    """A unit as the board names it."""

    pk: int
    slug: str
    label: str
    name: str


@dataclass(frozen=True, slots=True)
class MonthHead:
    """A month of the year: how much is in it, and how far it has come."""

    number: int
    name: str
    anchor: str
    is_now: bool
    count: int
    done: int
    total: int
    late: int

    @property
    def words(self) -> str:
        return ngettext("%(count)d punkt", "%(count)d punkter", self.count) % {"count": self.count}

    @property
    def late_words(self) -> str:
        return _("%(late)d forsinket") % {"late": self.late} if self.late else ""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """An edition against the units. `span` says in words what holds for all of them, and then there are no cells."""

    url: str
    text: str
    phrase: str
    is_struck: bool
    is_late: bool
    done: int
    total: int
    cells: SafeString
    span: str
    span_state: str


@dataclass(frozen=True, slots=True)
class MonthPart:
    """An opened month. `idle` are the units that have not begun on what it is time for."""

    units: tuple[Party, ...]
    rows: tuple[BoardRow, ...]
    idle: tuple[Party, ...]
    missing: SafeString
    complete: str


def months_of(wheel: Wheel, year: int) -> dict[int, list[YearEdition]]:
    """The year's months in order, each with what is to be ticked off, and last what goes on all year (one query)."""
    months: dict[int, list[YearEdition]] = defaultdict(list)
    for row in EDITIONS.rows(wheel=wheel.pk, year=year):
        edition = edition_from(as_it_reads(*row))
        said = edition.said
        at = month_number(kind=said.kind, month=said.month, is_moved=edition.is_moved, latest_on=edition.latest_on)
        months[at].append(edition)
    return {number: months[number] for number in sorted(months, key=lambda number: number or 13)}


def _to_tick_off(*, wheel: int, year: int) -> QuerySet[Edition, Any]:
    editions = Edition.objects.filter(entry__wheel=wheel, year=year).exclude(entry__ticks=Ticks.NONE)
    return columns_of(editions.order_by("due_on", "entry__position", "pk"))


EDITIONS: Final = ReadyColumns(_to_tick_off, wheel=int, year=int)


def heads_of(months: Months, wheel: Wheel, year: int, *, today: date) -> dict[int, MonthHead]:
    """How far each month has come (one query)."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for edition, status, number in COUNTS.rows(wheel=wheel.pk, year=year):
        counts[edition][status] = number
    return {number: _head(number, editions, counts, year, today) for number, editions in months.items()}


def _head(
    number: int, editions: Sequence[YearEdition], counts: Mapping[int, Mapping[str, int]], year: int, today: date
) -> MonthHead:
    name = month_name(number, language()).capitalize() if number else _("Løpende gjennom året")
    of_these = [counts[edition.pk] for edition in editions]
    return MonthHead(
        number,
        name,
        f"maaned-{number}",
        is_now=(today.year, today.month) == (year, number),
        count=len(editions),
        done=sum(each.get(TaskStatus.DONE, 0) for each in of_these),
        total=sum(sum(each.values()) for each in of_these),
        late=sum(TaskStatus.OPEN in counts[e.pk] and is_past(e, today=today) for e in editions),
    )


def month_to_open(months: Months, asked: int | None, year: int, *, today: date) -> int | None:
    """The month asked for, else the one that is, else the first with anything; None where the year is empty."""
    if asked in months:
        return asked
    if today.year == year and today.month in months:
        return today.month
    later = [number for number in months if today.year == year and number > today.month]
    return next(iter([*later, *months]), None)


def part_of(editions: Sequence[YearEdition], *, as_text: bool, today: date) -> MonthPart:
    """Everything of one month (three queries, whatever the number of editions and units)."""
    tasks = _tasks_of(editions)
    shared = _shared_of(editions, tasks)
    units = _units_of(tasks, shared)
    idle = _idle(editions, tasks, shared, units, today=today)
    if as_text:
        missing, complete = _texts(editions, tasks, shared, units, today=today)
        return MonthPart(units, (), idle, missing, complete)
    rows = tuple(_row(edition, tasks.get(edition.pk, []), shared, units, today=today) for edition in editions)
    return MonthPart(units, rows, idle, SafeString(""), "")


def _tasks_of(editions: Iterable[YearEdition]) -> dict[int, list[Cell]]:
    """The tasks of each edition; what was withdrawn is no longer anybody's."""
    found: dict[int, list[Cell]] = defaultdict(list)
    rows = Task.objects.filter(edition__in=[edition.pk for edition in editions], status__in=STANDING).order_by()
    for cell in map(Cell._make, rows.values_list(*Cell._fields)):
        found[cell.edition_id].append(cell)
    return found


def _shared_of(editions: Iterable[YearEdition], tasks: dict[int, list[Cell]]) -> dict[int, list[int]]:
    """The units a task is shared with, by task, for what one tick closes."""
    ones = [cell.pk for e in editions if e.entry.ticks == Ticks.ONE for cell in tasks.get(e.pk, ())]
    found: dict[int, list[int]] = defaultdict(list)
    for task, unit in Task.shared_with.through.objects.filter(task__in=ones).values_list("task_id", "unit_id"):
        found[task].append(unit)
    return found


def _units_of(tasks: dict[int, list[Cell]], shared: dict[int, list[int]]) -> tuple[Party, ...]:
    have = {cell.unit_id for cells in tasks.values() for cell in cells}
    have |= {unit for units in shared.values() for unit in units}
    units = Unit.objects.without_tree_fields().filter(pk__in=have).order_by()
    parties = [
        Party(pk, slug, short_name or named(*names), named(*names))
        for pk, slug, short_name, *names in units.values_list("pk", "slug", "short_name", "name", "name_en")
    ]
    return tuple(sorted(parties, key=lambda party: (sort_key(party.label), party.slug)))


def _idle(
    editions: Iterable[YearEdition],
    tasks: dict[int, list[Cell]],
    shared: dict[int, list[int]],
    units: tuple[Party, ...],
    *,
    today: date,
) -> tuple[Party, ...]:
    """The units with something it is time for, and nothing of it closed."""
    begun, asked = set(), set()
    for edition in editions:
        if edition.is_cancelled or edition.earliest_on > today:
            continue
        for cell in tasks.get(edition.pk, ()):
            holders = {cell.unit_id, *shared.get(cell.pk, ())}
            asked |= holders
            if cell.status in CLOSED:
                begun |= holders
    return tuple(unit for unit in units if unit.pk in asked - begun)


def _row(
    edition: YearEdition, cells: list[Cell], shared: dict[int, list[int]], units: tuple[Party, ...], *, today: date
) -> BoardRow:
    stands = [] if edition.is_cancelled else cells
    late = _is_late(edition, stands, today=today)
    span, span_state = _span(edition, stands, shared, units, late=late)
    return BoardRow(
        url=f"{address_of(edition, today=today)}#oppgaver",
        text=edition.said.text,
        phrase=due_phrase(edition, today=today),
        is_struck=edition.is_cancelled,
        is_late=late,
        done=sum(cell.status == TaskStatus.DONE for cell in stands),
        total=len(stands),
        cells=SafeString("") if span else _cells(edition, stands, units, late=late, today=today),
        span=span,
        span_state=span_state,
    )


def _is_late(edition: YearEdition, cells: list[Cell], *, today: date) -> bool:
    return any(cell.status == TaskStatus.OPEN for cell in cells) and is_past(edition, today=today)


def _code(status: str, *, late: bool) -> str:
    return "late" if late and status == TaskStatus.OPEN else status


def _span(
    edition: YearEdition, cells: list[Cell], shared: dict[int, list[int]], units: tuple[Party, ...], *, late: bool
) -> tuple[str, str]:
    """What holds for all the units together: that it is cancelled, that one tick closes it, that nobody has it."""
    if edition.is_cancelled:
        return edition.reason_words, str(EditionState.CANCELLED)
    if not cells:
        return _("Ingen enhet har denne oppgaven nå."), ""
    if edition.entry.ticks != Ticks.ONE:
        return "", ""
    cell = cells[0]
    holders = {cell.unit_id, *shared.get(cell.pk, ())}
    named = ", ".join(unit.label for unit in units if unit.pk in holders)
    return _("Én kvittering for alle: %(units)s") % {"units": named}, _code(cell.status, late=late)


def _cells(edition: YearEdition, cells: list[Cell], units: tuple[Party, ...], *, late: bool, today: date) -> SafeString:
    by_unit = {cell.unit_id: cell for cell in cells}
    words = get_language()
    codes = {str(status): _code(status, late=late) for status in TaskStatus.values}
    url = escape(address_of(edition, today=today))
    found = []
    for unit in units:
        cell = by_unit.get(unit.pk)
        made = _cell(unit.label, codes[cell.status] if cell else "", words)
        if cell and (cell.note or cell.evidence_url):
            made = made.replace("</td>", f'<span class="board-told">{_told(cell, url, words)}</span></td>')
        found.append(made)
    return mark_safe("".join(found))  # made by format_html, and what people wrote is escaped


@lru_cache(maxsize=4096)
def _cell(label: str, code: str, words: str | None) -> str:
    if code:
        return format_html('<td data-label="{}">{}</td>', label, state(code))
    dash = format_html('<span aria-hidden="true">–</span><span class="sr-only">{}</span>', _("har ikke oppgaven"))
    return format_html('<td data-label="{}" data-empty>{}</td>', label, dash)


def _told(cell: Cell, url: str, words: str | None) -> str:
    """What the unit has told: its note in the entry's page, its evidence where it lies."""
    note, link = _marks(words)
    said = f'<a href="{url}#task-{cell.pk}" title="{escape(cell.note)}">{note}</a>' if cell.note else ""
    if cell.evidence_url:
        address = escape(cell.evidence_url)
        said += f'<a href="{address}" rel="noreferrer" title="{address}">{link}</a>'
    return said


@lru_cache(maxsize=8)
def _marks(words: str | None) -> tuple[str, str]:
    return icon("comment", _("Merknad")), icon("external", _("Lenke som viser det"))


def _texts(
    editions: Iterable[YearEdition],
    tasks: dict[int, list[Cell]],
    shared: dict[int, list[int]],
    units: tuple[Party, ...],
    *,
    today: date,
) -> tuple[SafeString, str]:
    """By unit what it still misses; and in one line the units that miss nothing."""
    lines: dict[int, list[SafeString]] = defaultdict(list)
    for edition in editions:
        cells = [] if edition.is_cancelled else tasks.get(edition.pk, [])
        late = _is_late(edition, cells, today=today)
        line = format_html(
            '<li><a href="{}#oppgaver">{}</a> <span class="muted">{}</span> {}</li>',
            address_of(edition, today=today),
            edition.said.text,
            due_phrase(edition, today=today),
            state("late" if late else "open"),
        )
        for cell in cells:
            if cell.status == TaskStatus.OPEN:
                for unit in (cell.unit_id, *shared.get(cell.pk, ())):
                    lines[unit].append(line)
    missing = "".join(_unit_text(unit, lines[unit.pk]) for unit in units if lines.get(unit.pk))
    return mark_safe(missing), ", ".join(unit.name for unit in units if not lines.get(unit.pk))


def _unit_text(unit: Party, lines: list[SafeString]) -> SafeString:
    count = ngettext("mangler %(count)d", "mangler %(count)d", len(lines)) % {"count": len(lines)}
    return format_html(UNIT_TEXT, unit.slug, unit.name, count, written(), mark_safe("".join(lines)))
