"""Somebody saved while this was being written: what the two wrote, field by field, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.db import models
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from config.lib.days import day_words
from config.lib.word_diff import marked

NOTHING = "–"
NOT_STORED: Final = object()  # what a form asks for that is no field of the row


def in_words(value: Any, choices: Iterable[Any] = ()) -> str:
    """A field's value as people read it."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("ja") if value else _("nei")
    if isinstance(value, Decimal):
        return str(number_format(value.normalize(), use_l10n=True, force_grouping=True))
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, models.QuerySet | list | tuple):
        return ", ".join(sorted(str(each) for each in value)) or NOTHING
    return next((str(word) for code, word in choices if code == value), str(value))


@dataclass(frozen=True)
class Difference:
    """One field of which two people wrote different things."""

    label: str
    mine: str
    theirs: str

    @property
    def marked(self) -> SafeString:
        """Both as one text: what only the other wrote is gone, what only I wrote is new."""
        return marked(self.theirs, self.mine)


@dataclass(frozen=True)
class Conflict:
    """Somebody saved while this was being written."""

    who: str
    differences: list[Difference]
    is_taken_out: bool = False  # what is written is no longer among what stands

    @property
    def is_none(self) -> bool:
        """Whether the two have written the same."""
        return not self.differences and not self.is_taken_out


def conflict_of(form: Any, stored: Any, now: Callable[[str], Any], *, also: Sequence[Difference] = ()) -> Conflict:
    """What the two wrote in the fields of a form, `now` giving what is stored; its next save is made from that."""
    differences = [
        Difference(str(bound.label), mine, theirs)
        for bound in form.visible_fields()
        if bound.name != "why"
        and now(bound.name) is not NOT_STORED
        and (mine := in_words(form.cleaned_data.get(bound.name), _choices(bound)))
        != (theirs := in_words(now(bound.name), _choices(bound)))
    ]
    form.data = form.data.copy()
    form.data["lock_version"] = stored.lock_version
    last = stored.history.select_related("history_user").first()
    who = str(last.history_user or "") if last else ""
    return Conflict(who, [*differences, *also], is_taken_out=getattr(stored, "is_taken_out", False))


def _choices(bound: forms.BoundField) -> Iterable[Any]:
    is_of_rows = isinstance(bound.field, forms.ModelChoiceField)
    return [] if is_of_rows else getattr(bound.field, "choices", [])


def stored_value(row: Any, name: str) -> Any:
    """What stands in a field of the row; NOT_STORED where it has none of that name."""
    value = getattr(row, name, NOT_STORED)
    return value.all() if isinstance(value, models.Manager) else value
