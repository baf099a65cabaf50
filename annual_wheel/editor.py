"""The rows of the page where a wheel is written: its entries month by month, and what has been taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from annual_wheel.models import Entry, Wheel
from organisation.lines import line_words
from strategy.models import ItemStatus
from strategy.rows import Add, Row


def month_key(number: int) -> str:
    """What names a month on the editor's page: where something new is put."""
    return f"ny-{number}"


@dataclass(frozen=True)
class Month:
    key: str
    number: int
    name: str
    rows: Sequence[Row]
    add: Sequence[Add]


def months_of(wheel: Wheel) -> tuple[list[Month], list[Row]]:
    """The twelve months with their entries in order, and the entries that have been taken out."""
    entries: Any = wheel.entries.prefetch_related(
        "responsibilities__unit", "responsibilities__group", "responsibilities__function"
    )
    everything = list(entries)
    standing = [entry for entry in everything if entry.status != ItemStatus.RETIRED]
    months = [_month(wheel, number, standing) for number in range(1, 13)]
    return months, [_retired(entry) for entry in everything if entry.status == ItemStatus.RETIRED]


def _month(wheel: Wheel, number: int, standing: Sequence[Entry]) -> Month:
    entries = [entry for entry in standing if entry.month == number]
    last = len(entries) - 1
    rows = [_row(entry, is_first=at == 0, is_last=at == last) for at, entry in enumerate(entries)]
    url = f"{reverse('entry_new', args=[wheel.slug])}?maned={number}"
    add = [Add(url, _("Nytt punkt"), f"entry_new-{number}")]
    return Month(key=month_key(number), number=number, name=str(MONTHS[number]).capitalize(), rows=rows, add=add)


def _row(entry: Entry, *, is_first: bool, is_last: bool) -> Row:
    names = ("edit", "move", "retire", "changes")
    urls: dict[str, Any] = {f"{name}_url": reverse(f"entry_{name}", args=[entry.key]) for name in names}
    return Row(
        key=entry.key,
        kind="entry",
        label=entry.get_kind_display().capitalize(),
        text=entry.text,
        when=entry.when_words,
        notes=[line_words(line) for line in entry.responsibilities.all()],  # type: ignore[attr-defined]
        is_first=is_first,
        is_last=is_last,
        **urls,
    )


def _retired(entry: Entry) -> Row:
    return Row(
        key=entry.key,
        kind="entry",
        label=str(MONTHS[entry.month]).capitalize(),
        text=entry.text,
        back_url=reverse("entry_bring_back", args=[entry.key]),
    )
