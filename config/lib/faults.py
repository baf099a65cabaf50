"""What is wrong in the rows of a page where each row is a form."""

from __future__ import annotations

from collections.abc import Iterable

from django.forms import BaseForm
from django.utils.translation import gettext as _

from config.lib.ui import fault_of


def faults_of(rows: Iterable[BaseForm]) -> list[dict[str, str]]:
    """Return each fault with the row and the field it is in, as `_error_summary.html` lists them."""
    return [
        {
            "field_id": field.id_for_label,
            "text": _("Rad %(number)d, %(fault)s") % {"number": number, "fault": fault_of(field.label, error)},
        }
        for number, form in enumerate(rows, start=1)
        for field in form
        for error in field.errors
    ]
