"""The form of a measure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.lib.choices import Chosen, Offering
from config.lib.edit_form import EditForm
from config.lib.editing import Part
from config.lib.folding import Group, offers_something
from organisation.said import SaidForm
from planning.models import Measure

IN_ORDER = ("text", "responsible", "goals", "area")


class ServesForm(EditForm):
    """What a measure serves: goals, or all of an area."""

    class Meta:
        model = Measure
        fields: tuple[str, ...] = ("goals", "area")
        widgets: Mapping[str, Any] = {"goals": forms.CheckboxSelectMultiple}
        field_classes: Mapping[str, Any] = {"goals": Chosen, "area": Offering}
        help_texts = {
            "area": gettext_lazy("Velg et område når tiltaket tjener alle målene der, og ingen av dem for seg."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        document = self.instance.document
        offered = {
            "goals": lambda: document.goals.standing().as_read(),
            "routes": lambda: document.routes.standing().as_read(),
            "area": document.areas.standing,
        }
        for name in offered.keys() & self.fields.keys():
            self.fields[name].offer(offered[name])  # type: ignore[attr-defined]
        self.fields["area"].empty_label = _("Ingen")  # type: ignore[attr-defined]

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """Without what there is nothing to choose among for."""
        has_area = "area" in self.fields and any(value for value, _label in self.fields["area"].widget.choices)
        return [each for each in super().main_fields if offers_something(each) and (each.name != "area" or has_area)]

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("goals") and self.cleaned_data.get("area"):
            self.add_error("area", _("Velg enten mål eller et helt område, ikke begge deler."))
        return self.cleaned_data


class MeasureForm(SaidForm, ServesForm):
    formatted = ("text",)

    class Meta:
        model = Measure
        fields = ("text", "goals", "area", "routes", "modality", "frequency", "quantity", "target_groups")
        widgets = {
            "goals": forms.CheckboxSelectMultiple,
            "routes": forms.CheckboxSelectMultiple,
            "target_groups": forms.CheckboxSelectMultiple,
            "modality": forms.RadioSelect,
        }
        field_classes = {**dict.fromkeys(("goals", "routes", "target_groups"), Chosen), "area": Offering}
        help_texts = {
            "frequency": gettext_lazy("For eksempel «hvert semester»."),
            "quantity": gettext_lazy("For eksempel «minst to besøk»."),
            **ServesForm.Meta.help_texts,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(IN_ORDER)
        self.fields["modality"].choices = list(Measure._meta.get_field("modality").choices or [])  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.judge_said()
        return self.cleaned_data

    def groups(self, links: Part) -> list[Group]:
        """What is seldom needed."""
        return [
            self.line_by_line(),
            Group(_("Forpliktelse, hvor ofte og hvor mye"), ("modality", "frequency", "quantity")),
            Group(_("Veivalg og målgrupper"), ("routes", "target_groups")),
            Group(_("Nettlenker"), parts=[links]),
        ]


class WordsForm(EditForm):
    """The words of a measure alone, judged as in the whole form."""

    formatted = MeasureForm.formatted

    class Meta:
        model = Measure
        fields = ("text",)
