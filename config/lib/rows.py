"""A list of small forms inside a form, where lines are added, removed and put in order without script.

The buttons send the whole form with `do=<prefix>-add`, `<prefix>-up-2` …; what was typed comes back in its new order
and nothing is saved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict

from config.lib.numbers import whole_number
from config.lib.ui import fault_of

MOST = 40
RawRow = dict[str, list[str]]


class RowForm(forms.Form):
    """One line. `refers_to_line` names a field that holds the number of another line, counted from 1."""

    refers_to_line: ClassVar[str | None] = None
    use_required_attribute = False

    def __init__(self, data: Any = None, *, is_drafting: bool = False, **kwargs: Any) -> None:
        super().__init__(data, empty_permitted=True, use_required_attribute=False, **kwargs)
        self.is_drafting = is_drafting

    def full_clean(self) -> None:
        """While lines are being moved about, nothing is judged."""
        if not self.is_drafting:
            super().full_clean()
            return
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}


class Rows:
    """The lines of one list, from the database (`initial`) or as they were sent (`data`)."""

    def __init__(
        self,
        form_class: type[RowForm],
        prefix: str,
        *,
        data: Mapping[str, Any] | None = None,
        initial: Sequence[Mapping[str, Any]] = (),
        form_kwargs: Mapping[str, Any] | None = None,
    ) -> None:
        self.prefix = prefix
        self.form_class = form_class
        self.kwargs = dict(form_kwargs or {})
        self.focus = -1
        self.initial = initial or [{}]
        self.action = "" if data is None else str(data.get("do", ""))
        self.sent = None if data is None else self._after(self.action, sent_rows(form_class, prefix, data))

    @cached_property
    def forms(self) -> list[RowForm]:
        if self.sent is None:
            return [self._form(index, initial=dict(row)) for index, row in enumerate(self.initial)]
        is_drafting = bool(self.action)
        return [
            self._form(index, data=_as_data(self.prefix, index, row), is_drafting=is_drafting)
            for index, row in enumerate(self.sent)
        ]

    def _form(self, index: int, **said: Any) -> RowForm:
        return self.form_class(prefix=f"{self.prefix}-{index}", **said, **self.kwargs)

    @cached_property
    def is_untouched(self) -> bool:
        """Whether the lines were sent as they stand in the database."""
        if self.sent is None or self.action:
            return False
        fields = self.form_class.base_fields
        blank = {name: str(field.initial or "") for name, field in fields.items()}
        sent = [{name: " ".join(row.get(name) or [""]) for name in fields} for row in self.sent]
        stored = [{name: str(row.get(name) or "") for name in fields} for row in self.initial]
        return [row for row in sent if row != blank] == [row for row in stored if row != blank and any(row.values())]

    def is_at_work(self, data: Mapping[str, Any]) -> bool:
        """Whether one of its own buttons was pressed."""
        return str(data.get("do", "")).startswith(f"{self.prefix}-")

    def take_focus(self, attribute: str) -> None:
        """Mark the first field of the line that was added or moved with the attribute that gives it focus."""
        if self.focus >= 0:
            fields = self.forms[self.focus].fields.values()
            next(field for field in fields if not field.widget.is_hidden).widget.attrs[attribute] = True

    @property
    def count(self) -> int:
        return len(self.initial if self.sent is None else self.sent)

    def is_valid(self) -> bool:
        """Every line is judged, so that each gets its messages."""
        return sum(not form.is_valid() for form in self.forms) == 0

    @property
    def filled(self) -> list[tuple[int, dict[str, Any]]]:
        """The lines that say something, each with its number in the form; empty ones are left out."""
        return [(number, _cleaned(form)) for number, form in enumerate(self.forms, 1) if form.has_changed()]

    def errors(self) -> list[tuple[int, str, str]]:
        """What is wrong: the number of the line, the id of the field "" for the whole line, and the words."""
        return [
            (number, form[name].id_for_label, fault_of(form.fields[name].label, message))
            if name in form.fields
            else (number, "", str(message))
            for number, form in enumerate(self.forms, 1)
            for name, messages in form.errors.items()
            for message in messages
        ]

    def _after(self, action: str, rows: list[RawRow]) -> list[RawRow]:
        """Do what the pressed button asks for; buttons of other lists do nothing here."""
        what, _, number = action.removeprefix(f"{self.prefix}-").partition("-")
        if not action.startswith(f"{self.prefix}-"):
            return rows
        if what == "add" and len(rows) < MOST:
            self.focus = len(rows)
            return [*rows, self._fresh()]
        at = whole_number(number, len(rows) - 1)
        if at is None:
            return rows
        order = list(range(len(rows)))
        if what == "remove":
            order.remove(at)
        elif what == "up" and at > 0:
            order[at - 1], order[at] = order[at], order[at - 1]
        elif what == "down" and at < len(rows) - 1:
            order[at + 1], order[at] = order[at], order[at + 1]
        return self._in_order(rows, order)

    def _fresh(self) -> RawRow:
        """A new line begins with what its fields begin with."""
        fields = self.form_class.base_fields.items()
        return {name: [str(field.initial)] for name, field in fields if field.initial is not None}

    def _in_order(self, rows: list[RawRow], order: list[int]) -> list[RawRow]:
        """Put the rows in order, and let what points at a line's number follow that line."""
        name = self.form_class.refers_to_line
        moved = [dict(rows[old]) for old in order]
        if name:
            new_number = {str(old + 1): str(new + 1) for new, old in enumerate(order)}
            for row in moved:
                row[name] = [new_number.get(value, "") for value in row.get(name, [])]
        return moved


def _cleaned(form: RowForm) -> dict[str, Any]:
    """What a line says, also where nobody has judged it: one that came back untouched."""
    form.is_valid()
    return form.cleaned_data


def sent_rows(form_class: type[RowForm], prefix: str, data: Any) -> list[RawRow]:
    """The lines as they came."""
    try:
        count = min(int(data.get(f"{prefix}-count", "0")), MOST)
    except ValueError:
        count = 0
    names = form_class.base_fields
    return [{name: data.getlist(f"{prefix}-{index}-{name}") for name in names} for index in range(count)]


def _as_data(prefix: str, index: int, row: RawRow) -> MultiValueDict[str, str]:
    return MultiValueDict({f"{prefix}-{index}-{name}": values for name, values in row.items() if values})
