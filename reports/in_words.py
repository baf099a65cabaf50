"""Lists and running text in words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _


def joined(words: Sequence[str]) -> str:
    """Join as people do: "1, 2 og 3"."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s og %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a running text; an empty line parts them."""
    return tuple(part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip())
