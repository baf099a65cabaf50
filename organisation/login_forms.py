"""allauth's forms without what only repeats the label: placeholders, and a link that stands below the form already."""

from typing import Any

from allauth.account import forms
from django.utils.translation import gettext_lazy as _


def plain(form: Any) -> None:
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
        if "password" in field.widget.attrs.get("autocomplete", ""):
            field.help_text = ""


class LoginForm(forms.LoginForm):  # type: ignore[misc]  # allauth ships no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self)
        self.fields["remember"].label = _("Husk meg på denne maskinen")


class ChangePasswordForm(forms.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self)
        self.fields["oldpassword"].label = _("Passordet du har nå")
        name_new_password(self)


class ResetPasswordForm(forms.ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self)


class ResetPasswordKeyForm(forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, or the first one of whoever is invited."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self)
        name_new_password(self)
        self.is_first = self.user is not None and not self.user.has_usable_password()
        if self.is_first:
            self.fields["password1"].label = _("Passord")
            self.fields["password2"].label = _("Passordet en gang til")


def name_new_password(form: Any) -> None:
    form.fields["password1"].label = _("Nytt passord")
    form.fields["password1"].help_text = _("Minst tolv tegn, for eksempel en setning du husker.")
    form.fields["password2"].label = _("Nytt passord en gang til")
