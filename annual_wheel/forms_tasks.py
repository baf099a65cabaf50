"""What one may say about a task: a note, or why it is not relevant."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("Merknad"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Alle ved enheten og de som eier årshjulet, kan lese den."),
    )
    before = forms.CharField(required=False, widget=forms.HiddenInput)


class NotRelevantForm(forms.Form):
    reason = forms.CharField(
        label=_("Hvorfor er det ikke aktuelt?"),
        max_length=300,
        error_messages={"required": _("Skriv kort hvorfor det ikke er aktuelt hos dere.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
