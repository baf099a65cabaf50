"""The forms of an adoption: making it, and correcting what was written about it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.lib.edit_form import DayInput, EditForm
from strategy.bounds import check_decided_on
from strategy.holding import default_start, why_not_from
from strategy.models import Decision, Document

WHO = gettext_lazy("Den eller det organet som vedtok, for eksempel «Fakultetsstyret».")
CASE = gettext_lazy("For eksempel «52-12».")


class AdoptForm(forms.Form):
    """`after` is the day of the adoption before, which this one cannot be older than.

    `replaced` is what the document follows, where it holds and is whoever decides' own to replace.
    """

    use_required_attribute = False

    decided_by = forms.CharField(label=gettext_lazy("Vedtatt av"), max_length=120, help_text=WHO)
    decided_on = forms.DateField(label=gettext_lazy("Dato"), widget=DayInput)
    case_number = forms.CharField(label=gettext_lazy("Saksnummer"), max_length=60, required=False, help_text=CASE)
    holds_from = forms.DateField(
        label=gettext_lazy("Gjelder fra"),
        widget=DayInput,
        required=False,
        help_text=gettext_lazy("Lesere ser dette fra og med denne dagen. Tomt felt betyr dagen for vedtaket."),
    )

    replaces = forms.BooleanField(required=False, initial=True)

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        today: date,
        document: Document,
        after: date | None = None,
        replaced: Document | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.document, self.after = today, document, after
        if replaced:
            label = _("«%(title)s» er erstattet fra den dagen") % {"title": replaced.known_as}
            self.fields["replaces"].label = label
        else:
            del self.fields["replaces"]
        start = default_start(document, decided_on=today)
        if start != today:
            self.initial["holds_from"] = start
            self.fields["holds_from"].help_text = _("Lesere ser dette fra og med denne dagen.")

    def clean_holds_from(self) -> date | None:
        day, decided_on = self.cleaned_data["holds_from"], self.cleaned_data.get("decided_on")
        if day and decided_on and (why_not := why_not_from(self.document, day, decided_on=decided_on)):
            raise forms.ValidationError(why_not)
        return day  # type: ignore[no-any-return]

    def clean_decided_on(self) -> date:
        return check_decided_on(self.cleaned_data["decided_on"], today=self.today, after=self.after)


class AdoptionForm(EditForm):
    """What was written about an adoption that a version was made by; why it is corrected must be told."""

    class Meta:
        model = Decision
        fields = ("decided_by", "decided_on", "case_number")
        widgets = {"decided_on": DayInput}
        labels = {"decided_on": gettext_lazy("Dato")}
        help_texts = {"decided_by": WHO, "case_number": CASE}

    def __init__(
        self, *args: Any, today: date, around: tuple[date | None, date | None] = (None, None), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, (self.after, self.before) = today, around
        self.fields["decided_on"].required = self.fields["why"].required = True
        self.fields["why"].label = _("Hva er rettet, og hvorfor?")

    def clean_decided_on(self) -> date:
        day: date = self.cleaned_data["decided_on"]
        return check_decided_on(day, today=self.today, after=self.after, before=self.before)
