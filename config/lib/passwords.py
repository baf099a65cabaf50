"""How long a password must be, said in a sentence that Django's own translation lacks."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import ngettext


class LongEnough(MinimumLengthValidator):
    def get_error_message(self) -> str:
        words = ngettext(
            "Passordet er for kort. Det må ha minst %(count)d tegn.",
            "Passordet er for kort. Det må ha minst %(count)d tegn.",
            self.min_length,
        )
        return words % {"count": self.min_length}
