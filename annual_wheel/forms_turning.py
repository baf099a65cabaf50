"""What is written in the year's turn: a choice about an entry, a proposal, and the answer to one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annual_wheel.models import Choice, Proposal, ProposalKind
from config.lib.edit_form import EditForm
from config.lib.saving import LONGEST_WHY
from organisation import comment_forms as answering
from organisation.models import Unit


class ChoiceForm(forms.Form):
    """The buttons at an entry; `lock_version` is 0 where nobody had decided when the page was asked for."""

    choice = forms.ChoiceField(choices=Choice.choices)
    why = forms.CharField(required=False, max_length=LONGEST_WHY)
    lock_version = forms.IntegerField(min_value=0)


class ProposalForm(EditForm):
    class Meta:
        model = Proposal
        fields = ("kind", "text", "unit")
        widgets = {"kind": forms.RadioSelect, "unit": forms.RadioSelect}
        labels = {
            "text": _("Hva foreslår dere, og hvorfor?"),
            "kind": _("Hva mener dere om punktet?"),
            "unit": _("På vegne av"),
        }

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("why", None)  # the proposal says itself why
        is_new = self.instance.entry_id is None
        choices = [
            (kind, capfirst(words)) for kind, words in ProposalKind.choices if (kind == ProposalKind.NEW) == is_new
        ]
        kind, unit = self.fields["kind"], self.fields["unit"]
        kind.choices = choices  # type: ignore[attr-defined]
        unit.queryset, unit.empty_label = units, None  # type: ignore[attr-defined]
        only = list(units[:2])
        if len(only) == 1:
            self.initial["unit"] = only[0].pk
            unit.widget = forms.HiddenInput()
        if is_new:
            self.initial["kind"] = ProposalKind.NEW
            kind.widget = forms.HiddenInput()


class AnswerForm(answering.AnswerForm):
    class Meta(answering.AnswerForm.Meta):
        model = Proposal  # type: ignore[assignment]  # it has the same fields for an answer
        help_texts = {"answer_text": _("De som foreslo det, ser svaret ved punktet.")}

    @property
    def unexplained(self) -> str:
        return gettext("Skriv kort hvorfor, så de som foreslo det, forstår det.")
