"""A year's editions as plain content: fetched as columns, so that two hundred cost little, and a key by itself.

The columns are what pages keep their ready parts under (`config.lib.set_once`): whoever gets the same columns gets the
same words, and nothing that is kept can be out of date.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

from django.db.models import Count, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import get_language

from annual_wheel.aims import Aim
from annual_wheel.models import (
    Edition,
    EditionQuerySet,
    EditionResponsibility,
    EditionState,
    EntryResponsibility,
    Task,
    Wheel,
)
from annual_wheel.verbs import STANDING
from config.lib.addresses import address
from config.lib.kept import told
from config.lib.ready_query import ReadyColumns
from organisation.models import Relation
from organisation.words import phrase_of

ENTRY: Final = ("entry__key", "entry__text", "entry__kind", "entry__month", "entry__position", "entry__modality",
                "entry__ticks", "entry__bound_words")  # fmt: skip
OWN: Final = ("pk", "entry_id", "year", "as_written", "precision", "earliest_on", "latest_on", "bound_on", "due_on",
              "is_moved", "state", "reason", "form", "is_form_likely", "outcome", "has_own_lines")  # fmt: skip
LINE: Final = ("relation", "under", "wording", "unit__slug", "unit__name", "unit__name_en", "group__slug",
               "group__name", "group__name_en", "function__name", "function__name_en")  # fmt: skip

Columns = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Raw:
    """What the database gave, with the aims of each entry: (entry, aim) pairs."""

    editions: tuple[Columns, ...]
    lines: tuple[Columns, ...]
    own_lines: tuple[Columns, ...]  # of the editions that have lines of their own
    counts: tuple[Columns, ...]
    aims: tuple[tuple[int, Aim], ...] = ()


class YearEntry(NamedTuple):
    key: str
    text: str
    kind: str
    month: int
    position: int
    modality: str
    ticks: str
    bound_words: str

    def get_absolute_url(self) -> str:
        return address("entry", self.key)


class YearEdition(NamedTuple):
    """An edition as the year's views need it, with its counts; the words for it are those of `Edition`.

    `entry` reads as it does this year, whatever it says in others.
    """

    pk: int
    entry_id: int
    year: int
    as_written: str
    precision: str
    earliest_on: date
    latest_on: date
    bound_on: date | None
    due_on: date
    is_moved: bool
    state: str
    reason: str
    form: str
    is_form_likely: bool
    outcome: str
    has_own_lines: bool
    entry: YearEntry
    responsible: str = ""
    lead: tuple[str, str] = ("", "")  # slug and name of the first that is responsible
    aims: tuple[Aim, ...] = ()
    task_count: int = 0
    done_count: int = 0
    open_count: int = 0
    not_relevant_count: int = 0

    @property
    def said(self) -> YearEntry:
        return self.entry

    @property
    def is_cancelled(self) -> bool:
        return self.state == EditionState.CANCELLED

    @property
    def reason_words(self) -> str:
        return told(self.reason)

    def unticked(self) -> YearEdition:
        """The same without its counts."""
        return self._replace(task_count=0, done_count=0, open_count=0, not_relevant_count=0)


def lines_of(wheel: Wheel) -> tuple[Columns, ...]:
    """The lines of responsibility of all the wheel's entries."""
    lines = EntryResponsibility.objects.filter(entry__wheel=wheel).order_by("entry_id", "position", "pk")
    return tuple(lines.values_list("entry_id", *LINE))


def raw_of(editions: EditionQuerySet, *, lines: tuple[Columns, ...]) -> Raw:
    """Fetch in two queries, three where a year has lines of its own, however many there are."""
    raw = uncounted(editions, lines=lines)
    # By key, without a join: sixty departments make twelve thousand tasks.
    tasks = Task.objects.filter(edition__in=[own[0] for own in raw.editions])
    return replace(raw, counts=tuple(counts_of(tasks)))


def uncounted(editions: EditionQuerySet, *, lines: tuple[Columns, ...]) -> Raw:
    """What stands still while people tick."""
    columns = tuple(as_it_reads(*row) for row in columns_of(editions.order_by("pk")))
    alone = [own[0] for own in columns if own[OWN.index("has_own_lines")]]
    return Raw(columns, lines, _own_lines(alone) if alone else (), counts=())


def counts_of(tasks: QuerySet[Task]) -> QuerySet[Task, Any]:
    """How many tasks of each edition stand how."""
    standing = tasks.filter(status__in=STANDING).order_by()
    return standing.values_list("edition_id", "status").annotate(Count("pk"))


def _in_year(*, wheel: int, year: int) -> QuerySet[Task, Any]:
    editions = Edition.objects.filter(entry__wheel=wheel, year=year).order_by().values("pk")  # joined, they are sorted
    return counts_of(Task.objects.filter(edition__in=editions))


COUNTS: Final = ReadyColumns(_in_year, wheel=int, year=int)


def columns_of(editions: EditionQuerySet) -> Any:
    """The columns of `as_it_reads`."""
    words = Cast("own_words", TextField())  # as text, since hardly any year has words of its own to be taken apart
    return editions.values_list(words, *OWN, *ENTRY)


def _own_lines(editions: list[int]) -> tuple[Columns, ...]:
    lines = EditionResponsibility.objects.filter(edition__in=editions).order_by("edition_id", "position", "pk")
    return tuple(lines.values_list("edition_id", *LINE))


def as_it_reads(own_words: str, *columns: Any) -> Columns:
    """The columns with the words that the year has of its own put in for the entry's."""
    if own_words == "{}":
        return columns
    own = json.loads(own_words)
    names = (name.removeprefix("entry__") for name in ENTRY)
    entry = zip(names, columns[len(OWN) :], strict=True)
    return (*columns[: len(OWN)], *(own.get(name, value) for name, value in entry))


def editions_of(raw: Raw) -> tuple[YearEdition, ...]:
    """Make the editions, once for the same columns and language."""
    return _editions(raw, get_language())


@lru_cache(maxsize=32)
def _editions(raw: Raw, language: str | None) -> tuple[YearEdition, ...]:
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for edition, status, count in raw.counts:
        counts[edition][status] = count
    return tuple(_counted(edition, counts[edition.pk]) for edition in _still(replace(raw, counts=()), language))


def _counted(edition: YearEdition, counts: Mapping[str, int]) -> YearEdition:
    done, still_open, not_relevant = (counts.get(status, 0) for status in ("done", "open", "not_relevant"))
    return edition._replace(
        task_count=done + still_open + not_relevant,
        done_count=done,
        open_count=still_open,
        not_relevant_count=not_relevant,
    )


@lru_cache(maxsize=32)
def _still(raw: Raw, _language: str | None) -> tuple[YearEdition, ...]:
    """The editions as they stand while people tick: made once, however often they do."""
    lines, own_lines = _by_owner(raw.lines), _by_owner(raw.own_lines)
    aims: dict[int, list[Aim]] = defaultdict(list)
    for entry, aim in raw.aims:
        aims[entry].append(aim)

    def made(columns: Columns) -> YearEdition:
        key, entry = columns[:2]
        said = own_lines[key] if columns[OWN.index("has_own_lines")] else lines[entry]
        words = phrase_of(line[3] or _party_label(line) for line in said)
        return edition_from(columns, words, _lead(said), tuple(aims[entry]))

    return tuple(made(columns) for columns in raw.editions)


def edition_from(columns: Columns, *known: Any) -> YearEdition:
    """The edition of its columns, with what is known of it beside them, in order."""
    return YearEdition(*(*columns[: len(OWN)], YearEntry._make(columns[len(OWN) :]), *known))


def _by_owner(lines: tuple[Columns, ...]) -> dict[int, list[Columns]]:
    found: dict[int, list[Columns]] = defaultdict(list)
    for line in lines:
        found[line[0]].append(line)
    return found


def forget_editions() -> None:
    _editions.cache_clear()
    _still.cache_clear()


def parties_of(lines: Iterable[Columns]) -> set[tuple[str, str]]:
    """Slug and name of every unit and group that stands in a line."""
    return {(line[4] or line[7], _party(line)) for line in lines}


def named(name: str | None, english: str | None) -> str:
    return (english if english and (get_language() or "").startswith("en") else name) or ""


def _party(line: Columns) -> str:
    return named(line[5], line[6]) or named(line[8], line[9])


def _party_label(line: Columns) -> str:
    function = named(line[10], line[11])
    return f"{_party(line)} v/{function}" if function else _party(line)


def _lead(lines: list[Columns]) -> tuple[str, str]:
    """The party of the first line that leads and stands under no other."""
    found = next((line for line in lines if line[1] == Relation.LEAD and line[2] is None), None)
    return (found[4] or found[7], _party(found)) if found else ("", "")
