"""The choices of a form field as people read them: a blank that says what it means, a capital, and the language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, Final

from django.db import models
from django.forms import ModelChoiceField, ModelMultipleChoiceField, Select
from django.forms.models import ModelChoiceIterator
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from config.lib.language import lang_of

BLANK: Final = "---"
LONG: Final = 44  # characters: what is longer wants the whole width


def choice_words(label: Any, *, is_required: bool) -> str:
    """What a choice says: "Velg" or "Ingen" instead of a line of dashes, and a capital first."""
    words = str(label)
    if words.startswith(BLANK):
        return _("Velg") if is_required else _("Ingen")
    return str(capfirst(words))


def choice_lang(value: Any) -> SafeString:
    """The attribute that names the language of a choice that people have written, empty where it is the page's own."""
    language = getattr(getattr(value, "instance", None), "written_in", "")
    return lang_of(language) if language else SafeString("")


def name_choices(widget: Select, *, is_required: bool) -> None:
    """Let the options of this field's own list be drawn so."""
    make = widget.create_option

    def create_option(name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = make(name, value, choice_words(label, is_required=is_required), *args, **kwargs)
        if lang := choice_lang(value):
            option["attrs"]["lang"] = lang.split('"')[1]
        return option

    widget.create_option = create_option  # type: ignore[method-assign]


class FetchedOnce(ModelChoiceIterator):
    """The choices of a field of rows: fetched when they are first looked at, and not again by each who looks."""

    def __init__(self, field: Any) -> None:
        self.field = field
        self.fetched: list[Any] | None = None

    @cached_property
    def queryset(self) -> Any:  # type: ignore[override]
        return self.field.queryset

    def __iter__(self) -> Iterator[Any]:
        if self.fetched is None:
            self.fetched = list(super().__iter__())
        return iter(self.fetched)


def fetch_once(field: Any) -> None:
    """Let a field of rows fetch its choices once, also where it is given other rows afterwards."""
    field.iterator = FetchedOnce
    field.widget.choices = field.choices


class Offering(ModelChoiceField):
    """A row to choose among others, which are worded as a query when somebody looks at them."""

    offered: Callable[[], models.QuerySet[Any]] | None = None

    def offer(self, rows: Callable[[], models.QuerySet[Any]]) -> None:
        self.offered = rows

    def _get_queryset(self) -> Any:
        if self.offered is not None:
            self._queryset, self.offered = self.offered(), None
        return self._queryset

    def _set_queryset(self, queryset: Any) -> None:
        self.offered = None
        super()._set_queryset(queryset)  # type: ignore[misc]

    queryset = property(_get_queryset, _set_queryset)


class Chosen(Offering, ModelMultipleChoiceField):
    """Rows to choose among, of which only those that are new to the item are looked up: it has the others already."""

    stored: dict[str, models.Model]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored = {}

    def clean(self, value: Any) -> Any:
        is_list = isinstance(value, list | tuple) and (value or not self.required)
        if is_list and {str(each) for each in value} <= self.stored.keys():
            return [self.stored[key] for key in dict.fromkeys(map(str, value))]
        return super().clean(value)
