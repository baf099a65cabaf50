from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.models import Unit, User
from organisation.permissions import Permission


class SubscribeForm(forms.Form):
    """What a new subscription covers, and what its owner calls it."""

    unit: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        label=_("Hva skal med"),
        queryset=Unit.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Mitt: oppgavene til enhetene mine, og fristene og hendelsene deres"),
    )
    name = forms.CharField(
        label=_("Hva du vil kalle det"),
        help_text=_("Så du kjenner det igjen senere, for eksempel «min telefon»."),
        max_length=80,
    )

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.without_tree_fields().participating().open_on(today)  # type: ignore[attr-defined]
        field = self.fields["unit"]
        field.queryset = units.reached_by(user, Permission.READ_DRAFTS, today=today)  # type: ignore[attr-defined]
        field.label_from_instance = lambda unit: str(unit)  # type: ignore[attr-defined]
