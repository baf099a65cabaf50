"""What belongs together in a form: under a name of its own, or, where it is seldom needed, folded away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms

if TYPE_CHECKING:
    from config.lib.edit_form import EditForm
    from config.lib.editing import Part


@dataclass(frozen=True)
class Set:
    """Fields under a name of their own; they stand two and two where there is room."""

    label: str
    fields: Sequence[str]


@dataclass(frozen=True)
class ShownSet:
    label: str
    fields: Sequence[forms.BoundField]


@dataclass(frozen=True)
class Group:
    """Fields and parts that are seldom needed: folded away until they hold something, or something in them is wrong."""

    label: str
    fields: Sequence[str] = ()
    parts: Sequence[Part] = ()
    hint: str = ""
    is_open: bool | None = None  # None where what it holds decides


@dataclass(frozen=True)
class Folded:
    """A group as the page shows it, with how much it holds."""

    label: str
    hint: str
    fields: Sequence[forms.BoundField]
    parts: Sequence[Part]
    count: int
    is_open: bool


def shown_sets(form: EditForm, sets: Iterable[Set]) -> list[ShownSet]:
    return [ShownSet(each.label, [form[name] for name in each.fields]) for each in sets]


def folded(form: EditForm, groups: Iterable[Group]) -> list[Folded]:
    """The groups that have something to show."""
    bound = [
        (group, [form[name] for name in group.fields if name in form.fields and offers_something(form[name])])
        for group in groups
    ]
    return [_folded(form, group, fields) for group, fields in bound if fields or group.parts]


def _folded(form: EditForm, group: Group, fields: Sequence[forms.BoundField]) -> Folded:
    rows = [row for part in group.parts for row in part.rows.forms]
    count = sum(map(_holds, fields)) + sum(row.has_changed() if row.is_bound else bool(row.initial) for row in rows)
    is_wrong = any(each.errors for each in (*fields, *rows))
    is_at_work = any(part.rows.is_at_work(form.data) for part in group.parts)
    is_open = bool(count) if group.is_open is None else group.is_open
    return Folded(group.label, group.hint, fields, group.parts, count, is_open or is_wrong or is_at_work)


def offers_something(bound: forms.BoundField) -> bool:
    """Whether there is anything to choose; a page does not show a list of choices without one."""
    return not isinstance(bound.field.widget, forms.CheckboxSelectMultiple) or bool(bound.subwidgets)


def _holds(bound: forms.BoundField) -> bool:
    """Whether a field of a row says something else than it does from the beginning."""
    value = bound.value()
    if not value:
        return False
    stored = bound.form._meta.model._meta.get_field(bound.name)  # type: ignore[attr-defined]
    return stored.many_to_many or str(value) != str(stored.get_default())
