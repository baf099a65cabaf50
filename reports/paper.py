"""A document set on paper, step by step, so that whoever waits can be told truly how far it has come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from config.lib import pdf
from config.lib.pdf_marks import mark
from reports.plan_document import plan_document
from strategy.models import Document

STEPS: Final[tuple[Promise, ...]] = (
    _("Samler teksten."),
    _("Setter sidene."),
    _("Skriver dokumentet."),
    _("Merker det for skjermlesere."),
)


def plan_html(document: Document, *, reader: Any, today: date) -> str:
    style = pdf.static_file(f"{pdf.BASE_URL}css/pdf-wheel.css").read_text(encoding="utf-8")
    context = {
        "plan": plan_document(document, reader=reader, today=today),
        "picture_style": format_html("<style>{}</style>", mark_safe(style)),
    }
    return render_to_string("reports/pdf/plan.html", context)


def _page_words(page: int) -> str:
    return gettext("Setter side %(page)d.") % {"page": page}


def plan_pdf(
    document: Document, *, reader: Any, today: date, language: str, on_step: Callable[[int, str], None]
) -> bytes:
    """Return a document as PDF. `on_step` hears the number of each step, counted from 0, before it begins."""

    def begin(step: int) -> None:
        on_step(step, str(STEPS[step]))

    with translation.override(language):
        begin(0)
        html = plan_html(document, reader=reader, today=today)
        begin(1)
        pages = pdf.lay_out(html, on_page=lambda page: on_step(1, _page_words(page)))
        begin(2)
        content = pdf.write(pages)
        begin(3)
        return mark(content)
