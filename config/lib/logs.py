"""Log lines without the secrets that stand in addresses: calendars, and links for choosing a password.

Whoever reads a log must not thereby be able to read a person's calendar or take over an account.
"""

from __future__ import annotations

import logging
import re

# Anything long after these paths, whole or not: an address may be copied wrong, or asked in a wrong way.
SECRETS = re.compile(
    r"""(/(?:kalender|konto/passord/nytt|e-post/gjort|e-post/avmeld)/)[^/\s?#"'<>]{12,}""", re.IGNORECASE
)
HIDDEN = "…"


def without_secrets(text: str) -> str:
    return SECRETS.sub(rf"\1{HIDDEN}", text)


class DiscreetFormatter(logging.Formatter):
    """Hides secrets in the line as it is written, and so in what stands in a traceback too."""

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))
