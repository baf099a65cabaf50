"""Rows of the year's list: each edition with its words made ready, gathered by month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from annual_wheel.models import Edition, EditionForm, EditionState, Entry, EntryKind, Precision
from annual_wheel.phrases import When, language, responsible_words, when_of
from annual_wheel.when.words import month_name
from planning.models import Modality

if TYPE_CHECKING:
    from annual_wheel.year_editions import YearEdition, YearEntry

ALL_YEAR = 9999  # sorts behind every year
DUTIES = {Modality.SHOULD: gettext_lazy("Bør gjøres"), Modality.MAY: gettext_lazy("Kan gjøres")}
FORMS = {EditionForm.DIGITAL: gettext_lazy("digitalt i år"), EditionForm.ON_CAMPUS: gettext_lazy("på campus i år")}
LIKELY_FORMS = {
    EditionForm.DIGITAL: gettext_lazy("trolig digitalt i år"),
    EditionForm.ON_CAMPUS: gettext_lazy("trolig på campus i år"),
}


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One edition in the year's list. `state` is a code of the interface's states, empty where none says anything.

    `number` is its place in the list, which the picture shows; 0 in lists without a picture.
    """

    key: str
    url: str
    text: str
    kind: str
    when: When
    responsible: str
    state: str
    reason: str
    is_struck: bool
    is_late: bool
    notes: tuple[str, ...]
    duty: str
    outcome: str
    done: int
    total: int
    not_relevant: str
    number: int = 0
    year: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    """A month's rows; `number` is 0 for what goes on all year."""

    number: int
    name: str
    short: str
    anchor: str
    is_now: bool
    rows: tuple[EditionRow, ...]


def row_of(edition: Edition | YearEdition, *, today: date, number: int = 0) -> EditionRow:
    """Make an edition's row; it must come from `EditionVerbs.for_rows` or `year_editions`."""
    entry = edition.entry
    lines = responsible_words(edition.lines) if isinstance(edition, Edition) else edition.responsible
    return EditionRow(
        key=entry.key,
        url=address_of(edition, today=today),
        text=edition.said.text,
        kind=entry.kind,
        when=when_of(edition),
        responsible=lines,
        state=state_of(edition, today=today),
        reason=edition.reason_words,
        is_struck=edition.is_cancelled,
        is_late=is_late(edition, today=today),
        notes=notes_of(edition),
        duty=duty_words(entry.modality),
        outcome=edition.outcome,
        done=getattr(edition, "done_count", 0),
        total=getattr(edition, "task_count", 0),
        not_relevant=not_relevant_words(getattr(edition, "not_relevant_count", 0)),
        number=number,
        year=edition.year,
    )


@lru_cache(maxsize=4096)
def _row_once(edition: YearEdition, today: date, number: int, _language: str | None) -> EditionRow:
    return row_of(edition, today=today, number=number)


def address_of(edition: Edition | YearEdition, *, today: date) -> str:
    return address_in(edition.entry, edition.year, today=today)


def address_in(entry: Entry | YearEntry, year: int, *, today: date) -> str:
    """The entry's page, opened at a year; this year is what it opens at by itself."""
    address = entry.get_absolute_url()
    return address if year == today.year else f"{address}?aar={year}"


def is_late(edition: Edition | YearEdition, *, today: date) -> bool:
    """Whether one of its tasks is late. Needs the counts."""
    return bool(getattr(edition, "open_count", 0)) and is_past(edition, today=today)


def is_past(edition: Edition | YearEdition, *, today: date) -> bool:
    """Whether what is still open of it is late; what only should or may be done never is."""
    binding = edition.entry.modality == Modality.MUST and edition.entry.kind != EntryKind.ONGOING
    return binding and not edition.is_cancelled and edition.due_on < today


def state_of(edition: Edition | YearEdition, *, today: date) -> str:
    """Where the edition stands: its own state when changed this year, else what its tasks come to."""
    if edition.state == EditionState.CANCELLED:
        return EditionState.CANCELLED
    if is_late(edition, today=today):
        return "late"
    if edition.state == EditionState.PARTLY_CANCELLED:
        return EditionState.PARTLY_CANCELLED
    total, still_open = getattr(edition, "task_count", 0), getattr(edition, "open_count", 0)
    if not total:
        return ""
    if not still_open:
        return "done"
    return "open" if still_open == total else "in_progress"


def duty_words(modality: str) -> str:
    """What is said where it is not a must."""
    return str(DUTIES.get(Modality(modality), ""))


def notes_of(edition: Edition | YearEdition) -> tuple[str, ...]:
    """What is special about this year, in a word or two each."""
    own = [
        _("delvis avlyst i år") if edition.state == EditionState.PARTLY_CANCELLED else "",
        _("flyttet i år") if edition.is_moved else "",
        str((LIKELY_FORMS if edition.is_form_likely else FORMS)[EditionForm(edition.form)]) if edition.form else "",
    ]
    return tuple(note for note in own if note)


def not_relevant_words(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(count)d ikke aktuelt", "%(count)d ikke aktuelt", count) % {"count": count}


def in_order(editions: Iterable[YearEdition], *, is_whole: bool = True) -> list[YearEdition]:
    """The order of the year's list and of the numbers: month by month, and at the end what goes on all year.

    Where less than a year is shown, that is everything without a time of its own.
    """
    return sorted(editions, key=lambda edition: (*_month_of(edition, is_whole), *_place(edition)))


def by_month(editions: Iterable[YearEdition], *, year: int, today: date, is_whole: bool = True) -> list[Month]:
    """Gather rows under the months that have any, and what goes on all year at the end; numbered from 1."""
    found: dict[tuple[int, int], list[EditionRow]] = {}
    language = get_language()
    for number, edition in enumerate(in_order(editions, is_whole=is_whole), 1):
        found.setdefault(_month_of(edition, is_whole), []).append(_row_once(edition, today, number, language))
    return [_month(*month, tuple(rows), year, today, is_whole) for month, rows in found.items()]


def month_of(edition: Edition | YearEdition) -> int:
    """The month an edition stands under, the same on every page; 0 for what goes on."""
    return month_number(
        kind=edition.entry.kind, month=edition.said.month, is_moved=edition.is_moved, latest_on=edition.latest_on
    )


def month_number(*, kind: str, month: int, is_moved: bool, latest_on: date) -> int:
    """The month an edition stands under: its heading, or where it has been moved to this year; 0 for what goes on."""
    if kind == EntryKind.ONGOING:
        return 0
    return latest_on.month if is_moved else month


def month_words(number: int) -> str:
    """The heading of a month, and of what goes on all year."""
    return month_name(number, language()).capitalize() if number else _("Løpende gjennom året")


def _month(
    its_year: int, number: int, rows: tuple[EditionRow, ...], year: int, today: date, is_whole: bool
) -> Month:  # fmt: skip
    if its_year == ALL_YEAR:
        name = _("Løpende gjennom året") if is_whole else _("Hele året")
        return Month(0, name, _("Løpende") if is_whole else name, "loepende", False, rows)
    name = month_name(number, language()).capitalize()
    is_now, is_other = (today.year, today.month) == (its_year, number), its_year != year
    anchor = f"maaned-{its_year}-{number}" if is_other else f"maaned-{number}"
    return Month(number, f"{name} {its_year}" if is_other else name, name[:3], anchor, is_now, rows)


def _month_of(edition: YearEdition, is_whole: bool) -> tuple[int, int]:
    """Year and month that an edition stands under."""
    number = 0 if not is_whole and edition.precision == Precision.YEAR else month_of(edition)
    if not number:
        return ALL_YEAR, 0
    return edition.latest_on.year if edition.is_moved else edition.year, number


def _place(edition: YearEdition) -> tuple[date, int, int]:
    return edition.due_on, edition.entry.position, edition.pk
