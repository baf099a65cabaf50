"""What is written about a document: a comment, the answer to one, and the invitation to a hearing."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.lib.edit_form import DayInput, EditForm
from organisation.mentions import CannotMention, people_named_in
from organisation.models import Answer, Comment, Hearing, User

MaySee = Callable[[Comment], Collection[int]]  # → the ids of those who see it


class UnexplainedForm(EditForm):
    """A form whose own words say why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("why", None)


class CommentForm(UnexplainedForm):
    """`wheres` are the kinds of comment one may write here; of one there is nothing to choose."""

    where = forms.ChoiceField(label=gettext_lazy("Hvem er det for?"), widget=forms.RadioSelect)

    class Meta:
        model = Comment
        fields = ("text",)

    def __init__(self, *args: Any, may_see: MaySee, wheres: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_see = may_see
        self.mentioned: list[User] = []
        words = {
            "innspill": _("Innspill i høringen, for alle som er med i den"),
            "internt": _("Internt, for redaktører og bidragsytere"),
        }
        if len(wheres) < 2:
            del self.fields["where"]
        else:
            self.fields["where"].choices = [(where, words[where]) for where in wheres]  # type: ignore[attr-defined]
            self.initial["where"] = next(iter(wheres))
        self.fields["text"].help_text = _("Nevn noen med @ og navnet eller e-postadressen.")

    def clean(self) -> dict[str, Any]:
        """Whoever is named must be able to read what they are named in."""
        if self.cleaned_data.get("where") == "internt":
            self.instance.hearing = None
        if self.instance.hearing_id is not None:
            self.instance.is_about_draft = False
        try:
            self.mentioned = people_named_in(self.cleaned_data.get("text", ""), self.may_see(self.instance))
        except CannotMention as refused:
            self.add_error("text", str(refused))
        return self.cleaned_data


class AnswerForm(UnexplainedForm):
    class Meta:
        model = Comment
        fields = ("answer", "answer_text")
        widgets = {"answer": forms.RadioSelect}
        labels = {"answer_text": gettext_lazy("Hvorfor")}
        help_texts = {"answer_text": gettext_lazy("Alle som er med i høringen, ser svaret.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [(code, capfirst(words)) for code, words in Answer.choices]  # type: ignore[attr-defined]
        self.fields["answer"].required = True

    def clean(self) -> dict[str, Any]:
        """Whoever gets a no, or half of it, is told why."""
        data = self.cleaned_data
        if data.get("answer") in (Answer.NOT, Answer.PARTLY) and not data.get("answer_text", "").strip():
            self.add_error("answer_text", self.unexplained)
        return data

    @property
    def unexplained(self) -> str:
        return _("Skriv kort hvorfor, så den som ga innspillet, forstår det.")


class HearingForm(UnexplainedForm):
    class Meta:
        model = Hearing
        fields = ("closes_on", "invitation")
        widgets = {"closes_on": DayInput}
        help_texts = {
            "invitation": gettext_lazy(
                "Hva vil dere vite, og hva skjer med innspillene etterpå? Alle som er med, ser dette."
            ),
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["closes_on"].widget.attrs["min"] = today.isoformat()

    def clean_closes_on(self) -> date:
        """A hearing that is over may keep its day; a new day is one that can still be kept."""
        day: date = self.cleaned_data["closes_on"]
        if day < self.today and "closes_on" in self.changed_data:
            raise forms.ValidationError(_("Fristen er passert. Velg i dag eller en senere dag."))
        return day
