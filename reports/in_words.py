"""Lists in words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _


def joined(words: Sequence[str]) -> str:
    """Join as people do: "1, 2 og 3"."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s og %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]
