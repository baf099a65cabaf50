"""What one may say about a task: a note, or why it is not relevant."""

from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annual_wheel.models import Task


class TaskForm(forms.Form):
    """A form about one task; its ids carry the task's number, since several may stand open on a page.

    `opened_by` is the end of the id of the link that opens it in place, and `leads_to` that of the control which takes
    over when it is saved: after either, focus goes to what bears the id.
    """

    title: ClassVar[str | Promise]
    opened_by: ClassVar[str]
    leads_to: ClassVar[str]

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"task-{task.pk}-%s-field", **kwargs)
        self.use_required_attribute = False
        self.visible_fields()[0].field.widget.attrs["data-take-focus"] = True


class NoteForm(TaskForm):
    title = _("Skriv en merknad")
    opened_by = "note"
    leads_to = "save"  # goes with the form, and leaves the place to the link that opened it

    note = forms.CharField(
        label=_("Merknad"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Alle ved enheten og de som eier årshjulet, kan lese den."),
    )
    before = forms.CharField(required=False, widget=forms.HiddenInput)


class NotRelevantForm(TaskForm):
    title = _("Ikke aktuelt hos oss")
    opened_by = "not"
    leads_to = "do"

    reason = forms.CharField(
        label=_("Hvorfor er det ikke aktuelt?"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Skriv kort hvorfor det ikke er aktuelt hos dere.")},
    )
