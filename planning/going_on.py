"""What goes on in the annual wheels when a measure is taken out of its plan."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from config.lib.language import lang_of
from planning.models import Measure
from strategy.models import ItemStatus

MOST_NAMED: Final = 5


def goes_on(measure: Measure) -> SafeString:
    """The entries that carry the measure out, with the way to each; empty where there is none."""
    entries = list(measure.entries.filter(status=ItemStatus.IN_FORCE).order_by("month", "position", "pk"))  # type: ignore[attr-defined]
    if not entries:
        return SafeString("")
    words = ngettext(
        "%(count)d punkt i årshjulet gjennomførte tiltaket, og gir fortsatt oppgaver:",
        "%(count)d punkter i årshjulet gjennomførte tiltaket, og gir fortsatt oppgaver:",
        len(entries),
    )
    ways = [(entry.get_absolute_url(), lang_of(settings.LANGUAGE_CODE), entry.text) for entry in entries[:MOST_NAMED]]
    named = format_html_join(", ", '<a href="{}"{}>{}</a>', ways)
    return format_html("{} {}{}", words % {"count": len(entries)}, named, " …" if len(entries) > MOST_NAMED else ".")
