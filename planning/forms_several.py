"""The form that changes several measures at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.phrase_reader import ReadLine
from organisation.said import LONGEST_PHRASE, Said
from planning.models import Measure
from strategy.models import Document, TargetGroup

WHAT = ("adds", "removes", "leads")


class SeveralForm(forms.Form):
    use_required_attribute = False

    leads = forms.CharField(
        label=gettext_lazy("Gi dem denne ansvarlige"),
        help_text=gettext_lazy("Slik dere sier det: «Instituttene i samarbeid med linjeforeningene»."),
        max_length=LONGEST_PHRASE,
        required=False,
        widget=forms.TextInput(attrs={"list": "several-options", "autocomplete": "off"}),
    )
    replaces = forms.BooleanField(label=gettext_lazy("Ta bort dem som står der fra før"), required=False)
    adds = forms.ModelChoiceField(
        TargetGroup.objects.none(),
        label=gettext_lazy("Legg til målgruppen"),
        required=False,
        empty_label=gettext_lazy("Ingen"),
    )
    removes = forms.ModelChoiceField(
        TargetGroup.objects.none(),
        label=gettext_lazy("Ta bort målgruppen"),
        required=False,
        empty_label=gettext_lazy("Ingen"),
    )
    measures = forms.ModelMultipleChoiceField(
        Measure.objects.none(),
        label=gettext_lazy("Tiltak"),
        to_field_name="key",
        error_messages={"required": gettext_lazy("Kryss av for minst ett tiltak.")},
        widget=forms.MultipleHiddenInput,
    )

    def __init__(self, data: Any, *, document: Document) -> None:
        super().__init__(data)
        self.document = document
        self.understood: Sequence[str] = ()  # who is responsible, line by line
        groups = TargetGroup.objects.order_by("name")
        self.fields["adds"].queryset = self.fields["removes"].queryset = groups  # type: ignore[attr-defined]
        self.fields["measures"].queryset = Measure.objects.standing().filter(document=document)  # type: ignore[attr-defined]

    def clean_leads(self) -> list[ReadLine]:
        """The lines that the phrase is understood as, by the reader that reads it for one measure."""
        words = QueryDict(mutable=True)
        words["responsible"] = self.cleaned_data["leads"]
        said = Said(Measure(document=self.document), home=self.document.owner, data=words)
        said.check()
        self.understood = said.told.lines
        return said.read

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not self.errors and not any(given.get(name) for name in WHAT):
            raise forms.ValidationError(_("Velg hva som skal endres."))
        if given.get("adds") and given.get("adds") == given.get("removes"):
            self.add_error("removes", _("Du kan ikke legge til og ta bort den samme målgruppen."))
        return given

    @property
    def asked(self) -> list[forms.BoundField]:
        return [self[name] for name in ("leads", "replaces", "adds", "removes")]
