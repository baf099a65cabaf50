"""What one may say about a task: a note, why it is not relevant, or who is to do it."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.validators import URLValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annual_wheel.models import Task
from organisation.models import User


class TaskForm(forms.Form):
    """A form about one task; its ids carry the task's number, since several may stand open on a page.

    `opened_by` is the end of the id of the link that opens it in place; the link that closes it bears the same id, and
    so gives focus back.
    """

    title: ClassVar[str | Promise]
    opened_by: ClassVar[str]

    def __init__(self, data: Any = None, *, task: Task, **kwargs: Any) -> None:
        super().__init__(data, auto_id=f"task-{task.pk}-%s-field", **kwargs)
        self.use_required_attribute = False
        self.visible_fields()[0].field.widget.attrs["data-take-focus"] = True


class NoteForm(TaskForm):
    title = _("Skriv en merknad")
    opened_by = "note"

    note = forms.CharField(
        label=_("Merknad"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Alle ved enheten og de som eier årshjulet, kan lese den."),
    )
    evidence = forms.URLField(
        label=_("Lenke som viser det"),
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=("http", "https"))],
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Skriv en adresse på nettet, som begynner med https://.")},
    )
    before = forms.CharField(required=False, widget=forms.HiddenInput)
    evidence_before = forms.CharField(required=False, widget=forms.HiddenInput)


class NotRelevantForm(TaskForm):
    title = _("Ikke aktuelt hos oss")
    opened_by = "not"

    reason = forms.CharField(
        label=_("Hvorfor er det ikke aktuelt?"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Skriv kort hvorfor det ikke er aktuelt hos dere.")},
    )


class AssignForm(TaskForm):
    title = _("Hvem skal gjøre dette?")
    opened_by = "assign"

    to = forms.ChoiceField(
        label=_("Gi oppgaven til"),
        required=False,
        help_text=_("Den som får oppgaven, ser den øverst på Mitt arbeid og får påminnelsene."),
    )

    def __init__(self, *args: Any, task: Task, me: User, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, task=task, **kwargs)
        others = [(str(person.pk), str(person)) for person in people if person != me]
        holder = str(task.assigned_to_id)
        self.initial["to"] = next((pk for pk, _name in others if pk == holder), others[0][0] if others else str(me.pk))
        mine = (str(me.pk), _("Meg selv (%(name)s)") % {"name": me})
        nobody = [("", _("Ingen bestemt"))] if task.assigned_to_id else []
        self.fields["to"].choices = [*others, mine, *nobody]  # type: ignore[attr-defined]
        if not others:
            self["to"].help_text = _(
                "Ingen andre har en rolle her som lar dem kvittere ut. En administrator kan gi dem det."
            )


class UnitNoteForm(forms.Form):
    text = forms.CharField(
        label=_("Merknad"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Enheten din er med uten å kvittere ut. De som har oppgaven og de som eier årshjulet, kan lese den."
        ),
    )
    lock_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
