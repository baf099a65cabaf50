"""Rows of what holds from a day to a day: roles, functions, and members of a group."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from organisation.services import DatedRow
from organisation.words import period_words


@dataclass(frozen=True)
class Dated:
    pk: int
    title: str
    url: str
    note: str
    period: str
    has_ended: bool
    end_url: str


def dated_rows(
    rows: Iterable[DatedRow],
    *,
    kind: str,
    title: Callable[[Any], tuple[str, str]],
    note: Callable[[Any], str],
    reach: Collection[int],
    today: date,
) -> list[Dated]:
    """Return what holds first, then what has ended; an address to end it where it is the administrator's to end."""
    made = []
    for row in rows:
        has_ended = row.to_on is not None and row.to_on < today
        may_end = row.unit_id in reach and not has_ended
        end_url = reverse(f"admin_{kind}_end", args=[row.pk]) if may_end else ""
        words, url = title(row)
        period = period_words(row.from_on, row.to_on, today=today)
        made.append(Dated(row.pk, words, url, note(row), period, has_ended, end_url))
    return sorted(made, key=lambda row: row.has_ended)
