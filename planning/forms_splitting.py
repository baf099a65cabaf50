"""The forms in which a measure is split in two, or joined with another."""

from __future__ import annotations

from copy import copy
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.lib.editing import EditForm
from planning.joining import refuse_changed
from planning.models import Measure
from strategy.forms_splitting import SplitForm
from strategy.words import shortened


class MeasureSplitForm(SplitForm):
    class Meta:
        model = Measure
        fields = ("text",)
        help_texts = {"text": gettext_lazy("Beholder rapportene, evalueringene, plassen i årshjulet og historien.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["second_text"].help_text = _(
            "Blir et nytt tiltak på samme sted, med samme ansvar, målgrupper og forpliktelse, og bygger opp under det "
            "samme."
        )


class JoinForm(EditForm):
    """What two measures become, which begins as the words of both."""

    formatted = ("text",)

    other_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Measure
        fields = ("text",)
        labels = {"text": gettext_lazy("Det de blir til sammen")}

    def __init__(self, *args: Any, other: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.other = other
        self.initial["text"] = f"{self.instance.text}\n\n{other.text}"
        self.initial["other_version"] = other.lock_version
        self.fields["text"].help_text = _(
            "«%(kept)s» går videre med dette. Ansvar, mål og målgrupper fra «%(other)s» blir med, og det tas ut."
        ) % {"kept": shortened(str(self.instance)), "other": shortened(str(other))}

    def clean(self) -> dict[str, Any]:
        """The other is judged as it was when one read it."""
        seen = copy(self.other)
        seen.lock_version = self.cleaned_data.get("other_version") or 0
        self.refuse_newer(seen, self.other)
        return self.cleaned_data

    def refuse_newer(self, seen: Measure, now: Measure) -> None:
        """ValidationError where the other is not as it was seen; what is sent next time is read from what it now is."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["other_version"] = now.lock_version
        self.data = data
        refuse_changed(seen, now)
