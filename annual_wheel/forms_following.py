"""What is told of measures: a report, a round that asks for reports, and an evaluation."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.lib.edit_form import DayInput, EditForm
from organisation.models import Unit
from planning.models import Evaluation, MeasureState, ReportingRound, Verdict


class ReportForm(forms.Form):
    """How one or several measures stand. `confirmed` says which notice one has read before saving all the same."""

    use_required_attribute = False

    unit = forms.TypedChoiceField(label=gettext_lazy("På vegne av"), coerce=int, widget=forms.RadioSelect)
    state = forms.ChoiceField(
        label=gettext_lazy("Hvor står tiltaket?"),
        choices=MeasureState.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Velg hvor tiltaket står.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Hva er gjort?"),
        help_text=gettext_lazy("Alle som er logget inn og kan lese planen, kan lese dette."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    next_step = forms.CharField(
        label=gettext_lazy("Neste steg"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.units = {unit.pk: unit for unit in units}
        self.fields["unit"].choices = [(unit.pk, str(unit)) for unit in units]  # type: ignore[attr-defined]
        if units:
            self.initial.setdefault("unit", units[0].pk)
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
        self.clashes: list[tuple[str, str]] = []

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("state") == MeasureState.STOPPED and not data.get("text", "").strip():
            self.add_error("text", _("Skriv hvorfor tiltaket er stoppet."))
        return data

    @property
    def chosen_unit(self) -> Unit:
        return self.units[self.cleaned_data["unit"]]

    @property
    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("state", "text", "next_step")}

    def must_be_seen(self, clashes: Iterable[tuple[str, str]]) -> bool:
        """Whether there is something to read before it is saved: what the ticks say otherwise, measure by measure.

        It is asked once: the form then carries a mark of what was said, and a changed state is another matter.
        """
        found = [(text, clash) for text, clash in clashes if clash]
        mark = hashlib.sha256(repr(found).encode()).hexdigest()[:16]
        if not found or self.cleaned_data["confirmed"] == mark:
            return False
        self.clashes = found
        self.data = {**self.data.dict(), "confirmed": mark}  # type: ignore[attr-defined]  # what was sent, as the form has it
        return True


class RoundForm(EditForm):
    class Meta:
        model = ReportingRound
        fields = ("from_on", "to_on", "due_on", "message")
        widgets = {"from_on": DayInput(), "to_on": DayInput(), "due_on": DayInput(), "message": forms.Textarea()}
        labels = {
            "from_on": gettext_lazy("Perioden begynner"),
            "to_on": gettext_lazy("Perioden slutter"),
            "due_on": gettext_lazy("Frist for å rapportere"),
            "message": gettext_lazy("Melding til enhetene"),
        }
        help_texts = {
            "message": gettext_lazy("For eksempel hva dere særlig vil vite. Står øverst på siden der de rapporterer.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_new:
            del self.fields["from_on"], self.fields["to_on"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        first = data.get("from_on") or self.instance.from_on
        last, due = data.get("to_on"), data.get("due_on")
        if first and last and last < first:
            self.add_error("to_on", _("Perioden slutter før den begynner."))
        if first and due and due < first:
            self.add_error("due_on", _("Fristen er før perioden begynner."))
        return data


class EvaluationForm(EditForm):
    class Meta:
        model = Evaluation
        fields = ("text", "verdict")
        widgets = {"verdict": forms.RadioSelect}
        labels = {
            "text": gettext_lazy("Hva ga tiltaket?"),
            "verdict": gettext_lazy("Hva bør skje videre?"),
        }
        help_texts = {
            "text": gettext_lazy("Enheten selv og de som leser utkast til planen, kan lese dette."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = [(code, capfirst(label)) for code, label in Verdict.choices]  # type: ignore[attr-defined]
