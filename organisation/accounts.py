from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts come from an administrator: nobody opens one alone. What is refused is said in our words."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Kontoen er stengt. Be den som administrerer Rød tråd hos dere, om å åpne den."),
        "email_password_mismatch": _("E-postadressen eller passordet stemmer ikke. Prøv igjen, eller få nytt passord."),
        "enter_current_password": _("Dette er ikke passordet du har nå."),
        "too_many_login_attempts": _(
            "Det er prøvd feil passord for mange ganger. Vent fem minutter før du prøver igjen, eller få nytt passord."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: Any, password: str) -> None:
        """Whoever had none chooses a password rather than changing it, and is answered so."""
        self.request.is_first_password = not user.has_usable_password()
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("my_page")
