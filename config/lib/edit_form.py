"""The form of a row that others may be editing too: from which version it was made, and why the row is changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy

from config.lib.choices import Chosen, fetch_once
from config.lib.fetched import all_of
from config.lib.saving import LONGEST_WHY
from config.lib.text import refuse_links, refuse_too_long


class DayInput(forms.DateInput):
    """The browser's own date field; it sends and wants ISO dates."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


def plain_number(value: Any) -> Any:
    """A decimal as one writes it: 40 rather than 40.00."""
    if not isinstance(value, Decimal):
        return value
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


class EditForm(forms.ModelForm):
    """A form that says which version of the row it was made from, and why the row is changed."""

    use_required_attribute = False
    formatted: ClassVar[Sequence[str]] = ()  # the fields whose text has formatting, see `config.lib.text`

    lock_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    why = forms.CharField(
        label=gettext_lazy("Hvorfor endrer du dette?"),
        help_text=gettext_lazy("Står sammen med navnet ditt under «Endringer»."),
        required=False,
        max_length=LONGEST_WHY,
    )

    def __init__(self, *args: Any, is_drafting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "use_required_attribute": False})
        self.is_drafting = is_drafting
        self.line_errors: list[dict[str, str]] = []  # what is wrong in the lines that are saved with the form
        self.is_new = self.instance.pk is None
        if self.is_new:
            del self.fields["why"], self.fields["lock_version"]
        else:
            self.initial["lock_version"] = getattr(self.instance, "lock_version", 0)
            self.fields["why"] = self.fields.pop("why")
        self.initial = {name: plain_number(value) for name, value in self.initial.items()}
        for field_name, edited in self.fields.items():
            if isinstance(edited.widget, forms.Textarea):
                edited.widget.attrs.setdefault("rows", 3)
            if isinstance(edited, forms.ModelChoiceField):
                fetch_once(edited)
            if isinstance(edited, Chosen):
                edited.stored = {str(row.pk): row for row in self.initial.get(field_name) or ()}
        for name in set(self.formatted) & set(self.fields):
            self.fields[name].validators += [refuse_links, refuse_too_long]
            self.fields[name].widget.attrs["data-formatted"] = True

    def full_clean(self) -> None:
        """While lines are being added or looked up, nothing is judged."""
        if not self.is_drafting:
            super().full_clean()
            return
        self._errors = ErrorDict()
        self.cleaned_data = {}

    @classmethod
    def touched(cls, row: models.Model, data: Any) -> set[str]:
        """The fields of a stored row that were sent otherwise than they stand in it, without making the form."""
        columns = [column for column in row._meta.fields if column.name in cls.base_fields]
        stored = {column.name: column.value_from_object(row) for column in columns}
        stored |= {tie.name: all_of(row, tie.name) for tie in row._meta.many_to_many if tie.name in cls.base_fields}
        return {
            name
            for name, value in stored.items()
            if (field := cls.base_fields[name]).has_changed(value, field.widget.value_from_datadict(data, {}, name))
        }

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [bound for bound in self.visible_fields() if bound.name != "why"]

    @property
    def expected(self) -> int:
        return self.cleaned_data.get("lock_version") or 0

    @property
    def reason(self) -> str:
        return self.cleaned_data.get("why", "")

    def many(self) -> dict[str, Any]:
        """The many-to-many fields as they were chosen, with what stood there without being offered."""
        names = [relation.name for relation in self.instance._meta.many_to_many]
        return {
            name: [*self.cleaned_data[name], *self._stored_out_of_sight(name)]
            for name in names
            if name in self.cleaned_data
        }

    def _stored_out_of_sight(self, name: str) -> Iterable[models.Model]:
        """What the row points at that the form does not offer, such as a draft of others: not this person's to drop."""
        if self.is_new:
            return ()
        left = {row.pk: row for row in self.initial[name]}
        for row in self.cleaned_data[name]:
            left.pop(row.pk, None)
        if left:
            offered: Any = self.fields[name]
            for pk in offered.queryset.filter(pk__in=left).values_list("pk", flat=True):
                del left[pk]
        return left.values()

    def _clean_fields(self) -> None:
        """Where one row is to be chosen and the stored one is not among the choices, no choice leaves it as it is."""
        super()._clean_fields()  # type: ignore[misc]
        for name, choice in self.fields.items():
            is_one = isinstance(choice, forms.ModelChoiceField) and not isinstance(
                choice, forms.ModelMultipleChoiceField
            )
            stored = self.initial.get(name)
            if self.is_new or not is_one or not stored or self.cleaned_data.get(name) or name in self.errors:
                continue
            if not choice.queryset.filter(pk=stored).exists():  # type: ignore[attr-defined]
                self.cleaned_data[name] = choice.queryset.model._base_manager.get(pk=stored)  # type: ignore[attr-defined]
