"""The administration's forms: people, roles, functions, units and groups."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.first_run import is_code
from organisation.models import Function, FunctionHolder, GroupMember, GroupRule, Membership, Unit, UnitGroup, User
from organisation.people import PERMISSION_WORDS, role_choices
from organisation.permissions import Role


def name_blanks(form: forms.BaseForm) -> None:
    """Let an empty choice say what it means instead of showing a line."""
    for field in form.fields.values():
        words = _("Velg") if field.required else _("Ingen")
        if isinstance(field, forms.ModelChoiceField):
            if field.empty_label is not None and str(field.empty_label).startswith("---"):
                field.empty_label = words
        elif isinstance(field, forms.TypedChoiceField):
            choices: Any = field.choices
            field.choices = [(value, str(label) if value else words) for value, label in choices]


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CarefulForm(forms.ModelForm):  # type: ignore[type-arg]  # the model is each subclass's own
    """A form that carries what the row said when it was opened, and does not write over somebody's newer change.

    It then shows what now stands; saving once more is the editor's choice.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_blanks(self)
        self.now = self.mark() if self.instance.pk else ""
        self.initial["seen"] = self.now
        if self.is_bound and self.data.get("seen", "") != self.now:
            self.opened_at = self.data.get("seen", "")
            self.data = {**self.data.dict(), "seen": self.now}  # type: ignore[attr-defined]  # a QueryDict
        else:
            self.opened_at = self.now

    def mark(self) -> str:
        stored = sorted((name, str(self.initial.get(name))) for name in self._meta.fields or ())
        return hashlib.sha256(repr(stored).encode()).hexdigest()[:16]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.opened_at != self.now:
            raise ValidationError(
                _("Noen lagret en endring mens du skrev. Nå står det: %(now)s. Lagre på nytt for å bruke din tekst.")
                % {"now": "; ".join(self.differences())}
            )
        return cleaned

    def differences(self) -> list[str]:
        """Say what now stands in each field where it is not what was typed."""
        found = []
        for name, field in self.fields.items():
            stored = self.initial.get(name)
            if name != "seen" and field.has_changed(stored, self[name].data):
                choices = dict(getattr(field, "choices", ()))
                words = str(choices.get(stored, "")) or str(stored if stored not in (None, "") else _("tomt"))
                found.append(f"{field.label}: {words}")
        return found or [_("det samme som du har skrevet")]


class PersonForm(CarefulForm):
    class Meta:
        model = User
        fields = ("name", "email", "language")

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("En annen person har denne adressen."))
        return email


class NewPersonForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Navn"), max_length=150)
    email = forms.EmailField(label=gettext_lazy("E-post"), help_text=gettext_lazy("Invitasjonen sendes hit."))
    language = forms.ChoiceField(label=gettext_lazy("Språk"), choices=settings.LANGUAGES)
    unit: Any = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Enhet"))
    role = forms.ChoiceField(
        label=gettext_lazy("Rolle"), choices=role_choices, initial=Role.CONTRIBUTOR, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_blanks(self)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class DatedForm(forms.ModelForm):  # type: ignore[type-arg]
    """What holds from a day to a day. The row it belongs to is set by the view."""

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_blanks(self)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_on"), cleaned.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", _("Siste dag kan ikke være før den første."))
        return cleaned


class RoleForm(DatedForm):
    class Meta:
        model = Membership
        fields = ("unit", "role", "from_on", "to_on")
        widgets = {"from_on": day_input(), "to_on": day_input(), "role": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices()  # type: ignore[attr-defined]


class MemberForm(DatedForm):
    class Meta:
        model = GroupMember
        fields = ("unit", "from_on", "to_on")
        widgets = {"from_on": day_input(), "to_on": day_input()}


class HolderForm(DatedForm):
    who = forms.CharField(
        label=gettext_lazy("Person"),
        help_text=gettext_lazy("Skriv e-postadressen."),
        widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
    )
    field_order = ("who", "unit", "from_on", "to_on")

    class Meta:
        model = FunctionHolder
        fields = ("unit", "from_on", "to_on")
        widgets = {"from_on": day_input(), "to_on": day_input()}

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people

    def clean_who(self) -> User:
        person = self.people.filter(email__iexact=self.cleaned_data["who"].strip()).first()
        if person is None:
            raise ValidationError(_("Fant ingen person med denne adressen. Legg til personen først."))
        return person


class EndForm(forms.Form):
    last_day = forms.DateField(label=gettext_lazy("Siste dag"), widget=day_input())


class WhyForm(forms.Form):
    """A question about one person: what, and where. The names stand in the address."""

    use_required_attribute = False

    kan = forms.ChoiceField(label=gettext_lazy("Hva"))
    enhet: Any = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("Enhet"), to_field_name="slug", empty_label=gettext_lazy("Velg")
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kan"].choices = [(one.value, words) for one, words in PERMISSION_WORDS.items()]  # type: ignore[attr-defined]
        self.fields["enhet"].queryset = units  # type: ignore[attr-defined]


class FunctionForm(CarefulForm):
    class Meta:
        model = Function
        fields = ("name", "name_en")


class UnitForm(CarefulForm):
    class Meta:
        model = Unit
        fields = ("name", "name_en", "short_name", "kind", "parent", "is_participating", "is_quiet_in_july", "opens_on")
        widgets = {"opens_on": day_input()}
        labels = {"parent": gettext_lazy("Hører under")}

    def __init__(self, *args: Any, parents: QuerySet[Unit], may_stand_alone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["parent"]
        field.queryset = parents
        field.required = not may_stand_alone
        field.empty_label = gettext_lazy("Ingen, den står øverst") if may_stand_alone else None

    def clean_parent(self) -> Unit | None:
        parent: Unit | None = self.cleaned_data["parent"]
        above = parent
        while above is not None:
            if above.pk == self.instance.pk:
                raise ValidationError(_("En enhet kan ikke høre under seg selv eller noe som hører under den."))
            above = above.parent
        return parent

    def clean_opens_on(self) -> Any:
        opens_on = self.cleaned_data["opens_on"]
        if opens_on and self.instance.closes_on and opens_on >= self.instance.closes_on:
            raise ValidationError(_("Enheten er lagt ned før denne dagen."))
        return opens_on


class CloseForm(forms.Form):
    closes_on = forms.DateField(
        label=gettext_lazy("Første dag uten enheten"),
        help_text=gettext_lazy("Fra denne dagen får enheten ingen oppgaver. Det den har gjort, blir stående."),
        widget=day_input(),
    )


class GroupForm(CarefulForm):
    class Meta:
        model = UnitGroup
        fields = ("name", "name_en", "owner", "rule", "member_kind", "except_group")
        help_texts = {
            "member_kind": gettext_lazy("Bare når medlemmene er alle enheter av en type."),
            "except_group": gettext_lazy("For eksempel: instituttene, unntatt dem som har en rekrutteringsgruppe."),
        }

    def __init__(self, *args: Any, owners: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
        self.fields["except_group"].queryset = UnitGroup.objects.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if cleaned.get("rule") == GroupRule.CHILDREN and not cleaned.get("member_kind"):
            self.add_error("member_kind", _("Velg hvilken type enheter gruppen består av."))
        if cleaned.get("rule") != GroupRule.CHILDREN:
            cleaned["member_kind"] = ""
        return cleaned

    def clean_except_group(self) -> UnitGroup | None:
        group: UnitGroup | None = self.cleaned_data["except_group"]
        other = group
        while other is not None:
            if other.pk == self.instance.pk:
                raise ValidationError(
                    _("Gruppen kan ikke være unntatt fra seg selv, heller ikke gjennom en annen gruppe.")
                )
            other = other.except_group
        return group


class FirstRunForm(forms.Form):
    """What an empty installation asks of its first administrator."""

    code = forms.CharField(
        label=gettext_lazy("Oppsettkode"),
        help_text=gettext_lazy("Den som startet Rød tråd, ser koden der den ble startet."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    institution = forms.CharField(label=gettext_lazy("Institusjonens navn"), max_length=200)
    short_name = forms.CharField(label=gettext_lazy("Forkortelse"), max_length=40, required=False)
    name = forms.CharField(
        label=gettext_lazy("Navnet ditt"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=gettext_lazy("E-postadressen din"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=gettext_lazy("Passord"),
        help_text=gettext_lazy("Minst tolv tegn, for eksempel en setning du husker."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not is_code(code):
            raise ValidationError(_("Koden stemmer ikke. Den som startet Rød tråd, finner den med «setup_code»."))
        return code

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if password := cleaned.get("password"):
            try:
                validate_password(password, User(email=cleaned.get("email", ""), name=cleaned.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned
