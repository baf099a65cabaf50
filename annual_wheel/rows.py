"""Rows of the year's list: each edition with its words made ready, gathered by month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annual_wheel.models import Edition, EditionForm, EditionState, EntryKind
from annual_wheel.phrases import When, language, responsible_words, when_of
from annual_wheel.when.words import month_name
from planning.models import Modality


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One edition in the year's list. `state` is a code of the interface's states, empty where none says anything."""

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


@dataclass(frozen=True, slots=True)
class Month:
    """A month's rows; `number` is 0 for what goes on all year."""

    number: int
    name: str
    short: str
    anchor: str
    is_now: bool
    rows: tuple[EditionRow, ...]


def row_of(edition: Edition, *, today: date) -> EditionRow:
    """Make an edition's row; it must come from `EditionVerbs.for_rows`."""
    entry = edition.entry
    return EditionRow(
        key=entry.key,
        url=address_of(edition, today=today),
        text=edition.said.text,
        kind=entry.kind,
        when=when_of(edition),
        responsible=responsible_words(edition.lines),
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
    )


def address_of(edition: Edition, *, today: date) -> str:
    """The entry's page, opened at the edition's year; this year is what it opens at by itself."""
    address = edition.entry.get_absolute_url()
    return address if edition.year == today.year else f"{address}?aar={edition.year}"


def is_late(edition: Edition, *, today: date) -> bool:
    """Whether one of its tasks is late; what only should or may be done never is. Needs the counts."""
    binding = edition.entry.modality == Modality.MUST and edition.entry.kind != EntryKind.ONGOING
    return binding and not edition.is_cancelled and edition.due_on < today and bool(getattr(edition, "open_count", 0))


def state_of(edition: Edition, *, today: date) -> str:
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
    return {Modality.SHOULD: _("Bør gjøres"), Modality.MAY: _("Kan gjøres")}.get(Modality(modality), "")


def notes_of(edition: Edition) -> tuple[str, ...]:
    """What is special about this year, in a word or two each."""
    forms = {EditionForm.DIGITAL: _("digitalt i år"), EditionForm.ON_CAMPUS: _("på campus i år")}
    own = [
        _("delvis avlyst i år") if edition.state == EditionState.PARTLY_CANCELLED else "",
        _("flyttet i år") if edition.is_moved else "",
        str(forms.get(EditionForm(edition.form), "")) if edition.form else "",
    ]
    return tuple(note for note in own if note)


def not_relevant_words(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(count)d ikke aktuelt", "%(count)d ikke aktuelt", count) % {"count": count}


def by_month(editions: Iterable[Edition], *, year: int, today: date) -> list[Month]:
    """Gather rows under the months that have any, and what goes on all year at the end."""
    found: dict[int, list[EditionRow]] = {}
    for edition in sorted(editions, key=_place):
        found.setdefault(_month_of(edition), []).append(row_of(edition, today=today))
    numbers = sorted(found, key=lambda number: number or 13)
    return [_month(number, tuple(found[number]), year, today) for number in numbers]


def _month(number: int, rows: tuple[EditionRow, ...], year: int, today: date) -> Month:
    name = month_name(number, language()).capitalize() if number else _("Løpende gjennom året")
    is_now = (today.year, today.month) == (year, number)
    short = name[:3] if number else _("Løpende")
    return Month(number, name, short, f"maaned-{number}" if number else "loepende", is_now, rows)


def _month_of(edition: Edition) -> int:
    said = edition.said
    return month_number(kind=said.kind, month=said.month, is_moved=edition.is_moved, latest_on=edition.latest_on)


def month_number(*, kind: str, month: int, is_moved: bool, latest_on: date) -> int:
    """The month an edition stands under: its heading, or where it has been moved to this year; 0 for what goes on."""
    if kind == EntryKind.ONGOING:
        return 0
    return latest_on.month if is_moved else month


def _place(edition: Edition) -> tuple[date, int, int]:
    return edition.due_on, edition.entry.position, edition.pk
