"""The form in which an item is split: its words, and the same words again, to be made into two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.lib.edit_form import EditForm
from strategy.models import Goal, Route


class SplitForm(EditForm):
    """`second` has the fields of the new half, by the field of the item that each is."""

    formatted = ("text", "second_text")
    second: ClassVar[Mapping[str, str]] = {"text": "second_text"}

    second_text = forms.CharField(
        label=gettext_lazy("Den andre delen"),
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Skriv hva den andre delen er. Den første står som du skrev den.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Den første delen")
        for name, field in self.second.items():
            self.initial[field] = getattr(self.instance, name)

    def clean(self) -> dict[str, Any]:
        said = [[self.cleaned_data.get(name) for name in names] for names in (self.second, self.second.values())]
        if said[0] == said[1] and self.cleaned_data.get("second_text"):
            self.add_error(
                "second_text", _("De to delene sier det samme. Ta bort det som hører til den andre, i hver.")
            )
        return self.cleaned_data

    def half(self) -> dict[str, str]:
        """What the new half says."""
        return {name: self.cleaned_data[field] for name, field in self.second.items()}


class GoalSplitForm(SplitForm):
    second = {"title": "second_title", "text": "second_text"}

    second_title = forms.CharField(label=gettext_lazy("Tittel på den andre delen"), max_length=200, required=False)
    field_order = ("title", "text", "second_title", "second_text")

    class Meta:
        model = Goal
        fields = ("title", "text")
        labels = {"title": gettext_lazy("Tittel på den første delen")}
        help_texts = {"text": gettext_lazy("Beholder tiltakene, måltallene og historien.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["second_text"].help_text = _("Blir et nytt mål på samme sted, for de samme målgruppene.")


class RouteSplitForm(SplitForm):
    class Meta:
        model = Route
        fields = ("text",)
        help_texts = {"text": gettext_lazy("Beholder tiltakene som følger veivalget, og historien.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["second_text"].help_text = _("Blir et nytt veivalg på samme sted, for de samme målene.")
