"""The forms in which a measure is split in two, or joined with another."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from config.lib.edit_form import EditForm
from planning.joining import refuse_changed
from planning.models import Measure, Modality
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


def left_behind(other: Measure) -> str:
    """What the other says that does not come along, in words; empty where it is nothing."""
    links = ngettext("%(count)d nettlenke", "%(count)d nettlenker", len(other.links)) % {"count": len(other.links)}
    has = [
        *([_("hvor ofte («%(words)s»)") % {"words": other.frequency}] if other.frequency else []),
        *([_("hvor mye («%(words)s»)") % {"words": other.quantity}] if other.quantity else []),
        *([links] if other.links else []),
    ]
    said = _("Dette blir ikke med derfra: %(what)s. Skriv det inn her om det skal gjelde videre.")
    return said % {"what": ", ".join(has)} if has else ""


class JoinForm(EditForm):
    """What two measures become, which begins as the words of both."""

    formatted = ("text",)

    other_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Measure
        fields = ("text", "modality")
        labels = {"text": gettext_lazy("Det de blir til sammen")}
        widgets = {"modality": forms.RadioSelect}

    def __init__(self, *args: Any, other: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.other = other
        self.initial["text"] = f"{self.instance.text}\n\n{other.text}"
        self.initial["other_version"] = other.lock_version
        words = {"kept": shortened(str(self.instance)), "other": shortened(str(other))}
        goes_on = _(
            "«%(kept)s» går videre med dette. Ansvar, mål og målgrupper fra «%(other)s» blir med, og det tas ut."
        )
        self.fields["text"].help_text = " ".join(filter(None, [goes_on % words, left_behind(other)]))
        self._ask_how_binding(words)

    def _ask_how_binding(self, words: Mapping[str, str]) -> None:
        """Where the two are not equally binding one chooses, and begins with the stronger; else it stays."""
        said = {self.initial["modality"], self.other.modality}
        if len(said) == 1:
            del self.fields["modality"]
            return
        asked: Any = self.fields["modality"]
        asked.choices = [(code, label) for code, label in Modality.choices if code in said]  # the strongest first
        own, others = (Modality(code).label for code in (self.initial["modality"], self.other.modality))
        asked.help_text = _("«%(kept)s» sier «%(own)s», og «%(other)s» sier «%(others)s».") % {
            **words, "own": own, "others": others
        }  # fmt: skip
        self.initial["modality"] = asked.choices[0][0]

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
