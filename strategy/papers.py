"""The PDF that each version is kept with, seen from the document: the part that makes it stands above this one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from config.lib import pdf
from strategy.access import place_of
from strategy.models import Document, Version


def made_papers(document: Document, versions: Collection[int]) -> set[int]:
    """Those of the versions whose PDF is there for the document's readers (one query)."""
    rendering: Any = Version._meta.get_field("renderings").related_model
    made = rendering._default_manager.filter(version__in=versions, is_public=document.is_public, state="done")
    return set(made.order_by().values_list("version", flat=True))


def paper_link(document: Document, number: int, *, is_made: bool) -> tuple[str, str]:
    """(words, address) of a version's PDF; ("", "") where there is none and none is coming."""
    if not document.is_published or not (is_made or pdf.is_available()):
        return "", ""
    url = reverse("version_file", args=[place_of(document), document.slug, number])
    words = _("Last ned utgave %(number)s som PDF") if is_made else _("PDF av utgave %(number)s lages nå")
    return words % {"number": number}, url
