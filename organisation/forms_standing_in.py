"""The form that lets a colleague stand in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.lib.days import day_words
from organisation.forms import day_input
from organisation.models import Membership, MembershipQuerySet, User
from organisation.permissions import Role
from organisation.standing_in import last_possible, person_named, role_words


class RoleChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return capfirst(role_words(obj))


class StandInForm(forms.Form):
    who = forms.CharField(
        label=gettext_lazy("Vikar"),
        help_text=gettext_lazy("Skriv navnet eller e-postadressen."),
        widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
    )
    roles = RoleChoices(
        Membership.objects.none(),
        label=gettext_lazy("Roller"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Velg minst én rolle.")},
    )
    from_on = forms.DateField(label=gettext_lazy("Første dag"), widget=day_input())
    to_on = forms.DateField(label=gettext_lazy("Siste dag"), help_text=gettext_lazy("Høyst et år."), widget=day_input())

    def __init__(self, *args: Any, person: User, lendable: MembershipQuerySet, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.today = person, today
        self.fields["roles"].queryset = lendable  # type: ignore[attr-defined]
        # The key to the administration is lent when somebody means it, not because it was ticked beforehand.
        self.initial.setdefault("roles", [row.pk for row in lendable if row.role != Role.ADMINISTRATOR])
        self.initial.setdefault("from_on", today.isoformat())

    def clean_who(self) -> User:
        found = person_named(self.cleaned_data["who"])
        if not found:
            raise ValidationError(_("Fant ingen med åpen konto og dette navnet eller denne adressen."))
        if len(found) > 1:
            raise ValidationError(_("Flere heter dette. Skriv e-postadressen."))
        if found[0] == self.person:
            raise ValidationError(_("Ingen kan være vikar for seg selv."))
        return found[0]

    def clean_from_on(self) -> date:
        first: date = self.cleaned_data["from_on"]
        if first < self.today:
            raise ValidationError(_("Første dag kan ikke være før i dag."))
        return first

    def clean_to_on(self) -> date:
        first, last = self.cleaned_data.get("from_on"), self.cleaned_data["to_on"]
        if first and last < first:
            raise ValidationError(_("Siste dag kan ikke være før den første."))
        if first and last > last_possible(first):
            raise ValidationError(
                _("Siste dag kan ikke være senere enn %(day)s.") % {"day": day_words(last_possible(first))}
            )
        result: date = last
        return result
